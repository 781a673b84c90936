/**
 * Compares summary traces, or a summary trace with a log: effects and outcome. The log is converted record by record, so it is
 * streamed.
 *
 * @module
 */
import type { Event, OutcomeEvent } from "../../../dvm/event/event.ts";
import { encodeWireValue, valueToWire } from "../../../dvm/value/wire_object.ts";
import type { Readable } from "../../file/byte_file.ts";
import { decodeRecord, type RawRecord, RawRecordReader } from "../../log/raw_record.ts";
import { hasEffects, hasOutcome } from "../../log/summary.ts";
import type { SummaryText } from "../trace/parse_trace.ts";
import { alignRecords } from "./align.ts";
import { DiffComparison, parseIgnored } from "./comparison.ts";
import type { RecordSource } from "./lookahead.ts";
import { tallyOf } from "./tally.ts";
import { differenceOf, incompleteSides } from "./diff.ts";
import type { DiffOptions, DiffReport } from "./report.ts";

/** A side of the comparison. */
export type TraceSide =
  | { readonly kind: "log"; readonly source: Readable }
  | { readonly kind: "summary"; readonly trace: SummaryText };

/**
 * Compares two sides by the content of a summary trace. At the level `trace`, ticks and failure messages are compared as well; the
 * level `bytes` is treated as `observational`.
 *
 * @example
 * ```ts
 * import { diffTraces, parseSummary } from "../../../mod.ts";
 * const left = parseSummary('{"returned":{"Int":0},"effects":{"events":[]},"time":{"tick":1}}');
 * const right = parseSummary('{"returned":{"Int":0},"effects":{"events":[]},"time":{"tick":2}}');
 * if (!left.ok || !right.ok) throw new Error();
 * const sides = [{ kind: "summary", trace: left.value }, { kind: "summary", trace: right.value }] as const;
 * if (!diffTraces(...sides).same || diffTraces(...sides, { level: "trace" }).same) throw new Error();
 * ```
 */
export function diffTraces(
  left: TraceSide,
  right: TraceSide,
  options: DiffOptions = {},
): DiffReport {
  const isDetailed = options.level === "trace";
  const comparison = new DiffComparison("trace", parseIgnored(options.ignore ?? []), {
    places: false,
  });
  const steps = alignRecords(sourceOf(left, isDetailed), sourceOf(right, isDetailed), comparison);
  const { counts, reported, givenUp } = tallyOf(steps, options);
  const incomplete = incompleteSides(isComplete(left), isComplete(right));
  return {
    level: isDetailed ? "trace" : "observational",
    same: counts.size === 0 && incomplete.length === 0,
    incomplete,
    sharedBytes: 0,
    damage: undefined,
    traceDiffersFrom: undefined,
    before: [],
    differences: reported.map(differenceOf),
    counts: Object.fromEntries(counts),
    givenUp,
    cause: undefined,
    left: undefined,
    right: undefined,
  };
}

/** A summary trace always ends with a result. */
function isComplete(side: TraceSide): boolean {
  return side.kind === "summary" || hasOutcome(side.source);
}

function sourceOf(side: TraceSide, isDetailed: boolean): RecordSource {
  const records = side.kind === "summary"
    ? recordsOfSummary(side.trace, isDetailed)
    : recordsOfLog(side.source, isDetailed);
  return {
    next() {
      const next = records.next();
      return next.done === true ? undefined : next.value;
    },
  };
}

function* recordsOfSummary(trace: SummaryText, isDetailed: boolean): Generator<RawRecord, void> {
  const { effects, error, returned, tick } = trace;
  for (const [seq, { kind, payload }] of effects.entries()) {
    yield record(seq, "effect", { kind, payload });
  }
  const end = error === undefined
    ? { returned, ...(isDetailed ? { tick } : {}) }
    : { error: error.kind, ...(isDetailed ? { message: error.message } : {}) };
  yield record(effects.length, "outcome", end);
}

function* recordsOfLog(source: Readable, isDetailed: boolean): Generator<RawRecord, void> {
  const isEffectful = hasEffects(source);
  const reader = new RawRecordReader(source, { machineEventsOnly: true });
  let count = 0;
  for (let read = reader.next(); read !== undefined; read = reader.next()) {
    if (read.kind !== "outcome" && (read.kind !== "effect" || !isEffectful)) continue;
    const decoded = decodeRecord(read);
    if (!decoded.ok) yield read;
    else yield record(count++, read.kind, summarized(decoded.value, isDetailed));
  }
}

function summarized(event: Event, isDetailed: boolean): object {
  if (event.kind === "effect") return { kind: event.effect, payload: event.payload };
  return event.kind === "outcome" ? summarizedOutcome(event, isDetailed) : {};
}

function summarizedOutcome({ error, returned, ticks }: OutcomeEvent, isDetailed: boolean): object {
  if (error !== undefined) {
    return { error: error.kind, ...(isDetailed ? { message: error.message } : {}) };
  }
  const value = returned === undefined ? null : valueToWire(returned);
  return { returned: value, ...(isDetailed ? { tick: ticks } : {}) };
}

/** A record in the common form; `seq` counts effects. */
function record(seq: number, kind: string, content: object): RawRecord {
  const text = `${kind} ${encodeWireValue(content)}`;
  return { seq, kind, text, body: text, line: 0, offset: 0 };
}
