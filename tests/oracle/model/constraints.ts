/**
 * Constraints of one process while the model runs it: each is decided as soon as every name in it is bound, and again when a
 * name in it changes (CON-03 to CON-07, CON-14).
 *
 * @module
 */
import { type Expression, namesIn } from "./expression.ts";
import type { Statement } from "./program.ts";
import { type Rules, RunFailure } from "./rules.ts";
import type { Scope } from "./scope.ts";
import type { ModelValue } from "./types.ts";

type Constrain = Extract<Statement, { kind: "Constrain" }>;

interface Entry {
  readonly statement: Constrain;
  readonly scope: Scope;
  isOpen: boolean;
}

/** The constraints in force. */
export class Constraints {
  readonly #rules: Rules;
  readonly #evaluate: (expr: Expression, scope: Scope) => ModelValue;
  #entries: Entry[] = [];

  constructor(rules: Rules, evaluate: (expr: Expression, scope: Scope) => ModelValue) {
    this.#rules = rules;
    this.#evaluate = evaluate;
  }

  /** A constraint is reached; reaching it again replaces what an earlier round left in force. */
  add(statement: Constrain, scope: Scope): void {
    this.#entries = this.#entries.filter((entry) => entry.statement !== statement);
    this.#entries.push({ statement, scope, isOpen: true });
  }

  /** Decides every open constraint whose names are bound. */
  settle(): void {
    for (const entry of this.#entries) {
      const { expr } = entry.statement;
      if (!entry.isOpen || !namesIn(expr).every((name) => entry.scope.isReadable(name))) continue;
      entry.isOpen = false;
      const value = this.#evaluate(expr, entry.scope);
      if (value.kind === "Bool" && value.value) continue;
      if (value.kind !== "Bool" && this.#rules.breaks("any predicate type")) continue;
      throw new RunFailure("Inadmissible", entry.statement.text);
    }
  }

  /** A name changed: what mentions it must hold again. */
  reopen(name: string, changed: Scope | undefined): void {
    for (const entry of this.#entries) {
      const isAbout = namesIn(entry.statement.expr).includes(name) &&
        entry.scope.meaningOf(name) === changed;
      if (isAbout) entry.isOpen = true;
    }
  }

  /** A block ends: its names are gone, and the constraints over them with it. */
  close(scope: Scope): void {
    this.#entries = this.#entries.filter((entry) =>
      !namesIn(entry.statement.expr).some((name) => entry.scope.meaningOf(name) === scope)
    );
  }
}
