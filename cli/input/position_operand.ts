/**
 * Moments of a run as words: `500`, `tick:40`, `effect:3`, `proc:main`.
 *
 * @module
 */
import type { LogPosition, NoState } from "../../api/state.ts";
import { Fault } from "../host/fault.ts";
import { damagedLog } from "./log_operand.ts";

/** The moment that a word names; `undefined` when it names none. */
export function parsePosition(word: string): LogPosition | undefined {
  if (word === "end") return { kind: "end" };
  const [, scope = "", name = ""] = /^(?:(tick|effect|proc):)?(.+)$/.exec(word) ?? [];
  if (scope === "proc") return { kind: "proc", name };
  const number = Number(name);
  if (!/^[0-9]{1,15}$/.test(name)) return undefined;
  if (scope === "tick") return { kind: "tick", tick: number };
  return scope === "effect" ? { kind: "effect", index: number } : { kind: "event", seq: number };
}

/** The moment that `--at` names. */
export function readPosition(word: string): LogPosition {
  const moment = parsePosition(word);
  if (moment !== undefined) return moment;
  throw new Fault({
    code: "DR1303",
    message: `${JSON.stringify(word)} is no moment of a run`,
    place: "--at",
    help: "write an event's number, tick:N, effect:N, proc:NAME or end",
  });
}

/** The fault for a state that is not there. */
export function noState(path: string, none: NoState): Fault {
  if (none.code === "damaged-log") return damagedLog(path, none);
  return new Fault({
    code: "DR1303",
    message: none.reason,
    place: none.code === "no-position" ? "--at" : path,
    help: none.code === "no-position"
      ? "choose a moment that the log has"
      : "dustrun export shows the events; dustrun explain says why a program was refused",
  });
}
