/**
 * The machine's state: the fold of a run's events, and nothing else. Only `evolve.ts` and its parts change it.
 *
 * @module
 */
import type { Bind, ConstrainStmt, Proc, Program, Stmt } from "../dir/model.ts";
import type { Located } from "../dir/statement_paths.ts";
import type { Int64 } from "../value/int64.ts";
import type { Value } from "../value/value.ts";
import type {
  ConstraintFailed,
  EffectEvent,
  OutcomeEvent,
  PhiResolved,
  ResourceDenied,
  RunStarted,
} from "./event.ts";
import type { Frame } from "./frame.ts";
import { initialIo, type Io } from "./io_state.ts";
import type { ContractRefusal } from "./refusal.ts";
import type { Threads } from "./thread_state.ts";

/**
 * The state of a run after some number of its events. To a user of the library it is opaque: `viewState` shows what is in it.
 */
export interface State {
  /** The program that is executed. */
  readonly program: Program;
  /** Number of events folded so far; the `seq` of the next one. */
  seq: number;
  /** The header's first event, once folded. */
  input: RunStarted | undefined;
  /** How many artifacts have been recorded. */
  artifacts: number;
  /** Index of the next entry of the admission plan: resources first, then gates. */
  admitted: number;
  /** Refused resources, each with its index in the admission plan. */
  denied: { readonly step: number; readonly event: ResourceDenied }[];
  /** Whether the entry has been entered. */
  entered: boolean;
  /**
   * The open processes of the current thread, outermost first.
   * @internal
   */
  frames: Frame[];
  /**
   * The result of the entry, once it has left.
   * @internal
   */
  result: { readonly value: Value | undefined } | undefined;
  /** Logical time. */
  tick: number;
  /** The effects so far, each with the time after it, or the latest of them, at least {@link EFFECTS_KEPT}. */
  effects: { readonly event: EffectEvent; readonly tick: number }[];
  /** How many effects there have been. */
  effectCount: number;
  /** How many constraints have been added; the next one is `C<constraints + 1>`. */
  constraints: number;
  /** How many processes have been entered. */
  calls: number;
  /** How many witnesses have been made. */
  witnesses: number;
  /** Linear resources created so far; the next one is `q<resources + 1>`. */
  resources: number;
  /**
   * The regions of memory, and their holders.
   * @internal
   */
  readonly memory: Memory;
  /**
   * The threads and locks, once there has been a lock or a second thread. `frames` are those of the current thread.
   * @internal
   */
  threads: Threads | undefined;
  /**
   * Ticks of the run that the current thread does not count.
   * @internal
   */
  lag: number;
  /**
   * The files, ports and devices of the environment, and the files that are open.
   * @internal
   */
  readonly io: Io;
  /**
   * Why the run ends without success, once an event has refused it.
   * @internal
   */
  refusal: Refusal | undefined;
  /** The last event, once folded. */
  outcome: OutcomeEvent | undefined;
}

/** An effect in a state. */
export type StateEffect = State["effects"][number];

/** How many of the latest effects a state keeps: those that a view of it shows. All of them are in the log. */
export const EFFECTS_KEPT = 16;

/** Whether a state has many more effects than it keeps. It is asked after each event. */
export function hasEarlierEffects({ effects }: State): boolean {
  return effects.length > 4 * EFFECTS_KEPT;
}

/** Takes the effects out of a state, all but the latest. */
export function takeEarlierEffects({ effects }: State): readonly StateEffect[] {
  return effects.splice(0, Math.max(0, effects.length - EFFECTS_KEPT));
}

/** What an event refuses the run for. */
export type Refusal =
  | {
    readonly kind: "constraint";
    readonly proc: Proc;
    readonly stmt: ConstrainStmt;
    readonly event: ConstraintFailed;
  }
  | { readonly kind: "phi"; readonly proc: Proc; readonly event: PhiResolved }
  | Leak
  | {
    readonly kind: "contract";
    readonly caller: Proc;
    readonly callee: Proc;
    readonly stmt: Stmt;
    readonly bind: Bind;
    readonly refusal: ContractRefusal;
    /** The statement in the call that an upper bound on its latency does not allow to begin or complete. */
    readonly exceeding: Located | undefined;
  };

/** A live holder whose name leaves scope: at the end of a block of `scope`. */
export interface Leak {
  readonly kind: "leak";
  readonly proc: Proc;
  readonly scope: Stmt;
  readonly name: string;
  readonly holder: string;
  /** Where the holder was made. */
  readonly origin: Located;
}

/** The memory of a run. */
export interface Memory {
  /** The regions not yet released, by name. */
  readonly regions: Map<string, Region>;
  /** The holders that some name may still hold, ended ones included, by name. */
  readonly holders: Map<string, Holder>;
  /** How many regions there have been. */
  allocated: number;
  /** Bytes of the regions not yet released. */
  used: number;
}

/** One region of memory. */
export interface Region {
  readonly size: number;
  /** The integer at its start; 0 until one is stored. */
  start: Int64;
  /** Its bytes from the ninth on, as far as a file was read into them; the others are 0. */
  rest: Uint8Array | undefined;
  /** How many holders it has had. */
  holders: number;
  /** How many of them are live. */
  live: number;
}

/** One holder of a region. */
export interface Holder {
  readonly region: string;
  /** Where it was made, by an alloc or a copy. */
  readonly origin: Located;
  /** Where it was freed; `undefined` while it is live. */
  freed: Located | undefined;
}

/** The state before any event. */
export function initialState(program: Program): State {
  return {
    program,
    seq: 0,
    input: undefined,
    artifacts: 0,
    admitted: 0,
    denied: [],
    entered: false,
    frames: [],
    result: undefined,
    tick: 0,
    effects: [],
    effectCount: 0,
    constraints: 0,
    calls: 0,
    witnesses: 0,
    resources: 0,
    memory: { regions: new Map(), holders: new Map(), allocated: 0, used: 0 },
    threads: undefined,
    lag: 0,
    io: initialIo(),
    refusal: undefined,
    outcome: undefined,
  };
}

/** The clock of the current thread: the ticks that bounds on its time count. */
export function ownTick({ tick, lag }: Pick<State, "tick" | "lag">): number {
  return tick - lag;
}

/** The open processes of all threads. */
export function allFrames({ frames, threads }: State): readonly Frame[] {
  return threads === undefined
    ? frames
    : [...frames, ...threads.list.flatMap((thread) => thread.frames)];
}

/** The process that control is in, if any is open. */
export function topFrame(state: State): Frame | undefined {
  return state.frames[state.frames.length - 1];
}
