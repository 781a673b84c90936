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
import { assert, failure, type Result, success } from "../../../dvm/base/result.ts";
import { mainMark } from "../../../dvm/diagnostic/diagnostic.ts";
import type { Diagnostic } from "../../../dvm/diagnostic/failure.ts";
import type { ArtifactSource } from "../../../dvm/dir/model.ts";
import type { Event, MachineEvent } from "../../../dvm/event/event.ts";
import { eventToWire } from "../../../dvm/event/wire_event.ts";
import type { Readable } from "../../file/byte_file.ts";
import { sha256 } from "../../file/sha256.ts";
import { firstDifference } from "../../json/first_difference.ts";
import { inputOf, type LogHeader, programDigest, readHeader } from "../../log/header.ts";
import type { LogDamage } from "../../log/log_damage.ts";
import { readLines } from "../../log/lines.ts";
import { readEventLine } from "../../log/log_line.ts";
import { decodeRecord, type RawRecord, RawRecordReader } from "../../log/raw_record.ts";
import { damageIn } from "../../log/scan.ts";
import { causeOf, type DivergenceFacts } from "./cause.ts";
import { ComparedLog } from "./compared_log.ts";
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
 * Replays a log, and checks it as `verifyLog` does. Fails only if the log's header cannot be read; of any other log the report says
 * what is wrong with it, and events are compared even then.
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
  if (!header.ok) return failure(damageIn(source) ?? header.failure);
  if (header.value.kind === "whole") {
    return success(new Replay(source, header.value, options).run());
  }
  const { records: events } = header.value;
  const { lines: stoppedAt, tornBytes } = reader;
  const base = { events, tornBytes, sameProgram: true, damage: damageIn(source) };
  return success({ verdict: "prefix", ...base, stoppedAt, next: undefined });
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
  readonly #log: ComparedLog;
  readonly #header: LogHeader;
  readonly #artifacts: readonly ArtifactSource[];
  readonly #hasOtherProgram: boolean;
  readonly #contextMax: number;
  /** Byte offsets of the last lines that were reproduced; that of line n of them is at n modulo its length. */
  readonly #context: number[] = [];
  readonly #place: SourcePlace;
  #events = 0;
  #difference: Difference | undefined;
  #missing: MachineEvent | undefined;

  constructor(source: Readable, header: LogHeader, options: ReplayOptions) {
    this.#source = source;
    this.#log = new ComparedLog(source);
    this.#header = header;
    this.#artifacts = options.artifacts ?? header.artifacts;
    this.#hasOtherProgram = options.artifacts !== undefined;
    this.#contextMax = options.context ?? CONTEXT_DEFAULT;
    this.#place = new SourcePlace(this.#artifacts);
  }

  run(): ReplayReport {
    if (this.#hasOtherProgram) this.#passHeader();
    const execution = this.#execute();
    const superfluous = this.#difference === undefined ? this.#log.next() : undefined;
    const stoppedAt = this.#log.lines;
    this.#log.finish();
    const base = {
      events: this.#events,
      tornBytes: this.#log.tornBytes,
      sameProgram: this.#isSameProgram(),
      damage: this.#log.damage,
    };
    if (this.#missing !== undefined) {
      const next = eventToWire<Event>({ ...this.#missing, seq: stoppedAt });
      return { verdict: "prefix", ...base, stoppedAt, next };
    }
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
      return executeArtifacts(this.#artifacts, inputOf(this.#header.started, this.#header.inputs), {
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
    if (this.#hasOtherProgram && isHeader(expected)) return;
    const offset = this.#log.accept(this.#asRecorded(expected));
    if (offset !== undefined) {
      this.#reproduced(offset);
      if (expected.kind !== "stmt") this.#place.add(expected);
      return;
    }
    const recorded = this.#log.next();
    if (recorded === undefined) this.#missing = expected;
    else this.#difference = { expected, recorded };
    // An outcome is the last event: the execution may end normally and yield its diagnostics.
    if (recorded === undefined || expected.kind !== "outcome") throw new StopReplay();
  }

  /** Another program has another header: that of the log is not compared. */
  #passHeader(): void {
    for (const { offset } of this.#header.records) {
      this.#log.next();
      this.#reproduced(offset);
    }
  }

  /** The version of the executor is not compared: another version may reproduce the execution. */
  #asRecorded(expected: MachineEvent): MachineEvent {
    return expected.kind === "run_started"
      ? { ...expected, version: this.#header.started.version }
      : expected;
  }

  #reproduced(offset: number): void {
    if (this.#contextMax > 0) this.#context[this.#events % this.#contextMax] = offset;
    this.#events++;
  }

  /** The offsets of the context, in the order of the lines. */
  get #contextInOrder(): readonly number[] {
    const oldest = this.#events > this.#contextMax ? this.#events % this.#contextMax : 0;
    return [...this.#context.slice(oldest), ...this.#context.slice(0, oldest)];
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
      damage: this.#log.damage,
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
      before: this.#contextInOrder.flatMap((offset) => {
        const [line] = readLines(this.#source, offset);
        const event = readEventLine(line?.text);
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

function isHeader({ kind }: MachineEvent): boolean {
  return kind === "run_started" || kind === "program_loaded" || kind === "input_loaded";
}
