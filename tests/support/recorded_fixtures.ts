/**
 * Logs of the fixtures, in memory, and what can be done to them.
 *
 * @module
 */
import {
  decodeEvent,
  executeToLog,
  LogWriter,
  MemoryFile,
  type RunInput,
  type WireEvent,
} from "../../mod.ts";
import { wireToEvent } from "../../dvm/event/wire_event.ts";
import { type Fixture, fixtures } from "./fixtures.ts";
import type { Random } from "../../campaign/random.ts";

/** A fixture and the log of its run. */
export interface RecordedFixture {
  readonly fixture: Fixture;
  readonly log: MemoryFile;
  /** Its lines, without LF. */
  readonly lines: readonly string[];
}

/** The log of a fixture's run. */
export function recordFixture(fixture: Fixture, input: RunInput = {}): RecordedFixture {
  const log = new MemoryFile();
  executeToLog(
    { artifacts: fixture.artifacts, input: { ...fixture.input, ...input } },
    new LogWriter(log),
  );
  return { fixture, log, lines: linesOf(log) };
}

/** Every fixture with its log. */
export function recordedFixtures(input: RunInput = {}): readonly RecordedFixture[] {
  return fixtures().map((fixture) => recordFixture(fixture, input));
}

/** The lines of a log that ends with one. */
export function linesOf(log: MemoryFile): string[] {
  return new TextDecoder().decode(log.content()).split("\n").slice(0, -1);
}

/** A log of exactly these lines, valid or not. */
export function logOfLines(lines: readonly string[]): MemoryFile {
  return new MemoryFile(new TextEncoder().encode(lines.map((line) => `${line}\n`).join("")));
}

/** A log of these events, renumbered and with valid checkpoints. */
export function sealedLog(events: readonly WireEvent[]): MemoryFile {
  const log = new MemoryFile();
  const writer = new LogWriter(log);
  for (const event of events) {
    if (event.kind !== "checkpoint") writer.append(wireToEvent({ ...event, seq: writer.seq }));
  }
  writer.finish();
  return log;
}

/** The event of a line. */
export function eventOfLine(line: string): WireEvent {
  const decoded = decodeEvent(line);
  if (!decoded.ok) throw new Error(`${line}: ${decoded.failure.reason}`);
  return decoded.value;
}

/** The line with one of its members changed, still the line of a valid event. */
export function changedLine(line: string, random: Random): string {
  const head = /^\{"seq":[0-9]+,"kind":"[a-z_]+"/.exec(line)?.[0] ?? "";
  const rest = line.slice(head.length);
  const leaves = [...rest.matchAll(TOKEN)].filter(([token]) => !token.endsWith(":"));
  for (let attempt = 0; attempt < 1_000; attempt++) {
    const leaf = leaves[random.below(leaves.length)];
    if (leaf === undefined) break;
    const changed = head + rest.slice(0, leaf.index) + changedLeaf(leaf[0]) +
      rest.slice(leaf.index + leaf[0].length);
    if (decodeEvent(changed).ok) return changed;
  }
  throw new Error(`nothing to change in ${line}`);
}

/** A key, or: a string, a number, a truth. */
const TOKEN = /"(?:[^"\\]|\\.)*":?|-?[0-9]+(?:\.[0-9]+)?|true|false/g;

function changedLeaf(leaf: string): string {
  if (/[0-9]\]"$/.test(leaf)) {
    return leaf.replace(/([0-9])\]"$/, (_, digit) => `${digit === "7" ? 3 : 7}]"`);
  }
  if (leaf.startsWith('"')) return `${leaf.slice(0, -1)}x"`;
  if (leaf === "true") return "false";
  if (leaf === "false") return "true";
  return leaf.endsWith("7") ? `${leaf.slice(0, -1)}3` : `${leaf.slice(0, -1)}7`;
}

/** The events of a realization of the effects of a run, which are performed all at once; to be added behind its outcome. */
export function realizationOf(events: readonly WireEvent[]): WireEvent[] {
  const effects = events.filter((event) => event.kind === "effect");
  const host = { seq: 0, host: true, time: "2026-01-02T03:04:05.678Z" } as const;
  const place = { first: 0, last: effects.length - 1, sink: "stdout", position: -1 } as const;
  return [
    {
      ...host,
      kind: "realization_started",
      occurrence: "0123456789abcdef0123456789abcdef",
      sinks: [...new Set(effects.map(({ effect }) => effect))].map((effect) => ({
        effect,
        sink: "stdout",
      })),
    },
    { ...host, kind: "effect_intended", ...place },
    { ...host, kind: "effect_realized", ...place },
    { ...host, kind: "realization_finished", status: "complete", performed: effects.length },
  ];
}
