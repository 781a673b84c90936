/**
 * `evolve`: the only code that changes a state, live and in every projection of a log alike. An event that does not fit the
 * state is a corrupt log, and is refused.
 *
 * @module
 */
import { executionOrder } from "../dir/control.ts";
import { failure, type Result, success, unreachable } from "../result.ts";
import { addInt64 } from "../int64.ts";
import type { Bind, Block, ConstrainStmt, Proc, Program, Stmt } from "../dir/model.ts";
import { findProc } from "../dir/lookup.ts";
import { UNIT, type Value } from "../value.ts";
import { bindBetween } from "../regime/contract.ts";
import { mentionedSlot } from "../regime/linear.ts";
import {
  type EnterProc,
  type Event,
  isMachineEvent,
  type NamedValue,
  type StmtExec,
} from "./event.ts";
import { type BlockCursor, currentStmt, type Frame, initialState, type State } from "./state.ts";

/** Why an event cannot follow the events before it. */
export interface Misfit {
  readonly seq: number;
  readonly reason: string;
}

/**
 * Folds one event into the state, in place. `event.seq` must equal `state.seq`. Events of the store and of realization
 * leave the machine's state as it is.
 *
 * @example
 * ```ts
 * import { executeText, fold, load } from "../../mod.ts";
 * const text = `{"forges":[{"name":"F","shapes":[],"binds":[],"procs":[{"regime":"K","name":"main","params":[],
 *   "uses":[],"ret":"i64","qualifiers":[],"body":[{"Let":{"name":"x","expr":"6 Mul 7"}},{"Return":{"expr":"x"}}]}]}]}`;
 * const program = load([{ name: "demo", text }]);
 * if (!program.ok) throw new Error();
 * const folded = fold(program.value, executeText(text).events);
 * if (!folded.ok || folded.value.tick !== 1) throw new Error();
 * ```
 */
export function evolve(state: State, event: Event): Result<State, Misfit> {
  if (event.seq !== state.seq) return misfit(event, `seq ${state.seq} was expected`);
  const reason = apply(state, event);
  if (reason !== undefined) return misfit(event, reason);
  state.seq++;
  return success(state);
}

/** The state after all of `events`, from the beginning. */
export function fold(program: Program, events: Iterable<Event>): Result<State, Misfit> {
  const state = initialState(program);
  for (const event of events) {
    const evolved = evolve(state, event);
    if (!evolved.ok) return evolved;
  }
  return success(state);
}

function misfit(event: Event, reason: string): Result<State, Misfit> {
  return failure({ seq: event.seq, reason });
}

/** Changes the state; a returned text says why the event does not fit. */
function apply(state: State, event: Event): string | undefined {
  if (state.outcome !== undefined && isMachineEvent(event)) {
    return "the run had its outcome already";
  }
  switch (event.kind) {
    case "run_started":
      if (state.input !== undefined) return "the run had started already";
      state.input = event;
      return undefined;
    case "program_loaded":
      state.artifacts++;
      return undefined;
    case "resource_granted":
      state.admitted++;
      return undefined;
    case "resource_denied":
      state.admitted++;
      state.denied.push(event);
      return undefined;
    case "bind_checked":
      return applyBindChecked(state, event);
    case "enter_proc":
      return applyEnter(state, event);
    case "leave_proc":
      return applyLeave(state, event.value);
    case "stmt_exec":
      return applyStmt(state, event);
    case "constraint_added":
      return applyConstraintAdded(state, event.id, event.tick);
    case "constraint_held":
      return applyConstraintHeld(state, event.id);
    case "constraint_failed":
      return applyConstraintFailed(state, event);
    case "effect":
      state.effects.push(event);
      state.effectCount++;
      return advance(state, event.tick);
    case "phi_resolved":
      return applyPhiResolved(state, event);
    case "witness":
      state.witnesses++;
      return bindAndAdvance(state, event.tick, { name: event.name, value: event.value });
    case "q_alloc":
    case "q_move":
    case "q_use":
    case "q_consume":
    case "q_leak":
      return applyLinear(state, event);
    case "outcome":
      state.outcome = event;
      return undefined;
    case "effect_intended":
    case "effect_realized":
    case "effect_in_doubt":
    case "effect_resolved":
    case "realization_finished":
    case "checkpoint":
    case "recovered":
      return undefined;
    default:
      return unreachable(event);
  }
}

