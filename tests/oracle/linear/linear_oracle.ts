/**
 * The oracle of linear use, written from the text: "a linear value must be used exactly once in every arm, or in none and
 * elsewhere once". A path is walked statement by statement, with the choices that make it one.
 *
 * @module
 */
import { type Choose, ROUNDS } from "./choices.ts";
import type { Body, Step, Tree } from "./linear_program.ts";

/** A name got a value, or its value is gone. */
export type Happening = readonly ["bound" | "gone", string];

/** What happened along one path. */
export interface Walked {
  /** Whether every name was used exactly once. */
  readonly isLinear: boolean;
  readonly happenings: readonly Happening[];
  /** How often each value was used, by the name that had it; of values that are gone in the end, or were used. */
  readonly uses: readonly (readonly [name: string, count: number])[];
}

/** Where a path leads: choices are free, or made by the values of the inputs. */
export type Guide =
  | { readonly kind: "free"; readonly choose: Choose }
  | { readonly kind: "inputs"; readonly values: readonly number[]; readonly x: number };

type Fate = "live" | "used" | "measured";
type Leaving = "end" | "break" | "continue" | "return" | "endless";

/** How many statements and rounds a path with given inputs has at most. */
const FUEL = 200;

/** Walks one path. */
export function walk(body: Body, guide: Guide): Walked {
  return new Walker(guide).walk(body);
}

class Walker {
  readonly #guide: Guide;
  readonly #fates = new Map<string, Fate>();
  readonly #values = new Map<string, number>();
  readonly #happenings: Happening[] = [];
  readonly #counts = new Map<string, number>();
  readonly #uses: [name: string, count: number][] = [];
  #isLinear = true;
  #fuel = FUEL;

  constructor(guide: Guide) {
    this.#guide = guide;
  }

  walk(body: Body): Walked {
    this.#bind("x", this.#guide.kind === "inputs" ? this.#guide.x : 0);
    this.#happenings.push(["bound", "t"], ["gone", "t"]);
    const leaving = this.#block(body);
    if (leaving !== "endless") this.#end([...this.#fates.keys()]);
    else for (const use of this.#counts) if (use[1] > 0) this.#uses.push(use);
    return { isLinear: this.#isLinear, happenings: this.#happenings, uses: this.#uses };
  }

  #block(body: Body): Leaving {
    const before = new Set(this.#fates.keys());
    for (const step of body) {
      if (this.#fuel-- <= 0) return "endless";
      const leaving = this.#step(step);
      if (leaving === "endless" || leaving === "return") return leaving;
      if (leaving !== "end") return this.#leave(before, leaving);
    }
    return this.#leave(before, "end");
  }

  #leave(before: ReadonlySet<string>, leaving: Leaving): Leaving {
    this.#end([...this.#fates.keys()].filter((name) => !before.has(name)));
    return leaving;
  }

  /** The scope of names ends: none may still be live. */
  #end(names: readonly string[]): void {
    for (const name of names) {
      if (this.#fates.get(name) === "live") this.#isLinear = false;
      this.#fates.delete(name);
      this.#count(name);
    }
  }

  #step(step: Step): Leaving {
    switch (step.kind) {
      case "let":
      case "set": {
        const value = this.#evaluate(step.value);
        if (step.kind === "set" && this.#fates.get(step.name) === "live") this.#isLinear = false;
        this.#bind(step.name, value);
        return "end";
      }
      case "emit":
        this.#evaluate(step.value);
        return "end";
      case "return":
        this.#evaluate(step.value);
        return "return";
      case "observe":
        this.#use(step.name, "measured");
        return "end";
      case "if":
        return this.#block(this.#holds(step.on) ? step.then : step.otherwise);
      case "while":
      case "forever":
      case "for":
        return this.#loop(step);
      case "break":
      case "continue":
        return step.kind;
      case "constrain":
        return "end"; // mentions in it are no uses
    }
  }

  #loop(step: Extract<Step, { readonly body: Body }>): Leaving {
    for (let rounds = 0;; rounds++) {
      if (this.#fuel-- <= 0) return "endless";
      if (!this.#goesOn(step, rounds)) return "end";
      if (step.kind === "forever" && this.#guide.kind === "free" && rounds === ROUNDS) {
        return "endless";
      }
      const leaving = this.#block(step.body);
      if (leaving === "break") return "end";
      if (leaving === "return" || leaving === "endless") return leaving;
    }
  }

  #goesOn(step: Extract<Step, { readonly body: Body }>, rounds: number): boolean {
    if (step.kind === "forever") return true;
    const guide = this.#guide;
    if (guide.kind === "free") return rounds < ROUNDS && guide.choose(2) === 1;
    return step.kind === "while"
      ? (guide.values[step.on] ?? 0) !== 0
      : rounds < (guide.values[0] ?? 0);
  }

  #holds(on: number): boolean {
    const guide = this.#guide;
    return guide.kind === "free" ? guide.choose(2) === 1 : (guide.values[on] ?? 0) !== 0;
  }

  #evaluate(tree: Tree): number {
    switch (tree.kind) {
      case "name":
        this.#use(tree.name, "whole");
        return this.#values.get(tree.name) ?? 0;
      case "id":
      case "bound":
        this.#use(tree.name, tree.kind === "id" ? "field" : "whole");
        return this.#values.get(tree.name) ?? 0;
      case "number":
        return tree.value;
      case "make":
        return this.#evaluate(tree.id);
      case "add":
        return this.#evaluate(tree.left) + this.#evaluate(tree.right);
      case "match":
        return this.#evaluate(tree.arms[this.#holds(tree.on) ? 1 : 0]);
      case "split": {
        const subject = this.#evaluate(tree.subject);
        const guide = this.#guide;
        const isFirst = guide.kind === "free" ? guide.choose(2) === 0 : subject === 0;
        if (isFirst) return this.#evaluate(tree.arms[0]);
        this.#fates.set(tree.bound, "live");
        this.#counts.set(tree.bound, 0);
        this.#values.set(tree.bound, subject);
        const value = this.#evaluate(tree.arms[1]);
        this.#end([tree.bound]);
        return value;
      }
    }
  }

  /** The value of a name is gone for good. */
  #count(name: string): void {
    const count = this.#counts.get(name);
    if (count !== undefined) this.#uses.push([name, count]);
    this.#counts.delete(name);
  }

  #bind(name: string, value: number): void {
    this.#count(name);
    this.#counts.set(name, 0);
    this.#fates.set(name, "live");
    this.#values.set(name, value);
    this.#happenings.push(["bound", name]);
  }

  #use(name: string, how: "whole" | "field" | "measured"): void {
    const fate = this.#fates.get(name);
    if (fate === "measured" && how === "field") return; // of the classical outcome
    if (fate !== "live") this.#isLinear = false;
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    this.#fates.set(name, how === "measured" ? "measured" : "used");
    // The name of a pattern exists within one evaluation only: it has no events.
    if (!name.startsWith("v")) this.#happenings.push(["gone", name]);
  }
}
