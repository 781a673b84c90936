/**
 * One process while it runs: a recursive walk over its statements (K-01 to K-13, EFF-02, EFF-03, TIM-02; semantics.md, "Time").
 *
 * @module
 */
import type { Binding } from "./bindings.ts";
import { evaluateInSteps } from "./evaluate_in_steps.ts";
import { type Cell, Constraints } from "./constraints.ts";
import { intOf, settle } from "./evaluate.ts";
import { exitConstraints, type OpenBlock } from "./exits.ts";
import type { Expression } from "./expression.ts";
import { FrameHolders } from "./frame_holders.ts";
import type { Meaning } from "./meaning.ts";
import type { ModelProc, Statement, StatementOf } from "./program.ts";
import { type Rules, RunFailure } from "./rules.ts";
import type { Request, RunContext } from "./run_context.ts";
import { constrain, inOrder, perform } from "./statements.ts";
import type { Steps, Wait } from "./steps.ts";
import { enterType, typeNamed } from "./types.ts";
import { type ModelValue, UNIT } from "./values.ts";
import { recordOf, witnessValue } from "./witness.ts";

/** How control goes on after a statement. */
type Flow =
  | { readonly kind: "next" | "break" | "continue" }
  | { readonly kind: "return"; readonly value: ModelValue | undefined };

const NEXT: Flow = { kind: "next" };

/** One process being executed. */
export class ProcRun {
  readonly run: RunContext;
  readonly proc: ModelProc;
  readonly rules: Rules;
  readonly meaning: Meaning;
  readonly constraints: Constraints;
  readonly #params: ReadonlyMap<string, ModelValue>;
  readonly #holders: FrameHolders;
  readonly #cells = new Map<Binding, Cell>();
  readonly #blocks: OpenBlock[] = [];
  #bindings = 0;