function topFrame(state: State): Frame | undefined {
  return state.frames[state.frames.length - 1];
}

// ── processes ──────────────────────────────────────────────────────────────────────────────────────────────────────

function applyEnter(state: State, event: EnterProc): string | undefined {
  const caller = topFrame(state);
  const proc = caller === undefined ? entryOf(state, event) : calleeOf(caller.proc, event);
  if (proc === undefined) {
    return `there is no process ${event.forge}::${event.regime}::${event.proc}`;
  }
  const cells: (Value | undefined)[] = new Array(proc.slotNames.length).fill(undefined);
  const wrong = bindParams(proc, cells, event.args);
  if (wrong !== undefined) return wrong;
  const bind: Bind | undefined = caller === undefined
    ? undefined
    : bindBetween(state.program, caller.proc, proc);
  if (caller !== undefined) caller.contractChecked = false;
  state.entered = true;
  state.calls++;
  state.frames.push({
    proc,
    cells,
    blocks: [{ block: executionOrder(proc.body), index: 0, owner: undefined }],
    loops: [],
    results: [],
    reached: new Map(),
    due: [],
    decided: 0,
    bind,
    contractChecked: false,
    latencyChecked: false,
    tickAtEntry: state.tick,
    resolved: proc.regime !== "Φ",
    linear: { live: new Map(), classical: new Set(), introduced: 0, settled: 0 },
  });
  return undefined;
}

function entryOf(state: State, { forge, regime, proc }: EnterProc): Proc | undefined {
  return findProc(state.program, { forge, regime, name: proc });
}

/** Looked up among what the caller calls: linked artifacts may have forges, and processes, of the same name. */
function calleeOf(caller: Proc, event: EnterProc): Proc | undefined {
  for (const callee of caller.callees.values()) {
    if (callee.kind !== "proc") continue;
    const { name, regime, forge } = callee.proc;
    if (name === event.proc && regime === event.regime && forge.name === event.forge) {
      return callee.proc;
    }
  }
  return undefined;
}

/** Puts named values into the parameters' cells. They come in the order of the parameters; some may be absent. */
function bindParams(
  proc: Proc,
  cells: (Value | undefined)[],
  args: readonly NamedValue[],
): string | undefined {
  let slot = 0;
  for (const { name, value } of args) {
    while (slot < proc.params.length && proc.params[slot]?.name !== name) slot++;
    if (slot >= proc.params.length) return `${proc.name} has no such parameter ${name}`;
    cells[slot++] = value;
  }
  return undefined;
}

function applyLeave(state: State, value: Value | undefined): string | undefined {
  const frame = state.frames.pop();
  if (frame === undefined) return "no process is open";
  const caller = topFrame(state);
  if (caller === undefined) state.result = { value };
  else caller.results.push(value ?? UNIT);
  return undefined;
}

function applyBindChecked(
  state: State,
  event: Extract<Event, { kind: "bind_checked" }>,
): string | undefined {
  const frame = topFrame(state);
  if (frame === undefined) return "no process is open";
  if (event.stage === "enter") frame.contractChecked = true;
  else frame.latencyChecked = true;
  return event.holds ? undefined : refuseContract(state, frame, event);
}

/** The statement that a call is made for: the constraint that is being decided, else the one that control stands at. */
function callingStmt(frame: Frame): Stmt | undefined {
  return frame.due[frame.decided] ?? currentStmt(frame);
}

