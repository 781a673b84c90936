/**
 * Rewrites of a log by somebody who knows the format: every number, count and digest is made to fit the change. None of them can be
 * noticed from the log alone.
 *
 * @module
 */
import { decodeLine } from "../../../store/codec/decode_event.ts";
import { MemoryFile } from "../../../store/file/byte_file.ts";
import { LogWriter } from "../../../store/log/writer.ts";
import { assert } from "../../../std/assert.ts";

/** One rewrite. */
export interface Rewrite {
  /** What the forger wants to hide. */
  readonly name: string;
  /** The lines of the forged log, from those of the honest one; both without checkpoints, and `seq` does not matter. */
  readonly edit: (lines: readonly string[]) => readonly string[];
  /** Whether it concerns the realization only, after the outcome. */
  readonly isOfRealization?: true;
}

/** The log with a rewrite: lines are numbered again, and all checkpoints made anew. */
export function rewriteLog(log: Uint8Array, { edit }: Rewrite): Uint8Array {
  const lines = new TextDecoder().decode(log).trimEnd().split("\n");
  return writeLines(edit(lines.filter((line) => kindOf(line) !== "checkpoint")));
}

/** A line that makes the writer end its block early. */
const BORDER = "";

function writeLines(lines: readonly string[]): Uint8Array {
  const file = new MemoryFile();
  const writer = new LogWriter(file);
  for (const line of lines) {
    if (line === BORDER) {
      writer.finish();
      continue;
    }
    const decoded = decodeLine(line.replace(/^\{"seq":[0-9]+/, `{"seq":${writer.seq}`));
    assert(decoded.ok, line);
    writer.append(decoded.value);
  }
  writer.finish();
  return file.content();
}

function kindOf(line: string): string | undefined {
  return /"kind":"([a-z_]+)"/.exec(line)?.[1];
}

type Lines = readonly string[];

/** Replaces a text in all lines of a kind; it must be in one. */
function change(lines: Lines, kind: string, from: string | RegExp, to: string): Lines {
  const changed = lines.map((line) => kindOf(line) === kind ? line.replace(from, to) : line);
  assert(changed.join() !== lines.join(), `${kind} has no ${from}`);
  return changed;
}

/** The index of the `nth` line of a kind, from 0; from the end if negative. */
function indexOf(lines: Lines, kind: string, nth: number): number {
  const found = lines.flatMap((line, index) => kindOf(line) === kind ? [index] : []).at(nth);
  assert(found !== undefined, kind);
  return found;
}

function remove(lines: Lines, kind: string, nth: number): Lines {
  return lines.toSpliced(indexOf(lines, kind, nth), 1);
}

/** Exchanges two lines. */
function swap(lines: Lines, a: number, b: number): Lines {
  return lines.with(a, lines[b] ?? "").with(b, lines[a] ?? "");
}

/** The lines up to the outcome. */
function withoutRealization(lines: Lines): Lines {
  return lines.slice(0, indexOf(lines, "outcome", 0) + 1);
}

/** The log of one effect less: without its line, and without what was said of it later. */
function withoutLastEffect(lines: Lines): Lines {
  let left = remove(lines, "effect", -1);
  left = change(left, "outcome", '"effects":2', '"effects":1');
  left = change(left, "outcome", /"ticks":([0-9]+)/, `"ticks":${ticksOf(lines) - 1}`);
  if (!left.some((line) => kindOf(line) === "realization_finished")) return left;
  left = remove(remove(left, "effect_intended", -1), "effect_realized", -1);
  return change(left, "realization_finished", '"performed":2', '"performed":1');
}

function ticksOf(lines: Lines): number {
  return Number(/"ticks":([0-9]+)/.exec(lines[indexOf(lines, "outcome", 0)] ?? "")?.[1]);
}

/** The rewrites of a run of `LOOP_PROGRAM` with two effects, which may have been realized. */
export const REWRITES: readonly Rewrite[] = [
  { name: "the last effect never happened", edit: withoutLastEffect },
  {
    name: "another payload was emitted",
    edit: (lines) => change(lines, "effect", /"done"/g, '"dune"'),
  },
  {
    name: "the effects were in another order",
    edit: (lines) => {
      const a = indexOf(lines, "effect", 0), b = indexOf(lines, "effect", 1);
      return swap(lines, a, b).map((line, index) =>
        index === a || index === b
          ? line.replace(/"index":[01]/, `"index":${index === a ? 0 : 1}`)
          : line
      );
    },
  },
  {
    name: "another argument was given",
    edit: (lines) => {
      const called = change(
        lines,
        "run_started",
        /"rounds":\{"Int":[0-9]+\}/,
        '"rounds":{"Int":7}',
      );
      return change(called, "enter_proc", /"rounds":\{"Int":[0-9]+\}/, '"rounds":{"Int":7}');
    },
  },
  {
    name: "two statements were in another order",
    edit: (lines) => swap(lines, indexOf(lines, "stmt", 2), indexOf(lines, "stmt", 4)),
  },
  {
    name: "a variable had another value",
    edit: (lines) => change(lines, "stmt", '"set":{"sum":{"Int":5}}', '"set":{"sum":{"Int":6}}'),
  },
  {
    name: "a statement was executed twice",
    edit: (lines) => {
      const index = indexOf(lines, "stmt", 3);
      const doubled = lines.toSpliced(index, 0, lines[index] ?? "");
      return change(doubled, "outcome", /"ticks":[0-9]+/, `"ticks":${ticksOf(lines) + 1}`);
    },
  },
  {
    name: "a statement was not executed",
    edit: (lines) => {
      const left = remove(lines, "stmt", 6);
      return change(left, "outcome", /"ticks":[0-9]+/, `"ticks":${ticksOf(lines) - 1}`);
    },
  },
  {
    name: "another value was returned",
    edit: (lines) => {
      const left = change(lines, "leave_proc", /"Int":[0-9]+/, '"Int":8');
      return change(left, "outcome", /"Int":[0-9]+/, '"Int":8');
    },
  },
  {
    name: "the limits were lower",
    edit: (lines) => change(lines, "run_started", '"max_depth":1000', '"max_depth":999'),
  },
  {
    name: "another version executed it",
    edit: (lines) => change(lines, "run_started", /"version":"[^"]*"/, '"version":"0.1.9"'),
  },
  {
    name: "a tick took longer",
    edit: (lines) => change(lines, "run_started", '"tick_us":1', '"tick_us":2'),
  },
  {
    name: "the program had another file name",
    edit: (lines) => change(lines, "program_loaded", "loop.dir.json", "noop.dir.json"),
  },
  {
    name: "the writer was interrupted, so that blocks end elsewhere",
    edit: (lines) => lines.toSpliced(indexOf(lines, "stmt", 9), 0, BORDER),
  },
  { name: "nothing was realized", edit: withoutRealization, isOfRealization: true },
  {
    name: "it was only simulated",
    edit: (lines) => change(withoutRealization(lines), "run_started", '"realize"', '"simulate"'),
    isOfRealization: true,
  },
  {
    name: "the last effect was not confirmed",
    edit: (lines) => remove(remove(lines, "effect_realized", -1), "realization_finished", -1),
    isOfRealization: true,
  },
  {
    name: "the last effect was not attempted",
    edit: (lines) => lines.slice(0, indexOf(lines, "effect_intended", -1)),
    isOfRealization: true,
  },
  {
    name: "it was another occurrence of the run",
    edit: (lines) => change(lines, "realization_started", /"occurrence":"./, '"occurrence":"f'),
    isOfRealization: true,
  },
  {
    name: "the effects went to another file",
    edit: (lines) => lines.map((line) => line.replace("file:out.txt", "file:out.old")),
    isOfRealization: true,
  },
  {
    name: "it happened on another day",
    edit: (lines) => lines.map((line) => line.replace("2026-01-02T", "2026-01-03T")),
    isOfRealization: true,
  },
  {
    name: "the file was longer before the last effect",
    edit: (lines) => lines.map((line) => line.replace('"position":12', '"position":13')),
    isOfRealization: true,
  },
];
