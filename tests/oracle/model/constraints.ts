/**
 * Constraints of one process while it runs (CON-03 to CON-14; semantics.md, second round, "Constraints and early exits").
 *
 * A constraint is in force from where it is reached to the end of the process, in whatever block it stands. It is decided as
 * soon as all its names are bound, and again at each later assignment to one of them.
 *
 * @module
 */
import type { Binding, Names } from "./bindings.ts";
import { callsIn, mentionsIn } from "./expression.ts";
import type { Statement, StatementOf } from "./program.ts";
import { type Rules, RunFailure } from "./rules.ts";
import type { Steps } from "./steps.ts";
import type { ModelValue } from "./values.ts";

export type Constrain = StatementOf<"Constrain">;

/** What a binding holds. A binding that is made again, in another round of a loop, has another cell. */
export interface Cell {
  value: ModelValue;
  /** The order of bindings. */
  readonly order: number;
}

/** A constraint in force, with the cells that its names meant where it was reached. */
export interface InForce {
  readonly statement: Constrain;
  readonly cells: Map<Binding, Cell>;
  isOpen: boolean;
}

/** What the constraints of a process are decided in. */
export interface ConstraintContext {
  readonly names: Names;
  readonly rules: Rules;
  cellOf(binding: Binding): Cell | undefined;
  /** Other threads may come before a verdict that takes a turn. */
  next(): Steps<void>;
  /** A verdict has taken its turn. */
  decided(): void;
  /** The value of a predicate, its names read from these cells. */
  decide(statement: Constrain, cells: ReadonlyMap<Binding, Cell>): Steps<ModelValue>;
}

/** The constraints that a process has reached. */
export class Constraints {
  readonly #context: ConstraintContext;
  readonly #reached = new Set<Constrain>();
  #inForce: InForce[] = [];

  constructor(context: ConstraintContext) {
    this.#context = context;
  }

  hasReached(statement: Constrain): boolean {
    return this.#reached.has(statement);
  }

  /** Those that are decided, in the order in which they were reached. */
  decided(): readonly InForce[] {
    return this.#inForce.filter(({ isOpen }) => !isOpen);
  }

  /** A constraint is reached. */
  *reach(statement: Constrain): Steps<void> {
    this.#reached.add(statement);
    this.#add(statement);
    yield* this.settle();
  }

  /** A constraint that was not reached is executed at the exit; one of a name that was never bound holds. */
  *atExit(statement: Constrain): Steps<void> {
    const cells = new Map<Binding, Cell>();
    for (const binding of this.namesOf(statement)) {
      const cell = this.#context.cellOf(binding);
      if (cell !== undefined) cells.set(binding, cell);
      else if (this.#context.rules.breaks("a constraint whose name was never bound is false")) {
        throw new RunFailure("Inadmissible", statement.text);
      } else return;
    }
    this.#reached.add(statement);
    yield* this.#decide([{ statement, cells }]);
  }

  /** Decides every open constraint whose names are all bound. */
  *settle(): Steps<void> {
    const due = this.#inForce.filter((entry) => entry.isOpen && this.#isBound(entry));
    for (const entry of due) entry.isOpen = false;
    yield* this.#decide(due);
  }

  /** Verdicts belong to what made them due; where one calls a process, each takes a turn. */
  *#decide(due: readonly Pick<InForce, "statement" | "cells">[]): Steps<void> {
    const isStepped = due.some(({ statement }) => callsIn(statement.expr).length > 0);
    for (const { statement, cells } of due) {
      const value = yield* this.#context.decide(statement, cells);
      if (isStepped) yield* this.#context.next();
      this.#judge(statement, value);
      if (isStepped) this.#context.decided();
    }
  }

  /** A name is assigned: what mentions it must hold again. */
  assigned(binding: Binding): void {
    const cell = this.#context.cellOf(binding);
    for (const entry of this.#inForce) {
      if (cell !== undefined && entry.cells.get(binding) === cell) entry.isOpen = true;
    }
  }

  /** A block ends: constraints that wait for a name of it wait for nothing. */
  close(block: readonly Statement[]): void {
    this.#inForce = this.#inForce.filter((entry) =>
      !entry.isOpen || this.#isBound(entry) ||
      !this.namesOf(entry.statement).some((binding) =>
        binding.block === block && !entry.cells.has(binding)
      )
    );
  }

  /** The bindings that a constraint mentions, each once. */
  namesOf({ expr }: Constrain): readonly Binding[] {
    const bindings = mentionsIn(expr).flatMap((mention) =>
      this.#context.names.meaning(mention) ?? []
    );
    return [...new Set(bindings)].filter(({ origin }) => origin !== "pattern");
  }

  #add(statement: Constrain): void {
    const entry: InForce = { statement, cells: new Map(), isOpen: true };
    this.#isBound(entry);
    // The same constraint over the same cells is one constraint, and one whose names never change is not decided again.
    const isFixed = !this.namesOf(statement).some((name) => this.#context.names.isAssigned(name));
    this.#inForce = this.#inForce.filter((other) =>
      other.statement !== statement || other.isOpen ||
      (!isFixed && !isSame(other.cells, entry.cells))
    );
    this.#inForce.push(entry);
  }

  /** Looks up the cells that are still missing; whether all are there. */
  #isBound({ statement, cells }: InForce): boolean {
    const bindings = this.namesOf(statement);
    for (const binding of bindings) {
      const cell = cells.get(binding) ?? this.#context.cellOf(binding);
      if (cell !== undefined) cells.set(binding, cell);
    }
    return bindings.every((binding) => cells.has(binding));
  }

  #judge(statement: Constrain, value: ModelValue): void {
    if (value.kind === "Bool" && value.value) return;
    if (value.kind !== "Bool" && this.#context.rules.breaks("any predicate type")) return;
    throw new RunFailure("Inadmissible", statement.text);
  }
}

function isSame(a: ReadonlyMap<Binding, Cell>, b: ReadonlyMap<Binding, Cell>): boolean {
  return a.size === b.size && [...a].every(([binding, cell]) => b.get(binding) === cell);
}
