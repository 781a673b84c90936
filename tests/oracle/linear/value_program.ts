/**
 * Small programs that move values across a bind, for the oracle of value flow: shapes that hold shapes, arrays, `match`,
 * branches, loops that leave, and two callees.
 *
 * @module
 */
import type { Random } from "../../../campaign/random.ts";
import {
  bind,
  branch,
  count,
  loop,
  type Part,
  proc,
  program,
  shape,
  type Statement,
} from "../../support/program.ts";

/** The types: `S { id: i64 }`, `H { a: S, b: S }`, arrays of two `S`, integers. */
export type Kind = "S" | "H" | "A" | "i";

/** An expression. */
export type Tree =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "part"; readonly of: Tree; readonly part: string }
  /** An element; its index is not known if `index` is absent. */
  | { readonly kind: "element"; readonly of: Tree; readonly index?: number }
  | { readonly kind: "make"; readonly type: "S" | "H" | "A"; readonly parts: readonly Tree[] }
  | { readonly kind: "add"; readonly left: Tree; readonly right: Tree }
  | { readonly kind: "match"; readonly arms: readonly [Tree, Tree] }
  /** A match whose only arm binds its subject. */
  | { readonly kind: "named"; readonly subject: Tree; readonly name: string; readonly body: Tree }
  /** `tag` and `two` move their arguments; `p0` and `p1` are K processes. */
  | { readonly kind: "call"; readonly callee: string; readonly args: readonly Tree[] };

/** A statement; conditions hold or not, whatever the values. */
export type Step =
  | { readonly kind: "let" | "set"; readonly name: string; readonly value: Tree }
  | { readonly kind: "expr" | "return"; readonly value: Tree }
  | { readonly kind: "constrain"; readonly name: string }
  | { readonly kind: "if"; readonly then: Body; readonly otherwise: Body }
  | { readonly kind: "while" | "forever" | "for"; readonly body: Body }
  | { readonly kind: "break" | "continue" };

export type Body = readonly Step[];

/** A K process that returns an `S`. */
export interface Process {
  readonly name: string;
  readonly params: readonly (readonly [name: string, type: Kind])[];
  readonly body: Body;
}

/** What a call takes. */
export const TAKES: { readonly [callee: string]: readonly Kind[] } = {
  tag: ["S"],
  two: ["S", "S"],
  p0: ["S", "S"],
  p1: ["H"],
};

/** Three random processes: `main`, which may call `p1` and `p0`, and `p1`, which may call `p0`. */
export function randomProcesses(random: Random): readonly Process[] {
  const made = (name: string, params: Process["params"], callees: readonly string[]): Process => {
    const maker = new BodyMaker(random, callees);
    return {
      name,
      params,
      body: maker.body(params, random.between(0, name === "main" ? 4 : 2), 0, false),
    };
  };
  return [
    made("p0", [["a", "S"], ["b", "S"]], ["tag"]),
    made("p1", [["h", "H"]], ["tag", "p0"]),
    made("main", [], ["tag", "tag", "two", "p0", "p1"]),
  ];
}

type Names = readonly (readonly [name: string, type: Kind])[];

class BodyMaker {
  #names = 0;
  readonly #random: Random;
  readonly #callees: readonly string[];

  constructor(random: Random, callees: readonly string[]) {
    this.#random = random;
    this.#callees = callees;
  }

