/**
 * Replay: executes again what a log says was executed, from the program and the input inside the log, and compares event by
 * event as it goes. Nothing is realized (REP-05), and what has been compared is not kept, so memory does not grow with the log.
 *
 * Checkpoints and the events of realization are not part of the execution and are passed over. `seq` is the log's own numbering
 * and not compared; everything else of an event is, byte for byte.
 *
 * @module
 */
import { ALL_ENGINES } from "../../../dvm/api/all_engines.ts";
import type { ArtifactSource } from "../../../dvm/dir/model.ts";
import type { Diagnostic, Mark } from "../../../dvm/diagnostic/failure.ts";
import type { Event, MachineEvent, OutcomeEvent } from "../../../dvm/event/event.ts";
import { executeArtifacts } from "../../../dvm/api/execute.ts";
import { eventToWire, type WireEvent } from "../../../dvm/event/wire_event.ts";
import { assert, type Result, success } from "../../../dvm/base/result.ts";
import { mainMark } from "../../../dvm/diagnostic/diagnostic.ts";
import type { Readable } from "../../file/byte_file.ts";
import { encodeLine } from "../../codec/encode_event.ts";
import { firstDifference } from "../../json/first_difference.ts";
import { inputOf, type LogHeader, programDigest, readHeader } from "../../log/header.ts";
import type { LogDamage } from "../../log/scan.ts";
import { bodyOfLine, decodeRecord, type RawRecord, RawRecordReader } from "../../log/raw_record.ts";
import { causeOf, type DivergenceFacts, type ReplayCause } from "./cause.ts";
import { SourcePlace } from "./source_place.ts";
import { sha256 } from "../../file/sha256.ts";

/** How to replay. */
export interface ReplayOptions {
  /** How many events before a divergence to tell. Default 3. */
  readonly context?: number;
  /** The program to execute instead of the one inside the log. */
  readonly artifacts?: readonly ArtifactSource[];
}

/** What replay found. */
export type ReplayReport = Reproduced | ReproducedPrefix | Diverged;

/** What every report has. */
interface ReplayBase {
  /** Events of the execution, header included, that were reproduced. */
  readonly events: number;
  /** Bytes behind the last whole line. */
  readonly tornBytes: number;
  /** Whether the artifacts executed are those that the log's header names. */
  readonly sameProgram: boolean;
}

/** Every event up to the outcome. */
export interface Reproduced extends ReplayBase {
  readonly verdict: "reproduced";
  readonly outcome: WireEvent<OutcomeEvent>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Every event there is, and the log ends before the outcome. */
export interface ReproducedPrefix extends ReplayBase {
  readonly verdict: "prefix";
  /** How many lines there are, and the `seq` that the next one would have. */
  readonly stoppedAt: number;
  /** What would come next; `undefined` when the log lacks part of its header, so that nothing can be executed. */
  readonly next: WireEvent | undefined;
}

/** The first event that execution does not reproduce. */
export interface Diverged extends ReplayBase {
  readonly verdict: "diverged";
  /** Its `seq`; the line number and byte offset in the log. */
  readonly seq: number;
  readonly line: number;
  readonly offset: number;
  /** What execution yields; `undefined` when it has ended. */
  readonly expected: WireEvent | undefined;
  /** What the log has; `undefined` when the line is no event. */
  readonly recorded: WireEvent | undefined;
  /** Why the line is no event; empty when it is one. */
  readonly unreadable: string;
  /** The first member in which they differ, `bound.value.Int`; empty when one of them is missing. */
  readonly field: string;
  /** Where in the program; `undefined` when no place of it is concerned. */
  readonly place: Mark | undefined;
  /** The events before, oldest first. */
  readonly before: readonly WireEvent[];
  readonly cause: ReplayCause;
}

const CONTEXT_DEFAULT = 3;

/**
 * Replays a log. Fails only when the log's header cannot be read; any later damage is a divergence.
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

/** Ends an execution that has nothing more to tell. Only {@link Replay} throws and catches it. */
class StopReplay extends Error {
  override readonly name = "Enough";
}

/** What a comparison came upon. */
interface Difference {
  readonly expected: MachineEvent | undefined;
  readonly recorded: RawRecord;
}

class Replay {
  readonly #source: Readable;
  readonly #reader: RawRecordReader;
  readonly #header: LogHeader;
  readonly #artifacts: readonly ArtifactSource[];
  readonly #isOther: boolean;
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
    this.#isOther = options.artifacts !== undefined;
    this.#contextMax = options.context ?? CONTEXT_DEFAULT;
    this.#place = new SourcePlace(this.#artifacts);
  }

  run(): ReplayReport {
    if (this.#isOther) this.#header.records.forEach((record) => this.#reproduced(record));
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

  /** Executes until the outcome, or until the first difference or the end of the log: then there is no execution to speak of. */
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
    if (isHeader && this.#isOther) return;
    const recorded = isHeader ? this.#header.records[this.#events] : this.#reader.next();
    if (recorded === undefined) {
      this.#missing = expected;
      throw new StopReplay();
    }
    const isInPlace = recorded.seq === recorded.line - 1;
    if (isInPlace && bodyOfLine(encodeLine(this.#asRecorded(expected))) === recorded.body) {
      this.#reproduced(recorded);
      this.#place.pass(expected);
      return;
    }
    this.#difference = { expected, recorded };
    // An outcome is the last event: the execution may end by itself, and tell why it failed.
    if (expected.kind !== "outcome") throw new StopReplay();
  }

  /** The version of the executor that wrote a log is no part of the execution: another one may well reproduce it. */
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
    return !this.#isOther || programDigest(this.#artifacts) === this.#header.started.program;
  }
}
