/**
 * The machine's state: the fold of a run's events, and nothing else. Only `evolve.ts` and its parts change it.
 *
 * @module
 */
import type { Bind, Block, ConstrainStmt, ForStmt, Proc, Program, Stmt } from "../dir/model.ts";
import type { Int64 } from "../value/int64.ts";
import type { NamedValue, Value } from "../value/value.ts";
import type {
  ConstraintFailed,
  EffectEvent,
  OutcomeEvent,
  PhiResolved,
  ResourceDenied,
  RunStarted,
} from "./event.ts";
import type { ContractRefusal } from "./refusal.ts";

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
   * The open processes, outermost first.
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
  /** The effects so far; where the state was restored from a snapshot, the latest of them. */
  effects: EffectEvent[];
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
   * Why the run ends without success, once an event has refused it.
   * @internal
   */
  refusal: Refusal | undefined;
  /** The last event, once folded. */
  outcome: OutcomeEvent | undefined;
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
  | {
    readonly kind: "contract";
    readonly caller: Proc;
    readonly callee: Proc;
    readonly stmt: Stmt;
    readonly bind: Bind;
    readonly refusal: ContractRefusal;
  };

/** One open process. */
export interface Frame {
  readonly proc: Proc;
  /** Values by slot; `undefined` while a name is not bound. */
  readonly cells: (Value | undefined)[];
  /** Open blocks, outermost first. */
  readonly blocks: BlockCursor[];
  /** Counted loops in progress, outermost first. */
  readonly loops: LoopProgress[];
  /** Results of finished calls that the current statement has asked for. */
  results: Value[];
  /** Constraints reached, with their ids: each is in force until the process or the scope of a name it mentions ends. */
  readonly reached: Map<ConstrainStmt, string>;
  /** Pending ones, decided before anything else happens: all their names are bound, and one of them has just changed. */
  due: ConstrainStmt[];
  /** How many of `due` have been decided; both are reset when all have. */
  decided: number;
  /** The bind this call exercises. */
  readonly bind: Bind | undefined;
  /** Whether the contract for the next call of this frame has been checked. */
  contractChecked: boolean;
  /** Whether the contract's latency has been checked at the end of this frame. */
  latencyChecked: boolean;
  readonly tickAtEntry: number;
  /** Φ only: whether existence has been decided. */
  resolved: boolean;
  readonly linear: LinearNames;
}

/** The linear names of a frame; empty in processes that are not linear. */
export interface LinearNames {
  /** The cells of live names, each with the resource it holds. */
  readonly live: Map<number, string>;
  /** The cells of measured names: they hold the classical outcome. */
  readonly classical: Set<number>;
  /** How many parameters have had their `q_alloc`. */
  introduced: number;
  /** The number of uses in the current statement whose events have been recorded. */
  usesRecorded: number;
}

/** The position of execution in one block. */
export interface BlockCursor {
  /** The statements in execution order (`executionOrder` of `dvm/dir/control_flow.ts`). */
  readonly block: Block;
  /** The next statement. */
  index: number;
  /** The statement the block belongs to; `undefined` for a process's body. */
  readonly owner: Stmt | undefined;
}

/** A counted loop in progress: the next value of its variable, and the end it stops before. */
export interface LoopProgress {
  readonly stmt: ForStmt;
  next: Int64;
  readonly end: Int64;
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
    refusal: undefined,
    outcome: undefined,
  };
}

/** The current statement of a frame, or `undefined` at the end of its body. */
export function currentStmt(frame: Frame): Stmt | undefined {
  const cursor = frame.blocks[frame.blocks.length - 1];
  return cursor?.block[cursor.index];
}

/** The bound names of a frame, in slot order. */
export function frameBindings(frame: Frame): NamedValue[] {
  const bindings: NamedValue[] = [];
  frame.cells.forEach((value, slot) => {
    const name = frame.proc.slotNames[slot];
    if (value !== undefined && name !== undefined) bindings.push({ name, value });
  });
  return bindings;
}

/** The values of the parameters that are bound; before a Φ process is resolved, those that it was given. */
export function boundParams(frame: Frame): Map<string, Value> {
  const given = new Map<string, Value>();
  frame.proc.params.forEach((param, slot) => {
    const value = frame.cells[slot];
    if (value !== undefined) given.set(param.name, value);
  });
  return given;
}

/** The process that control is in, if any is open. */
export function topFrame(state: State): Frame | undefined {
  return state.frames[state.frames.length - 1];
}
