/**
 * Compares two logs: their first difference, and what differs from there on.
 *
 * @module
 */
import { type Event, isMachineKind } from "../../../dvm/event/event.ts";
import { eventToWire, type WireEvent } from "../../../dvm/event/wire_event.ts";
import { decodeLine } from "../../codec/decode_event.ts";
import type { Readable } from "../../file/byte_file.ts";
import { firstDifference } from "../../json/first_difference.ts";
import { type RawRecord, RawRecordReader } from "../../log/raw_record.ts";
import { hasEffects, hasOutcome } from "../../log/summary.ts";
import { alignRecords, type DiffStep } from "./align.ts";
import { DiffComparison, type DiffLevel, type DiffTopic, parseIgnored } from "./comparison.ts";
import { linesBefore, sharedPrefix } from "./shared_prefix.ts";

/** How to compare. */
export interface DiffOptions {
  /** Default `observational`. */
  readonly level?: DiffLevel;
  /** Kinds, fields and processes to ignore: `kind:effect`, `field:tick`, `proc:main`, or the bare word. */
  readonly ignore?: readonly string[];
  /** Events to report before the first difference. Default 3. */
  readonly context?: number;
  /** Differences to report, the first included; all are counted. Default 20. */
  readonly limit?: number;
  /** Compares every byte instead of trusting equal checkpoints. */
  readonly full?: boolean;
}

/** A record in a report. */
export interface DiffRecord {
  /** Its `seq`. */
  readonly seq: number;
  /** Byte offset of its line. */
  readonly offset: number;
  /** `undefined` if the line is not an event. */
  readonly event: WireEvent | undefined;
  /** The line. */
  readonly text: string;
}

/** One difference between two logs. */
export interface Difference {
  /** What it concerns. */
  readonly topic: DiffTopic;
  /** The record in the left log; `undefined` if only the right one has it. */
  readonly left: DiffRecord | undefined;
  /** The record in the right log; `undefined` if only the left one has it. */
  readonly right: DiffRecord | undefined;
  /** The first member that differs, `bound.value.Int`; empty unless both sides have an event. */
  readonly field: string;
}

/** Number of differences of one topic. */
export interface DiffCount {
  /** Records that both logs have, with different content. */
  readonly changed: number;
  /** Records that only the left log has. */
  readonly onlyLeft: number;
  /** Records that only the right log has. */
  readonly onlyRight: number;
}

/** One of the two sides. */
export type DiffSide = "left" | "right";

/** The comparison of two logs. */
export interface DiffReport {
  /** The level of the comparison. */
  readonly level: DiffLevel;
  /** Whether the logs are equal at this level. Except at the level `bytes`, an incomplete run is equal to none. */
  readonly same: boolean;
  /** The sides whose run has no outcome. What such a run does next is not known. */
  readonly incomplete: readonly DiffSide[];
  /** Length in bytes of their common prefix; more may be equal after it. */
  readonly sharedBytes: number;
  /** Whether their checkpoints claim a longer common prefix than their bytes have: one of the logs is damaged. */
  readonly isSuspect: boolean;
  /** At the observational level: the first `seq` at which the executions differ in any event. */
  readonly traceDiffersFrom: number | undefined;
  /** The events before the first difference, oldest first. */
  readonly before: readonly WireEvent[];
  /** The first differences, as many as requested. */
  readonly differences: readonly Difference[];
  /** The number of all differences, by topic. */
  readonly counts: { readonly [T in DiffTopic]?: DiffCount };
  /** The outcome of the left log, unless it is in the common prefix. */
  readonly left: WireEvent | undefined;
  /** The outcome of the right log, unless it is in the common prefix. */
  readonly right: WireEvent | undefined;
}

/** The report on two files with equal bytes, at any level. */
const NO_DIFFERENCE = {
  isSuspect: false,
  traceDiffersFrom: undefined,
  before: [],
  differences: [],
  counts: {},
  left: undefined,
  right: undefined,
} as const;

const CONTEXT_DEFAULT = 3;
/** Checkpoints among the lines before a difference, at most: one behind the header, and one behind each full block. */
const CHECKPOINTS_BEFORE = 2;
const LIMIT_DEFAULT = 20;

/**
 * Compares two logs. The common prefix of large logs is skipped by comparing checkpoints; the rest is streamed.
 *
 * @example
 * ```ts
 * import { diffLogs, executeToLog, LogWriter, MemoryFile } from "../../../mod.ts";
 * const text = `{"forges":[{"name":"F","shapes":[],"binds":[],"procs":[{"regime":"K","name":"main","params":[
 *   {"name":"n","ty":"i64"}],"uses":[],"ret":"i64","qualifiers":[],"body":[{"Return":{"expr":"n Mul 0"}}]}]}]}`;
 * const log = (n: number) => {
 *   const file = new MemoryFile();
 *   executeToLog({ artifacts: [{ name: "demo", text }], input: { args: { n } } }, new LogWriter(file));
 *   return file;
 * };
 * if (!diffLogs(log(1), log(2)).same) throw new Error();
 * const traced = diffLogs(log(1), log(2), { level: "trace" });
 * if (traced.same || traced.differences[0]?.field !== "args.n.Int") throw new Error();
 * ```
 */
export function diffLogs(
  left: Readable,
  right: Readable,
  options: DiffOptions = {},
): DiffReport {
  return new Diff(left, right, options).run();
}

class Diff {
  readonly #left: Readable;
  readonly #right: Readable;
  readonly #options: DiffOptions;
  readonly #level: DiffLevel;

  constructor(left: Readable, right: Readable, options: DiffOptions) {
    this.#left = left;
    this.#right = right;
    this.#options = options;
    this.#level = options.level ?? "observational";
  }