  /** `isThread` says that it is the first process of a thread which was spawned: its parameters hold what they were given. */
  constructor(
    run: RunContext,
    proc: ModelProc,
    { params, isThread }: {
      readonly params: ReadonlyMap<string, ModelValue>;
      readonly isThread: boolean;
    },
  ) {
    this.run = run;
    this.proc = proc;
    this.rules = run.lookup.rules;
    this.meaning = run.meanings.of(proc);
    this.#params = params;
    this.#holders = new FrameHolders({
      memory: run.memory,
      rules: this.rules,
      isThread,
      valueOf: (binding) => this.#cells.get(binding)?.value,
    });
    this.constraints = new Constraints({
      names: this.meaning.names,
      rules: this.rules,
      cellOf: (binding) => this.cellOf(binding),
      next: () => this.run.next(),
      decided: () => this.run.dispatched(true),
      decide: ({ expr }, cells) => this.#evaluate(expr, cells),
    });
  }

  /** Executes the body; the value that it returns, if any. */
  *execute(): Steps<ModelValue | undefined> {
    for (const binding of this.meaning.names.params) {
      const value = this.#params.get(binding.name);
      if (value !== undefined) this.#bind(binding, value);
    }
    this.run.dispatched();
    if (this.rules.breaks("a constraint on an assigned name reaches back")) {
      yield* this.#reachBack();
    }
    const flow = yield* this.#block(this.proc.body);
    yield* this.run.next();
    const returned = flow.kind === "return" ? flow.value : undefined;
    this.#holders.endStatement(returned);
    const names = flow.kind === "return"
      ? [...this.#cells.keys()]
      : [...this.meaning.names.params, ...this.#namesOf(this.proc.body)];
    this.#holders.endScope(names, returned);
    this.run.dispatched();
    return returned;
  }

  /** What a binding holds now. */
  cellOf(binding: Binding): Cell | undefined {
    const cell = this.#cells.get(binding);
    if (cell !== undefined) return cell;
    if (!this.rules.breaks("an inner name completes a constraint of the body")) return undefined;
    return [...this.#cells].findLast(([{ name }]) => name === binding.name)?.[1];
  }

  /** The value of an expression here. */
  value(expr: Expression): Steps<ModelValue> {
    return this.#evaluate(expr, new Map());
  }

  #evaluate(expr: Expression, cells: ReadonlyMap<Binding, Cell>): Steps<ModelValue> {
    return evaluateInSteps(expr, {
      lookup: this.run.lookup,
      proc: this.proc,
      meaning: this.meaning,
      read: (binding) => (cells.get(binding) ?? this.cellOf(binding))?.value,
      bind: (binding, value) => this.#bind(binding, value),
      answer: (request) => this.#answer(request),
      named: (name) => [...this.#cells].findLast(([binding]) => binding.name === name)?.[1].value,
    });
  }

  /** What a call or an operation gives to the statement that is executed. */
  *#answer(request: Request): Steps<ModelValue> {
    const value = yield* this.run.answer(this.proc, request);
    this.#holders.give(value);
    return value ?? UNIT;
  }

  #namesOf(block: readonly Statement[]): Binding[] {
    return block.flatMap((statement) => this.meaning.names.boundBy(statement) ?? []);
  }

  #bind(binding: Binding | undefined, value: ModelValue): void {
    if (binding !== undefined) this.#cells.set(binding, { value, order: this.#bindings++ });
  }

  *#reachBack(): Steps<void> {
    for (const statement of this.proc.body) {
      if (statement.kind !== "Constrain") continue;
      const names = this.constraints.namesOf(statement);
      const isAssigned = names.some((binding) => this.meaning.names.isAssigned(binding));
      if (isAssigned) yield* this.constraints.reach(statement);
    }
  }

  // ── blocks and statements ────────────────────────────────────────────────────────────────────────────────────────

  *#block(block: readonly Statement[]): Steps<Flow> {
    for (const statement of block) {
      const binding = this.meaning.names.boundBy(statement);
      if (binding !== undefined) this.#cells.delete(binding); // a new round has new names
    }
    const open: OpenBlock = { block, at: undefined };
    this.#blocks.push(open);
    for (const statement of inOrder(block, this.rules)) {
      open.at = statement;
      const flow = yield* this.#statement(statement);
      if (flow.kind !== "return") yield* this.#settle();
      if (flow.kind === "return" && this.rules.breaks("statements after return run")) {
        yield* this.#block(block.slice(block.indexOf(statement) + 1));
      }
      if (flow.kind === "next") continue;
      if (flow.kind !== "return") yield* this.#broken(block, statement);
      this.#blocks.pop();
      if (flow.kind !== "return") {
        this.#closeNames(block);
        this.constraints.close(block);
      }
      return flow;
    }
    this.#blocks.pop();
    if (block !== this.proc.body) {
      this.#closeNames(block);
      this.constraints.close(block);
    }
    return NEXT;
  }

  /** The names of a block end: each round of a loop has its own. */
  #closeNames(block: readonly Statement[]): void {
    const names = this.#namesOf(block);
    if (!this.rules.breaks("the end of a block loses nothing")) this.#holders.endScope(names);
    for (const name of names) {
      if (this.#cells.get(name)?.value.kind === "Mem") this.#cells.delete(name);
    }
  }

  *#settle(): Steps<void> {
    if (this.rules.breaks("an assignment is checked at the exit only")) return;
    yield* this.constraints.settle();
  }

  /** `break` and `continue` do not make unreached constraints count, unless a bug is planted. */
  *#broken(block: readonly Statement[], at: Statement): Steps<void> {
    if (!this.rules.breaks("break makes unreached constraints count")) return;
    for (const statement of block.slice(block.indexOf(at) + 1)) {
      if (statement.kind === "Constrain") yield* this.constraints.reach(statement);
    }
  }

  *#statement(statement: Statement): Steps<Flow> {
    yield* this.run.next(this.#waited(statement));
    if (statement.kind === "Return") return yield* this.#return(statement);
    this.run.clock.begin();
    switch (statement.kind) {
      case "Let":
      case "Call": {
        const value = yield* this.value(statement.expr);
        const binding = this.meaning.names.boundBy(statement);
        if (binding === undefined) return yield* this.#done();
        yield* this.run.next();
        const moved = this.#holders.moved(statement.expr, value);
        this.#bind(binding, this.#held(binding, moved));
        return yield* this.#done(moved);
      }
      case "Assign": {
        const value = yield* this.value(statement.expr);
        yield* this.run.next();
        const target = this.meaning.names.target(statement);
        const cell = target && this.cellOf(target);
        if (target !== undefined && cell !== undefined) {
          const moved = this.#holders.moved(statement.expr, value);
          const earlier = cell.value;
          cell.value = this.#held(target, moved);
          yield* this.#done(moved);
          if (!this.rules.breaks("an overwritten holder is no leak")) this.run.memory.lose(earlier);
          const isForgotten = this.rules.breaks("constraints not checked again");
          if (!isForgotten) this.constraints.assigned(target);
        }
        return NEXT;
      }
      case "Constrain":
        // It is executed by being in force; its predicate is evaluated then or later, and only calls in it take time.
        if (this.#constraintsTakeTime()) yield* this.#done();
        yield* constrain(this, statement);
        if (this.rules.breaks("a constraint is decided before its tick")) yield* this.#done();
        return NEXT;
      case "Prove":
        return yield* this.#prove(statement);
      case "Effect":
        yield* perform(this, statement);
        return yield* this.#done();
      case "If": {
        const taken = isTrue(yield* this.value(statement.expr));
        yield* this.#done();
        return yield* this.#block(taken ? statement.then : statement.otherwise ?? []);
      }
      case "While":
        return yield* this.#while(statement);
      case "For":
        return yield* this.#for(statement);
      case "Break":
      case "Continue":
        yield* this.#done();
        return { kind: statement.kind === "Break" ? "break" : "continue" };
    }
  }

  *#done(bound?: ModelValue): Steps<Flow> {
    yield* this.run.next();
    this.run.clock.complete();
    this.#holders.endStatement(bound);
    this.run.dispatched();
    return NEXT;
  }

  /** What a statement that waits for another thread waits for. */
  #waited(statement: Statement): Wait | undefined {
    if (!("expr" in statement) || statement.expr?.kind !== "call") return undefined;
    const { expr } = statement;
    const target = this.run.lookup.meaningOf(this.proc, expr);
    const [operand] = expr.args;
    if (target.kind !== "operation" || operand?.kind !== "name") return undefined;
    const binding = this.meaning.names.meaning(operand);
    return this.run.waitFor(target.name, binding && this.cellOf(binding)?.value);
  }

  /** What a name holds is of its declared type, or of the type that all its uses decide. */
  #held(binding: Binding, value: ModelValue): ModelValue {
    const declared = this.proc.locals.find((local) => local.name === binding.name);
    const { program } = this.run.lookup;
    const type = declared && typeNamed(program, this.proc.home, declared.ty, this.rules);
    if (type !== undefined) return enterType(value, type, this.rules);
    return settle(value, this.meaning.types.typeOfBinding(binding), this.rules);
  }

  *#prove(statement: StatementOf<"Prove">): Steps<Flow> {
    const source = yield* this.value(statement.expr);
    yield* this.run.next();
    const isFalse = source.kind === "Bool" && !source.value;
    if (isFalse && !this.rules.breaks("anything is proved")) {
      throw new RunFailure("Inadmissible", "the source of a proof is false");
    }
    const { proc, rules, constraints } = this;
    const { names } = this.meaning;
    const cellOf = (binding: Binding) => this.cellOf(binding);
    const record = recordOf(statement, { proc, names, rules, constraints, cellOf });
    const number = this.run.records.push(record);
    this.#bind(names.boundBy(statement), witnessValue(number, proc, statement.text, record));
    return yield* this.#done();
  }

  *#while({ expr, body }: StatementOf<"While">): Steps<Flow> {
    for (;;) {
      yield* this.run.next();
      this.run.clock.begin();
      const goes = isTrue(yield* this.value(expr));
      yield* this.#done();
      yield* this.#settle();
      if (!goes) return NEXT;
      const flow = yield* this.#block(body);
      if (flow.kind === "break") return NEXT;
      if (flow.kind === "return") return flow;
    }
  }

  /** The bounds are evaluated once; each look at them counts a tick, the last one included. */
  *#for(statement: StatementOf<"For">): Steps<Flow> {
    const start = intOf(yield* this.value(statement.start));
    const end = intOf(yield* this.value(statement.end));
    for (let next = start;; next++) {
      yield* this.run.next();
      this.run.clock.begin();
      yield* this.#done();
      if (next >= end) return NEXT;
      const binding = this.meaning.names.boundBy(statement);
      if (binding !== undefined) this.#cells.delete(binding);
      this.#bind(binding, { kind: "Int", value: next });
      const flow = yield* this.#block(statement.body);
      if (flow.kind === "break") return NEXT;
      if (flow.kind === "return") return flow;
    }
  }

  // ── the exit ─────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Constraints that were not reached are executed first, then the expression. */
  *#return({ expr }: StatementOf<"Return">): Steps<Flow> {
    if (this.rules.breaks("return counts a tick")) this.run.clock.count();
    const isLate = this.rules.breaks("constraints at an exit follow the returned expression");
    if (!isLate) yield* this.#leave();
    const value = expr === undefined ? undefined : yield* this.#returned(expr);
    if (isLate) yield* this.#leave();
    return { kind: "return", value };
  }

  *#leave(): Steps<void> {
    const isTimed = !this.rules.breaks("constraints at an exit take no time") &&
      this.#constraintsTakeTime();
    let last: RunFailure | undefined;
    for (const statement of exitConstraints(this, this.#blocks)) {
      yield* this.run.next();
      if (isTimed) this.run.clock.begin();
      if (isTimed) this.run.clock.complete();
      this.run.dispatched();
      try {
        yield* constrain(this, statement, true);
      } catch (failure) {
        const isKept = this.rules.breaks("the last failing constraint is reported");
        if (!isKept || !(failure instanceof RunFailure)) throw failure;
        last = failure;
      }
    }
    if (last !== undefined) throw last;
    yield* this.constraints.settle();
  }

  /** Whether the tick of a constraint comes where the text has it, before its predicate is evaluated. */
  #constraintsTakeTime(): boolean {
    return !this.rules.breaks("constraints take no time") &&
      !this.rules.breaks("a constraint is decided before its tick");
  }

  *#returned(expr: Expression): Steps<ModelValue | undefined> {
    yield* this.run.next();
    const value = yield* this.value(expr);
    yield* this.run.next();
    const { ret, home } = this.proc;
    if (value.kind === "Mem") {
      const binding = expr.kind === "name" ? this.meaning.names.meaning(expr) : undefined;
      this.run.memory.use(value);
      const isLocal = binding !== undefined && this.#holders.isOwn(binding);
      const isMoved = isLocal || this.rules.breaks("a returned parameter is moved");
      return isMoved ? value : this.#holders.moved(expr, value);
    }
    if (ret === undefined) {
      return this.rules.breaks("an untyped return is lost") ? undefined : value;
    }
    const type = typeNamed(this.run.lookup.program, home, ret, this.rules);
    return type === undefined ? value : enterType(value, type, this.rules);
  }
}

function isTrue(value: ModelValue): boolean {
  return value.kind === "Bool" && value.value;
}
