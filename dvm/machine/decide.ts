/**
 * `decide`: what happens next. Reads the state, changes nothing, and is called again by replay, which compares what it
 * yields with what was recorded.
 *
 * @module
 */
import { assert, bug, type Result, success, unreachable } from "../base/result.ts";
import { bindBetween, contractOf, latencyFailure } from "../dir/contract.ts";
import { isLinearProc } from "../dir/linear_use.ts";
import { entryCandidates, localNamed } from "../dir/lookup.ts";
import type { Bind, ConstrainStmt, ExprText, Proc, ReturnStmt, Stmt } from "../dir/model.ts";
import { isDecidable, type Shape } from "../dir/type.ts";
import { evaluate, evaluateAll, type Scope } from "../eval/evaluate.ts";
import {
  type CallNeeded,
  type Evaluated,
  type EvaluationFailure,
  isValue,
} from "../eval/evaluated.ts";
import { fitValue } from "../eval/fit_value.ts";
import { valueLike } from "../eval/mixed_numbers.ts";
import type { BindChecked, Control, EnterProc, MachineEvent } from "../event/event.ts";
import { boundParams, currentStmt, type Frame, type State } from "../event/state.ts";
import { admissionPlan, offerRefusal } from "../regime/admission.ts";
import { deadlineExceeded } from "../regime/deadline.ts";
import { assertNothingLeft, nextLinearEvent } from "../regime/linear_events.ts";
import { makeWitness, witnessIn } from "../regime/witness.ts";
import { type NamedValue, UNIT, type Value } from "../value/value.ts";
import { renderPayload } from "../value/wire_text.ts";
import type { Analysis } from "./analysis.ts";
import { readArgument, valueToPlain } from "./arguments.ts";
import { type Failure, Failures } from "./failures.ts";

/** What comes next: an event, or the failure that the outcome will tell. */
export type Decision = MachineEvent | Failure;

/**
 * The next event of a run whose header has been folded. Once the state has its outcome there is none.
 *
 * @see docs/architecture.md
 */
export function decide(analysis: Analysis, state: State): MachineEvent | undefined {
  if (state.outcome !== undefined) return undefined;
  const decision = new Decider(analysis, state).next();
  return decision.kind === "refused" ? decision.outcome : decision;
}

/**
 * Decides for one state, as often as asked. It remembers nothing of what it has decided: what `next` answers follows from the
 * program and the state alone.
 */
export class Decider {
  readonly #analysis: Analysis;
  readonly #state: State;
  readonly #failures: Failures;
  readonly #scope: FrameScope;

  constructor(analysis: Analysis, state: State) {
    this.#analysis = analysis;
    this.#state = state;
    this.#failures = new Failures(analysis, state);
    this.#scope = new FrameScope(analysis);
  }

  /** Like {@link decide}, with the failure itself where the outcome is one. */
  next(): Decision {
    const state = this.#state;
    if (state.refusal !== undefined) return this.#failures.refusal(state.refusal);
    const frame = state.frames[state.frames.length - 1];
    if (frame !== undefined) return this.#inFrame(frame);
    if (state.result !== undefined) return this.#finished(state.result.value);
    return this.#admission();
  }

  // ── before the entry ─────────────────────────────────────────────────────────────────────────────────────────────

  #admission(): Decision {
    const { state, analysis } = { state: this.#state, analysis: this.#analysis };
    const { input, seq } = state;
    assert(input !== undefined, "a decision before the run has started");
    const candidates = entryCandidates(analysis.program, input.entry);
    const entry = candidates.length === 1 ? candidates[0] : undefined;
    const violations = this.#failures.violations(entry);
    if (violations !== undefined) return violations;
    if (entry === undefined) return this.#failures.entry(input.entry, candidates);
    const args = this.#entryArguments(entry, input.args);
    if (!Array.isArray(args)) return args;
    const plan = admissionPlan(analysis.program, entry);
    const step = plan[state.admitted];
    if (step?.kind === "resource") {
      const { proc, use } = step;
      const reason = offerRefusal(use, input.resources);
      const declared = { proc: proc.name, resource: use.resource, args: [...use.args] };
      return reason === undefined
        ? { seq, kind: "resource_granted", ...declared }
        : { seq, kind: "resource_denied", ...declared, reason };
    }
    if (state.denied.length > 0) return this.#failures.denied(state.denied, entry);
    if (step?.kind === "gate") {
      const unusable = step.binds.find((bind) => contractOf(bind).unusable !== undefined);
      if (unusable !== undefined) return this.#failures.unusableGate(unusable);
      return this.#resolve(step.proc, new Map(), true);
    }
    return this.#enter(entry, args);
  }