  run(): DiffReport {
    const full = this.#options.full === true || this.#level === "bytes";
    const shared = sharedPrefix(this.#left, this.#right, { full });
    const incomplete = incompleteSides(hasOutcome(this.#left), hasOutcome(this.#right));
    const isComparable = this.#level === "bytes" || incomplete.length === 0;
    if (shared.isWhole) {
      return {
        ...NO_DIFFERENCE,
        level: this.#level,
        same: isComparable,
        incomplete,
        sharedBytes: shared.offset,
      };
    }
    const left = new Side(this.#left, shared.offset, this.#level);
    const right = new Side(this.#right, shared.offset, this.#level);
    const comparison = new DiffComparison(this.#level, parseIgnored(this.#options.ignore ?? []));
    const tally = tallyOf(alignRecords(left, right, comparison), this.#options);
    return {
      level: this.#level,
      same: isComparable && tally.counts.size === 0,
      incomplete,
      sharedBytes: shared.offset,
      isSuspect: shared.isSuspect,
      traceDiffersFrom: this.#level === "observational"
        ? firstInTrace(this.#left, this.#right, shared.offset)
        : undefined,
      before: this.#before(tally.reported[0]),
      differences: tally.reported.map(differenceOf),
      counts: Object.fromEntries(tally.counts),
      left: left.outcome,
      right: right.outcome,
    };
  }

  #before(first: DiffStep | undefined): WireEvent[] {
    const record = first?.left ?? first?.right;
    if (record === undefined) return [];
    const source = first?.left === undefined ? this.#right : this.#left;
    const context = this.#options.context ?? CONTEXT_DEFAULT;
    const events = linesBefore(source, record.offset, context + CHECKPOINTS_BEFORE)
      .flatMap((line) => eventOf(line) ?? []);
    const shown = this.#level === "bytes"
      ? events
      : events.filter(({ kind }) => isMachineKind(kind));
    return shown.slice(Math.max(0, shown.length - context));
  }
}

/** The sides without an outcome. */
export function incompleteSides(left: boolean, right: boolean): readonly DiffSide[] {
  return [...(left ? [] : ["left" as const]), ...(right ? [] : ["right" as const])];
}

/** All differences counted by topic, and the first of them. */
export interface DiffTally {
  readonly counts: ReadonlyMap<DiffTopic, DiffCount>;
  readonly reported: readonly DiffStep[];
}

/** Counts all differences and keeps the first `limit`. */
export function tallyOf(steps: Iterable<DiffStep>, { limit }: DiffOptions): DiffTally {
  const counts = new Map<DiffTopic, DiffCount>();
  const reported: DiffStep[] = [];
  for (const step of steps) {
    const { topic, left, right } = step;
    const { changed, onlyLeft, onlyRight } = counts.get(topic) ?? NO_COUNT;
    counts.set(topic, {
      changed: changed + (left !== undefined && right !== undefined ? 1 : 0),
      onlyLeft: onlyLeft + (right === undefined ? 1 : 0),
      onlyRight: onlyRight + (left === undefined ? 1 : 0),
    });
    // After the first difference numbering is shifted almost everywhere and reports nothing new.
    const isNew = topic !== "numbering" || reported.length === 0;
    if (isNew && reported.length < (limit ?? LIMIT_DEFAULT)) reported.push(step);
  }
  return { counts, reported };
}

const NO_COUNT: DiffCount = { changed: 0, onlyLeft: 0, onlyRight: 0 };

function eventOf(line: string): WireEvent | undefined {
  const decoded = decodeLine(line);
  return decoded.ok ? eventToWire<Event>(decoded.value) : undefined;
}

function recordToShow({ seq, offset, text }: RawRecord): DiffRecord {
  return { seq, offset, event: eventOf(text), text };
}

/** Converts a difference to its form in the report. */
export function differenceOf({ topic, left, right }: DiffStep): Difference {
  const shown = {
    topic,
    left: left === undefined ? undefined : recordToShow(left),
    right: right === undefined ? undefined : recordToShow(right),
  };
  const a = shown.left?.event, b = shown.right?.event;
  if (a === undefined || b === undefined) return { ...shown, field: "" };
  // `seq` follows from the position and is reported only if nothing else differs.
  const field = firstDifference({ ...a, seq: 0 }, { ...b, seq: 0 })?.field;
  return { ...shown, field: field ?? (a.seq === b.seq ? "" : "seq") };
}

/** One of the compared logs: yields its records and keeps its outcome. */
class Side {
  readonly #reader: RawRecordReader;
  readonly #hidesEffects: boolean;
  #outcome: RawRecord | undefined;

  constructor(source: Readable, from: number, level: DiffLevel) {
    this.#reader = new RawRecordReader(source, { from, machineEventsOnly: level !== "bytes" });
    this.#hidesEffects = level === "observational" && !hasEffects(source);
  }

  next(): RawRecord | undefined {
    for (;;) {
      const record = this.#reader.next();
      if (record?.kind === "outcome") this.#outcome = record;
      if (record?.kind !== "effect" || !this.#hidesEffects) return record;
    }
  }

  get outcome(): WireEvent | undefined {
    return this.#outcome === undefined ? undefined : eventOf(this.#outcome.text);
  }
}

/** The first `seq` at which the executions differ in any event; `undefined` if they do not. */
function firstInTrace(left: Readable, right: Readable, from: number): number | undefined {
  const a = new RawRecordReader(left, { from, machineEventsOnly: true });
  const b = new RawRecordReader(right, { from, machineEventsOnly: true });
  for (;;) {
    const x = a.next(), y = b.next();
    if (x === undefined && y === undefined) return undefined;
    if (x?.body !== y?.body) return x?.seq ?? y?.seq;
  }
}
