/**
 * The states that a log leads through: the fold of its events up to any one of them. What is folded begins at the nearest
 * snapshot, so the time does not grow with what lies behind it.
 *
 * @module
 */
import { hostBuffer } from "../../file/host_buffer.ts";
import { load } from "../../../dvm/load/load.ts";
import type { Program } from "../../../dvm/dir/model.ts";
import type { Event } from "../../../dvm/event/event.ts";
import { evolve } from "../../../dvm/machine/evolve.ts";
import { initialState, type State } from "../../../dvm/event/state.ts";
import { StateCodec } from "../../../dvm/event/state_codec.ts";
import { failure, type Result, success } from "../../../dvm/base/result.ts";
import { type Appendable, type Readable, readRange } from "../../file/byte_file.ts";
import { decodeLine } from "../../codec/decode_event.ts";
import { readHeader } from "../../log/header.ts";
import { readLines } from "../../log/lines.ts";
import { LogReader } from "../../log/reader.ts";
import type { LogDamage } from "../../log/scan.ts";
import { RawRecordReader } from "../../log/raw_record.ts";
import {
  EFFECTS_KEPT,
  readSnapshot,
  readSnapshotIndex,
  type SnapshotEntry,
  type SnapshotIndex,
  SnapshotWriter,
} from "./snapshots.ts";

/** A moment of a run: behind an event, when the clock has reached a tick, behind an effect, behind the first entry of a process. */
export type LogPosition =
  | { readonly kind: "event"; readonly seq: number }
  | { readonly kind: "tick"; readonly tick: number }
  | { readonly kind: "effect"; readonly index: number }
  | { readonly kind: "proc"; readonly name: string }
  | { readonly kind: "end" };

/** Why there is no state. */
export type NoState =
  | LogDamage
  /** The log has no such moment; or it has no states at all: its program does not load, or upstream semantics ran it. */
  | { readonly code: "no-moment" | "no-states"; readonly reason: string };

/** A file of snapshots beside a log. */
export interface SnapshotFile {
  /** The file as it is; `undefined` when there is none. Whoever asks closes it. */
  read(): Readable | undefined;
  /** The file for writing, made if there is none. */
  write(): Appendable;
}

/** A state and the event it stands behind. */
export interface StateAtEvent {
  readonly state: State;
  readonly event: Event;
}

/** A moment that the state itself tells. */
type StatePosition = Exclude<LogPosition, { readonly kind: "proc" }>;

/** Where folding begins. */
interface Start {
  readonly state: State;
  /** Byte offset of the next event. */
  readonly offset: number;
}

/** Reads states of one log. */
export class LogStates {
  readonly program: Program;
  readonly #source: Readable;
  readonly #codec: StateCodec;
  readonly #digest: string;
  readonly #snapshots: SnapshotFile | undefined;

  private constructor(
    source: Readable,
    loaded: { readonly program: Program; readonly digest: string },
    snapshots: SnapshotFile | undefined,
  ) {
    this.#source = source;
    this.program = loaded.program;
    this.#digest = loaded.digest;
    this.#codec = new StateCodec(loaded.program);
    this.#snapshots = snapshots;
  }

