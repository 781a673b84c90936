/**
 * Execution in the model: a recursive walk over the statements, integers of any size, nothing kept between runs.
 *
 * @module
 */
import { leaves } from "./check_proc.ts";
import { Constraints } from "./constraints.ts";
import { Evaluation } from "./evaluate.ts";
import type { Expression } from "./expression.ts";
import { allStatements, bindBetween, isEffectful, resolveIn } from "./lookup.ts";
import { resolvePhi } from "./phi.ts";
import type { ModelBind, ModelProc, ModelProgram, Statement } from "./program.ts";
import { type Rules, RunFailure } from "./rules.ts";
import { Scope } from "./scope.ts";
import { enterType, type ModelValue, payloadOf, tagged, typeNamed } from "./types.ts";
import { createHash } from "node:crypto";

/** One effect of a run. */
export interface ModelEffect {
  readonly kind: string;
  readonly payload: string;
  readonly value: ModelValue;
}

/** What bounds a run. */
export interface ModelLimits {
  readonly ticks: number;
  readonly depth: number;
  readonly tickUs: number;
}

/** How control went on after a statement. */
type Flow =
  | { readonly kind: "next" | "break" | "continue" }
  | { readonly kind: "return"; readonly value: ModelValue | undefined };

const NEXT: Flow = { kind: "next" };

/** One process being executed. */
interface Frame {
  readonly proc: ModelProc;
  readonly params: ReadonlyMap<string, ModelValue>;
  readonly constraints: Constraints;
}

/** One run. */
export class Run {
  readonly program: ModelProgram;
  readonly rules: Rules;
  readonly limits: ModelLimits;
  readonly effects: ModelEffect[] = [];
  ticks = 0;
  #depth = 0;
  #witnesses = 0;

  constructor(program: ModelProgram, rules: Rules, limits: ModelLimits) {
    this.program = program;
    this.rules = rules;
    this.limits = limits;
  }

  /** Executes a process with the values of its parameters; missing ones of a Φ process are resolved. */
  enter(proc: ModelProc, given: ReadonlyMap<string, ModelValue>): ModelValue | undefined {
    let params = new Map(given);
    if (proc.regime === "Φ") params = new Map(resolvePhi(this, proc, given));
    const start = this.ticks;
    const value = this.body(proc, params);
    this.#deadline(proc, this.ticks - start);
    return value;
  }

  /** A new run of the same program without a limit of ticks. */
  unbounded(): Run {
    return new Run(this.program, this.rules, { ...this.limits, ticks: Infinity });
  }

  /** Executes the body of a process once every parameter has a value. */
  body(proc: ModelProc, params: ReadonlyMap<string, ModelValue>): ModelValue | undefined {
    const scope = new Scope(undefined, proc.body);
    for (const [name, value] of params) scope.bind(name, value);
    const constraints = new Constraints(this.rules, (expr, at) => this.#evaluate(proc, expr, at));
    const flow = this.#block(proc.body, scope, { proc, params, constraints });
    return flow.kind === "return" ? flow.value : undefined;
  }

  /** Calls a process from another: depth, parameter types, contract. */
  call(caller: ModelProc, callee: ModelProc, args: readonly ModelValue[]): ModelValue | undefined {
    const { rules } = this;
    if (this.#depth >= this.limits.depth) throw new RunFailure("Runtime", "call depth");
    const given = new Map<string, ModelValue>();
    callee.params.forEach(({ name, ty }, position) => {
      const type = typeNamed(this.program, callee.forge, ty);
      const value = args[position] ?? { kind: "Unit" };
      given.set(name, type === undefined ? value : enterType(value, type, rules));
    });
    const bind = bindBetween(this.program, caller, callee, rules);
    const isFree = caller.regime === callee.regime && rules.breaks("binds of one regime ignored");
    if (bind !== undefined && !isFree) this.#enterContract(bind, callee, args);
    const before = { ticks: this.ticks, effects: this.effects.length };
    this.#depth++;
    let value: ModelValue | undefined;
    try {
      value = this.enter(callee, given);
    } catch (failure) {
      if (!(failure instanceof RunFailure)) throw failure;
      if (rules.breaks("a failed callee yields Unit")) return { kind: "Unit" };
      throw rules.breaks("a callee's failure is Runtime")
        ? new RunFailure("Runtime", failure.message)
        : failure;
    } finally {
      this.#depth--;
    }
    if (bind !== undefined && !isFree) this.#leaveContract(bind, value, this.ticks - before.ticks);
    if (rules.breaks("a callee's effects are lost")) this.effects.length = before.effects;
    if (rules.breaks("calls take no time")) this.ticks = before.ticks;
    return value;
  }

  // ── contracts ────────────────────────────────────────────────────────────────────────────────────────────────────

  #enterContract(bind: ModelBind, callee: ModelProc, args: readonly ModelValue[]): void {
    const { rules } = this;
    if (rules.breaks("contracts ignored")) return;
    if (hasUnknownClause(bind) && !rules.breaks("unknown clause ignored")) {
      violated(rules, "unknown clause");
    }
    const hasEffects = isEffectful(this.program, callee, rules) ||
      this.#endsOf(bind).some((proc) => isEffectful(this.program, proc, rules));
    if (hasEffects && !this.#grants(bind, "effects_allowed")) violated(rules, "effects");
    if (args.some(holdsWitness) && !this.#grants(bind, "witness_transfer")) {
      violated(rules, "witness");
    }
  }

  /** The process whose effects `effects_allowed` speaks of besides the callee: the target. */
  #endsOf(bind: ModelBind): readonly ModelProc[] {
    return this.program.forges.flatMap((forge) => {
      if (!forge.binds.includes(bind)) return [];
      const target = resolveIn(this.program, forge.name, bind.target);
      return target.kind === "proc" ? [target.proc] : [];
    });
  }

  #grants(bind: ModelBind, key: string): boolean {
    const { rules } = this;
    const stated = bind.clauses.filter((clause) => clause.key === key);
    if (rules.breaks("effects_allowed ignored") && key === "effects_allowed") return true;
    if (rules.breaks("witness_transfer ignored") && key === "witness_transfer") return true;
    if (stated.length === 0) return rules.breaks("what is not stated is granted");
    return stated.every(({ value }) => value === "true");
  }

