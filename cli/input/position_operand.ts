/**
 * Positions in a log as words: `500`, `tick:40`, `effect:3`, `proc:main`.
 *
 * @module
 */
import type { LogPosition, NoState } from "../../api/state.ts";
import { shellWord } from "../../api/visible.ts";
import { Fault } from "../host/fault.ts";
import { damagedLog } from "./log_operand.ts";

/** The position that a word names; `undefined` when it names none. */
export function parsePosition(word: string): LogPosition | undefined {
  if (word === "end") return { kind: "end" };
  const [, scope = "", name = ""] = /^(?:(tick|effect|proc):)?(.+)$/.exec(word) ?? [];
  if (scope === "proc") return { kind: "proc", name };
  const number = Number(name);
  if (!/^[0-9]{1,15}$/.test(name)) return undefined;
  if (scope === "tick") return { kind: "tick", tick: number };
  return scope === "effect" ? { kind: "effect", index: number } : { kind: "event", seq: number };
}

/** The position that `--at` names. */
export function readPosition(word: string): LogPosition {
  const position = parsePosition(word);
  if (position !== undefined) return position;
  throw new Fault({
    code: "DR1303",
    message: `${JSON.stringify(word)} is not a position in a log`,
    place: "--at",
    help: "write an event's number, tick:N, effect:N, proc:NAME or end",
  });
}

/** The fault for a position that the log does not have. */
export function noState(path: string, none: NoState): Fault {
  if (none.code === "damaged-log") return damagedLog(path, none);
  if (none.code === "no-header") {
    return new Fault({
      code: "DR1309",
      message: none.reason,
      place: path,
      help: "unless it was cut, none of the run's effects was performed; run the program again",
    });
  }
  if (none.code === "misfit") {
    return new Fault({
      code: "DR1325",
      message: none.reason,
      place: `${path}:${none.line}, byte ${none.offset}`,
      help: `dustrun --replay ${shellWord(path)} shows what the program does instead`,
    });
  }
  return new Fault({
    code: "DR1303",
    message: none.reason,
    place: none.code === "no-position" ? "--at" : path,
    help: none.code === "no-position"
      ? "choose a position that the log has"
      : "dustrun export shows the events; dustrun explain shows why a program was refused",
  });
}
