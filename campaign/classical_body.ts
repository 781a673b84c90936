/**
 * Bodies of K processes: values, effects, constraints, calls and control flow over the names in scope.
 *
 * @module
 */
import type { StatementTree } from "./artifact.ts";
import type { BodyPlan } from "./body_plan.ts";
import {
  callText,
  expressionOf,
  type GenerationScope,
  isIntType,
  PAIR_TYPE,
  type TypeName,
} from "./expressions.ts";
import type { Random } from "./random.ts";

const VALUE_TYPES = ["i64", "i64", "i64", "i32", "u8", "bool", "string", "f64", PAIR_TYPE];

/** The body of a K process. */
export function classicalBody(plan: BodyPlan): StatementTree[] {
  return new ClassicalBody(plan).whole();
}

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
    if (ret !== null) body.push({ Return: { expr: expressionOf(ret, 2, this.#scopeOf(names)) } });
    else if (this.#random.oneIn(3)) {
      body.push({ Return: { expr: expressionOf("i64", 1, this.#scopeOf(names)) } });
    }
    return body;
  }

  #scopeOf(names: ReadonlyMap<string, TypeName>): GenerationScope {
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
    const scope = this.#scopeOf(names);
    const kind = random.below(this.#plan.hasControlFlow && depth > 0 ? 16 : 10);
    switch (kind) {
      case 0:
      case 1:
      case 2: {
        const ty = random.pick([...VALUE_TYPES, ...this.#plan.shapes.map(({ name }) => name)]);
        const expr = expressionOf(ty, 2, scope);
        return [this.#let(names, expr, isIntType(ty) ? "i64" : ty)];
      }
      case 3:
      case 4: {
        const effect = random.pick(["emit", "emit", "observe", "seal"]);
        if (!this.#plan.proc.isEffectful) return [];
        const known = [...names.keys()];
        const payload = known.length > 0 && random.oneIn(2)
          ? random.pick(known)
          : expressionOf(random.pick(VALUE_TYPES), 1, scope);
        return [{ Effect: { kind: effect, payload } }];
      }
      case 5:
        return [{ Constrain: { predicate: this.#predicate(scope) } }];
      case 6: {
        const from = random.oneIn(2) ? this.#predicate(scope) : expressionOf("i64", 1, scope);
        const name = this.#fresh();
        return random.oneIn(3) ? [{ Prove: { name, from } }] : [];
      }
      case 7:
      case 8:
        return this.#call(names, scope);
      case 9:
        return random.oneIn(2) ? [{ Constrain: { predicate: this.#predicate(scope) } }] : [];
      default:
        return this.#control(names, depth, kind);
    }
  }

  #let(names: Map<string, TypeName>, expr: string, ty: TypeName): StatementTree {
    const name = this.#fresh();
    names.set(name, ty);
    return { Let: { name, expr } };
  }

  /** Mostly true, so that most runs continue. */
  #predicate(scope: GenerationScope): string {
    const random = this.#random;
    const integers = [...scope.names].filter(([, ty]) => isIntType(ty)).map(([name]) => name);
    if (random.oneIn(4) || integers.length === 0) return expressionOf("bool", 2, scope);
    const name = random.pick(integers);
    return random.pick([`${name} Ge -100000`, `${name} Le ${name}`, `${name} Lt 99999 Or true`]);
  }

  #call(names: Map<string, TypeName>, scope: GenerationScope): StatementTree[] {
    const random = this.#random;
    const { callable, proc } = this.#plan;
    const open = callable.filter(({ isEffectful }) => !isEffectful || proc.isEffectful);
    if (open.length === 0) return [];
    const callee = random.pick(open);
    const call = callText(callee, 1, scope);
    if (random.oneIn(2) && callee.ret !== null) {
      return [this.#let(names, call, isIntType(callee.ret) ? "i64" : callee.ret)];
    }
    const args = callee.params.map(({ ty }) => expressionOf(ty, 1, scope));
    if (callee.ret === null || random.oneIn(2)) {
      return [{ Call: { target: callee.name, args, result: null } }];
    }
    const result = this.#fresh();
    names.set(result, isIntType(callee.ret) ? "i64" : callee.ret);
    return [{ Call: { target: callee.name, args, result } }];
  }

  #control(names: Map<string, TypeName>, depth: number, kind: number): StatementTree[] {
    const random = this.#random;
    const scope = this.#scopeOf(names);
    const inner = () => this.#block(new Map(names), 3, depth - 1);
    switch (kind) {
      case 10:
      case 11: {
        const condition = expressionOf("bool", 1, scope);
        return [{
          If: { condition, then_body: inner(), else_body: random.oneIn(2) ? null : inner() },
        }];
      }
      case 12: {
        const start = String(random.below(3)), end = String(random.below(5));
        const loopVar = this.#fresh();
        const body = this.#block(new Map([...names, [loopVar, "i64"]]), 3, depth - 1);
        if (random.oneIn(4)) body.push(this.#exit(names, loopVar));
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
        return [{ Assign: { target, expr: expressionOf(ty, 2, scope) } }];
      }
      default:
        return [{ Effect: { kind: "expr", payload: expressionOf("i64", 2, scope) } }];
    }
  }

  /** A conditional `break`, `continue` or `return`. */
  #exit(names: ReadonlyMap<string, TypeName>, loopVar: string): StatementTree {
    const random = this.#random;
    const condition = `${loopVar} Gt ${random.below(3)}`;
    const { ret } = this.#plan.proc;
    const out: StatementTree = ret !== null && random.oneIn(3)
      ? { Return: { expr: expressionOf(ret, 1, this.#scopeOf(names)) } }
      : random.pick(["Break", "Continue"]);
    return { If: { condition, then_body: [out], else_body: null } };
  }
}
