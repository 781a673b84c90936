/**
 * An open process of a run: its names, where control is in it, and the constraints in force.
 *
 * @module
 */
import { endsInReturn } from "../dir/control_flow.ts";
import type { Bind, Block, ConstrainStmt, ForStmt, Proc, Stmt } from "../dir/model.ts";
import type { Int64 } from "../value/int64.ts";
import type { NamedValue, Value } from "../value/value.ts";

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

export const NO_CONSTRAINTS: ExitProgress = { constraints: [], executed: 0 };

/** Those of the body (CON-03), and those after a return of an inner block; the innermost block is the first in the text. */
export function constraintsAtExit({ blocks }: Frame): ConstrainStmt[] {
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
