/**
 * Bodies of the profile "exits" (`generate_exits.ts`). Every name is an `i64` or a witness, and every process maps an `i64` to an
 * `i64`.
 *
 * @module
 */
import type { StatementTree } from "./artifact.ts";
import type { Random } from "./random.ts";

/** A block that is being generated. */
interface Scope {
  /** The names in scope, with whether they may be assigned. */
  readonly names: Map<string, boolean>;
  /** The names that the block itself binds. */
  readonly own: Set<string>;
  /** Blocks that may still be nested in it. */
  readonly depth: number;
  /** Whether it is in a loop. */
  readonly isLoop: boolean;
}

/** Generates the body of one process. */
export class ExitsBody {
  readonly #random: Random;
  readonly #callees: readonly string[];
  #count = 0;

  /** `callees` are the processes that the body may call. */
  constructor(random: Random, callees: readonly string[]) {
    this.#random = random;
    this.#callees = callees;
  }

  /** A K body with control flow; it ends in a return, or in branches that return. */
  whole(): StatementTree[] {
    const scope = this.#body();
    const body = this.#statements(scope, this.#random.between(3, 8));
    const last = this.#random.oneIn(5)
      ? this.#branch([this.#return(scope)], [this.#return(scope)], scope)
      : this.#return(scope);
    return this.#constrained([...body, last], scope);
  }

  /** A body without control flow. */
  straight(): StatementTree[] {
    const scope = this.#body();
    const body = Array.from({ length: this.#random.between(1, 4) }, () => {
      const kind = this.#random.below(3);
      return kind === 0 ? this.#prove(scope) : this.#let(scope);
    });
    return this.#constrained([...body, this.#return(scope)], scope);
  }

