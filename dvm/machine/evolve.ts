/**
 * `evolve`: with its parts `evolve_*.ts` the only code that changes a state, live and in every projection of a log alike. An
 * event that does not fit the state is a corrupt log, and is refused.
 *
 * @module
 */
import { failure, type Result, success, unreachable } from "../base/result.ts";
import { entryCandidates } from "../dir/lookup.ts";
import type { Proc, Program } from "../dir/model.ts";
import { type EffectEvent, type Event, isMachineEvent, type StmtEvent } from "../event/event.ts";
import { ioEffectOf } from "../event/io_effect.ts";
import { addInput } from "../event/io_state.ts";
import { initialState, type State, topFrame } from "../event/state.ts";
import type { Threads } from "../event/thread_state.ts";
import { admissionPlan } from "../regime/admission.ts";
import { applyEnter, applyLeave, bindParams } from "./evolve_call.ts";
import { applyBindChecked } from "./evolve_contract.ts";
import { applyIo, applyIoEffect } from "./evolve_io.ts";
import { applyLinear } from "./evolve_linear.ts";
import { applyMemory } from "./evolve_memory.ts";
import {
  applyConstraintAdded,
  applyConstraintFailed,
  applyConstraintHeld,
} from "./evolve_constraint.ts";
import { advance, applyStmt, bindAndAdvance, HAS_OUTCOME } from "./evolve_statement.ts";
import { applyThreadOperation, endThread, enterThread, leaveThread } from "./evolve_threads.ts";
import { mayAccess, recordAccesses } from "./races.ts";

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
  const reason = state.threads !== undefined
    ? applyInThread(state, state.threads, event)
    : event.kind === "stmt"
    ? applyStmt(state, event)
    : apply(state, event);
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

/** Applies an event where there are threads or locks. */
function applyInThread(state: State, threads: Threads, event: Event): string | undefined {
  const misplaced = enterThread(state, threads, event);
  if (misplaced !== undefined) return misplaced;
  if (isMachineEvent(event) && mayAccess(event.kind)) recordAccesses(state, threads, event);
  const wrong = event.kind === "stmt" ? applyStmt(state, event) : apply(state, event);
  if (wrong !== undefined) return wrong;
  if (event.kind === "leave_proc" && state.frames.length === 0) endThread(state, threads, event);
  leaveThread(state, threads, event);
  return undefined;
}

/** Changes the state, or returns why the event does not fit. */
function apply(state: State, event: Exclude<Event, StmtEvent>): string | undefined {
  if (state.outcome !== undefined && isMachineEvent(event)) return HAS_OUTCOME;
  switch (event.kind) {
    case "run_started":
      if (state.input !== undefined) return "the run has already started";
      state.input = event;
      return undefined;
    case "program_loaded":
      state.artifacts++;
      return undefined;
    case "input_loaded":
      return addInput(state.io, event);
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
    case "constraint_added":
      return applyConstraintAdded(state, event);
    case "constraint_held":
      return applyConstraintHeld(state, event);
    case "constraint_failed":
      return applyConstraintFailed(state, event);
    case "effect":
      state.effectCount++;
      return applyEffect(state, event);
    case "phi_resolved":
      return applyPhiResolved(state, event);
    case "witness":
      state.witnesses++;
      return bindAndAdvance(state, { name: event.name, value: event.value });
    case "q_alloc":
    case "q_move":
    case "q_use":
    case "q_consume":
    case "q_leak":
      return applyLinear(state, event);
    case "mem_alloc":
    case "mem_copy":
    case "mem_load":
    case "mem_store":
    case "mem_free":
      return applyMemory(state, event);
    case "thread_spawn":
    case "thread_join":
    case "mutex_new":
    case "mutex_lock":
    case "mutex_unlock":
      return applyThreadOperation(state, event);
    case "file_open":
    case "file_read":
    case "file_close":
    case "port_read":
    case "device_read":
      return applyIo(state, event);
    case "outcome":
      state.outcome = event;
      return undefined;
    case "realization_started":
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

/** An effect ends its statement, unless it is an operation, whose statement follows. */
function applyEffect(state: State, event: EffectEvent): string | undefined {
  const io = ioEffectOf(event.effect);
  state.effects.push({ event, tick: io === undefined ? state.tick + 1 : state.tick });
  return io === undefined ? advance(state) : applyIoEffect(state, event, io);
}

function applyPhiResolved(
  state: State,
  event: Extract<Event, { kind: "phi_resolved" }>,
): string | undefined {
  const frame = topFrame(state);
  const proc = event.gate === true ? gateOf(state, event.proc) : frame?.proc;
  if (proc === undefined) return "no Φ process is open";
  if (event.verdict !== "admissible" || event.canonical === false) {
    state.refusal = { kind: "phi", proc, event };
    return undefined;
  }
  if (event.gate === true) {
    state.admitted++;
    return undefined;
  }
  if (frame === undefined || frame.proc.regime !== "Φ") return "no Φ process is open";
  const wrong = bindParams(proc, frame.cells, event.configuration ?? []);
  if (wrong !== undefined) return wrong;
  frame.resolved = true;
  return undefined;
}

/** The gate that is settled next. Several processes may have its reference. */
function gateOf({ program, input, admitted }: State, name: string): Proc | undefined {
  const [entry] = entryCandidates(program, input?.entry ?? "");
  const step = entry === undefined ? undefined : admissionPlan(program, entry)[admitted];
  return step?.kind === "gate" && step.proc.reference === name ? step.proc : undefined;
}
