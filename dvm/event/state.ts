/**
 * The machine's state: the fold of a run's events, and nothing else. Only `evolve.ts` and its parts change it.
 *
 * @module
 */
import { endsInReturn } from "../dir/control_flow.ts";
import type { Bind, Block, ConstrainStmt, ForStmt, Proc, Program, Stmt } from "../dir/model.ts";
import type { Located } from "../dir/statement_paths.ts";
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
import { initialIo, type Io } from "./io_state.ts";
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

/** Takes the effects out of a state, all but the latest; none as long as there are few, so that this costs little after each event. */
export function takeEarlierEffects({ effects }: State): readonly StateEffect[] {
  const { length } = effects;
  return length > 4 * EFFECTS_KEPT ? effects.splice(0, length - EFFECTS_KEPT) : NO_EFFECTS;
}

const NO_EFFECTS: readonly StateEffect[] = [];

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

/** One open process. */
export interface Frame {
  readonly proc: Proc;
  /** Values by slot; `undefined` while a name is not bound. */
  readonly cells: (Value | undefined)[];
  /** The arguments it was entered with; of a Φ process, those that it was given. */
  readonly args: readonly NamedValue[];
  /** For each cell what gave it its value; absent for parameters that have not been assigned to, and stale while a cell is empty. */
  readonly writes: (Write | undefined)[];
  /** Open blocks, outermost first. */
  readonly blocks: BlockCursor[];
  /** Counted loops in progress, outermost first. */
  readonly loops: LoopProgress[];
  /** Results of finished calls that the current statement has asked for. */
  results: Value[];
  /** Constraints in force all of whose names are in scope, or in a scope still to be bound. */
  readonly reached: Map<ConstrainStmt, ConstraintInForce>;
  /** Constraints in force with names whose scope has ended, and other names that may still change; in the order reached. */
  readonly outlived: ConstraintInForce[];
  /** Pending ones, decided before anything else happens: all their names are bound, and one of them has just changed. */
  due: ConstraintInForce[];
  /** How many of `due` have been decided; both are reset when all have. */
  decided: number;
  /** The binds that this call exercises: one, or one in each direction. */
  readonly binds: readonly Bind[];
  /** How many contracts of the next call of this frame have been checked. */
  contractsChecked: number;
  /** How many of `binds` have been checked at the end of this frame; those with nothing to check are skipped. */
  bindsLeft: number;
  /** Constraints that the return at which control is executes first, once it has begun to. */
  exit: ExitProgress | undefined;
  readonly tickAtEntry: number;
  /** The last tick that keeps `max_ticks` and every open upper bound on time, those of this process included. */
  readonly lastTick: number;
  /** Φ only: whether existence has been decided. */
  resolved: boolean;
  readonly linear: LinearNames;
  /** The holders that names of this frame have, by cell, ended ones included. A parameter names the holder of the caller. */
  held: Map<number, string>;
  /** The names among them whose scope has just ended, each with the statement whose block that was. */
  ended: readonly { readonly slot: number; readonly scope: Stmt }[];
}

/** What gave a name its value. */
export interface Write {
  stmt: Stmt;
  /** The round of the innermost loop around the statement, from 1; 0 outside of loops. */
  round: number;
  /** The `seq` of the event. */
  seq: number;
}

/** What every frame begins with, so that a call without memory allocates nothing. It is replaced, never added to. */
export const NO_HOLDERS: Frame["held"] = new Map();
/** The same for names whose scope has ended. */
export const NONE_ENDED: Frame["ended"] = [];

/** A constraint that was reached: it is in force until its process ends. */
export interface ConstraintInForce {
  /** `C<n>`, from 1 within a run. */
  readonly id: string;
  readonly stmt: ConstrainStmt;
  /** The last values of the names whose scope has ended, by cell. */
  readonly kept: Map<number, Value>;
}

/** The constraints that are executed at a return, in document order, and how many of them have been. */
export interface ExitProgress {
  readonly constraints: readonly ConstrainStmt[];
  executed: number;
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
  readonly block: Block;
  /** The next statement. */
  index: number;
  /** The statement the block belongs to; `undefined` for a process's body. */
  readonly owner: Stmt | undefined;
  /** How many constraints of the frame had outlived a name of theirs when the block was opened. */
  readonly outlived: number;
  /** How many rounds of the loop at `index` have begun; 0 where no loop is. */
  rounds: number;
  /** The round of the innermost loop around the block, from 1; 0 outside of loops. */
  readonly round: number;
}

/** A counted loop in progress: the next value of its variable, and the end it stops before. */
export interface LoopProgress {
  readonly stmt: ForStmt;
  next: Int64;
  readonly end: Int64;
  /** How many constraints of the frame had outlived a name of theirs when the present iteration began. */
  outlived: number;
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
    io: initialIo(),
    refusal: undefined,
    outcome: undefined,
  };
}

/**
 * The statement that a frame executes next, or `undefined` at the end of its body. At a return, that is first each constraint
 * which leaving the process makes count (CON-03, X-22).
 */
export function currentStmt(frame: Frame): Stmt | undefined {
  const stmt = stmtAtCursor(frame);
  if (frame.proc.constraints.length === 0 || stmt?.kind !== "Return") return stmt;
  const { constraints, executed } = exitOf(frame);
  return constraints[executed] ?? stmt;
}

/** The current statement as control flow has it: at a return, the return itself. */
export function stmtAtCursor(frame: Frame): Stmt | undefined {
  const cursor = frame.blocks[frame.blocks.length - 1];
  return cursor?.block[cursor.index];
}

/** What the return at which control is executes first: the constraints not reached that it makes count. */
export function exitOf(frame: Frame): ExitProgress {
  return frame.exit ??
    (frame.proc.constraints.length === 0
      ? NO_CONSTRAINTS
      : { constraints: constraintsAtExit(frame), executed: 0 });
}

const NO_CONSTRAINTS: ExitProgress = { constraints: [], executed: 0 };

/** Those of the body (CON-03), and those after a return of an inner block; the innermost block is the first in the text. */
function constraintsAtExit({ blocks }: Frame): ConstrainStmt[] {
  const constraints: ConstrainStmt[] = [];
  let isAfterReturn = true;
  for (const { block, index, owner } of blocks.toReversed()) {
    if (isAfterReturn || owner === undefined) {
      for (const stmt of block.slice(index)) if (stmt.kind === "Constrain") constraints.push(stmt);
    }
    isAfterReturn &&= owner !== undefined && endsInReturn(owner);
  }
  return constraints;
}

/** What a name of a constraint in force holds, by cell; `undefined` while it is not bound. */
export function valueInForce(
  { cells }: Frame,
  { kept }: ConstraintInForce,
  slot: number,
): Value | undefined {
  return kept.get(slot) ?? cells[slot];
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