  #body(): Scope {
    return { names: new Map([["n", false]]), own: new Set(["n"]), depth: 3, isLoop: false };
  }

  #inner(scope: Scope, isLoop: boolean): Scope {
    return {
      names: new Map(scope.names),
      own: new Set(),
      depth: scope.depth - 1,
      isLoop: isLoop || scope.isLoop,
    };
  }

  #statements(scope: Scope, count: number): StatementTree[] {
    return Array.from({ length: count }, () => this.#statement(scope)).flat();
  }

  /** A block with constraints put in anywhere: they may mention names that the block binds later (CON-05). */
  #constrained(block: readonly StatementTree[], { names }: Scope): StatementTree[] {
    const body = [...block];
    for (let count = this.#random.below(4); count > 0; count--) {
      const predicate = this.#predicate([...names.keys()].filter((name) => !isWitness(name)));
      body.splice(this.#random.below(body.length + 1), 0, { Constrain: { predicate } });
    }
    return body;
  }

  #block(around: Scope, isLoop: boolean): StatementTree[] {
    const scope = this.#inner(around, isLoop);
    const random = this.#random;
    const body = this.#statements(scope, random.below(4));
    switch (random.below(scope.isLoop ? 5 : 3)) {
      case 0:
        body.push(this.#return(scope));
        break;
      case 3:
        body.push("Break");
        break;
      case 4:
        body.push("Continue");
        break;
      default:
    }
    return random.oneIn(2) ? this.#constrained(body, scope) : body;
  }

  #statement(scope: Scope): StatementTree[] {
    const random = this.#random;
    switch (random.below(scope.depth > 0 ? 14 : 8)) {
      case 0:
      case 1:
        return [this.#let(scope)];
      case 2:
        return [{ Call: { target: this.#callee(), args: [this.#value(scope)], result: null } }];
      case 3:
        return [{ Effect: { kind: "emit", payload: this.#value(scope) } }].filter(() =>
          this.#callees.length > 3
        );
      case 4:
      case 5: {
        const assignable = [...scope.names].flatMap(([name, may]) => may ? [name] : []);
        if (assignable.length === 0) return [];
        const target = random.pick(assignable);
        return [{ Assign: { target, expr: this.#value(scope) } }];
      }
      case 6:
      case 7:
        return [this.#prove(scope)];
      case 8: {
        const variable = `i${this.#count++}`;
        const body = this.#inLoop(scope, variable);
        return [{ For: { var: variable, start: "0", end: String(random.below(4)), body } }];
      }
      case 9:
        return this.#while(scope);
      default: {
        const otherwise = random.oneIn(2) ? this.#block(scope, false) : undefined;
        return this.#notLeft([this.#branch(this.#block(scope, false), otherwise, scope)]);
      }
    }
  }

  /** What follows branches that both return is unreachable: one of them is dropped. */
  #notLeft(statements: StatementTree[]): StatementTree[] {
    return statements.map((statement) => {
      if (typeof statement === "string" || !endsInReturn(statement)) return statement;
      const branch: { [member: string]: unknown } = Object(statement["If"]);
      return { If: { ...Object(branch), else_body: null } };
    });
  }

  #branch(
    then_body: StatementTree[],
    otherwise: StatementTree[] | undefined,
    scope: Scope,
  ): StatementTree {
    const condition = this.#condition(scope);
    return { If: { condition, then_body, else_body: otherwise ?? null } };
  }

  #inLoop(scope: Scope, variable: string): StatementTree[] {
    return this.#block({ ...scope, names: new Map([...scope.names, [variable, false]]) }, true);
  }

  /** A loop that ends by its counter, or by what its body does. */
  #while(scope: Scope): StatementTree[] {
    const counter = this.#bound(scope);
    const isEndless = this.#random.oneIn(4);
    const body = this.#block(scope, true);
    const step = { Assign: { target: counter, expr: `${counter} Add 1` } };
    const stop = this.#branch([this.#random.oneIn(2) ? "Break" : this.#return(scope)], undefined, {
      ...scope,
      names: new Map([[counter, true]]),
    });
    return [{ Let: { name: counter, expr: "0" } }, {
      While: {
        condition: isEndless ? "true" : `${counter} Lt ${this.#random.below(4)}`,
        body: isEndless ? [step, stop, ...body] : [step, ...body],
      },
    }];
  }

  #let(scope: Scope): StatementTree {
    const random = this.#random;
    const expr = random.oneIn(4)
      ? `${this.#callee()}(${this.#value(scope)})`
      : random.oneIn(5)
      ? `match ${this.#value(scope)} { 0 => 1, 2 | 3 => ${this.#value(scope)}, k => k Add 1 }`
      : this.#value(scope);
    return { Let: { name: this.#bound(scope), expr } };
  }

  #prove(scope: Scope): StatementTree {
    const from = this.#random.oneIn(3) ? this.#value(scope) : "true";
    const name = `w${this.#count++}`;
    scope.names.set(name, false);
    return { Prove: { name, from } };
  }

  /** A name that the block binds: a new one, or one that hides a name from outside. */
  #bound(scope: Scope): string {
    const outer = [...scope.names.keys()].filter((name) =>
      !scope.own.has(name) && !isWitness(name) && !name.startsWith("i")
    );
    const name = outer.length > 0 && this.#random.oneIn(4)
      ? this.#random.pick(outer)
      : `x${this.#count++}`;
    scope.own.add(name);
    scope.names.set(name, true);
    return name;
  }

  #callee(): string {
    return this.#random.pick(this.#callees);
  }

  #return(scope: Scope): StatementTree {
    const expr = this.#random.oneIn(4)
      ? `${this.#callee()}(${this.#value(scope)})`
      : this.#value(scope);
    return { Return: { expr } };
  }

  #value({ names }: Scope): string {
    const random = this.#random;
    const known = [...names.keys()].filter((name) => !isWitness(name));
    const atom = () => random.oneIn(4) ? String(random.below(9) - 2) : random.pick(known);
    switch (random.below(6)) {
      case 0:
        return `${atom()} ${random.pick(["Add", "Sub"])} ${atom()}`;
      case 1:
        return random.oneIn(3) ? `${atom()} Div ${atom()}` : `${atom()} Mul 2`;
      default:
        return atom();
    }
  }

  #condition({ names }: Scope): string {
    const known = [...names.keys()].filter((name) => !isWitness(name));
    const op = this.#random.pick(["Lt", "Gt", "Eq", "Ne"]);
    return `${this.#random.pick(known)} ${op} ${this.#random.below(6) - 1}`;
  }

  /** Mostly true, so that most runs go on; now and then one that depends on the run. */
  #predicate(known: readonly string[]): string {
    const random = this.#random;
    const name = random.pick(known), other = random.pick(known);
    switch (random.below(8)) {
      case 0:
        return `${name} Ne ${random.below(7) - 1}`;
      case 1:
        return `${name} Lt ${other} Add 6`;
      case 2:
        return `(${name} Ge -40) And (${other} Le 40)`;
      case 3:
        return `h(${name}) Ge ${-random.below(40)}`;
      case 4:
        return random.oneIn(3) ? `6 Div ${name} Lt 9` : `Not(${name} Gt 30)`;
      case 5:
        return `match ${name} { 7 => false, k => k Lt 60 }`;
      default:
        return `${name} ${random.pick(["Ge -30", "Le 50", "Lt 9", "Gt -3"])}`;
    }
  }
}

function isWitness(name: string): boolean {
  return name.startsWith("w");
}

function endsInReturn(statement: StatementTree): boolean {
  if (typeof statement === "string") return false;
  if ("Return" in statement) return true;
  if (!("If" in statement)) return false;
  const { then_body, else_body }: {
    readonly then_body?: readonly StatementTree[];
    readonly else_body?: readonly StatementTree[] | null;
  } = Object(statement["If"]);
  return (then_body ?? []).some(endsInReturn) && (else_body ?? []).some(endsInReturn);
}