/** At `enter` the caller's frame is on top, at `leave` the callee's. */
function refuseContract(
  state: State,
  top: Frame,
  event: Extract<Event, { kind: "bind_checked" }>,
): string | undefined {
  const bind = event.stage === "leave" ? top.bind : bindOf(state.program, top.proc, event);
  const calling = event.stage === "leave" ? state.frames[state.frames.length - 2] : top;
  const stmt = calling === undefined ? undefined : callingStmt(calling);
  const callee = bind?.sourceProc === calling?.proc ? bind?.targetProc : bind?.sourceProc;
  if (bind === undefined || calling === undefined || stmt === undefined || callee === undefined) {
    return `no call exercises the bind ${event.source} -> ${event.target}`;
  }
  state.refusal = {
    kind: "contract",
    caller: calling.proc,
    callee,
    stmt,
    bind,
    reason: event.reason,
  };
  return undefined;
}

/** The bind with these ends, as written, that has `proc` at one of them. */
function bindOf(
  program: Program,
  proc: Proc,
  ends: { readonly source: string; readonly target: string },
): Bind | undefined {
  return program.forges.flatMap(({ binds }) => binds).find((bind) =>
    bind.source === ends.source && bind.target === ends.target &&
    (bind.sourceProc === proc || bind.targetProc === proc)
  );
}

// ── statements ─────────────────────────────────────────────────────────────────────────────────────────────────────

function applyStmt(state: State, event: StmtExec): string | undefined {
  const frame = topFrame(state);
  const cursor = frame?.blocks[frame.blocks.length - 1];
  const stmt = frame === undefined ? undefined : currentStmt(frame);
  if (frame === undefined || cursor === undefined || stmt === undefined) {
    return "no statement is due";
  }
  if (stmt.path !== event.at) return `the statement due is ${stmt.path}`;
  state.tick = event.tick;
  if (frame.results.length > 0) frame.results = [];
  const { control } = event;
  switch (control.kind) {
    case "next":
      if (event.bound !== undefined) bindSlot(frame, stmt, event.bound.value);
      cursor.index++;
      break;
    case "branch": {
      const wrong = takeBranch(frame, cursor, stmt, event);
      if (wrong !== undefined) return wrong;
      break;
    }
    case "break":
    case "continue": {
      const wrong = leaveIteration(frame, control.kind);
      if (wrong !== undefined) return wrong;
      break;
    }
    default:
      return unreachable(control);
  }
  frame.linear.settled = 0;
  settle(frame);
  return undefined;
}

/** A binding or assignment makes constraints due that wait for the name, or held with its old value (CON-05, CON-14). */
function bindSlot(frame: Frame, stmt: Stmt, value: Value): void {
  const slot = slotOf(stmt);
  if (slot < 0) return;
  frame.cells[slot] = value;
  if (frame.reached.size === 0) return;
  for (const constraint of frame.proc.mentions.get(slot) ?? []) {
    if (frame.reached.has(constraint)) makeDue(frame, constraint);
  }
}

/** Names are bound in the order of their cells, so the last cell tells most often that one is still missing. */
function makeDue(frame: Frame, constraint: ConstrainStmt): void {
  for (let index = constraint.slots.length - 1; index >= 0; index--) {
    if (frame.cells[constraint.slots[index] ?? -1] === undefined) return;
  }
  frame.due.push(constraint);
}

/** A name's scope ends, and with it what constraints say of it. */
function unbind(frame: Frame, slot: number): void {
  frame.cells[slot] = undefined;
  if (frame.reached.size === 0) return;
  for (const constraint of frame.proc.mentions.get(slot) ?? []) frame.reached.delete(constraint);
}

/** The cell a statement binds, or -1. */
function slotOf(stmt: Stmt): number {
  return "slot" in stmt ? stmt.slot : -1;
}

function takeBranch(
  frame: Frame,
  cursor: BlockCursor,
  stmt: Stmt,
  event: StmtExec,
): string | undefined {
  if (event.control.kind !== "branch") return "no branch";
  const { taken } = event.control;
  if (stmt.kind === "If") {
    cursor.index++;
    if (taken === "then") openBlock(frame, stmt.thenBody, stmt);
    if (taken === "else") openBlock(frame, stmt.elseBody ?? [], stmt);
    return undefined;
  }
  if (stmt.kind === "For") {
    const wrong = advanceLoop(frame, stmt, event);
    if (wrong !== undefined) return wrong;
  } else if (stmt.kind !== "While") {
    return `${stmt.kind} has no branch`;
  }
  if (taken === "body") openBlock(frame, stmt.body, stmt);
  else cursor.index++;
  return undefined;
}

