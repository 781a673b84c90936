/**
 * Symbolic execution of the statements of a Φ process over all paths at once. Instead of forking, every value is merged
 * where paths join, and a path condition says where control reaches the current statement.
 *
 * Lets are definitions, calls are executed inline with their constraints, and loops are unrolled while control can stay in
 * them (each iteration spends work). A statement requires, wherever control reaches it, that everything it evaluates is
 * defined, a `Constrain` also its predicate and a `Prove` of a boolean its source.
 *
 * @module
 */
import { assert, unreachable } from "../../base/result.ts";
import type { Block, ExprText, Proc, Program, Stmt } from "../../dir/model.ts";
import { stmtsOf } from "../../dir/walk.ts";
import { slotsOf } from "../../expr/walk.ts";
import { UNIT } from "../../value/value.ts";
import type { WorkBudget } from "../number/work_budget.ts";
import { ConjunctCollector } from "./conjuncts.ts";
import { type EvaluationContext, ExpressionEvaluator } from "./expression_evaluator.ts";
import { type Frame, type LoopExits, newFrame } from "./frame.ts";
import { constraintsAtExit, type ReachedConstraint, slotsBoundBy } from "./constraint_scope.ts";
import type { Conjunct } from "./problem.ts";
import { fitGuarded } from "./symbolic_fit.ts";
import {
  type GuardedValue,
  mergeGuarded,
  mergeValues,
  plainValue,
  type SymbolicValue,
  termOfScalar,
  undefinedValue,
} from "./symbolic_value.ts";
import { type Term, TermGraph } from "./term.ts";
import { type Objective, OBJECTIVE_UNKNOWN } from "./objective.ts";

/** An objective counts after every statement. */
const OBJECTIVE_PLACE = Number.MAX_SAFE_INTEGER;

/** Executes a process over symbolic arguments, once. */
export class SymbolicExecutor implements EvaluationContext {
  readonly program: Program;
  readonly terms: TermGraph;
  path: Term;
  readonly #work: WorkBudget;
  readonly #conjuncts: ConjunctCollector;
  readonly #evaluator: ExpressionEvaluator;
  readonly #numbers = new Map<Proc, ReadonlyMap<Stmt, number>>();

  constructor(program: Program, work: WorkBudget) {
    this.program = program;
    this.terms = new TermGraph(work);
    this.path = this.terms.true;
    this.#work = work;
    this.#conjuncts = new ConjunctCollector(this.terms);
    this.#evaluator = new ExpressionEvaluator(this);
  }

  /**
   * Executes a process; returns what its statements require, and that the first unknown has the value of an objective, if there is one.
   * @throws BudgetExhausted
   */
  execute(proc: Proc, args: readonly SymbolicValue[], objective?: Objective): Conjunct[] {
    const defined = args.map((symbol) => ({ symbol, when: this.terms.true }));
    this.#run(proc, defined, { prefix: "", place: [] });
    if (objective !== undefined) this.#evaluateObjective(objective, defined);
    return this.#conjuncts.conjuncts();
  }

