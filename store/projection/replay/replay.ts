/**
 * Replay: executes the program in a log again with the recorded input and compares event by event. Nothing is realized (REP-05), and
 * compared events are not kept, so memory does not grow with the log.
 *
 * Checkpoints and the events of realization are not part of the execution and are skipped. `seq` is not compared; everything else of
 * an event is, byte by byte.
 *
 * @module
 */
import { ALL_ENGINES } from "../../../dvm/api/all_engines.ts";
import { executeArtifacts } from "../../../dvm/api/execute.ts";
import { assert, type Result, success } from "../../../dvm/base/result.ts";
import { mainMark } from "../../../dvm/diagnostic/diagnostic.ts";
import type { Diagnostic } from "../../../dvm/diagnostic/failure.ts";
import type { ArtifactSource } from "../../../dvm/dir/model.ts";
import type { Event, MachineEvent } from "../../../dvm/event/event.ts";
import { eventToWire } from "../../../dvm/event/wire_event.ts";
import { encodeLine } from "../../codec/encode_event.ts";
import type { Readable } from "../../file/byte_file.ts";
import { sha256 } from "../../file/sha256.ts";
import { firstDifference } from "../../json/first_difference.ts";
import { inputOf, type LogHeader, programDigest, readHeader } from "../../log/header.ts";
import type { LogDamage } from "../../log/log_damage.ts";
import { bodyOfLine, decodeRecord, type RawRecord, RawRecordReader } from "../../log/raw_record.ts";
import { causeOf, type DivergenceFacts } from "./cause.ts";
import type { Diverged, ReplayBase, ReplayReport } from "./report.ts";
import { SourcePlace } from "./source_place.ts";

/** How to replay. */
export interface ReplayOptions {
  /** Number of events to report before a divergence. Default 3. */
  readonly context?: number;
  /** The program to execute instead of the one inside the log. */
  readonly artifacts?: readonly ArtifactSource[];
}

const CONTEXT_DEFAULT = 3;

/**
 * Replays a log. Fails only if the log's header cannot be read; any later damage is a divergence.
 *
 * @example
 * ```ts
 * import { executeToLog, LogWriter, MemoryFile, replayLog } from "../../../mod.ts";
 * const text = `{"forges":[{"name":"F","shapes":[],"binds":[],"procs":[{"regime":"K","name":"main","params":[],
 *   "uses":[],"ret":"i64","qualifiers":[],"body":[{"Return":{"expr":"6 Mul 7"}}]}]}]}`;
 * const file = new MemoryFile();
 * executeToLog({ artifacts: [{ name: "demo", text }], input: {} }, new LogWriter(file));
 * const replayed = replayLog(file);
 * if (!replayed.ok || replayed.value.verdict !== "reproduced") throw new Error();
 * ```
 */
export function replayLog(
  source: Readable,
  options: ReplayOptions = {},
): Result<ReplayReport, LogDamage> {
  const reader = new RawRecordReader(source, { machineEventsOnly: true });
  const header = readHeader(reader);
  if (!header.ok) return header;
  if (header.value.kind === "partial") {
    const { records } = header.value;
    return success({
      verdict: "prefix",
      events: records,
      stoppedAt: reader.lines,
      next: undefined,
      tornBytes: reader.tornBytes,
      sameProgram: true,
    });
  }
  return success(new Replay(source, reader, header.value, options).run());
}

/** Stops an execution whose further events are not needed. Only {@link Replay} throws and catches it. */
class StopReplay extends Error {
  override readonly name = "StopReplay";
}

/** A difference between execution and log. */
interface Difference {
  readonly expected: MachineEvent | undefined;
  readonly recorded: RawRecord;
}

class Replay {
  readonly #source: Readable;
  readonly #reader: RawRecordReader;
  readonly #header: LogHeader;
  readonly #artifacts: readonly ArtifactSource[];
  readonly #hasOtherProgram: boolean;
  readonly #contextMax: number;
  readonly #context: RawRecord[] = [];
  readonly #place: SourcePlace;
  #events = 0;
  #difference: Difference | undefined;
  #missing: MachineEvent | undefined;

  constructor(
    source: Readable,
    reader: RawRecordReader,
    header: LogHeader,
    options: ReplayOptions,
  ) {
    this.#source = source;
    this.#reader = reader;
    this.#header = header;
    this.#artifacts = options.artifacts ?? header.artifacts;
    this.#hasOtherProgram = options.artifacts !== undefined;
    this.#contextMax = options.context ?? CONTEXT_DEFAULT;
    this.#place = new SourcePlace(this.#artifacts);
  }

