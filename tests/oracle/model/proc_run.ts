/**
 * One process while it runs: a recursive walk over its statements (K-01 to K-13, EFF-02, EFF-03, TIM-02; semantics.md, "Time").
 *
 * @module
 */
import type { Binding } from "./bindings.ts";
import { type Cell, Constraints } from "./constraints.ts";
import { evaluate, intOf, settle } from "./evaluate.ts";
import { exitConstraints, type OpenBlock } from "./exits.ts";
import type { Expression } from "./expression.ts";
import type { Meaning } from "./meaning.ts";
import type { ModelProc, Statement, StatementOf } from "./program.ts";
import { type Rules, RunFailure } from "./rules.ts";
import type { RunContext } from "./run_context.ts";
import { constrain, inOrder, perform } from "./statements.ts";
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
  readonly #cells = new Map<Binding, Cell>();
  readonly #blocks: OpenBlock[] = [];
  #bindings = 0;
  /** Handles that calls have given to the statement that is executed. */
  #unbound: ModelValue[] = [];

  constructor(run: RunContext, proc: ModelProc, params: ReadonlyMap<string, ModelValue>) {
    this.run = run;
    this.proc = proc;
    this.rules = run.lookup.rules;
    this.meaning = run.meanings.of(proc);
    this.#params = params;
    this.constraints = new Constraints({
      names: this.meaning.names,
      rules: this.rules,
      cellOf: (binding) => this.cellOf(binding),
      decide: ({ expr }, cells) => this.#evaluate(expr, cells),
    });
  }

  /** Executes the body; the value that it returns, if any. */
  execute(): ModelValue | undefined {
    for (const binding of this.meaning.names.params) {
      const value = this.#params.get(binding.name);
      if (value !== undefined) this.#bind(binding, value);
    }
    if (this.rules.breaks("a constraint on an assigned name reaches back")) this.#reachBack();
    const flow = this.#block(this.proc.body);
    if (flow.kind !== "return") {
      this.#loseNames(this.#namesOf(this.proc.body));
      return undefined;
    }
    this.#lose(flow.value);
    this.#loseNames([...this.#cells.keys()], flow.value);
    return flow.value;
  }

  /** What a binding holds now. */
  cellOf(binding: Binding): Cell | undefined {
    const cell = this.#cells.get(binding);
    if (cell !== undefined) return cell;
    if (!this.rules.breaks("an inner name completes a constraint of the body")) return undefined;
    return [...this.#cells].findLast(([{ name }]) => name === binding.name)?.[1];
  }

  /** The value of an expression here. */
  value(expr: Expression): ModelValue {
    return this.#evaluate(expr, new Map());
  }

  #evaluate(expr: Expression, cells: ReadonlyMap<Binding, Cell>): ModelValue {
    return evaluate(expr, {
      lookup: this.run.lookup,
      proc: this.proc,
      meaning: this.meaning,
      read: (binding) => (cells.get(binding) ?? this.cellOf(binding))?.value,
      bind: (binding, value) => this.#bind(binding, value),
      call: (callee, args) => this.#given(this.run.call(this.proc, callee, args)),
      operate: (name, args) => this.#given(this.run.operate(name, args)) ?? UNIT,
      named: (name) => [...this.#cells].findLast(([binding]) => binding.name === name)?.[1].value,
    });
  }

  /** What a call gives to the statement that is executed. */
  #given(value: ModelValue | undefined): ModelValue | undefined {
    if (value?.kind === "Mem") this.#unbound.push(value);
    return value;
  }

  /** What a name or the caller gets of a handle: a name is copied, and what a call gave is moved. */
  #moved(expr: Expression, value: ModelValue): ModelValue {
    if (value.kind !== "Mem" || expr.kind !== "name") return value;
    return this.run.memory.copy(value);
  }

  /** A statement ends: what it was given and neither bound nor returned is lost. */
  #lose(bound: ModelValue | undefined): void {
    const lost = this.#unbound;
    this.#unbound = [];
    if (this.rules.breaks("an unbound holder is no leak")) return;
    for (const value of lost) {
      const isKept = bound?.kind === "Mem" && value.kind === "Mem" && bound.holder === value.holder;
      if (!isKept) this.run.memory.lose(value);
    }
  }

  /** The scope of names ends: what they still hold is lost. Parameters name the holder of the caller. */
  #loseNames(names: Iterable<Binding>, returned?: ModelValue): void {
    for (const binding of names) {
      const value = binding.origin === "let" ? this.#cells.get(binding)?.value : undefined;
      const isMoved = value?.kind === "Mem" && returned?.kind === "Mem" &&
        value.holder === returned.holder;
      if (!isMoved) this.run.memory.lose(value);
    }
  }

  #namesOf(block: readonly Statement[]): Binding[] {
    return block.flatMap((statement) => this.meaning.names.boundBy(statement) ?? []);
  }

  #bind(binding: Binding | undefined, value: ModelValue): void {
    if (binding !== undefined) this.#cells.set(binding, { value, order: this.#bindings++ });
  }

  #reachBack(): void {
    for (const statement of this.proc.body) {
      if (statement.kind !== "Constrain") continue;
      const names = this.constraints.namesOf(statement);
      const isAssigned = names.some((binding) => this.meaning.names.isAssigned(binding));
      if (isAssigned) this.constraints.reach(statement);
    }
  }

  // ── blocks and statements ────────────────────────────────────────────────────────────────────────────────────────

  #block(block: readonly Statement[]): Flow {
    for (const statement of block) {
      const binding = this.meaning.names.boundBy(statement);
      if (binding !== undefined) this.#cells.delete(binding); // a new round has new names
    }
    const open: OpenBlock = { block, at: undefined };
    this.#blocks.push(open);
    for (const statement of inOrder(block, this.rules)) {
      open.at = statement;
      const flow = this.#statement(statement);
      if (flow.kind !== "return") this.#settle();
      if (flow.kind === "return" && this.rules.breaks("statements after return run")) {
        this.#block(block.slice(block.indexOf(statement) + 1));
      }
      if (flow.kind === "next") continue;
      if (flow.kind !== "return") this.#broken(block, statement);
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
    if (!this.rules.breaks("the end of a block loses nothing")) this.#loseNames(names);
    for (const name of names) {
      if (this.#cells.get(name)?.value.kind === "Mem") this.#cells.delete(name);
    }
  }

  #settle(): void {
    if (!this.rules.breaks("an assignment is checked at the exit only")) this.constraints.settle();
  }

  /** `break` and `continue` do not make unreached constraints count, unless a bug is planted. */
  #broken(block: readonly Statement[], at: Statement): void {
    if (!this.rules.breaks("break makes unreached constraints count")) return;
    for (const statement of block.slice(block.indexOf(at) + 1)) {
      if (statement.kind === "Constrain") this.constraints.reach(statement);
    }
  }

  #statement(statement: Statement): Flow {
    if (statement.kind === "Return") return this.#return(statement);
    this.run.clock.begin();
    switch (statement.kind) {
      case "Let":
      case "Call": {
        const value = this.value(statement.expr);
        const binding = this.meaning.names.boundBy(statement);
        if (binding === undefined) return this.#done();
        const moved = this.#moved(statement.expr, value);
        this.#bind(binding, this.#held(binding, moved));
        return this.#done(moved);
      }
      case "Assign": {
        const value = this.value(statement.expr);
        const target = this.meaning.names.target(statement);
        const cell = target && this.cellOf(target);
        if (target !== undefined && cell !== undefined) {
          const moved = this.#moved(statement.expr, value);
          const earlier = cell.value;
          cell.value = this.#held(target, moved);
          this.#done(moved);
          if (!this.rules.breaks("an overwritten holder is no leak")) this.run.memory.lose(earlier);
          const isForgotten = this.rules.breaks("constraints not checked again");
          if (!isForgotten) this.constraints.assigned(target);
        }
        return NEXT;
      }
      case "Constrain":
        // It is executed by being in force; its predicate is evaluated then or later, and only calls in it take time.
        if (this.#constraintsTakeTime()) this.#done();
        constrain(this, statement);
        if (this.rules.breaks("a constraint is decided before its tick")) this.#done();
        return NEXT;
      case "Prove":
        return this.#prove(statement);
      case "Effect":
        perform(this, statement);
        return this.#done();
      case "If": {
        const taken = isTrue(this.value(statement.expr));
        this.#done();
        return this.#block(taken ? statement.then : statement.otherwise ?? []);
      }
      case "While":
        return this.#while(statement);
      case "For":
        return this.#for(statement);
      case "Break":
      case "Continue":
        this.#done();
        return { kind: statement.kind === "Break" ? "break" : "continue" };
    }
  }

  #done(bound?: ModelValue): Flow {
    this.run.clock.complete();
    this.#lose(bound);
    return NEXT;
  }

  /** What a name holds is of its declared type, or of the type that all its uses decide. */
  #held(binding: Binding, value: ModelValue): ModelValue {
    const declared = this.proc.locals.find((local) => local.name === binding.name);
    const { program } = this.run.lookup;
    const type = declared && typeNamed(program, this.proc.home, declared.ty, this.rules);
    if (type !== undefined) return enterType(value, type, this.rules);
    return settle(value, this.meaning.types.typeOfBinding(binding), this.rules);
  }

  #prove(statement: StatementOf<"Prove">): Flow {
    const source = this.value(statement.expr);
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
    return this.#done();
  }

  #while({ expr, body }: StatementOf<"While">): Flow {
    for (;;) {
      this.run.clock.begin();
      const goes = isTrue(this.value(expr));
      this.#done();
      this.#settle();
      if (!goes) return NEXT;
      const flow = this.#block(body);
      if (flow.kind === "break") return NEXT;
      if (flow.kind === "return") return flow;
    }
  }

  /** The bounds are evaluated once; each look at them counts a tick, the last one included. */
  #for(statement: StatementOf<"For">): Flow {
    const start = intOf(this.value(statement.start));
    const end = intOf(this.value(statement.end));
    for (let next = start;; next++) {
      this.run.clock.begin();
      this.#done();
      if (next >= end) return NEXT;
      const binding = this.meaning.names.boundBy(statement);
      if (binding !== undefined) this.#cells.delete(binding);
      this.#bind(binding, { kind: "Int", value: next });
      const flow = this.#block(statement.body);
      if (flow.kind === "break") return NEXT;
      if (flow.kind === "return") return flow;
    }
  }

  // ── the exit ─────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Constraints that were not reached are executed first, then the expression. */
  #return({ expr }: StatementOf<"Return">): Flow {
    if (this.rules.breaks("return counts a tick")) this.run.clock.ticks++;
    const isLate = this.rules.breaks("constraints at an exit follow the returned expression");
    if (!isLate) this.#leave();
    const value = expr === undefined ? undefined : this.#returned(expr);
    if (isLate) this.#leave();
    return { kind: "return", value };
  }

  #leave(): void {
    const isTimed = !this.rules.breaks("constraints at an exit take no time") &&
      this.#constraintsTakeTime();
    let last: RunFailure | undefined;
    for (const statement of exitConstraints(this, this.#blocks)) {
      if (isTimed) this.run.clock.begin();
      if (isTimed) this.run.clock.complete();
      try {
        constrain(this, statement, true);
      } catch (failure) {
        const isKept = this.rules.breaks("the last failing constraint is reported");
        if (!isKept || !(failure instanceof RunFailure)) throw failure;
        last = failure;
      }
    }
    if (last !== undefined) throw last;
    this.constraints.settle();
  }

  /** Whether the tick of a constraint comes where the text has it, before its predicate is evaluated. */
  #constraintsTakeTime(): boolean {
    return !this.rules.breaks("constraints take no time") &&
      !this.rules.breaks("a constraint is decided before its tick");
  }

  #returned(expr: Expression): ModelValue | undefined {
    const value = this.value(expr);
    const { ret, home } = this.proc;
    if (value.kind === "Mem") {
      const own = expr.kind === "name" ? this.meaning.names.meaning(expr)?.origin : undefined;
      this.run.memory.use(value);
      const isMoved = own === "let" || this.rules.breaks("a returned parameter is moved");
      return isMoved ? value : this.#moved(expr, value);
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
