/**
 * Bodies of generated processes, one generator a regime. What they make is valid, or close to it: names are used at their
 * types, linear names once, effects where a regime has them. Values may still overflow, constraints fail, contracts break.
 *
 * @module
 */
import type { StatementTree } from "./artifact.ts";
import {
  callText,
  expressionOf,
  integer,
  isIntType,
  PAIR_TYPE,
  type ProcSketch,
  type ShapeSketch,
  type Surroundings,
  type TypeName,
} from "./expressions.ts";
import type { Random } from "./random.ts";

/** What a body is made from. */
export interface BodyPlan {
  readonly random: Random;
  readonly shapes: readonly ShapeSketch[];
  readonly callable: readonly ProcSketch[];
  readonly proc: ProcSketch;
  /** Whether branches, loops and assignment may occur (DIR v0.2). */
  readonly isNewer: boolean;
}

/** The body of a process of any regime. */
export function bodyOf(plan: BodyPlan): StatementTree[] {
  switch (plan.proc.regime) {
    case "K":
      return new ClassicalBody(plan).whole();
    case "Q":
      return linearBody(plan);
    case "Φ":
      return phiBody(plan);
  }
}

const VALUE_TYPES = ["i64", "i64", "i64", "i32", "u8", "bool", "string", "f64", PAIR_TYPE];

class ClassicalBody {
  readonly #plan: BodyPlan;
  readonly #random: Random;
  #count = 0;

  constructor(plan: BodyPlan) {
    this.#plan = plan;
    this.#random = plan.random;
  }

