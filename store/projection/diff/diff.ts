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
import type { LogDamage } from "../../log/log_damage.ts";
import type { RawRecord } from "../../log/raw_record.ts";
import { damageIn } from "../../log/scan.ts";
import { keepsEffects, summarizeLog } from "../../log/summary.ts";
import { alignRecords, type DiffStep } from "./align.ts";
import { causeOf } from "./cause.ts";
import { DiffComparison, type DiffLevel, parseIgnored } from "./comparison.ts";
import { LineCursor } from "./line_cursor.ts";
import { LogPair } from "./log_pair.ts";
import type { Numbered } from "./numbering.ts";
import type {
  DiffDamage,
  Difference,
  DiffOptions,
  DiffRecord,
  DiffReport,
  DiffSide,
} from "./report.ts";
import { linesBefore, sharedPrefix } from "./shared_prefix.ts";
import { tallyOf } from "./tally.ts";

/** The report on two files with equal bytes, at any level. */
const NO_DIFFERENCE = {
  damage: undefined,
  traceDiffersFrom: undefined,
  before: [],
  differences: [],
  counts: {},
  givenUp: 0,
  cause: undefined,
  left: undefined,
  right: undefined,
} as const;

const CONTEXT_DEFAULT = 3;
/** Checkpoints among the lines before a difference, at most: one after the header, and one after each full block. */
const CHECKPOINTS_BEFORE = 2;

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
    const ends = { left: endOf(this.#left), right: endOf(this.#right) };
    const incomplete = incompleteSides(ends.left.isComplete, ends.right.isComplete);
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
    if (this.#agreesUpToEnd(incomplete, shared.offset)) {
      return {
        ...NO_DIFFERENCE,
        level: this.#level,
        same: false,
        incomplete,
        sharedBytes: shared.offset,
      };
    }
    const numbered = { places: ends.left.program !== ends.right.program };
    const pair = this.#pairFrom(shared.offset, ends, numbered);
    const { left, right, comparison } = pair;
    const tally = tallyOf(alignRecords(left, right, comparison, pair), this.#options);
    const traceDiffersFrom = this.#level === "observational"
      ? firstInTrace(this.#left, this.#right, shared.offset)?.seq
      : undefined;
    return {
      level: this.#level,
      same: isComparable && tally.counts.size === 0,
      incomplete,
      sharedBytes: shared.offset,
      damage: damageOf("left", left.damage) ?? damageOf("right", right.damage) ??
        this.#damageAtFork(shared.offset),
      traceDiffersFrom,
      before: this.#before(tally.reported[0]),
      differences: tally.reported.map(differenceOf),
      counts: Object.fromEntries(tally.counts),
      givenUp: tally.givenUp,
      cause: tally.counts.size === 0 ? undefined : causeOf(this.#left, this.#right),
      left: ends.left.outcome,
      right: ends.right.outcome,
    };
  }

  /** Whether the first difference is the end of a log without outcome: what its run did next is not known. */
  #agreesUpToEnd(incomplete: readonly DiffSide[], from: number): boolean {
    if (this.#level === "bytes" || incomplete.length === 0) return false;
    const ended = firstInTrace(this.#left, this.#right, from)?.ended;
    return ended !== undefined && incomplete.includes(ended);
  }

  #pairFrom(
    from: number,
    ends: { readonly [S in DiffSide]: LogEnding },
    numbered: Numbered,
  ): LogPair {
    const isObserved = this.#level === "observational";
    const part = (source: Readable, { hasEffects }: LogEnding) => ({
      source,
      from,
      hidesEffects: isObserved && !hasEffects,
    });
    const ignored = parseIgnored(this.#options.ignore ?? []);
    const comparison = new DiffComparison(this.#level, ignored, numbered);
    return new LogPair(part(this.#left, ends.left), part(this.#right, ends.right), {
      comparison,
      checksBlocks: this.#options.verified !== true,
    });
  }

  /** The damage in logs that are equal up to a line and have two checkpoints there: at most one of them can be right. */
  #damageAtFork(offset: number): DiffDamage | undefined {
    if (this.#options.verified === true) return undefined;
    const sources = [this.#left, this.#right];
    const areCheckpoints = sources.every((source) => {
      const cursor = new LineCursor(source, offset);
      return cursor.hasLine() && cursor.kind() === "checkpoint";
    });
    if (!areCheckpoints) return undefined;
    return damageOf("left", damageIn(this.#left)) ?? damageOf("right", damageIn(this.#right));
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

function damageOf(side: DiffSide, damage: LogDamage | undefined): DiffDamage | undefined {
  if (damage === undefined) return undefined;
  const { line, offset, reason } = damage;
  return { side, line, offset, reason };
}

/** The sides without an outcome. */
export function incompleteSides(left: boolean, right: boolean): readonly DiffSide[] {
  return [...(left ? [] : ["left" as const]), ...(right ? [] : ["right" as const])];
}

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

/** What the end of a log says about its run. */
interface LogEnding {
  readonly isComplete: boolean;
  readonly outcome: WireEvent | undefined;
  /** The digest of the program. */
  readonly program: string | undefined;
  /** Whether its effects are valid. */
  readonly hasEffects: boolean;
}

function endOf(source: Readable): LogEnding {
  const read = summarizeLog(source);
  const summary = read.ok ? read.value : undefined;
  return {
    isComplete: summary?.outcome !== undefined,
    outcome: summary?.outcome,
    program: summary?.header.program,
    hasEffects: summary === undefined || keepsEffects(summary),
  };
}

/** The first event in which the executions differ, and the side that has ended there; `undefined` if they do not differ. */
function firstInTrace(
  left: Readable,
  right: Readable,
  from: number,
): { readonly seq: number; readonly ended: DiffSide | undefined } | undefined {
  const comparison = new DiffComparison("trace", parseIgnored([]), { places: false });
  const part = (source: Readable) => ({ source, from, hidesEffects: false });
  const options = { comparison, checksBlocks: false };
  const pair = new LogPair(part(left), part(right), options);
  for (;;) {
    pair.skipEqual({ numbering: false });
    const x = pair.left.next(), y = pair.right.next();
    if (x === undefined || y === undefined) {
      const next = x ?? y;
      return next === undefined
        ? undefined
        : { seq: next.seq, ended: x === undefined ? "left" : "right" };
    }
    if (x.body !== y.body) return { seq: x.seq, ended: undefined };
  }
}