function advanceLoop(
  frame: Frame,
  stmt: Extract<Stmt, { kind: "For" }>,
  event: StmtExec,
): string | undefined {
  if (event.range !== undefined) {
    const { start, end } = event.range;
    if (start.kind !== "Int" || end.kind !== "Int") return "the bounds of a loop are integers";
    frame.loops.push({ stmt, next: start.value, end: end.value });
  }
  const progress = frame.loops[frame.loops.length - 1];
  if (progress?.stmt !== stmt) return "the loop has not begun";
  unbind(frame, stmt.slot);
  if (event.bound === undefined) {
    frame.loops.pop();
    return undefined;
  }
  frame.cells[stmt.slot] = event.bound.value;
  progress.next = addInt64(progress.next, 1) ?? progress.end; // next < end, so this cannot overflow
  return undefined;
}

function openBlock(frame: Frame, block: Block, owner: Stmt): void {
  frame.blocks.push({ block: executionOrder(block), index: 0, owner });
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
      if (parent !== undefined) parent.index++;
      if (owner.kind === "For") {
        frame.loops.pop();
        unbind(frame, owner.slot);
      }
    }
    return undefined;
  }
}

/**
 * Closes blocks that have no statement left; a loop's own statement is then due again. Constraints are decided first, while the
 * names they mention are there.
 */
function settle(frame: Frame): void {
  while (frame.due.length === 0) {
    const cursor = frame.blocks[frame.blocks.length - 1];
    if (cursor === undefined || cursor.owner === undefined) return;
    if (cursor.index < cursor.block.length) return;
    closeBlock(frame);
  }
}

/** Ends a block's scope. */
function closeBlock(frame: Frame): void {
  const closed = frame.blocks.pop();
  if (closed === undefined) return;
  for (const stmt of closed.block) {
    const slot = stmt.kind === "Assign" || stmt.kind === "For" ? -1 : slotOf(stmt);
    if (slot >= 0) unbind(frame, slot);
  }
}

/** Moves past the current statement at `tick`. */
function advance(state: State, tick: number): string | undefined {
  return bindAndAdvance(state, tick, undefined);
}

function bindAndAdvance(
  state: State,
  tick: number,
  bound: NamedValue | undefined,
): string | undefined {
  const frame = topFrame(state);
  const cursor = frame?.blocks[frame.blocks.length - 1];
  const stmt = frame === undefined ? undefined : currentStmt(frame);
  if (frame === undefined || cursor === undefined || stmt === undefined) {
    return "no statement is due";
  }
  state.tick = tick;
  if (frame.results.length > 0) frame.results = [];
  if (bound !== undefined) bindSlot(frame, stmt, bound.value);
  cursor.index++;
  frame.linear.settled = 0;
  settle(frame);
  return undefined;
}

// ── constraints ────────────────────────────────────────────────────────────────────────────────────────────────────

function applyConstraintAdded(state: State, id: string, tick: number): string | undefined {
  const frame = topFrame(state);
  const stmt = frame === undefined ? undefined : currentStmt(frame);
  if (frame === undefined || stmt?.kind !== "Constrain") return "no constraint is due";
  state.constraints++;
  // Reaching the same constraint again (in a loop) replaces what an earlier iteration has left in force.
  frame.reached.set(stmt, id);
  makeDue(frame, stmt);
  return advance(state, tick);
}

function applyConstraintHeld(state: State, id: string): string | undefined {
  const frame = topFrame(state);
  const held = frame?.due[frame.decided];
  if (frame === undefined || held === undefined || frame.reached.get(held) !== id) {
    return `constraint ${id} is not due`;
  }
  if (++frame.decided === frame.due.length) {
    frame.due = [];
    frame.decided = 0;
  }
  if (frame.results.length > 0) frame.results = [];
  settle(frame);
  return undefined;
}