  whole(): StatementTree[] {
    const { params, ret } = this.#plan.proc;
    const names = new Map(params.map(({ name, ty }) => [name, ty]));
    const body = this.#block(names, 6, 2);
    if (ret !== null) body.push({ Return: { expr: expressionOf(ret, 2, this.#around(names)) } });
    else if (this.#random.oneIn(3)) {
      body.push({ Return: { expr: expressionOf("i64", 1, this.#around(names)) } });
    }
    return body;
  }

  #around(names: ReadonlyMap<string, TypeName>): Surroundings {
    const { random, shapes, callable } = this.#plan;
    return { random, shapes, names, callable };
  }

  #fresh(): string {
    return `v${this.#count++}`;
  }

  #block(names: Map<string, TypeName>, most: number, depth: number): StatementTree[] {
    return this.#random.list(0, most, () => this.#statement(names, depth)).flat();
  }

  #statement(names: Map<string, TypeName>, depth: number): StatementTree[] {
    const random = this.#random;
    const around = this.#around(names);
    const kind = random.below(this.#plan.isNewer && depth > 0 ? 16 : 10);
    switch (kind) {
      case 0:
      case 1:
      case 2: {
        const ty = random.pick([...VALUE_TYPES, ...this.#plan.shapes.map(({ name }) => name)]);
        const expr = expressionOf(ty, 2, around);
        return [this.#let(names, expr, isIntType(ty) ? "i64" : ty)];
      }
      case 3:
      case 4: {
        const effect = random.pick(["emit", "emit", "observe", "seal"]);
        if (!this.#plan.proc.isEffectful) return [];
        const known = [...names.keys()];
        const payload = known.length > 0 && random.oneIn(2)
          ? random.pick(known)
          : expressionOf(random.pick(VALUE_TYPES), 1, around);
        return [{ Effect: { kind: effect, payload } }];
      }
      case 5:
        return [{ Constrain: { predicate: this.#predicate(around) } }];
      case 6: {
        const from = random.oneIn(2) ? this.#predicate(around) : expressionOf("i64", 1, around);
        const name = this.#fresh();
        return random.oneIn(3) ? [{ Prove: { name, from } }] : [];
      }
      case 7:
      case 8:
        return this.#call(names, around);
      case 9:
        return random.oneIn(2) ? [{ Constrain: { predicate: this.#predicate(around) } }] : [];
      default:
        return this.#control(names, depth, kind);
    }
  }

  #let(names: Map<string, TypeName>, expr: string, ty: TypeName): StatementTree {
    const name = this.#fresh();
    names.set(name, ty);
    return { Let: { name, expr } };
  }

  /** Mostly true, so that runs get somewhere. */
  #predicate(around: Surroundings): string {
    const random = this.#random;
    const integers = [...around.names].filter(([, ty]) => isIntType(ty)).map(([name]) => name);
    if (random.oneIn(4) || integers.length === 0) return expressionOf("bool", 2, around);
    const name = random.pick(integers);
    return random.pick([`${name} Ge -100000`, `${name} Le ${name}`, `${name} Lt 99999 Or true`]);
  }

  #call(names: Map<string, TypeName>, around: Surroundings): StatementTree[] {
    const random = this.#random;
    const { callable, proc } = this.#plan;
    const open = callable.filter(({ isEffectful }) => !isEffectful || proc.isEffectful);
    if (open.length === 0) return [];
    const callee = random.pick(open);
    const call = callText(callee, 1, around);
    if (random.oneIn(2) && callee.ret !== null) {
      return [this.#let(names, call, isIntType(callee.ret) ? "i64" : callee.ret)];
    }
    const args = callee.params.map(({ ty }) => expressionOf(ty, 1, around));
    if (callee.ret === null || random.oneIn(2)) {
      return [{ Call: { target: callee.name, args, result: null } }];
    }
    const result = this.#fresh();
    names.set(result, isIntType(callee.ret) ? "i64" : callee.ret);
    return [{ Call: { target: callee.name, args, result } }];
  }

  #control(names: Map<string, TypeName>, depth: number, kind: number): StatementTree[] {
    const random = this.#random;
    const around = this.#around(names);
    const inner = () => this.#block(new Map(names), 3, depth - 1);
    switch (kind) {
      case 10:
      case 11: {
        const condition = expressionOf("bool", 1, around);
        return [{
          If: { condition, then_body: inner(), else_body: random.oneIn(2) ? null : inner() },
        }];
      }
      case 12: {
        const start = String(random.below(3)), end = String(random.below(5));
        const loopVar = this.#fresh();
        const body = this.#block(new Map([...names, [loopVar, "i64"]]), 3, depth - 1);
        if (random.oneIn(4)) body.push(this.#leaving(names, loopVar));
        return [{ For: { var: loopVar, start, end, body } }];
      }
      case 13: {
        const counter = this.#fresh();
        const condition = `${counter} Lt ${random.below(4)}`;
        const body = this.#block(new Map([...names, [counter, "i64"]]), 2, depth - 1);
        const step = { Assign: { target: counter, expr: `${counter} Add 1` } };
        names.set(counter, "i64");
        return [{ Let: { name: counter, expr: "0" } }, {
          While: { condition, body: [step, ...body] },
        }];
      }
      case 14: {
        const changeable = [...names].filter(([name]) => name.startsWith("v"));
        if (changeable.length === 0) return [];
        const [target, ty] = random.pick(changeable);
        return [{ Assign: { target, expr: expressionOf(ty, 2, around) } }];
      }
      default:
        return [{ Effect: { kind: "expr", payload: expressionOf("i64", 2, around) } }];
    }
  }

  /** A conditional way out of a loop. */
  #leaving(names: ReadonlyMap<string, TypeName>, loopVar: string): StatementTree {
    const random = this.#random;
    const condition = `${loopVar} Gt ${random.below(3)}`;
    const { ret } = this.#plan.proc;
    const out: StatementTree = ret !== null && random.oneIn(3)
      ? { Return: { expr: expressionOf(ret, 1, this.#around(names)) } }
      : random.pick(["Break", "Continue"]);
    return { If: { condition, then_body: [out], else_body: null } };
  }
}

/** A Q body: every name is spent once, the last ones by the return. */
function linearBody({ random, shapes, callable, proc }: BodyPlan): StatementTree[] {
  const body: StatementTree[] = [];
  const live = new Map<string, TypeName>(proc.params.map(({ name, ty }) => [name, ty]));
  let count = 0;
  const fresh = (ty: TypeName) => {
    const name = `q${count++}`;
    live.set(name, ty);
    return name;
  };
  const take = (wanted: (ty: TypeName) => boolean): string | undefined => {
    const found = [...live].filter(([, ty]) => wanted(ty)).map(([name]) => name);
    if (found.length === 0) return undefined;
    const name = random.pick(found);
    live.delete(name);
    return name;
  };
  const isShape = (ty: TypeName) => shapes.some(({ name }) => name === ty);
  for (let steps = random.below(6); steps > 0; steps--) {
    const [name, ty] = [...live][0] ?? ["", ""];
    switch (random.below(7)) {
      case 0: // a move
        if (name !== "") {
          live.delete(name);
          body.push({ Let: { name: fresh(ty), expr: name } });
        }
        break;
      case 1: { // a projection and what is built from it
        const from = take(isShape);
        const shape = shapes.find((declared) => declared.name === proc.params[0]?.ty);
        const field = shape?.fields.find((declared) => isIntType(declared.ty));
        if (from === undefined || field === undefined) break;
        body.push({ Let: { name: fresh("i64"), expr: `${from}.${field.name} Add 1` } });
        break;
      }
      case 2: { // a call between Q processes
        const callee = callable.find(({ regime, params }) =>
          regime === "Q" && params.length === 1 && params[0]?.ty === ty
        );
        if (callee?.ret === null || callee === undefined) break;
        live.delete(name);
        const result = fresh(callee.ret);
        body.push({ Call: { target: callee.name, args: [name], result } });
        break;
      }
      case 3: // a measurement
        if (isShape(ty)) {
          live.delete(name);
          body.push({ Effect: { kind: "observe", payload: name } });
        }
        break;
      case 4: {
        const held = [...live].find(([, known]) => isIntType(known));
        if (held !== undefined) body.push({ Constrain: { predicate: `${held[0]} Ge -9999` } });
        break;
      }
      case 5: { // an allocation, borrowed and freed
        const resource = `r${count++}`;
        body.push({ Let: { name: resource, expr: "q_alloc(QBit)" } });
        if (random.oneIn(2)) {
          body.push({ Call: { target: "q_use", args: [resource], result: null } });
        }
        body.push({ Call: { target: "q_consume", args: [resource], result: null } });
        break;
      }
      default:
        body.push({ Let: { name: fresh("i64"), expr: integer("i64", random) } });
    }
  }
  const last = take((ty) => ty === proc.ret);
  for (const [name, ty] of live) {
    if (isIntType(ty)) {
      body.push({ Let: { name: `s${count}`, expr: `${name} Mul 2` } });
      body.push({ Call: { target: "q_consume", args: [`s${count++}`], result: null } });
    } else body.push({ Effect: { kind: "observe", payload: name } });
  }
  const ret = proc.ret ?? "i64";
  const around = { random, shapes, names: new Map<string, TypeName>(), callable: [] };
  body.push({ Return: { expr: last ?? expressionOf(ret, 1, around) } });
  return body;
}

/** A Φ body: constraints that keep each unknown in a small window, a few more, and a value. */
function phiBody({ random, shapes, callable, proc }: BodyPlan): StatementTree[] {
  const body: StatementTree[] = [];
  const unknowns = proc.params.flatMap(({ name, ty }) => {
    const shape = shapes.find((declared) => declared.name === ty);
    return shape === undefined
      ? [{ path: name, ty }]
      : shape.fields.map((field) => ({ path: `${name}.${field.name}`, ty: field.ty }));
  });
  for (const { path, ty } of unknowns) {
    if (!isIntType(ty)) continue;
    body.push({ Constrain: { predicate: `${path} Ge ${-random.below(6)}` } });
    body.push({ Constrain: { predicate: `${path} Le ${random.below(9)}` } });
  }
  const integers = unknowns.filter(({ ty }) => isIntType(ty)).map(({ path }) => path);
  const operand = () =>
    integers.length > 0 && !random.oneIn(4) ? random.pick(integers) : integer("i64", random);
  const term = () => {
    switch (random.below(5)) {
      case 0:
        return `${operand()} ${random.pick(["Add", "Sub"])} ${operand()}`;
      case 1:
        return `${operand()} Mul ${integer("i64", random)}`;
      case 2:
        return `(${operand()} Div ${random.pick(["2", "3", "-2"])})`;
      default:
        return operand();
    }
  };
  const names = new Map<string, TypeName>(proc.params.map(({ name, ty }) => [name, ty]));
  if (random.oneIn(2)) {
    body.push({ Let: { name: "d", expr: term() } });
    integers.push("d");
    names.set("d", "i64");
  }
  for (let extra = random.below(4); extra > 0; extra--) {
    const compared = () =>
      `${term()} ${random.pick(["Lt", "Le", "Gt", "Ge", "Eq", "Ne"])} ${term()}`;
    const truths = unknowns.filter(({ ty }) => ty === "bool").map(({ path }) => path);
    const predicate = random.oneIn(3)
      ? `${compared()} Or ${truths[0] ?? compared()}`
      : truths.length > 0 && random.oneIn(3)
      ? `${truths[0]} Eq (${compared()})`
      : compared();
    body.push({ Constrain: { predicate } });
  }
  const source = proc.params[0]?.name;
  if (source !== undefined && random.oneIn(2)) {
    body.push({ Prove: { name: "w", from: source } });
    if (proc.isEffectful) body.push({ Effect: { kind: "seal", payload: "w" } });
  }
  const around = {
    random,
    shapes,
    names,
    callable: callable.filter(({ regime }) => regime === "Φ"),
  };
  if (proc.ret !== null) body.push({ Return: { expr: expressionOf(proc.ret, 0, around) } });
  return body;
}