  /** Reads the header and loads the program in it. With a file of snapshots, uses it, and adds to it what it lacks. */
  static open(source: Readable, snapshots?: SnapshotFile): Result<LogStates, NoState> {
    const header = readHeader(new RawRecordReader(source, { machineEventsOnly: true }));
    if (!header.ok) return header;
    if (header.value.kind === "partial") {
      return failure({ code: "no-states", reason: "the log lacks part of its header" });
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
    return success(new LogStates(source, { program: loaded.value, digest }, snapshots));
  }

  /** The state at a moment. */
  at(moment: LogPosition): Result<StateAtEvent, NoState> {
    const target = this.#resolved(moment);
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

  /** A process is looked for in the text of the log; the event that enters it is then the moment. */
  #resolved(moment: LogPosition): Result<StatePosition, NoState> {
    if (moment.kind !== "proc") return success(moment);
    const seq = findEntry(this.#source, moment.name);
    return seq === undefined
      ? failure({ code: "no-moment", reason: `no process ${moment.name} is entered` })
      : success({ kind: "event", seq });
  }

  /** The index, if it belongs to this very log. */
  #index(file: Readable): SnapshotIndex | undefined {
    const index = readSnapshotIndex(file, this.#digest);
    return index?.entries.every((entry, place) => place > 0 || this.#fits(entry)) === true
      ? index
      : undefined;
  }

  #fits(entry: SnapshotEntry): boolean {
    const checkpoint = new LogReader(this.#source).checkpointAt(entry.checkpoint);
    return checkpoint.ok && checkpoint.value.event.sha256 === entry.sha256;
  }

  /** The last snapshot before the moment. */
  #start(
    file: Readable,
    index: SnapshotIndex | undefined,
    moment: StatePosition,
  ): Start | undefined {
    const entry = index?.entries.findLast((candidate) => isBefore(candidate, moment));
    if (entry === undefined || !this.#fits(entry)) return undefined;
    const state = readSnapshot(file, entry, this.#codec);
    return state === undefined ? undefined : { state, offset: entry.offset };
  }

  #fold(
    moment: StatePosition,
    start: Start | undefined,
    index: SnapshotIndex | undefined,
  ): Result<StateAtEvent, NoState> {
    const state = start?.state ?? initialState(this.program);
    const writer = this.#writer(start, index);
    let last: Event | undefined;
    try {
      for (const { text, offset } of readLines(this.#source, start?.offset ?? 0)) {
        const decoded = decodeLine(text ?? "");
        if (!decoded.ok) return damaged(state.seq, offset, decoded.failure.reason);
        const evolved = evolve(state, decoded.value);
        if (!evolved.ok) return damaged(state.seq, offset, evolved.failure.reason);
        last = decoded.value;
        forgetEffects(state);
        if (last.kind === "checkpoint") writer?.offer(state, last);
        if (isReached(state, moment)) return success({ state, event: last });
      }
    } finally {
      writer?.finish();
    }
    if (moment.kind === "end" && last !== undefined) return success({ state, event: last });
    return failure({ code: "no-moment", reason: missing(moment, state) });
  }

  /** Snapshots are added where those that there are end, or anew where none can be used. */
  #writer(
    start: Start | undefined,
    index: SnapshotIndex | undefined,
  ): SnapshotWriter | undefined {
    const snapshots = this.#snapshots;
    if (snapshots === undefined) return undefined;
    if (start === undefined) {
      // What lies before the first snapshot is folded from the beginning, however many snapshots there are.
      return index === undefined ? new SnapshotWriter(() => snapshots.write()) : undefined;
    }
    const isLast = index?.entries.at(-1)?.seq === start.state.seq;
    return isLast ? new SnapshotWriter(() => snapshots.write(), index) : undefined;
  }
}

/** Effects are counted; kept are those that a view shows, whether or not a snapshot has forgotten the others already. */
function forgetEffects({ effects }: State): void {
  if (effects.length > 4 * EFFECTS_KEPT) effects.splice(0, effects.length - EFFECTS_KEPT);
}

function isBefore(entry: SnapshotEntry, moment: StatePosition): boolean {
  switch (moment.kind) {
    case "event":
      return entry.seq <= moment.seq;
    case "tick":
      return entry.tick < moment.tick;
    case "effect":
      return entry.effects <= moment.index;
    case "end":
      return true;
  }
}

function isReached(state: State, moment: StatePosition): boolean {
  switch (moment.kind) {
    case "event":
      return state.seq === moment.seq + 1;
    case "tick":
      return state.tick >= moment.tick;
    case "effect":
      return state.effectCount === moment.index + 1;
    case "end":
      return false;
  }
}

function missing(moment: StatePosition, state: State): string {
  switch (moment.kind) {
    case "event":
      return `the log ends with event ${state.seq - 1}`;
    case "tick":
      return `the clock of the run stops at tick ${state.tick}`;
    case "effect":
      return `the run has ${state.effectCount} effects, counted from 0`;
    case "end":
      return "the log is empty";
  }
}

function damaged(seq: number, offset: number, reason: string): Result<never, LogDamage> {
  return failure({ code: "damaged-log", line: seq + 1, offset, reason });
}

const CHUNK_BYTES = 4 * 1024 * 1024;

/** The `seq` of the first event that enters a process of this name. The text is searched, not decoded. */
function findEntry(source: Readable, name: string): number | undefined {
  const text = `,"kind":"enter_proc","proc":${JSON.stringify(name)},`;
  const mark = new TextEncoder().encode(text);
  for (let at = 0;;) {
    const bytes = readRange(source, { at, end: at + CHUNK_BYTES });
    const buffer = hostBuffer(bytes);
    const found = buffer.indexOf(mark);
    if (found >= 0) {
      const head = buffer.toString("latin1", Math.max(0, found - 32), found);
      return Number(/([0-9]+)$/.exec(head)?.[1]);
    }
    if (bytes.length < CHUNK_BYTES) return undefined;
    at += CHUNK_BYTES - mark.length - 32; // a mark, or the number before it, may lie across two chunks
  }
}
