/**
 * Logs to cut and to damage.
 *
 * @module
 */
import type { Event } from "../../dvm/event/event.ts";
import { MemoryFile } from "../../store/file/byte_file.ts";
import { LogWriter } from "../../store/log/writer.ts";
import { executeToLog } from "../../store/runs/logged_execution.ts";
import { LOOP_PROGRAM } from "./loop_program.ts";

/** The log of a simulated run, of a few more than `2 * rounds` events. */
export function simulatedLog(rounds: number): Uint8Array {
  return logOf(rounds, "simulate").file.content();
}

/** The log of a run whose two effects have been realized one by one. */
export function realizedLog(rounds: number): Uint8Array {
  const { file, writer } = logOf(rounds, "realize");
  const host = { host: true, time: "2026-01-02T03:04:05.678Z" } as const;
  add(writer, {
    kind: "realization_started",
    ...host,
    occurrence: "0123456789abcdef0123456789abcdef",
    machine: undefined,
    sinks: [{ effect: "emit", sink: "file:out.txt" }],
  });
  for (const index of [0, 1]) {
    const place = {
      ...host,
      first: index,
      last: index,
      sink: "file:out.txt",
      position: 12 * index,
    };
    add(writer, { kind: "effect_intended", ...place });
    add(writer, { kind: "effect_realized", ...place });
  }
  add(writer, {
    kind: "realization_finished",
    ...host,
    status: "complete",
    performed: 2,
    reason: undefined,
  });
  writer.finish();
  return file.content();
}

/** Cuts a log after its first intent, as a crash before the act leaves it. Returns what is left. */
export function cutAfterIntent(log: string): string {
  const lines = Deno.readTextFileSync(log).split("\n");
  const intended = lines.findIndex((line) => line.includes('"effect_intended"'));
  const rest = `${lines.slice(0, intended + 1).join("\n")}\n`;
  Deno.writeTextFileSync(log, rest);
  return rest;
}

type Unplaced<E = Event> = E extends Event ? Omit<E, "seq"> : never;

function add(writer: LogWriter, event: Unplaced): void {
  writer.append({ ...event, seq: writer.seq } as Event);
}

function logOf(rounds: number, mode: "simulate" | "realize") {
  const file = new MemoryFile();
  const writer = new LogWriter(file);
  executeToLog({ artifacts: [LOOP_PROGRAM], input: { args: { rounds }, mode } }, writer);
  return { file, writer };
}