  run(): ReplayReport {
    if (this.#hasOtherProgram) this.#header.records.forEach((record) => this.#reproduced(record));
    const execution = this.#execute();
    const base = {
      events: this.#events,
      tornBytes: this.#reader.tornBytes,
      sameProgram: this.#isSameProgram(),
    };
    if (this.#missing !== undefined) {
      const stoppedAt = this.#reader.lines;
      const next = eventToWire<Event>({ ...this.#missing, seq: stoppedAt });
      return { verdict: "prefix", ...base, stoppedAt, next };
    }
    const superfluous = this.#difference === undefined ? this.#reader.next() : undefined;
    const difference = superfluous === undefined
      ? this.#difference
      : { expected: undefined, recorded: superfluous };
    if (difference === undefined && execution !== undefined) {
      const { diagnostics } = execution;
      return {
        verdict: "reproduced",
        ...base,
        outcome: eventToWire(execution.outcome),
        diagnostics,
      };
    }
    assert(difference !== undefined, "a replay ended without a reason");
    return { ...base, ...this.#diverged(difference, execution?.diagnostics ?? []) };
  }

  /** Executes up to the outcome; `undefined` if it was stopped at the first difference or at the end of the log. */
  #execute() {
    try {
      return executeArtifacts(this.#artifacts, inputOf(this.#header.started), {
        sha256,
        ...ALL_ENGINES,
        forgetsEffects: true,
        sink: (event) => {
          this.#compare(event);
          return undefined;
        },
      });
    } catch (thrown) {
      if (thrown instanceof StopReplay) return undefined;
      throw thrown;
    }
  }

  #compare(expected: MachineEvent): void {
    const isHeader = expected.kind === "run_started" || expected.kind === "program_loaded";
    if (isHeader && this.#hasOtherProgram) return;
    const recorded = isHeader ? this.#header.records[this.#events] : this.#reader.next();
    if (recorded === undefined) {
      this.#missing = expected;
      throw new StopReplay();
    }
    const isInPlace = recorded.seq === recorded.line - 1;
    if (isInPlace && bodyOfLine(encodeLine(this.#asRecorded(expected))) === recorded.body) {
      this.#reproduced(recorded);
      this.#place.add(expected);
      return;
    }
    this.#difference = { expected, recorded };
    // An outcome is the last event: the execution may end normally and yield its diagnostics.
    if (expected.kind !== "outcome") throw new StopReplay();
  }

  /** The version of the executor is not compared: another version may reproduce the execution. */
  #asRecorded(expected: MachineEvent): MachineEvent {
    return expected.kind === "run_started"
      ? { ...expected, version: this.#header.started.version }
      : expected;
  }

  #reproduced(record: RawRecord): void {
    this.#events++;
    if (this.#contextMax === 0) return;
    if (this.#context.length === this.#contextMax) this.#context.shift();
    this.#context.push(record);
  }

  #diverged(
    { expected, recorded }: Difference,
    diagnostics: readonly Diagnostic[],
  ): Omit<Diverged, keyof ReplayBase> {
    const decoded = decodeRecord(recorded);
    const recordedEvent = decoded.ok ? decoded.value : undefined;
    const expectedEvent = expected === undefined
      ? undefined
      : { ...this.#asRecorded(expected), seq: recorded.line - 1 };
    const expectedWire = expectedEvent === undefined
      ? undefined
      : eventToWire<Event>(expectedEvent);
    const recordedWire = recordedEvent === undefined
      ? undefined
      : eventToWire<Event>(recordedEvent);
    const facts: DivergenceFacts = {
      expected: expectedEvent,
      recorded: recordedEvent,
      header: this.#header,
      executed: this.#artifacts,
      depth: this.#place.depth,
      source: this.#source,
    };
    return {
      verdict: "diverged",
      seq: recorded.line - 1,
      line: recorded.line,
      offset: recorded.offset,
      expected: expectedWire,
      recorded: recordedWire,
      unreadable: decoded.ok
        ? ""
        : `column ${decoded.failure.column + 1}: ${decoded.failure.reason}`,
      field: expectedWire === undefined || recordedWire === undefined
        ? ""
        : firstDifference(expectedWire, recordedWire)?.field ?? "",
      place: mainMark(diagnostics[0]) ?? this.#place.markOf(expectedEvent ?? recordedEvent),
      before: this.#context.flatMap((record) => {
        const event = decodeRecord(record);
        return event.ok ? [eventToWire<Event>(event.value)] : [];
      }),
      cause: causeOf(facts),
    };
  }

  #isSameProgram(): boolean {
    return !this.#hasOtherProgram ||
      programDigest(this.#artifacts) === this.#header.started.program;
  }
}
