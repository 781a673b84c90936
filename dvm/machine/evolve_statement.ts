/**
 * What statements change in a frame: control, names and their scopes.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import type { Block, Stmt } from "../dir/model.ts";
import type { StmtEvent } from "../event/event.ts";
import { type BlockCursor, currentStmt, type Frame } from "../event/frame.ts";
import { type State, topFrame } from "../event/state.ts";
import { addInt64 } from "../value/int64.ts";
import type { NamedValue, Value } from "../value/value.ts";
import { endScope, makeReadersDue } from "./constraints_in_force.ts";
import { endHolders, endStatement } from "./evolve_memory.ts";
import { recordWrite } from "./evolve_writes.ts";

/** Moves control past a statement, into a block or out of one. Returns why the event does not fit, if it does not. */
export function applyStmt(state: State, event: StmtEvent): string | undefined {
  if (state.outcome !== undefined) return HAS_OUTCOME;
  const frame = topFrame(state);
  if (frame === undefined) return NO_STATEMENT;
  const cursor = frame.blocks[frame.blocks.length - 1];
  const stmt = currentStmt(frame);
  if (cursor === undefined || stmt === undefined) return NO_STATEMENT;
  if (stmt.at !== event.at) return `the next statement is ${stmt.at}`;
  state.tick++;
  if (frame.results.length > 0) endStatement(state, frame, stmt, event.set?.value);
  if (event.control === undefined) {
    if (event.set !== undefined) bindSlot(frame, cursor, stmt, event.set.value, event.seq);
    cursor.index++;
  } else {
    const wrong = moveControl(frame, cursor, stmt, event);
    if (wrong !== undefined) return wrong;
  }
  frame.linear.usesRecorded = 0;
  settle(state, frame);
  return undefined;
}

const NO_STATEMENT = "no statement is next";

function moveControl(
  frame: Frame,
  cursor: BlockCursor,
  stmt: Stmt,
  event: StmtEvent,
): string | undefined {
  const { control } = event;
  switch (control) {
    case "then":
    case "else":
    case "body":
    case "none":
      return takeBranch(frame, cursor, stmt, event);
    case "break":
    case "continue":
      return leaveIteration(frame, control);
    case undefined:
      return undefined;
    default:
      return unreachable(control);
  }
}

/** Why no event of the machine can follow an outcome. */
export const HAS_OUTCOME = "the run already has its outcome";

/** Gives the cell of a statement its value. */
function bindSlot(
  frame: Frame,
  { round }: BlockCursor,
  stmt: Stmt,
  value: Value,
  seq: number,
): void {
  const slot = slotOf(stmt);
  if (slot < 0) return;
  frame.cells[slot] = value;
  recordWrite(frame, slot, { stmt, round, seq });
  makeReadersDue(frame, slot);
}

/** The cell a statement binds, or -1. */
export function slotOf(stmt: Stmt): number {
  switch (stmt.kind) {
    case "Let":
    case "Assign":
    case "For":
    case "Call":
    case "Index":
    case "Field":
    case "Prove":
      return stmt.slot;
    default:
      return -1;
  }
}

function takeBranch(
  frame: Frame,
  cursor: BlockCursor,
  stmt: Stmt,
  event: StmtEvent,
): string | undefined {
  const taken = event.control;
  if (stmt.kind === "If") {
    cursor.index++;
    if (taken === "then") openBlock(frame, stmt.thenBody, stmt, cursor.round);
    if (taken === "else") openBlock(frame, stmt.elseBody ?? [], stmt, cursor.round);
    return undefined;
  }
  cursor.rounds = taken === "body" ? cursor.rounds + 1 : 0;
  if (stmt.kind === "For") {
    const wrong = advanceLoop(frame, cursor, stmt, event);
    if (wrong !== undefined) return wrong;
  } else if (stmt.kind !== "While") {
    return `${stmt.kind} has no branch`;
  }
  if (taken === "body") openBlock(frame, stmt.body, stmt, cursor.rounds);
  else cursor.index++;
  return undefined;
}

