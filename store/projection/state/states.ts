/**
 * The states of a run, folded from the events of its log. Folding begins at the nearest snapshot; the blocks before it are only checked.
 *
 * @module
 */
import { failure, type Result, success } from "../../../dvm/base/result.ts";
import { entryCandidates } from "../../../dvm/dir/lookup.ts";
import type { Program } from "../../../dvm/dir/model.ts";
import type { Checkpoint, Event } from "../../../dvm/event/event.ts";
import { eventToWire, type WireEvent } from "../../../dvm/event/wire_event.ts";
import {
  hasEarlierEffects,
  initialState,
  type State,
  takeEarlierEffects,
} from "../../../dvm/event/state.ts";
import { StateCodec } from "../../../dvm/event/state_codec.ts";
import { load } from "../../../dvm/load/load.ts";
import { evolve } from "../../../dvm/machine/evolve.ts";
import type { Readable } from "../../file/byte_file.ts";
import { readHeader } from "../../log/header.ts";
import { readLines } from "../../log/lines.ts";
import type { LogDamage } from "../../log/log_damage.ts";
import { readNumberedLine } from "../../log/log_line.ts";
import { RawRecordReader } from "../../log/raw_record.ts";
import { LogReader } from "../../log/reader.ts";
import { CheckedPrefix } from "./checked_prefix.ts";
import {
  findProcEntry,
  isReached,
  isSnapshotBefore,
  type LogPosition,
  missingReason,
  type StatePosition,
} from "./position.ts";
import { isTarget, type StepTarget } from "./step_target.ts";
import {
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
  /** Events that the program in the log cannot have: the log is valid, and no execution of that program. */
  | (Omit<LogDamage, "code"> & { readonly code: "misfit" })
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

/** How states are folded: from where, which snapshots are written, and who sees each state. */
interface Folding {
  readonly start?: Start | undefined;
  readonly writer?: SnapshotWriter | undefined;
  readonly visit?: (state: State, event: Event) => void;
}

/** Computes states of one log. */
export class LogStates {
  /** The program in the log. */
  readonly program: Program;
  readonly #source: Readable;
  readonly #checked: CheckedPrefix;
  readonly #codec: StateCodec;
  readonly #digest: string;
  readonly #snapshots: SnapshotFile | undefined;
  readonly #interval: number | undefined;

  private constructor(
    source: Readable,
    checked: CheckedPrefix,
    loaded: { readonly program: Program; readonly digest: string },
    { snapshots, interval }: StateOptions,
  ) {
    this.#source = source;
    this.#checked = checked;
    this.program = loaded.program;
    this.#digest = loaded.digest;
    this.#codec = new StateCodec(loaded.program);
    this.#snapshots = snapshots;
    this.#interval = interval;
  }

  /** Checks the first block, which has the header, and loads the program in it. */
  static open(source: Readable, options: StateOptions = {}): Result<LogStates, NoState> {
    const checked = new CheckedPrefix(source);
    const damage = checked.damageTo(0);
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
    return success(new LogStates(source, checked, { program: loaded.value, digest }, options));
  }

  /** The state at a position. */
  at(position: LogPosition): Result<StateAtEvent, NoState> {
    const target = this.#resolved(position);
    return target.ok ? this.#at(target.value) : target;
  }

  /** The first state after event `after` at which a step ends. */
  next(after: number, target: StepTarget): Result<StateAtEvent, NoState> {
    return this.#at({ kind: "step", after, target });
  }

  /** The last state before event `before` at which a step ends. Folds from the snapshot before it, then from the one before that. */
  previous(before: number, target: StepTarget): Result<StateAtEvent, NoState> {
    const file = this.#snapshots?.read();
    try {
      const index = file === undefined ? undefined : this.#index(file);
      for (let end = before; end > 0;) {
        const position = { kind: "event", seq: end - 1 } as const;
        const start = file === undefined ? undefined : this.#start(file, index, position);
        const begin = start?.state.seq ?? 0; // folding changes the state
        let found: number | undefined;
        const visit = (state: State, event: Event) => {
          if (isTarget(state, event, target)) found = event.seq;
        };
        const folded = this.#fold(position, { start, visit });
        if (!folded.ok && folded.failure.code !== "no-position") return folded;
        if (found !== undefined) return this.#at({ kind: "event", seq: found });
        end = begin;
      }
    } finally {
      file?.close();
    }
    return failure({ code: "no-position", reason: "nothing of this comes before here" });
  }

  #at(position: StatePosition): Result<StateAtEvent, NoState> {
    const file = this.#snapshots?.read();
    try {
      const index = file === undefined ? undefined : this.#index(file);
      const start = file === undefined ? undefined : this.#start(file, index, position);
      return this.#fold(position, { start, writer: this.#writer(start, index) });
    } finally {
      file?.close();
    }
  }

  /** The events `from <= seq < to`. Their blocks, and those before them, are checked. */
  *events(
    range: { readonly from: number; readonly to: number },
  ): Generator<Result<WireEvent, LogDamage>, void> {
    for (const read of new LogReader(this.#source).events(range)) {
      const damage = read.ok ? this.#checked.damageTo(read.value.offset) : read.failure;
      if (damage !== undefined) return yield failure(damage);
      if (read.ok) yield success(eventToWire<Event>(read.value.event));
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
    if (seq !== undefined) return success({ kind: "event", seq });
    const reason = `no process ${position.name} is entered`;
    const damage = this.#checked.damageTo(this.#source.size() - 1);
    return failure(damage ?? { code: "no-position", reason });
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
    { start, writer, visit }: Folding,
  ): Result<StateAtEvent, NoState> {
    const state = start?.state ?? initialState(this.program);
    const skipped = start === undefined ? undefined : this.#checked.damageTo(start.offset - 1);
    if (skipped !== undefined) return failure(skipped);
    let last = start?.event;
    try {
      for (const { text, offset } of readLines(this.#source, start?.offset ?? 0)) {
        const damage = this.#checked.damageTo(offset);
        if (damage !== undefined) return failure(damage);
        const event = readNumberedLine(text, state.seq);
        const place = { line: state.seq + 1, offset };
        if (!event.ok) return failure({ code: "damaged-log", ...place, reason: event.failure });
        const evolved = evolve(state, event.value);
        if (!evolved.ok) {
          return failure({ code: "misfit", ...place, reason: evolved.failure.reason });
        }
        last = event.value;
        if (hasEarlierEffects(state)) takeEarlierEffects(state);
        if (last.kind === "checkpoint") writer?.offer(state, last);
        visit?.(state, last);
        if (isReached(state, last, position)) return success({ state, event: last });
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
