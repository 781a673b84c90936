/**
 * `evolve`: with its parts `evolve_*.ts` the only code that changes a state, live and in every projection of a log alike. An
 * event that does not fit the state is a corrupt log, and is refused.
 *
 * @module
 */
import { failure, type Result, success, unreachable } from "../base/result.ts";
import { bindBetween } from "../dir/contract.ts";
import { findProc } from "../dir/lookup.ts";
import type { Bind, Proc, Program, Stmt } from "../dir/model.ts";
import { type BindChecked, type EnterProc, type Event, isMachineEvent } from "../event/event.ts";
import type { ContractRefusal } from "../event/refusal.ts";
import { currentStmt, type Frame, initialState, type State, topFrame } from "../event/state.ts";
import { type NamedValue, UNIT, type Value } from "../value/value.ts";
import { applyLinear } from "./evolve_linear.ts";
import {
  applyConstraintAdded,
  applyConstraintFailed,
  applyConstraintHeld,
} from "./evolve_constraint.ts";
import { advance, applyStmt, bindAndAdvance } from "./evolve_statement.ts";

/** Why an event cannot follow the events before it. */
export interface Misfit {
  /** The event's number. */
  readonly seq: number;
  /** One sentence. */
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

/** Changes the state, or returns why the event does not fit. */
function apply(state: State, event: Event): string | undefined {
  if (state.outcome !== undefined && isMachineEvent(event)) {
    return "the run already has its outcome";
  }
  switch (event.kind) {
    case "run_started":
      if (state.input !== undefined) return "the run has already started";
      state.input = event;
      return undefined;
    case "program_loaded":
      state.artifacts++;
      return undefined;
    case "resource_granted":
      state.admitted++;
      return undefined;
    case "resource_denied":
      state.denied.push({ step: state.admitted, event });
      state.admitted++;
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
      return applyConstraintAdded(state, event);
    case "constraint_held":
      return applyConstraintHeld(state, event);
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

function applyEnter(state: State, event: EnterProc): string | undefined {
  const caller = topFrame(state);
  const proc = caller === undefined ? entryOf(state, event) : calleeOf(caller.proc, event);
  if (proc === undefined) {
    return `no process ${event.forge}::${event.regime}::${event.proc}`;
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
    blocks: [{ block: proc.body, index: 0, owner: undefined, outlived: 0 }],
    loops: [],
    results: [],
    reached: new Map(),
    outlived: [],
    due: [],
    decided: 0,
    bind,
    contractChecked: false,
    latencyChecked: false,
    exit: undefined,
    tickAtEntry: state.tick,
    resolved: proc.regime !== "Φ",
    linear: { live: new Map(), classical: new Set(), introduced: 0, usesRecorded: 0 },
  });
  return undefined;
}

function entryOf(state: State, { forge, regime, proc }: EnterProc): Proc | undefined {
  return findProc(state.program, { forge, regime, name: proc });
}

/** Searched among the caller's callees: linked artifacts may have forges and processes of the same name. */
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
  event: BindChecked,
): string | undefined {
  const frame = topFrame(state);
  if (frame === undefined) return "no process is open";
  if (event.stage === "enter") frame.contractChecked = true;
  else frame.latencyChecked = true;
  const { holds, refusal } = event;
  if (holds !== (refusal === undefined)) {
    return "a contract is refused exactly when it does not hold";
  }
  return refusal === undefined ? undefined : refuseContract(state, frame, { ...event, refusal });
}

/** The statement that a call is made for: the constraint that is being decided, else the current one. */
function callingStmt(frame: Frame): Stmt | undefined {
  return frame.due[frame.decided]?.stmt ?? currentStmt(frame);
}

/** At `enter` the caller's frame is on top, at `leave` the callee's. */
function refuseContract(
  state: State,
  top: Frame,
  event: BindChecked & { readonly refusal: ContractRefusal },
): string | undefined {
  const bind = event.stage === "leave" ? top.bind : bindOf(state.program, top.proc, event);
  const calling = event.stage === "leave" ? state.frames[state.frames.length - 2] : top;
  const stmt = calling === undefined ? undefined : callingStmt(calling);
  const callee = bind?.sourceProc === calling?.proc ? bind?.targetProc : bind?.sourceProc;
  if (bind === undefined || calling === undefined || stmt === undefined || callee === undefined) {
    return `no call exercises the bind ${event.source} -> ${event.target}`;
  }
  const { refusal } = event;
  if (refusal.clause !== undefined && bind.clauses[refusal.clause.index] === undefined) {
    return `the contract has no clause ${refusal.clause.index}`;
  }
  state.refusal = { kind: "contract", caller: calling.proc, callee, stmt, bind, refusal };
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
