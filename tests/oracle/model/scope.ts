/**
 * Names and their values while the model runs: one scope for each open block.
 *
 * @module
 */
import type { Statement } from "./program.ts";
import type { ModelValue } from "./types.ts";

/** The names of one open block, and the block around it. */
export class Scope {
  readonly #outer: Scope | undefined;
  readonly #values = new Map<string, ModelValue>();
  /** Names that the block binds somewhere: a constraint of the block means these, bound yet or not. */
  readonly #ownNames: ReadonlySet<string>;

  constructor(outer: Scope | undefined, block: readonly Statement[]) {
    this.#outer = outer;
    this.#ownNames = new Set(
      block.flatMap((statement) =>
        statement.kind === "Let" || statement.kind === "Prove"
          ? [statement.name]
          : statement.kind === "Call" && statement.result !== undefined
          ? [statement.result]
          : []
      ),
    );
  }

  inner(block: readonly Statement[]): Scope {
    return new Scope(this, block);
  }

  bind(name: string, value: ModelValue): void {
    this.#values.set(name, value);
  }

  /** Changes a name where it is bound; that scope. */
  assign(name: string, value: ModelValue): Scope | undefined {
    const holder = this.holderOf(name);
    holder?.bind(name, value);
    return holder;
  }

  /** The value of a name that is bound. */
  read(name: string): ModelValue | undefined {
    return this.#values.get(name) ?? this.#outer?.read(name);
  }

  /** The innermost scope in which a name is bound. */
  holderOf(name: string): Scope | undefined {
    return this.#values.has(name) ? this : this.#outer?.holderOf(name);
  }

  /** The scope whose name a constraint of this block means, bound yet or not. */
  meaningOf(name: string): Scope | undefined {
    return this.#ownNames.has(name) || this.#values.has(name) ? this : this.#outer?.meaningOf(name);
  }

  /** Whether a constraint of this block can read a name now. */
  isReadable(name: string): boolean {
    return this.meaningOf(name)?.holds(name) ?? true;
  }

  /** Whether a name is bound in this very scope. */
  holds(name: string): boolean {
    return this.#values.has(name);
  }
}