  /** The entry's arguments as values, in parameter order; a Φ entry may lack some. */
  #entryArguments(entry: Proc, given: readonly NamedValue[]): NamedValue[] | Failure {
    const params = new Set(entry.params.map(({ name }) => name));
    const unknown = given.find(({ name }) => !params.has(name));
    if (unknown !== undefined) {
      return this.#failures.argument(entry, `${entry.name} has no parameter ${unknown.name}`);
    }
    const byName = new Map(given.map((argument) => [argument.name, argument]));
    const args: NamedValue[] = [];
    for (const param of entry.params) {
      const plain = byName.get(param.name);
      if (plain === undefined) {
        if (entry.regime === "Φ" && isDecidable(param.type)) continue;
        return this.#failures.missingArgument(entry, param);
      }
      const read = readArgument(valueToPlain(plain.value), param);
      if (!read.ok) return this.#failures.argument(entry, read.failure, param);
      args.push({ name: param.name, value: read.value });
    }
    return args;
  }

  #finished(value: Value | undefined): Decision {
    const { seq, tick, effectCount } = this.#state;
    const isPhi = this.#entryRegime() === "Φ";
    return {
      seq,
      kind: "outcome",
      status: isPhi ? "admissible" : "returned",
      returned: value,
      error: undefined,
      ticks: tick,
      effects: effectCount,
    };
  }

  #entryRegime(): string | undefined {
    const [entry] = entryCandidates(this.#analysis.program, this.#state.input?.entry ?? "");
    return entry?.regime;
  }

  // ── in a process ─────────────────────────────────────────────────────────────────────────────────────────────────

  #inFrame(frame: Frame): Decision {
    if (!frame.resolved) return this.#resolve(frame.proc, boundParams(frame), false);
    const due = frame.due[frame.decided];
    if (due !== undefined) return this.#decideConstraint(frame, due);
    const stmt = currentStmt(frame);
    if (isLinearProc(frame.proc)) {
      const owed = nextLinearEvent(this.#state, frame, { stmt, isEvaluated: false });
      if (owed !== undefined) return owed;
    }
    if (stmt === undefined) return this.#leave(frame, undefined);
    return this.#atStmt(frame, stmt);
  }

  #atStmt(frame: Frame, stmt: Stmt): Decision {
    if (stmt.kind === "Return") return this.#return(frame, stmt);
    const tick = this.#state.tick + 1;
    const limit = this.#state.input?.limits.max_ticks ?? 0;
    if (tick > limit) return this.#failures.tickLimit(frame.proc, stmt, limit);
    switch (stmt.kind) {
      case "Let":
      case "Assign":
        return this.#bind(frame, stmt, stmt.expr, stmt.name);
      case "Call":
        return this.#bind(frame, stmt, stmt.call, stmt.result);
      case "Index":
      case "Field":
        return this.#bind(frame, stmt, stmt.access, stmt.result);
      case "Constrain":
        return {
          seq: this.#state.seq,
          kind: "constraint_added",
          proc: frame.proc.name,
          stmt_index: stmt.index,
          at: stmt.path,
          id: `C${this.#state.constraints + 1}`,
          predicate: stmt.predicate.text,
          tick,
        };
      case "Prove":
        return this.#prove(frame, stmt);
      case "Effect":
        return this.#effect(frame, stmt);
      case "If":
      case "While":
        return this.#condition(frame, stmt);
      case "For":
        return this.#loop(frame, stmt);
      case "Break":
        return this.#executed(frame, stmt, { kind: "break" });
      case "Continue":
        return this.#executed(frame, stmt, { kind: "continue" });
      case "Alloc":
      case "Dealloc":
      case "Load":
      case "Store":
        return bug(`${stmt.kind} passed the static checks`);
      default:
        return unreachable(stmt);
    }
  }

  #executed(
    frame: Frame,
    stmt: Stmt,
    control: Control,
    bound?: NamedValue,
    range?: { readonly start: Value; readonly end: Value },
  ): Decision {
    return {
      seq: this.#state.seq,
      kind: "stmt_exec",
      proc: frame.proc.name,
      stmt_index: stmt.index,
      at: stmt.path,
      tick: this.#state.tick + 1,
      control,
      bound,
      range,
    };
  }

  /** Statements that bind what one expression comes to. */
  #bind(frame: Frame, stmt: Stmt, expr: ExprText, name: string | undefined): Decision {
    const value = this.#evaluate(frame, expr);
    if (!isValue(value)) return this.#stopped(frame, stmt, expr, value);
    if (isLinearProc(frame.proc)) {
      const owed = nextLinearEvent(this.#state, frame, { stmt, isEvaluated: true });
      if (owed !== undefined) return owed;
    }
    if (name === undefined) return this.#executed(frame, stmt, NEXT);
    const held = stmt.kind === "Assign" ? valueLike(value, frame.cells[stmt.slot]) : value;
    const fitted = fitLocal(frame.proc, name, held);
    return fitted.ok
      ? this.#executed(frame, stmt, NEXT, { name, value: fitted.value })
      : this.#failures.misfit(frame.proc, stmt, expr, { message: fitted.failure });
  }

  #condition(frame: Frame, stmt: Extract<Stmt, { kind: "If" | "While" }>): Decision {
    const value = this.#evaluate(frame, stmt.condition);
    if (!isValue(value)) return this.#stopped(frame, stmt, stmt.condition, value);
    assert(value.kind === "Bool", "a condition that is no Bool");
    if (stmt.kind === "While") return this.#executed(frame, stmt, value.value ? BODY : NONE);
    const otherwise = stmt.elseBody === undefined ? NONE : ELSE;
    return this.#executed(frame, stmt, value.value ? THEN : otherwise);
  }

  #loop(frame: Frame, stmt: Extract<Stmt, { kind: "For" }>): Decision {
    const progress = frame.loops[frame.loops.length - 1];
    if (progress?.stmt === stmt) {
      const { next, end } = progress;
      if (next >= end) return this.#executed(frame, stmt, NONE);
      return this.#iterate(frame, stmt, { kind: "Int", value: next });
    }
    const bounds = evaluateAll([stmt.start.expr, stmt.end.expr], this.#scope.of(frame));
    if ("stop" in bounds) {
      return this.#stopped(frame, stmt, bounds.index === 0 ? stmt.start : stmt.end, bounds.stop);
    }
    const [start, end] = bounds;
    assert(start?.kind === "Int" && end?.kind === "Int", "bounds of a loop that are no Int");
    if (start.value >= end.value) {
      return this.#executed(frame, stmt, NONE, undefined, { start, end });
    }
    return this.#iterate(frame, stmt, start, { start, end });
  }

  #iterate(
    frame: Frame,
    stmt: Extract<Stmt, { kind: "For" }>,
    value: Value,
    range?: { readonly start: Value; readonly end: Value },
  ): Decision {
    const { name } = stmt;
    const fitted = fitLocal(frame.proc, name, value);
    return fitted.ok
      ? this.#executed(frame, stmt, BODY, { name, value: fitted.value }, range)
      : this.#failures.misfit(frame.proc, stmt, stmt.end, { message: fitted.failure });
  }

  #effect(frame: Frame, stmt: Extract<Stmt, { kind: "Effect" }>): Decision {
    const value = this.#evaluate(frame, stmt.payload);
    if (!isValue(value)) return this.#stopped(frame, stmt, stmt.payload, value);
    if (stmt.effect === "expr") return this.#executed(frame, stmt, NEXT);
    return {
      seq: this.#state.seq,
      kind: "effect",
      proc: frame.proc.name,
      stmt_index: stmt.index,
      at: stmt.path,
      index: this.#state.effectCount,
      effect: stmt.effect,
      value,
      payload: renderPayload(value),
      tick: this.#state.tick + 1,
    };
  }

  #prove(frame: Frame, stmt: Extract<Stmt, { kind: "Prove" }>): Decision {
    const source = this.#evaluate(frame, stmt.from);
    if (!isValue(source)) return this.#stopped(frame, stmt, stmt.from, source);
    if (source.kind === "Bool" && !source.value) return this.#failures.falseProof(frame.proc, stmt);
    const witness = makeWitness(this.#analysis.sha256, {
      frame,
      from: stmt.from.text,
      number: this.#state.witnesses + 1,
    });
    return {
      seq: this.#state.seq,
      kind: "witness",
      stmt_index: stmt.index,
      at: stmt.path,
      tick: this.#state.tick + 1,
      ...witness,
      name: stmt.name,
    };
  }

  #decideConstraint(frame: Frame, stmt: ConstrainStmt): Decision {
    const id = frame.reached.get(stmt);
    assert(id !== undefined, "a constraint is due that was not reached");
    const value = this.#evaluate(frame, stmt.predicate);
    if (!isValue(value)) return this.#stopped(frame, stmt, stmt.predicate, value);
    assert(value.kind === "Bool", "a predicate that is no Bool");
    const { seq } = this.#state;
    const at = { proc: frame.proc.name, stmt_index: stmt.index, at: stmt.path };
    if (value.value) return { seq, kind: "constraint_held", ...at, id };
    const reason = `constraint failed: ${stmt.predicate.text}`;
    return { seq, kind: "constraint_failed", ...at, id, reason };
  }

  // ── calls ────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Evaluation stopped: at a call, which is then made, or at a failure. */
  #stopped(
    frame: Frame,
    stmt: Stmt,
    expr: ExprText,
    stop: EvaluationFailure | CallNeeded,
  ): Decision {
    if (stop.kind === "failure") return this.#failures.evaluation(frame.proc, stmt, expr, stop);
    const callee = frame.proc.callees.get(stop.call.callee);
    assert(callee?.kind === "proc", `the call of ${stop.call.callee} did not resolve`);
    return this.#call(frame, stmt, expr, { callee: callee.proc, args: stop.args });
  }

  #call(
    frame: Frame,
    stmt: Stmt,
    expr: ExprText,
    call: { readonly callee: Proc; readonly args: readonly Value[] },
  ): Decision {
    const { callee } = call;
    const { max_depth = 0, max_ticks = 0 } = this.#state.input?.limits ?? {};
    if (this.#state.frames.length >= max_depth) {
      return this.#failures.depthLimit(frame.proc, stmt, max_depth);
    }
    if (this.#state.calls > max_ticks) {
      return this.#failures.callLimit(frame.proc, stmt, max_ticks);
    }
    const args: NamedValue[] = [];
    for (const [position, param] of callee.params.entries()) {
      const fitted = fitValue(call.args[position] ?? UNIT, param.type);
      if (!fitted.ok) {
        const reason = `${fitted.failure} (parameter ${param.name} of ${callee.name})`;
        const declared = { proc: callee, param };
        return this.#failures.misfit(frame.proc, stmt, expr, { message: reason, declared });
      }
      args.push({ name: param.name, value: fitted.value });
    }
    const bind = frame.contractChecked
      ? undefined
      : bindBetween(this.#analysis.program, frame.proc, callee);
    if (bind !== undefined) {
      const reason = this.#refusalToEnter(bind, callee, call.args);
      return this.#bindChecked(bind, "enter", 0, reason);
    }
    return this.#enter(callee, args);
  }

  #enter({ name, forge, regime }: Proc, args: readonly NamedValue[]): EnterProc {
    const { seq } = this.#state;
    return { seq, kind: "enter_proc", proc: name, forge: forge.name, regime, args };
  }

  #bindChecked(
    { source, target }: Bind,
    stage: "enter" | "leave",
    ticks: number,
    reason: string,
  ): BindChecked {
    const { seq } = this.#state;
    const holds = reason === "";
    return { seq, kind: "bind_checked", source, target, stage, holds, ticks, reason };
  }

  /** Why the contract forbids the call; empty when it does not. */
  #refusalToEnter(bind: Bind, callee: Proc, args: readonly Value[]): string {
    const contract = contractOf(bind);
    if (contract.unusable !== undefined) return `cannot be interpreted: ${contract.unusable}`;
    const { isEffectful } = this.#analysis;
    const target = bind.targetProc ?? callee;
    if (!contract.effectsAllowed && (isEffectful(callee) || isEffectful(target))) {
      const who = isEffectful(callee) ? callee : target;
      return `effects_allowed is not granted and ${who.regime}::${who.name} has effects`;
    }
    if (!args.some(witnessIn)) return "";
    if (!contract.witnessTransfer) {
      return "witness_transfer is not granted and an argument holds a witness";
    }
    // Witnesses flow from source to target; what a source returns to its target flows that way too (BND-04).
    return target === callee
      ? ""
      : "witness_transfer grants no witness against the bind's direction";
  }

  #return(frame: Frame, stmt: ReturnStmt): Decision {
    if (stmt.expr === undefined) return this.#leave(frame, undefined);
    const value = this.#evaluate(frame, stmt.expr);
    if (!isValue(value)) return this.#stopped(frame, stmt, stmt.expr, value);
    const { ret } = frame.proc;
    if (ret === undefined) return this.#leave(frame, value);
    const fitted = fitValue(value, ret);
    if (fitted.ok) return this.#leave(frame, fitted.value);
    const reason = `${fitted.failure} (result of ${frame.proc.name})`;
    const declared = { proc: frame.proc };
    return this.#failures.misfit(frame.proc, stmt, stmt.expr, { message: reason, declared });
  }

  #leave(frame: Frame, value: Value | undefined): Decision {
    const ticks = this.#state.tick - frame.tickAtEntry;
    const microseconds = ticks * (this.#state.input?.tick_us ?? 1);
    const deadline = deadlineExceeded(frame.proc, microseconds);
    if (deadline !== undefined) return this.#failures.deadline(frame.proc, deadline, microseconds);
    if (frame.bind !== undefined && !frame.latencyChecked) {
      const contract = contractOf(frame.bind);
      const hasWitness = value !== undefined && witnessIn(value) && !contract.witnessTransfer;
      const reason = hasWitness
        ? "witness_transfer is not granted and the result holds a witness"
        : latencyFailure(contract, microseconds);
      if (contract.latency.length > 0 || reason !== "") {
        return this.#bindChecked(frame.bind, "leave", ticks, reason);
      }
    }
    if (isLinearProc(frame.proc)) assertNothingLeft(frame);
    return { seq: this.#state.seq, kind: "leave_proc", proc: frame.proc.name, value };
  }

  // ── Φ ────────────────────────────────────────────────────────────────────────────────────────────────────────────

  #resolve(proc: Proc, given: ReadonlyMap<string, Value>, gate: boolean): Decision {
    const missing = proc.params.find(({ name, type }) => !given.has(name) && !isDecidable(type));
    if (missing !== undefined) return this.#failures.missingArgument(proc, missing);
    const maxWork = this.#state.input?.limits.max_work ?? 0;
    const { program, resolvePhi } = this.#analysis;
    const resolution = resolvePhi(program, proc, given, { maxWork });
    const { verdict, work } = resolution;
    return {
      seq: this.#state.seq,
      kind: "phi_resolved",
      proc: proc.name,
      gate,
      verdict,
      configuration: verdict === "admissible" ? resolution.configuration : [],
      conflict: verdict === "inadmissible" ? resolution.conflict : [],
      bounds: verdict === "inadmissible" ? resolution.bounds : [],
      work,
      certificate: verdict === "inadmissible"
        ? `sha256:${this.#analysis.sha256(resolution.certificate)}`
        : "",
    };
  }

  // ── evaluation ───────────────────────────────────────────────────────────────────────────────────────────────────

  #evaluate(frame: Frame, expr: ExprText): Evaluated {
    return evaluate(expr.expr, this.#scope.of(frame));
  }
}

/** What expressions of a frame are evaluated in; one object serves all frames in turn. */
class FrameScope implements Scope {
  cells: readonly (Value | undefined)[] = [];
  results: readonly Value[] = [];
  readonly #analysis: Analysis;
  #proc: Proc | undefined;

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
  }

  of(frame: Frame): this {
    this.cells = frame.cells;
    this.results = frame.results;
    this.#proc = frame.proc;
    return this;
  }

  findShape(name: string): Shape | undefined {
    return this.#proc === undefined ? undefined : this.#analysis.findShape(this.#proc)(name);
  }

  isIntrinsic(callee: string): boolean {
    return this.#proc?.callees.get(callee)?.kind === "intrinsic";
  }
}

/** The value as the local of that name holds it, where the process declares one (DIR v0.2). */
function fitLocal(proc: Proc, name: string, value: Value): Result<Value, string> {
  const local = localNamed(proc, name);
  return local === undefined ? success(value) : fitValue(value, local.type);
}

const NEXT: Control = { kind: "next" };
const THEN: Control = { kind: "branch", taken: "then" };
const ELSE: Control = { kind: "branch", taken: "else" };
const BODY: Control = { kind: "branch", taken: "body" };
const NONE: Control = { kind: "branch", taken: "none" };
