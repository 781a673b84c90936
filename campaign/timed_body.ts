/**
 * Bodies of the K processes of `timed.ts`: calls, loops, early returns, constraints and faults.
 *
 * @module
 */
import type { ProcTree, StatementTree } from "./artifact.ts";
import type { Random } from "./random.ts";

/** Where a statement is, which decides what it may be. */
interface Site {
  readonly depth: number;
  readonly isInLoop: boolean;
}

/** Makes one body. */
export class TimedBody {
  readonly #random: Random;
  readonly #callable: readonly ProcTree[];
  /** What is called inside a larger expression must have no effects. */
  readonly #hasEffects: boolean;
  #names = 0;

  constructor(random: Random, callable: readonly ProcTree[], hasEffects: boolean) {
    this.#random = random;
    this.#callable = callable;
    this.#hasEffects = hasEffects;
  }

  /** The statements, and constraints among and after them. */
  whole(): StatementTree[] {
    const random = this.#random;
    if (random.oneIn(8)) return [{ Return: { expr: random.pick(["1", "1 Div 0"]) } }];
    const body = [
      { Let: { name: "z", expr: "0" } },
      ...this.#block(5, { depth: 2, isInLoop: false }),
      { Return: { expr: this.#expr() } },
    ];
    for (let count = random.pick([0, 0, 0, 1, 2]); count > 0; count--) {
      const at = random.between(0, body.length);
      body.splice(at, 0, { Constrain: { predicate: this.#predicate() } });
    }
    return body;
  }

  /** One that calls takes time while it is evaluated, and may be false at the end of it. */
  #predicate(): string {
    const random = this.#random;
    const call = random.oneIn(2) ? this.#callText() : undefined;
    if (call !== undefined) {
      return `${call} ${random.pick(["Lt", "Gt"])} ${random.pick(["0", "9"])}`;
    }
    return random.oneIn(4) ? "2 Lt 1" : "1 Lt 2";
  }

  #fresh(): string {
    return `x${this.#names++}`;
  }

  #block(most: number, site: Site): StatementTree[] {
    return this.#random.list(0, most, () => this.#statement(site)).flat();
  }

  #statement(site: Site): StatementTree[] {
    const random = this.#random;
    switch (random.below(site.depth > 0 ? 11 : 7)) {
      case 0:
      case 1:
        return [{ Let: { name: this.#fresh(), expr: this.#expr() } }];
      case 2:
        return this.#hasEffects ? [{ Effect: { kind: "emit", payload: "1" } }] : [];
      case 3:
        return [{ Assign: { target: "z", expr: "0" } }];
      case 4:
      case 5:
        return this.#call();
      case 6:
        return random.oneIn(3) ? [{ Let: { name: this.#fresh(), expr: "1 Div z" } }] : [];
      case 7:
        return [this.#branch(site)];
      case 8:
        return [this.#counted(site)];
      case 9:
        return this.#repeated(site);
      default:
        return [this.#leaving(site)];
    }
  }

  #expr(): string {
    const random = this.#random;
    const operand = () => random.oneIn(2) ? this.#callText() ?? "1" : random.pick(["1", "2", "z"]);
    if (random.oneIn(3)) return operand();
    return `${operand()} ${random.pick(["Add", "Add", "Sub", "Div"])} ${operand()}`;
  }

  #callText(): string | undefined {
    if (this.#callable.length === 0) return undefined;
    const { name, params } = this.#random.pick(this.#callable);
    return params.length === 0 ? `${name}()` : `${name}(${this.#random.between(1, 5)})`;
  }

  #call(): StatementTree[] {
    const random = this.#random;
    if (this.#callable.length === 0) return [];
    const { name, params } = random.pick(this.#callable);
    const args = params.map(() => String(random.between(1, 5)));
    const result = random.oneIn(2) ? this.#fresh() : null;
    return [{ Call: { target: name, args, result } }];
  }

  #branch({ depth, isInLoop }: Site): StatementTree {
    const random = this.#random;
    const inner = { depth: depth - 1, isInLoop };
    return {
      If: {
        condition: random.pick(["1 Lt 2", "2 Lt 1", "z Lt 1"]),
        then_body: this.#block(3, inner),
        else_body: random.oneIn(2) ? null : this.#block(2, inner),
      },
    };
  }

  #counted({ depth }: Site): StatementTree {
    const random = this.#random;
    return {
      For: {
        var: this.#fresh(),
        start: "0",
        end: String(random.below(4)),
        body: this.#block(2, { depth: depth - 1, isInLoop: true }),
      },
    };
  }

  #repeated({ depth }: Site): StatementTree[] {
    const random = this.#random;
    const counter = this.#fresh();
    const condition = random.oneIn(6) ? "1 Lt 2" : `${counter} Lt ${random.below(4)}`;
    const step = { Assign: { target: counter, expr: `${counter} Add 1` } };
    const body = [step, ...this.#block(2, { depth: depth - 1, isInLoop: true })];
    return [{ Let: { name: counter, expr: "0" } }, { While: { condition, body } }];
  }

  /** A branch that leaves the loop or the process. */
  #leaving({ isInLoop }: Site): StatementTree {
    const random = this.#random;
    const out: StatementTree = isInLoop && random.oneIn(2)
      ? random.pick(["Break", "Continue"])
      : { Return: { expr: this.#expr() } };
    const condition = random.pick(["1 Lt 2", "2 Lt 1"]);
    return { If: { condition, then_body: [out], else_body: null } };
  }
}