  #evaluateObjective({ proc, isNegated }: Objective, args: readonly GuardedValue[]): void {
    const prefix = `${proc.regime}::${proc.name}.`, call = { prefix, place: [OBJECTIVE_PLACE] };
    const { symbol, when } = this.#run(proc, args, call);
    const { terms } = this, value = termOfScalar(terms, symbol), [stmt] = proc.body;
    assert(stmt !== undefined, "an objective has a statement");
    const own = terms.variable(0, OBJECTIVE_UNKNOWN);
    const wanted = isNegated ? terms.arithmetic("sub", terms.int(0), value) : value;
    const term = terms.and(when, terms.eq(own, wanted));
    this.#conjuncts.add({ proc, ...call, numbers: this.#numbersOf(proc) }, { stmt, term });
  }

  inline(
    proc: Proc,
    args: readonly GuardedValue[],
    caller: Frame,
    stmt: Stmt,
  ): GuardedValue {
    return this.#run(proc, args, {
      prefix: `${proc.regime}::${proc.name}.`,
      place: [...caller.place, caller.numbers.get(stmt) ?? 0],
    });
  }

  #run(
    proc: Proc,
    args: readonly GuardedValue[],
    { prefix, place }: { readonly prefix: string; readonly place: readonly number[] },
  ): GuardedValue {
    if (place.length > CALL_DEPTH_MAX) this.#work.exhaust();
    const frame = newFrame({ proc, prefix, place, numbers: this.#numbersOf(proc) }, args);
    const path = this.path;
    this.#block(frame, proc.body);
    this.path = path;
    const none = proc.ret === undefined ? plainValue(this.terms, UNIT) : undefinedValue(this.terms);
    return frame.returned.reduceRight<GuardedValue>(
      (otherwise, { when, result }, index) =>
        index === frame.returned.length - 1
          ? result
          : mergeGuarded(this.terms, when, result, otherwise),
      none,
    );
  }

  #numbersOf(proc: Proc): ReadonlyMap<Stmt, number> {
    let numbers = this.#numbers.get(proc);
    if (numbers === undefined) {
      numbers = new Map([...stmtsOf(proc)].map((stmt, index) => [stmt, index]));
      this.#numbers.set(proc, numbers);
    }
    return numbers;
  }

  /** Requires a condition of a statement wherever control reaches it. */
  #require(frame: Frame, stmt: Stmt, condition: Term): void {
    this.#conjuncts.add(frame, { stmt, term: this.terms.implies(this.path, condition) });
  }

  #block(frame: Frame, block: Block): void {
    const leave = frame.constraints.enter();
    const open = { block, index: 0 };
    frame.open.push(open);
    for (const stmt of block) {
      if (this.path === this.terms.false) break;
      this.#work.spend(1);
      this.#stmt(frame, stmt);
      open.index++;
    }
    frame.open.pop();
    if (frame.open.length > 0) leave(slotsBoundBy(block));
  }

  #stmt(frame: Frame, stmt: Stmt): void {
    switch (stmt.kind) {
      case "Let":
        return this.#bind(frame, stmt, stmt.expr, stmt.name);
      case "Call":
        return this.#bind(frame, stmt, stmt.call, stmt.result);
      case "Index":
      case "Field":
        return this.#bind(frame, stmt, stmt.access, stmt.result);
      case "Assign":
        return this.#bind(frame, stmt, stmt.expr, stmt.name);
      case "Constrain": {
        const slots = slotsOf(stmt.predicate.expr);
        frame.constraints.add({ stmt, slots, when: this.path, kept: NONE_KEPT });
        return this.#evaluateReady(frame);
      }
      case "Prove": {
        const { symbol, when } = this.#evaluator.evaluate(frame, stmt, stmt.from.expr);
        const holds = symbol.kind === "term" && symbol.term.isBool ? symbol.term : this.terms.true;
        this.#require(frame, stmt, this.terms.and(when, holds));
        return this.#set(frame, stmt.slot, { symbol: { kind: "witness" }, when });
      }
      case "Effect": {
        const { when } = this.#evaluator.evaluate(frame, stmt, stmt.payload.expr);
        return this.#require(frame, stmt, when);
      }
      case "Return":
        return this.#return(frame, stmt);
      case "If":
        return this.#if(frame, stmt);
      case "While":
        return this.#while(frame, stmt);
      case "For":
        return this.#for(frame, stmt);
      case "Break":
      case "Continue": {
        const loop = frame.loops[frame.loops.length - 1];
        (stmt.kind === "Break" ? loop?.broken : loop?.continued)?.push(this.path);
        frame.jumps++;
        this.path = this.terms.false;
        return;
      }
      default:
        return unreachable(stmt);
    }
  }

  #bind(
    frame: Frame,
    stmt: Extract<Stmt, { slot: number }>,
    expr: ExprText,
    name: string | undefined,
  ): void {
    const value = this.#evaluator.evaluate(frame, stmt, expr.expr);
    const local = frame.proc.locals.find((declared) => declared.name === name);
    const fitted = local === undefined ? value : fitGuarded(this.terms, value, local.type);
    this.#require(frame, stmt, fitted.when);
    if (name === undefined) return;
    if (stmt.kind !== "Assign") return this.#set(frame, stmt.slot, fitted);
    const before = frame.cells[stmt.slot] ?? fitted;
    frame.cells[stmt.slot] = {
      symbol: mergeValues(this.terms, this.path, fitted.symbol, before.symbol),
      when: this.terms.choice(this.path, fitted.when, before.when),
    };
    this.#evaluateConstraints(frame, frame.constraints.reading(stmt.slot));
  }

  #set(frame: Frame, slot: number, value: GuardedValue): void {
    if (slot >= 0) frame.cells[slot] = value;
    this.#evaluateReady(frame);
  }

  /** Evaluates the constraints whose names have all been bound. */
  #evaluateReady(frame: Frame): void {
    this.#evaluateConstraints(frame, frame.constraints.takeReady());
  }

  #evaluateConstraints(frame: Frame, constraints: readonly ReachedConstraint[]): void {
    const path = this.path;
    for (const { stmt, when, kept } of constraints) {
      this.path = this.terms.and(path, when);
      const scope = kept.size === 0
        ? frame
        : { ...frame, cells: frame.cells.map((value, slot) => kept.get(slot) ?? value) };
      const value = this.#evaluator.evaluate(scope, stmt, stmt.predicate.expr);
      const holds = termOfScalar(this.terms, value.symbol);
      this.#require(frame, stmt, this.terms.and(value.when, holds));
    }
    this.path = path;
  }

  #return(frame: Frame, stmt: Extract<Stmt, { kind: "Return" }>): void {
    this.#evaluateAtExit(frame);
    let result: GuardedValue = { symbol: { kind: "plain", value: UNIT }, when: this.terms.true };
    if (stmt.expr !== undefined) {
      result = this.#evaluator.evaluate(frame, stmt, stmt.expr.expr);
      if (frame.proc.ret !== undefined) result = fitGuarded(this.terms, result, frame.proc.ret);
      this.#require(frame, stmt, result.when);
    }
    frame.returned.push({ when: this.path, result });
    frame.jumps++;
    this.path = this.terms.false;
  }

  /** Requires the constraints that the return makes count; one with a name that is not bound holds as a whole. */
  #evaluateAtExit(frame: Frame): void {
    const constraints = constraintsAtExit(frame.open).flatMap((stmt) => {
      const slots = slotsOf(stmt.predicate.expr);
      const isBound = slots.every((slot) => frame.cells[slot] !== undefined);
      return isBound ? [{ stmt, slots, when: this.path, kept: NONE_KEPT }] : [];
    });
    this.#evaluateConstraints(frame, constraints);
  }

  #if(frame: Frame, stmt: Extract<Stmt, { kind: "If" }>): void {
    const condition = this.#condition(frame, stmt, stmt.condition);
    const path = this.path, jumps = frame.jumps;
    this.path = this.terms.and(path, condition);
    this.#block(frame, stmt.thenBody);
    const afterThen = this.path;
    this.path = this.terms.and(path, this.terms.not(condition));
    if (stmt.elseBody !== undefined) this.#block(frame, stmt.elseBody);
    this.path = frame.jumps === jumps ? path : this.terms.or(afterThen, this.path);
  }

  #condition(frame: Frame, stmt: Stmt, expr: ExprText): Term {
    const { symbol, when } = this.#evaluator.evaluate(frame, stmt, expr.expr);
    this.#require(frame, stmt, when);
    return termOfScalar(this.terms, symbol);
  }

  #while(frame: Frame, stmt: Extract<Stmt, { kind: "While" }>): void {
    this.#loop(frame, () => this.#condition(frame, stmt, stmt.condition), stmt.body);
  }

  #for(frame: Frame, stmt: Extract<Stmt, { kind: "For" }>): void {
    const start = this.#evaluator.evaluate(frame, stmt, stmt.start.expr);
    const end = this.#evaluator.evaluate(frame, stmt, stmt.end.expr);
    this.#require(frame, stmt, this.terms.and(start.when, end.when));
    let next = termOfScalar(this.terms, start.symbol);
    let endIteration = frame.constraints.enter();
    this.#loop(frame, () => {
      endIteration([stmt.slot]);
      endIteration = frame.constraints.enter();
      frame.cells[stmt.slot] = { symbol: { kind: "term", term: next }, when: start.when };
      const stays = this.terms.lt(next, termOfScalar(this.terms, end.symbol));
      next = this.terms.arithmetic("add", next, this.terms.int(1));
      return stays;
    }, stmt.body);
    endIteration([stmt.slot]);
  }

  /** Unrolls a loop while control can stay in it. */
  #loop(frame: Frame, enters: () => Term, body: Block): void {
    const path = this.path;
    const loop: LoopExits = { broken: [], continued: [] };
    const returns = frame.returned.length;
    const left: Term[] = [];
    frame.loops.push(loop);
    while (this.path !== this.terms.false) {
      this.#work.spend(1);
      const entry = this.path;
      const condition = enters();
      left.push(this.terms.and(entry, this.terms.not(condition)));
      this.path = this.terms.and(entry, condition);
      if (this.path === this.terms.false) break;
      const jumps = frame.jumps;
      const inside = this.path;
      this.#block(frame, body);
      if (frame.jumps === jumps) this.path = inside;
      this.path = this.terms.anyOf([this.path, ...loop.continued]);
      loop.continued = [];
    }
    frame.loops.pop();
    this.path = frame.returned.length === returns
      ? path
      : this.terms.anyOf([...left, ...loop.broken]);
  }
}

/** Nested calls that are executed symbolically; more would overflow the host's stack. A recursion on an unknown has no end. */
const CALL_DEPTH_MAX = 200;

/** No name of a constraint has gone out of scope. */
const NONE_KEPT: ReadonlyMap<number, GuardedValue> = new Map();