  #leaveContract(bind: ModelBind, value: ModelValue | undefined, ticks: number): void {
    const { rules } = this;
    if (rules.breaks("contracts ignored")) return;
    const isLeaking = value !== undefined && holdsWitness(value);
    if (isLeaking && !this.#grants(bind, "witness_transfer")) violated(rules, "witness");
    if (rules.breaks("latency ignored")) return;
    const cost = ticks * (rules.breaks("a tick is one microsecond") ? 1 : this.limits.tickUs);
    const latencies = bind.clauses.filter(({ key }) => key === "latency_us");
    const broken = latencies.filter((clause) => !holds(cost, clause.op, Number(clause.value)));
    const isBroken = rules.breaks("one clause is enough")
      ? broken.length > 0 && bind.clauses.length === broken.length
      : broken.length > 0;
    const isOnEdge = rules.breaks("a bound includes its end") &&
      broken.every((clause) => clause.op === "<" && cost === Number(clause.value));
    if (isBroken && !isOnEdge) violated(rules, "latency");
  }

  #deadline(proc: ModelProc, ticks: number): void {
    if (this.rules.breaks("deadlines ignored")) return;
    for (const use of proc.uses) {
      const deadline = use.args.find(({ name }) => name === "deadline_us")?.value;
      if (use.resource !== "Timer" || typeof deadline !== "bigint") continue;
      if (BigInt(ticks * this.limits.tickUs) > deadline) {
        throw new RunFailure("TimeViolation", `deadline of ${proc.name}`);
      }
    }
  }

  // ── statements ───────────────────────────────────────────────────────────────────────────────────────────────────

  #block(block: readonly Statement[], scope: Scope, frame: Frame): Flow {
    const { rules } = this;
    for (const statement of this.#inOrder(block)) {
      const flow = this.#statement(statement, scope, frame);
      frame.constraints.settle();
      if (flow.kind === "return" && rules.breaks("statements after return run")) {
        const after = block.slice(block.indexOf(statement) + 1);
        this.#block(after, scope, frame);
      }
      if (flow.kind !== "next") return flow;
    }
    frame.constraints.close(scope);
    return NEXT;
  }

  /** A constraint counts wherever it stands, after a return too (CON-03): it is decided before control leaves. */
  #inOrder(block: readonly Statement[]): readonly Statement[] {
    const { rules } = this;
    const leaving = block.find(leaves);
    const end = leaving === undefined ? block.length : block.indexOf(leaving);
    const late = rules.breaks("constraints after return ignored")
      ? []
      : block.slice(end + 1).filter(({ kind }) => kind === "Constrain");
    const before = [...block.slice(0, end), ...late];
    const rest = leaving === undefined ? [] : [leaving];
    if (!rules.breaks("effects run last")) return [...before, ...rest];
    const isEffect = ({ kind }: Statement) => kind === "Effect";
    return [...before.filter((other) => !isEffect(other)), ...before.filter(isEffect), ...rest];
  }

  #tick(): void {
    if (this.ticks + 1 > this.limits.ticks) throw new RunFailure("Runtime", "tick limit");
  }

  #statement(statement: Statement, scope: Scope, frame: Frame): Flow {
    const { proc } = frame;
    if (statement.kind === "Return") {
      if (this.rules.breaks("return counts a tick")) this.ticks++;
      return { kind: "return", value: this.#returned(proc, statement.expr, scope) };
    }
    this.#tick();
    switch (statement.kind) {
      case "Let": {
        const value = this.#evaluate(proc, statement.expr, scope);
        this.#bind(statement.name, value, scope, frame);
        return this.#done();
      }
      case "Call": {
        const value = this.#evaluate(proc, statement.expr, scope);
        if (statement.result !== undefined) this.#bind(statement.result, value, scope, frame);
        return this.#done();
      }
      case "Assign": {
        const value = this.#local(
          proc,
          statement.name,
          this.#evaluate(proc, statement.expr, scope),
        );
        const changed = scope.assign(statement.name, value);
        if (!this.rules.breaks("constraints not checked again")) {
          frame.constraints.reopen(statement.name, changed);
        }
        return this.#done();
      }
      case "Constrain":
        this.#constrain(statement, scope, frame);
        return this.rules.breaks("constraints take no time") ? NEXT : this.#done();
      case "Prove":
        return this.#prove(statement, scope, frame);
      case "Effect":
        return this.#effect(statement, scope, frame);
      case "If": {
        const taken = this.#evaluate(proc, statement.expr, scope);
        this.#done();
        if (isTrue(taken)) return this.#block(statement.then, scope.inner(statement.then), frame);
        const otherwise = statement.otherwise ?? [];
        return this.#block(otherwise, scope.inner(otherwise), frame);
      }
      case "While":
        return this.#while(statement, scope, frame);
      case "For":
        return this.#for(statement, scope, frame);
      case "Break":
      case "Continue":
        this.#done();
        return { kind: statement.kind === "Break" ? "break" : "continue" };
      case "Memory":
        throw new RunFailure("Runtime", "memory statements are not executed");
    }
  }

  #done(): Flow {
    this.#tick(); // calls may have used up what was left
    this.ticks++;
    return NEXT;
  }

  #bind(name: string, value: ModelValue, scope: Scope, frame: Frame): void {
    scope.bind(name, this.#local(frame.proc, name, value));
  }

  /** What a declared local holds is of its type (DIR v0.2). */
  #local(proc: ModelProc, name: string, value: ModelValue): ModelValue {
    const declared = proc.locals.find((local) => local.name === name);
    const type = declared && typeNamed(this.program, proc.forge, declared.ty);
    return type === undefined ? value : enterType(value, type, this.rules);
  }

  #returned(
    proc: ModelProc,
    expr: Expression | undefined,
    scope: Scope,
  ): ModelValue | undefined {
    if (expr === undefined) return undefined;
    const value = this.#evaluate(proc, expr, scope);
    if (proc.ret === undefined) {
      return this.rules.breaks("an untyped return is lost") ? undefined : value;
    }
    const type = typeNamed(this.program, proc.forge, proc.ret);
    return type === undefined ? value : enterType(value, type, this.rules);
  }

  #while(statement: Extract<Statement, { kind: "While" }>, scope: Scope, frame: Frame): Flow {
    for (;;) {
      this.#tick();
      const goes = isTrue(this.#evaluate(frame.proc, statement.expr, scope));
      this.#done();
      frame.constraints.settle();
      if (!goes) return NEXT;
      const flow = this.#block(statement.body, scope.inner(statement.body), frame);
      if (flow.kind === "break") return NEXT;
      if (flow.kind === "return") return flow;
    }
  }

  #for(statement: Extract<Statement, { kind: "For" }>, scope: Scope, frame: Frame): Flow {
    const start = intOf(this.#evaluate(frame.proc, statement.start, scope));
    const end = intOf(this.#evaluate(frame.proc, statement.end, scope));
    for (let next = start;; next++) {
      this.#tick();
      this.#done();
      if (next >= end) return NEXT;
      const loop = new Scope(scope, []);
      loop.bind(statement.name, { kind: "Int", value: next });
      const flow = this.#block(statement.body, loop.inner(statement.body), frame);
      if (flow.kind === "break") return NEXT;
      if (flow.kind === "return") return flow;
    }
  }

  #constrain(
    statement: Extract<Statement, { kind: "Constrain" }>,
    scope: Scope,
    frame: Frame,
  ): void {
    const { rules } = this;
    const { regime, body } = frame.proc;
    const all = body.filter(({ kind }) => kind === "Constrain");
    const isIgnored = rules.breaks("constraints ignored") ||
      (rules.breaks("constraints outside Φ ignored") && regime !== "Φ") ||
      (rules.breaks("only the first constraint counts") && all[0] !== statement) ||
      (rules.breaks("only the last constraint counts") && all.at(-1) !== statement) ||
      (rules.breaks("a caller's constraints spare its calls") && callsBefore(body, statement));
    if (!isIgnored) frame.constraints.add(statement, scope);
  }

  #effect(
    statement: Extract<Statement, { kind: "Effect" }>,
    scope: Scope,
    frame: Frame,
  ): Flow {
    const { rules } = this;
    const value = this.#evaluate(frame.proc, statement.expr, scope);
    if (statement.effect === "expr") return this.#done();
    const kind = rules.breaks("every effect is an emit") ? "emit" : statement.effect;
    const effect = { kind, payload: payloadOf(value), value };
    const previous = this.effects.at(-1);
    const isAgain = previous?.kind === kind && previous.payload === effect.payload;
    const isLost = (isAgain && rules.breaks("equal effects merge")) ||
      (kind === "observe" && rules.breaks("observe leaves no record"));
    if (!isLost) this.effects.push(effect);
    if (rules.breaks("effects happen twice")) this.effects.push(effect);
    return this.#done();
  }

  #prove(statement: Extract<Statement, { kind: "Prove" }>, scope: Scope, frame: Frame): Flow {
    const { proc, params } = frame;
    const source = this.#evaluate(proc, statement.expr, scope);
    const isFalse = source.kind === "Bool" && !source.value;
    if (isFalse && !this.rules.breaks("anything is proved")) {
      throw new RunFailure("Inadmissible", "the source of a proof is false");
    }
    const constraints = allStatements(proc.body).flatMap((other) =>
      other.kind === "Constrain" ? [other.text] : []
    );
    const configuration = [...params].map(([name, value]) =>
      `${JSON.stringify(name)}:${tagged(value)}`
    );
    const attested = this.rules.breaks("a witness attests no constraints") ? [] : constraints;
    const text = `{"proc":${JSON.stringify(proc.name)},"constraints":${
      JSON.stringify(attested)
    },"from":${JSON.stringify(statement.text)},"configuration":{${configuration.join(",")}}}`;
    const string = (value: string): ModelValue => ({ kind: "String", value });
    scope.bind(statement.name, {
      kind: "Struct",
      ty: "PhiWitness",
      fields: new Map([
        ["kind", string("Admissible")],
        ["id", string(`Φwitness:${++this.#witnesses}`)],
        ["constraint_digest", string(`sha256:${createHash("sha256").update(text).digest("hex")}`)],
        ["note", string("all constraints of the process hold")],
      ]),
    });
    return this.#done();
  }

  #evaluate(proc: ModelProc, expr: Expression, scope: Scope): ModelValue {
    return new Evaluation(this, proc, scope).value(expr);
  }
}

