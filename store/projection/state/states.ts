/**
 * The states of a run, folded from the events of its log. Folding begins at the nearest snapshot, so the time does not grow with the
 * length of the log.
 *
 * @module
 */
import { failure, type Result, success } from "../../../dvm/base/result.ts";
import { entryCandidates } from "../../../dvm/dir/lookup.ts";
import type { Program } from "../../../dvm/dir/model.ts";
import type { Checkpoint, Event } from "../../../dvm/event/event.ts";
import { initialState, type State } from "../../../dvm/event/state.ts";
import { StateCodec } from "../../../dvm/event/state_codec.ts";
import { load } from "../../../dvm/load/load.ts";
import { evolve } from "../../../dvm/machine/evolve.ts";
import type { Readable } from "../../file/byte_file.ts";
import { readHeader } from "../../log/header.ts";
import { type LogLine, readLines } from "../../log/lines.ts";
import type { LogDamage } from "../../log/log_damage.ts";
import { readNumberedLine } from "../../log/log_line.ts";
import { RawRecordReader } from "../../log/raw_record.ts";
import { LogReader } from "../../log/reader.ts";
import { LogChecker } from "../../log/scan.ts";
import { startLeafHash } from "../../tree/hash.ts";
import {
  findProcEntry,
  isReached,
  isSnapshotBefore,
  type LogPosition,
  missingReason,
  type StatePosition,
} from "./position.ts";
import {
  EFFECTS_KEPT,
  readSnapshot,
  readSnapshotIndex,
  type SnapshotEntry,
  type SnapshotFile,
  type SnapshotIndex,
  SnapshotWriter,
} from "./snapshots.ts";

/** Why a state is not available. */
export type NoState =
  | LogDamage
  /** The run has no such position; or no states at all, because its program does not load or it ran under `host-0.1`. */
  | { readonly code: "no-position" | "no-states" | "no-header"; readonly reason: string };

/** A state and the last event before it. */
export interface StateAtEvent {
  /** The state. Folding further changes it. */
  readonly state: State;
  /** The last event. */
  readonly event: Event;
}

/** How states are found. */
export interface StateOptions {
  /** Snapshots to use and to extend. Without them, states are folded from the beginning. */
  readonly snapshots?: SnapshotFile | undefined;
  /** Number of checkpoints between two new snapshots, from 1. Default 8. */
  readonly interval?: number;
}

/** Where folding begins. */
interface Start {
  readonly state: State;
  /** The last event before the state. */
  readonly event: Event;
  /** Byte offset of the next event. */
  readonly offset: number;
}

/** Computes states of one log. */
export class LogStates {
  /** The program in the log. */
  readonly program: Program;
  readonly #source: Readable;
  readonly #codec: StateCodec;
  readonly #digest: string;
  readonly #snapshots: SnapshotFile | undefined;
  readonly #interval: number | undefined;

  private constructor(
    source: Readable,
    loaded: { readonly program: Program; readonly digest: string },
    { snapshots, interval }: StateOptions,
  ) {
    this.#source = source;
    this.program = loaded.program;
    this.#digest = loaded.digest;
    this.#codec = new StateCodec(loaded.program);
    this.#snapshots = snapshots;
    this.#interval = interval;
  }

  /** Checks the block of the header, reads it, and loads the program in it. */
  static open(source: Readable, options: StateOptions = {}): Result<LogStates, NoState> {
    const damage = damageInBlock(readLines(source), new LogChecker());
    if (damage !== undefined) return failure(damage);
    const header = readHeader(new RawRecordReader(source, { machineEventsOnly: true }));
    if (!header.ok) return header;
    if (header.value.kind === "partial") {
      return failure({ code: "no-header", reason: "the log lacks part of its header" });
    }
    const { started, artifacts } = header.value;
    if (started.semantics !== "spec") {
      const reason =
        `the upstream executor's semantics (${started.semantics}) have no machine states; see its events`;
      return failure({ code: "no-states", reason });
    }
    const loaded = load(artifacts);
    if (!loaded.ok) {
      const reason = `its program does not load: ${loaded.failure[0]?.message ?? ""}`;
      return failure({ code: "no-states", reason });
    }
    const digest = started.program;
    return success(new LogStates(source, { program: loaded.value, digest }, options));
  }

  /** The state at a position. */
  at(position: LogPosition): Result<StateAtEvent, NoState> {
    const target = this.#resolved(position);
    if (!target.ok) return target;
    const file = this.#snapshots?.read();
    try {
      const index = file === undefined ? undefined : this.#index(file);
      const start = file === undefined ? undefined : this.#start(file, index, target.value);
      return this.#fold(target.value, start, index);
    } finally {
      file?.close();
    }
  }

  /** A copy of a state, which folding does not change. */
  copy(state: State): State {
    return this.#codec.decode(this.#codec.encode(state));
  }

  /** Replaces the name of a process by the event that first enters it. */
  #resolved(position: LogPosition): Result<StatePosition, NoState> {
    if (position.kind !== "proc") return success(position);
    const references = entryCandidates(this.program, position.name).map(({ reference }) =>
      reference
    );
    const seq = findProcEntry(this.#source, references);
    return seq === undefined
      ? failure({ code: "no-position", reason: `no process ${position.name} is entered` })
      : success({ kind: "event", seq });
  }