function advanceLoop(
  frame: Frame,
  cursor: BlockCursor,
  stmt: Extract<Stmt, { kind: "For" }>,
  event: StmtEvent,
): string | undefined {
  if (event.range !== undefined) {
    const { start, end } = event.range;
    if (start.kind !== "Int" || end.kind !== "Int") return "the bounds of a loop are integers";
    frame.loops.push({
      stmt,
      next: start.value,
      end: end.value,
      outlived: frame.outlived.length,
    });
  }
  const progress = frame.loops[frame.loops.length - 1];
  if (progress?.stmt !== stmt) return "the loop has not begun";
  endScope(frame, [stmt.slot], progress.outlived);
  if (event.set === undefined) {
    frame.loops.pop();
    return undefined;
  }
  frame.cells[stmt.slot] = event.set.value;
  recordWrite(frame, stmt.slot, { stmt, round: cursor.rounds, seq: event.seq });
  progress.outlived = frame.outlived.length;
  progress.next = addInt64(progress.next, 1) ?? progress.end; // next < end, so this cannot overflow
  return undefined;
}

/** Opens a block of `owner`, in a round of the loop that this is, or of the loop around it. */
function openBlock(frame: Frame, block: Block, owner: Stmt, round: number): void {
  const outlived = frame.outlived.length;
  frame.blocks.push({ block, index: 0, owner, outlived, rounds: 0, round });
}

/** Leaves blocks up to the innermost loop: past it for `break`, to its next evaluation for `continue`. */
function leaveIteration(frame: Frame, how: "break" | "continue"): string | undefined {
  for (;;) {
    const owner = frame.blocks[frame.blocks.length - 1]?.owner;
    if (owner === undefined) return `${how} outside a loop`;
    closeBlock(frame);
    if (owner.kind !== "While" && owner.kind !== "For") continue;
    if (how === "break") {
      const parent = frame.blocks[frame.blocks.length - 1];
      if (parent !== undefined) {
        parent.index++;
        parent.rounds = 0;
      }
      if (owner.kind === "For") {
        const progress = frame.loops.pop();
        endScope(frame, [owner.slot], progress?.outlived ?? 0);
      }
    }
    return undefined;
  }
}

/**
 * Closes blocks that have no statement left; a loop's own statement is then next again. Constraints are decided first, while the
 * names they mention are there.
 */
export function settle(state: State, frame: Frame): void {
  while (frame.due.length === 0) {
    const cursor = frame.blocks[frame.blocks.length - 1];
    if (cursor === undefined || cursor.index < cursor.block.length) break;
    if (cursor.owner === undefined) break;
    closeBlock(frame);
  }
  if (frame.ended.length > 0) endHolders(state, frame);
}

/** Ends a block's scope. */
function closeBlock(frame: Frame): void {
  const closed = frame.blocks.pop();
  const scope = closed?.owner;
  if (closed === undefined || scope === undefined) return;
  if (frame.held.size > 0) endNames(frame, closed.block, scope);
  let slots: number[] | undefined; // the body of a loop mostly binds none, and is closed in every iteration
  for (const stmt of closed.block) {
    if (stmt.kind === "Assign" || stmt.kind === "For") continue;
    const slot = slotOf(stmt);
    if (slot >= 0) (slots ??= []).push(slot);
  }
  if (slots !== undefined) endScope(frame, slots, closed.outlived);
}

/** Records the names of a block that have holders. */
function endNames(frame: Frame, block: Block, scope: Stmt): void {
  const ended = [...frame.ended];
  for (const stmt of block) {
    if (stmt.kind === "Assign" || stmt.kind === "For") continue;
    const slot = slotOf(stmt);
    if (frame.held.has(slot)) ended.push({ slot, scope });
  }
  frame.ended = ended;
}

/** Moves past the current statement. */
export function advance(state: State): string | undefined {
  return bindAndAdvance(state, undefined);
}

/** Moves past the current statement, which binds a name or none. */
export function bindAndAdvance(
  state: State,
  bound: NamedValue | undefined,
): string | undefined {
  const frame = topFrame(state);
  const cursor = frame?.blocks[frame.blocks.length - 1];
  const stmt = frame === undefined ? undefined : currentStmt(frame);
  if (frame === undefined || cursor === undefined || stmt === undefined) return NO_STATEMENT;
  state.tick++;
  if (frame.results.length > 0) endStatement(state, frame, stmt, bound?.value);
  if (bound !== undefined) bindSlot(frame, cursor, stmt, bound.value, state.seq);
  cursor.index++;
  frame.linear.usesRecorded = 0;
  settle(state, frame);
  return undefined;
}