function applyConstraintFailed(
  state: State,
  event: Extract<Event, { kind: "constraint_failed" }>,
): string | undefined {
  const frame = topFrame(state);
  const failed = frame?.due[frame.decided];
  if (frame === undefined || failed === undefined || frame.reached.get(failed) !== event.id) {
    return `constraint ${event.id} is not due`;
  }
  state.refusal = { kind: "constraint", proc: frame.proc, stmt: failed, event };
  return undefined;
}

// ── Φ and Q ────────────────────────────────────────────────────────────────────────────────────────────────────────

function applyPhiResolved(
  state: State,
  event: Extract<Event, { kind: "phi_resolved" }>,
): string | undefined {
  const frame = topFrame(state);
  const proc: Proc | undefined = event.gate
    ? findProc(state.program, { forge: undefined, regime: "Φ", name: event.proc })
    : frame?.proc;
  if (proc === undefined) return "no Φ process is open";
  if (event.verdict !== "admissible") {
    state.refusal = { kind: "phi", proc, event };
    return undefined;
  }
  if (event.gate) {
    state.admitted++;
    return undefined;
  }
  if (frame === undefined || frame.proc.regime !== "Φ") return "no Φ process is open";
  const wrong = bindParams(proc, frame.cells, event.configuration);
  if (wrong !== undefined) return wrong;
  frame.resolved = true;
  return undefined;
}

function applyLinear(
  state: State,
  event: Extract<Event, { kind: "q_alloc" | "q_move" | "q_use" | "q_consume" | "q_leak" }>,
): string | undefined {
  const frame = topFrame(state);
  if (frame === undefined) return "no process is open";
  const { linear, proc } = frame;
  const stmt = currentStmt(frame);
  switch (event.kind) {
    case "q_alloc": {
      const isParam = event.origin === "parameter";
      const slot = isParam ? linear.introduced : stmt === undefined ? -1 : slotOf(stmt);
      if (proc.slotNames[slot] !== event.name) return `${event.name} is not bound here`;
      state.resources++;
      if (isParam) linear.introduced++;
      hold(frame, slot, event.resource);
      return undefined;
    }
    case "q_move": {
      const to = stmt === undefined ? -1 : slotOf(stmt);
      if (proc.slotNames[to] !== event.to) return `${event.to} is not bound here`;
      if (release(frame, event.from) === undefined) return `${event.from} is not live`;
      hold(frame, to, event.resource);
      linear.settled++;
      return undefined;
    }
    case "q_consume": {
      const slot = release(frame, event.name);
      if (slot === undefined) return `${event.name} is not live`;
      if (event.reason === "measured") linear.classical.add(slot);
      linear.settled++;
      return undefined;
    }
    case "q_use":
      linear.settled++;
      return undefined;
    case "q_leak":
      return release(frame, event.name) === undefined ? `${event.name} is not live` : undefined;
    default:
      return unreachable(event);
  }
}

/** A name stands for a resource from now on, whatever it stood for in an earlier round of a loop. */
function hold({ linear }: Frame, slot: number, resource: string): void {
  linear.live.set(slot, resource);
  linear.classical.delete(slot);
}

/**
 * Ends what a name stands for; `undefined` if it stands for nothing. The current statement says which cell is meant; where it does
 * not mention the name (a leak is told at the end, and upstream's executor goes by names alone), the latest of that name is.
 */
function release(frame: Frame, name: string): number | undefined {
  const { linear, proc } = frame;
  const stmt = currentStmt(frame);
  const mentioned = stmt === undefined ? -1 : mentionedSlot(stmt, proc, name);
  const slot = linear.live.has(mentioned)
    ? mentioned
    : [...linear.live.keys()].findLast((held) => proc.slotNames[held] === name);
  return slot !== undefined && linear.live.delete(slot) ? slot : undefined;
}
