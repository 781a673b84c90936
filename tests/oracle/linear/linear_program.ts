/**
 * Small linear K processes for the oracle of linear use: names of the shape `S { id }`, branches, loops that leave, `match`.
 *
 * @module
 */
import type { Random } from "../../../campaign/random.ts";
import {
  branch,
  count,
  loop,
  proc,
  program,
  shape,
  type Statement,
} from "../../support/program.ts";

/** An expression: of shape `S` (`name`, `make`) or an integer (`id`, `number`, `add`); a `match` is either. */
export type Tree =
  | { readonly kind: "name" | "id"; readonly name: string }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "make"; readonly id: Tree }
  | { readonly kind: "add"; readonly left: Tree; readonly right: Tree }
  /** On the input `t.c<on>`: the first arm where it is 0. */
  | { readonly kind: "match"; readonly on: number; readonly arms: readonly [Tree, Tree] }
  /** On an integer: the first arm where it is 0, else the second, where `bound` is its value. */
  | {
    readonly kind: "split";
    readonly subject: Tree;
    readonly bound: string;
    readonly arms: readonly [Tree, Tree];
  }
  | { readonly kind: "bound"; readonly name: string };

/** A statement. `on` is the number of an input: it holds where that is not 0. */
export type Step =
  | { readonly kind: "let" | "set"; readonly name: string; readonly value: Tree }
  | { readonly kind: "emit" | "return"; readonly value: Tree }
  | { readonly kind: "observe" | "constrain"; readonly name: string }
  | { readonly kind: "if"; readonly on: number; readonly then: Body; readonly otherwise: Body }
  | { readonly kind: "while"; readonly on: number; readonly body: Body }
  | { readonly kind: "forever" | "for"; readonly body: Body }
  | { readonly kind: "break" | "continue" };

/** Statements in order. */
export type Body = readonly Step[];

/** How many inputs there are. */
export const INPUTS = 2;

/** A random body of `K::f(x: S, t: T)`, after the measurement of `t`. */
export function randomBody(random: Random): Body {
  return new BodyMaker(random).body(["x"], random.between(1, 4), 0, false);
}