  body(outer: Names, length: number, depth: number, inLoop: boolean): Body {
    const random = this.#random;
    const steps: Step[] = [];
    let names = outer;
    if (depth === 0 && names.length === 0) {
      steps.push({ kind: "let", name: "q", value: { kind: "make", type: "S", parts: [ONE] } });
      names = [["q", "S"]];
    }
    for (let left = length; left > 0; left--) {
      const [step, bound] = this.#step(names, depth, inLoop);
      steps.push(step);
      if (bound !== undefined) names = [...names, bound];
    }
    if (depth === 0 || random.oneIn(5)) {
      return [...steps, { kind: "return", value: this.#value("S", names, 1) }];
    }
    if (inLoop && random.oneIn(3)) steps.push({ kind: random.pick(["break", "continue"]) });
    return steps;
  }

  #step(names: Names, depth: number, inLoop: boolean): [Step, Names[number]?] {
    const random = this.#random;
    if (depth < 2 && random.oneIn(3)) return [this.#nesting(names, depth, inLoop)];
    const mutable = names.filter(([name]) => name.startsWith("v") || name === "q");
    switch (random.below(6)) {
      case 0:
        return [{ kind: "expr", value: this.#value(random.pick(["S", "i", "H"]), names, 1) }];
      case 1: {
        const shapes = names.filter(([, type]) => type === "S");
        if (shapes.length > 0) return [{ kind: "constrain", name: random.pick(shapes)[0] }];
        break;
      }
      case 2:
        if (mutable.length > 0) {
          const [name, type] = random.pick(mutable);
          return [{ kind: "set", name, value: this.#value(type, names, 2) }];
        }
        break;
    }
    const type = random.pick(["S", "S", "S", "H", "A", "i"] as const);
    const name = `v${this.#names++}`;
    return [{ kind: "let", name, value: this.#value(type, names, 2) }, [name, type]];
  }

  #nesting(names: Names, depth: number, inLoop: boolean): Step {
    const random = this.#random;
    const kind = random.pick(["if", "if", "while", "forever", "for"] as const);
    const inner = (loops: boolean) => this.body(names, random.below(3), depth + 1, inLoop || loops);
    if (kind === "if") return { kind, then: inner(false), otherwise: inner(false) };
    return { kind, body: inner(true) };
  }

  #value(type: Kind, names: Names, depth: number): Tree {
    const random = this.#random;
    const known = random.chance(75) ? this.#known(type, names) : undefined;
    if (known !== undefined && (depth === 0 || random.chance(65))) return known;
    if (depth > 0 && random.oneIn(4)) {
      return {
        kind: "match",
        arms: [this.#value(type, names, depth - 1), this.#value(type, names, depth - 1)],
      };
    }
    if (depth > 0 && random.oneIn(8)) {
      const subjectType = random.pick(["S", "H"] as const);
      const name = `m${this.#names++}`;
      const subject = this.#value(subjectType, names, depth - 1);
      const body = this.#value(type, [...names, [name, subjectType]], depth - 1);
      return { kind: "named", subject, name, body };
    }
    if (type === "S" && depth > 0 && random.oneIn(2)) {
      const callee = random.pick(this.#callees);
      const args = (TAKES[callee] ?? []).map((taken) => this.#value(taken, names, depth - 1));
      return { kind: "call", callee, args };
    }
    return this.#new(type, names, depth);
  }

  #new(type: Kind, names: Names, depth: number): Tree {
    const random = this.#random;
    if (type === "i") {
      if (depth === 0 || random.oneIn(2)) return ONE;
      const left = this.#value("i", names, depth - 1);
      return { kind: "add", left, right: this.#value("i", names, depth - 1) };
    }
    const inner = Math.max(depth - 1, 0);
    if (type === "S") return { kind: "make", type, parts: [this.#value("i", names, inner)] };
    return {
      kind: "make",
      type,
      parts: [this.#value("S", names, inner), this.#value("S", names, inner)],
    };
  }

  /** A name of the type, or a part of a name. */
  #known(type: Kind, names: Names): Tree | undefined {
    const found = names.flatMap(([name, known]): Tree[] => {
      const of: Tree = { kind: "name", name };
      if (known === type) return [of];
      const parts: Tree[] = known === "H"
        ? [{ kind: "part", of, part: "a" }, { kind: "part", of, part: "b" }]
        : known === "A"
        ? [{ kind: "element", of, index: 0 }, { kind: "element", of, index: 1 }, {
          kind: "element",
          of,
        }]
        : [];
      if (type === "S") return parts;
      if (type !== "i") return [];
      const shapes = known === "S" ? [of] : parts;
      return shapes.map((shape) => ({ kind: "part", of: shape, part: "id" }));
    });
    return found.length === 0 ? undefined : this.#random.pick(found);
  }
}

const ONE: Tree = { kind: "number", value: 1 };

/** The artifact of these processes. */
export function textOf(processes: readonly Process[]): string {
  return program(
    shape("S { id: i64 }"),
    shape("H { a: S, b: S }"),
    proc("Q::tag(q: S) -> S linear", "return q"),
    proc("Q::two(q: S, r: S) -> S linear", "let n = q.id Add r.id", "return S{id: n}"),
    ...processes.map(({ name, params, body }) =>
      proc(
        `K::${name}(${params.map(([param, type]) => `${param}: ${type}`).join(", ")}) -> S`,
        "let k = 1",
        ...body.map(statement),
      )
    ),
    ...processes.flatMap(({ name }) =>
      ["tag", "two"].map((callee): Part =>
        bind(`K::${name} -> Q::${callee}`, "linearity_enforced == true")
      )
    ),
  );
}

function statement(step: Step): Statement {
  switch (step.kind) {
    case "let":
    case "set":
      return `${step.kind} ${step.name} = ${expression(step.value)}`;
    case "expr":
    case "return":
      return `${step.kind} ${expression(step.value)}`;
    case "constrain":
      return `constrain ${step.name}.id Ge -9999`;
    case "if":
      return branch(
        "1 Lt 2",
        step.then.map(statement),
        step.otherwise.length === 0 ? undefined : step.otherwise.map(statement),
      );
    case "while":
      return loop("1 Lt 2", step.body.map(statement));
    case "forever":
      return loop("true", step.body.map(statement));
    case "for":
      return count("i in 0..2", step.body.map(statement));
    case "break":
    case "continue":
      return step.kind;
  }
}

function expression(tree: Tree): string {
  switch (tree.kind) {
    case "name":
      return tree.name;
    case "number":
      return String(tree.value);
    case "part":
      return `${expression(tree.of)}.${tree.part}`;
    case "element":
      return `${expression(tree.of)}[${tree.index ?? "k"}]`;
    case "make": {
      const [first = "", second = ""] = tree.parts.map(expression);
      if (tree.type === "A") return `[${first}, ${second}]`;
      return tree.type === "S" ? `S{id: ${first}}` : `H{a: ${first}, b: ${second}}`;
    }
    case "add":
      return `(${expression(tree.left)}) Add (${expression(tree.right)})`;
    case "match": {
      const [first, second] = tree.arms.map(expression);
      return `(match 1 Lt 2 { true => ${first}, false => ${second} })`;
    }
    case "named":
      return `(match ${expression(tree.subject)} { ${tree.name} => ${expression(tree.body)} })`;
    case "call":
      return `${tree.callee}(${tree.args.map(expression).join(", ")})`;
  }
}