  /** The index, if it belongs to this log. */
  #index(file: Readable): SnapshotIndex | undefined {
    const index = readSnapshotIndex(file, this.#digest);
    const first = index?.entries[0];
    return first === undefined || this.#checkpointOf(first) !== undefined ? index : undefined;
  }

  /** The checkpoint before a snapshot; `undefined` if this log has another one there. */
  #checkpointOf(entry: SnapshotEntry): Checkpoint | undefined {
    const checkpoint = new LogReader(this.#source).checkpointAt(entry.checkpoint);
    return checkpoint.ok && checkpoint.value.event.root === entry.root
      ? checkpoint.value.event
      : undefined;
  }

  /** The last snapshot before a position. */
  #start(
    file: Readable,
    index: SnapshotIndex | undefined,
    position: StatePosition,
  ): Start | undefined {
    const entry = index?.entries.findLast((candidate) => isSnapshotBefore(candidate, position));
    const event = entry === undefined ? undefined : this.#checkpointOf(entry);
    if (entry === undefined || event === undefined) return undefined;
    const state = readSnapshot(file, entry, this.#codec);
    return state === undefined ? undefined : { state, event, offset: entry.offset };
  }

  #fold(
    position: StatePosition,
    start: Start | undefined,
    index: SnapshotIndex | undefined,
  ): Result<StateAtEvent, NoState> {
    const state = start?.state ?? initialState(this.program);
    const writer = this.#writer(start, index);
    let last = start?.event;
    try {
      const lines = readLines(this.#source, start?.offset ?? 0);
      const checker = start === undefined ? new LogChecker() : new LineDecoder(state);
      for (let next = lines.next(); next.done !== true; next = lines.next()) {
        const { offset } = next.value;
        const event = checker.add(next.value);
        if (!event.ok) return event;
        const evolved = evolve(state, event.value);
        if (!evolved.ok) return damaged(state.seq, offset, evolved.failure.reason);
        last = event.value;
        forgetEffects(state);
        if (last.kind === "checkpoint") writer?.offer(state, last);
        if (!isReached(state, position)) continue;
        const damage = last.kind === "checkpoint" ? undefined : damageInBlock(lines, checker);
        return damage === undefined ? success({ state, event: last }) : failure(damage);
      }
    } finally {
      writer?.finish();
    }
    if (position.kind === "end" && last !== undefined) return success({ state, event: last });
    return failure({ code: "no-position", reason: missingReason(position, state) });
  }

  /** A writer that continues after the last snapshot, or begins a new file if no snapshot can be used. */
  #writer(
    start: Start | undefined,
    index: SnapshotIndex | undefined,
  ): SnapshotWriter | undefined {
    const snapshots = this.#snapshots;
    // The events before the first snapshot are folded from the beginning, however many snapshots there are.
    const isAfterLast = index?.entries.at(-1)?.seq === start?.state.seq;
    if (snapshots === undefined || !isAfterLast) return undefined;
    const interval = this.#interval;
    return new SnapshotWriter(() => snapshots.write(), {
      ...(index === undefined ? {} : { from: index }),
      ...(interval === undefined ? {} : { interval }),
    });
  }
}

/** Keeps only the effects that a view shows, as snapshots do; the others are only counted. */
function forgetEffects({ effects }: State): void {
  if (effects.length > 4 * EFFECTS_KEPT) effects.splice(0, effects.length - EFFECTS_KEPT);
}

/** Checks lines. */
interface LineChecker {
  add(line: LogLine): Result<Event, LogDamage>;
}

/** Decodes the lines after a snapshot, and checks the hashes of their blocks. Without the lines before it, roots cannot be recomputed. */
class LineDecoder implements LineChecker {
  #seq: number;
  #block = startLeafHash();

  constructor({ seq }: State) {
    this.#seq = seq;
  }

  add({ text, offset, bytes }: LogLine): Result<Event, LogDamage> {
    const seq = this.#seq;
    const decoded = readNumberedLine(text, seq);
    if (!decoded.ok) return damaged(seq, offset, decoded.failure);
    this.#seq++;
    if (decoded.value.kind !== "checkpoint") {
      this.#block.update(bytes);
      return decoded;
    }
    const hash = this.#block.digest();
    this.#block = startLeafHash();
    if (decoded.value.block === hash) return decoded;
    return damaged(seq, offset, "the block before this line does not match its hash");
  }
}

/** Checks the rest of a block, up to its checkpoint, whose digest covers the block; returns the first damage. */
function damageInBlock(lines: Iterator<LogLine>, checker: LineChecker): LogDamage | undefined {
  for (let next = lines.next(); next.done !== true; next = lines.next()) {
    const event = checker.add(next.value);
    if (!event.ok) return event.failure;
    if (event.value.kind === "checkpoint") return undefined;
  }
  return undefined;
}

function damaged(seq: number, offset: number, reason: string): Result<never, LogDamage> {
  return failure({ code: "damaged-log", line: seq + 1, offset, reason });
}