class BodyMaker {
  #names = 0;
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  body(outer: readonly string[], length: number, depth: number, inLoop: boolean): Body {
    const random = this.#random;
    const steps: Step[] = [];
    let names = outer;
    for (let left = length; left > 0; left--) {
      const step = this.#step(names, depth, inLoop);
      steps.push(step);
      if (step.kind === "let") names = [...names, step.name];
      // What was used is often not mentioned again, so that many programs are valid.
      if (step.kind !== "constrain" && random.chance(75)) {
        names = names.filter((name) =>
          !mentions(step, name) || ("name" in step && step.name === name)
        );
      }
    }
    if (depth === 0 || random.oneIn(6)) {
      return [...steps, { kind: "return", value: this.#number(names, 2) }];
    }
    if (inLoop && random.oneIn(3)) steps.push({ kind: random.pick(["break", "continue"]) });
    return steps;
  }

  #step(names: readonly string[], depth: number, inLoop: boolean): Step {
    const random = this.#random;
    const inner = (loops: boolean) =>
      this.body(names, random.below(depth === 0 ? 3 : 2), depth + 1, inLoop || loops);
    const kinds = ["let", "let", "emit", "emit", "observe", "constrain", "set"] as const;
    const nesting = ["if", "if", "while", "forever", "for"] as const;
    const kind = depth < 2 && random.chance(45) ? random.pick(nesting) : random.pick(kinds);
    switch (kind) {
      case "let":
        return { kind, name: `y${this.#names++}`, value: this.#shape(names, 2) };
      case "set": {
        const name = random.pick(names.length === 0 ? ["x"] : names);
        if (name === "x") return { kind: "emit", value: this.#number(names, 2) };
        return { kind, name, value: this.#shape(names, 1) };
      }
      case "emit":
        return { kind, value: this.#number(names, 2) };
      case "observe":
      case "constrain": {
        if (names.length === 0) return { kind: "emit", value: this.#number(names, 1) };
        return { kind, name: random.pick(names) };
      }
      case "if":
        return { kind, on: random.below(INPUTS), then: inner(false), otherwise: inner(false) };
      case "while":
        return { kind, on: random.below(INPUTS), body: inner(true) };
      case "forever":
      case "for":
        return { kind, body: inner(true) };
    }
  }

  #shape(names: readonly string[], depth: number): Tree {
    const random = this.#random;
    if (names.length > 0 && random.oneIn(2)) return { kind: "name", name: random.pick(names) };
    if (depth > 0 && random.oneIn(3)) return this.#match((left) => this.#shape(names, left), depth);
    return { kind: "make", id: this.#number(names, depth - 1) };
  }

  #number(names: readonly string[], depth: number): Tree {
    const random = this.#random;
    if (names.length > 0 && random.oneIn(2)) return { kind: "id", name: random.pick(names) };
    if (depth > 0 && random.oneIn(3)) {
      return this.#match((left) => this.#number(names, left), depth);
    }
    if (depth > 0 && random.oneIn(4)) {
      const left = this.#number(names, depth - 1);
      return { kind: "add", left, right: this.#number(names, depth - 1) };
    }
    if (depth > 0 && random.oneIn(4)) {
      const bound = `v${this.#names++}`;
      const named: Tree = { kind: "bound", name: bound };
      const second = this.#number(names, depth - 1);
      const arms = [
        this.#number(names, depth - 1),
        random.oneIn(5)
          ? second
          : random.oneIn(4)
          ? { kind: "add", left: named, right: second } as const
          : named,
      ] as const;
      return { kind: "split", subject: this.#number(names, depth - 1), bound, arms };
    }
    return { kind: "number", value: random.below(3) };
  }

  #match(arm: (depth: number) => Tree, depth: number): Tree {
    const first = arm(depth - 1);
    const second = this.#random.oneIn(2) ? first : arm(depth - 1);
    return { kind: "match", on: this.#random.below(INPUTS), arms: [first, second] };
  }
}

function mentions(step: Step, name: string): boolean {
  return JSON.stringify(step).includes(`"${name}"`);
}

/** The artifact of a body. */
export function textOf(body: Body): string {
  return program(
    shape("S { id: i64 }"),
    shape("T { c0: i64, c1: i64 }"),
    proc("K::f(x: S, t: T) -> i64 linear", "observe t", ...body.map(statement)),
  );
}

function statement(step: Step): Statement {
  switch (step.kind) {
    case "let":
    case "set":
      return `${step.kind} ${step.name} = ${expression(step.value)}`;
    case "emit":
    case "return":
      return `${step.kind} ${expression(step.value)}`;
    case "observe":
      return `observe ${step.name}`;
    case "constrain":
      return `constrain ${step.name}.id Ge -9999`;
    case "if":
      return branch(
        `t.c${step.on} Ne 0`,
        step.then.map(statement),
        step.otherwise.length === 0 ? undefined : step.otherwise.map(statement),
      );
    case "while":
      return loop(`t.c${step.on} Ne 0`, step.body.map(statement));
    case "forever":
      return loop("true", step.body.map(statement));
    case "for":
      return count("i in 0..t.c0", step.body.map(statement));
    case "break":
    case "continue":
      return step.kind;
  }
}

function expression(tree: Tree): string {
  switch (tree.kind) {
    case "name":
    case "bound":
      return tree.name;
    case "id":
      return `${tree.name}.id`;
    case "number":
      return String(tree.value);
    case "make":
      return `S{id: ${expression(tree.id)}}`;
    case "add":
      return `(${expression(tree.left)}) Add (${expression(tree.right)})`;
    case "match":
      return `(match t.c${tree.on} { 0 => ${expression(tree.arms[0])}, _ => ${
        expression(tree.arms[1])
      } })`;
    case "split":
      return `(match ${expression(tree.subject)} { 0 => ${
        expression(tree.arms[0])
      }, ${tree.bound} => ${expression(tree.arms[1])} })`;
  }
}