/** Whether a clause has an attribute that the language does not define. */
export function hasUnknownClause(bind: ModelBind): boolean {
  const known = ["witness_transfer", "effects_allowed", "latency_us", "linearity_enforced"];
  return bind.clauses.some(({ key }) => !known.includes(key));
}

function isTrue(value: ModelValue): boolean {
  return value.kind === "Bool" && value.value;
}

function intOf(value: ModelValue): bigint {
  return value.kind === "Int" ? value.value : 0n;
}

function callsBefore(body: readonly Statement[], statement: Statement): boolean {
  return body.slice(0, body.indexOf(statement)).some(({ kind }) => kind === "Call");
}

function violated(rules: Rules, clause: string): never {
  const kind = rules.breaks("a broken contract is Inadmissible")
    ? "Inadmissible"
    : "ContractViolation";
  throw new RunFailure(kind, clause);
}

function holds(cost: number, op: string, bound: number): boolean {
  switch (op) {
    case "<":
      return cost < bound;
    case "<=":
      return cost <= bound;
    case ">":
      return cost > bound;
    case ">=":
      return cost >= bound;
    default:
      return cost === bound;
  }
}

function holdsWitness(value: ModelValue): boolean {
  if (value.kind === "Array") return value.items.some(holdsWitness);
  return value.kind === "Struct" &&
    (value.ty === "PhiWitness" || [...value.fields.values()].some(holdsWitness));
}
