/**
 * Expressions in the model: both operands always, left first, mathematical integers with the range looked at after each step
 * (K-04, TYP-16 to TYP-19, X-23, X-35, X-43).
 *
 * @module
 */
import type { Binding } from "./bindings.ts";
import { nearest } from "./decimal.ts";
import type { Expression, ExpressionOf, Match, NameExpression } from "./expression.ts";
import type { Lookup } from "./lookup.ts";
import type { Meaning } from "./meaning.ts";
import { operate } from "./operate.ts";
import type { ModelProc } from "./program.ts";
import { type Rules, RunFailure } from "./rules.ts";
import type { Request } from "./run_context.ts";
import { enterType, fieldType, inRange, type ModelType, typeNamed } from "./types.ts";
import { equalValues, type ModelValue, payloadOf, UNIT } from "./values.ts";

/** What the expressions of a process are evaluated in. */
export interface EvaluationContext {
  readonly lookup: Lookup;
  readonly proc: ModelProc;
  readonly meaning: Meaning;
  /** The value of a binding, if it is made. */
  read(binding: Binding): ModelValue | undefined;
  /** Makes the binding of an arm. */
  bind(binding: Binding, value: ModelValue): void;
  /** What a call or an operation yields. */
  answer(request: Request): ModelValue;
  /** The value that a name has for a text with braces: where a planted bug interpolates. */
  named(name: string): ModelValue | undefined;
}

/** The value of an expression, or a failure. */
export function evaluate(expr: Expression, context: EvaluationContext): ModelValue {
  return new Evaluation(context).value(expr);
}

class Evaluation {
  readonly #context: EvaluationContext;
  readonly #rules: Rules;

  constructor(context: EvaluationContext) {
    this.#context = context;
    this.#rules = context.lookup.rules;
  }

  value(expr: Expression): ModelValue {
    switch (expr.kind) {
      case "number":
        return this.#number(expr);
      case "bool":
        return { kind: "Bool", value: expr.value };
      case "string":
        return { kind: "String", value: this.#text(expr.value) };
      case "char":
        return { kind: "Char", value: expr.value };
      case "name":
        return this.#name(expr);
      case "array": {
        const items = expr.items.map((item) => this.value(item));
        return this.#settled({ kind: "Array", items }, expr);
      }
      case "index":
        return this.#index(expr);
      case "field": {
        const base = this.value(expr.base);
        const value = base.kind === "Struct" ? base.fields.get(expr.field) : undefined;
        return value ?? { kind: "Int", value: 0n };
      }
      case "shape":
        return this.#shape(expr);
      case "call":
        return this.#call(expr);
      case "unary": {
        const operand = this.value(expr.operand);
        if (operand.kind === "Bool") return { kind: "Bool", value: !operand.value };
        if (operand.kind === "Float") return { ...operand, value: -operand.value };
        return this.#negated(operand);
      }
      case "binary": {
        const left = this.value(expr.left);
        const decides = left.kind === "Bool" &&
          ((expr.op === "And" && !left.value) || (expr.op === "Or" && left.value));
        if (decides && this.#rules.breaks("And and Or stop early")) return left;
        return operate(expr.op, left, this.value(expr.right), this.#rules);
      }
      case "match":
        return this.#settled(this.#match(expr), expr);
    }
  }

  /** A number is of the type that its uses decide, rounded once from its exact value. */
  #number(expr: ExpressionOf<"number">): ModelValue {
    const type = this.#context.meaning.types.typeOf(expr);
    const isWhole = type?.kind !== "float" && expr.whole !== undefined;
    if (isWhole) return { kind: "Int", value: expr.whole };
    const bits = type?.kind === "float" ? type.bits : 64;
    const viaDouble = this.#rules.breaks("f32 text is rounded twice") ||
      (expr.whole !== undefined &&
        this.#rules.breaks("an integer literal becomes a float through f64"));
    const value = viaDouble && bits === 32
      ? Math.fround(nearest(expr.exact, 64))
      : nearest(expr.exact, bits);
    if (!Number.isFinite(value)) throw new RunFailure("Runtime", "a float that is not finite");
    return { kind: "Float", value, bits };
  }

  #text(text: string): string {
    if (!this.#rules.breaks("strings are interpolated")) return text;
    return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
      const value = this.#context.named(name);
      return value === undefined ? whole : payloadOf(value);
    });
  }

  #name(mention: NameExpression): ModelValue {
    const binding = this.#context.meaning.names.meaning(mention);
    const value = binding && this.#context.read(binding);
    if (value !== undefined) return value;
    if (this.#rules.breaks("an unknown name is a false predicate")) {
      throw new RunFailure("Inadmissible", mention.name);
    }
    return { kind: "Int", value: 0n };
  }

  #index(expr: ExpressionOf<"index">): ModelValue {
    const base = this.value(expr.base);
    const index = this.value(expr.index);
    const items = base.kind === "Array" ? base.items : [];
    const at = index.kind === "Int" || index.kind === "Float" ? Number(index.value) : -1;
    const last = this.#rules.breaks("an index outside an array is its last element")
      ? items.at(-1)
      : undefined;
    const item = items[at] ?? last;
    if (item === undefined) throw new RunFailure("Runtime", "index out of bounds");
    return item;
  }

  #shape(expr: ExpressionOf<"shape">): ModelValue {
    const { lookup: { program }, proc } = this.#context;
    const given = expr.fields.map(({ name, value }) => [name, this.value(value)] as const);
    const type = typeNamed(program, proc.home, expr.name, this.#rules);
    if (type?.kind !== "shape" || this.#rules.breaks("fields kept in literal order")) {
      return { kind: "Struct", ty: expr.name, fields: new Map(given) };
    }
    const fields = new Map<string, ModelValue>();
    for (const { name } of type.shape.fields) {
      const value = new Map(given).get(name) ?? UNIT;
      const declared = fieldType(program, type.shape, name, this.#rules);
      fields.set(name, declared === undefined ? value : enterType(value, declared, this.#rules));
    }
    return { kind: "Struct", ty: type.shape.name, fields };
  }

  #call(expr: ExpressionOf<"call">): ModelValue {
    const { lookup, proc } = this.#context;
    const target = lookup.meaningOf(proc, expr);
    switch (target.kind) {
      case "operation":
        return this.#operation(target.name, expr);
      case "proc": {
        const args = expr.args.map((arg) => this.value(arg));
        return this.#context.answer({ kind: "call", callee: target.proc, args });
      }
      case "intrinsic": {
        const [operand] = expr.args;
        return expr.callee === "q_move" && operand !== undefined ? this.value(operand) : UNIT;
      }
      case "missing":
        throw new RunFailure("Runtime", `no process ${expr.callee}`);
    }
  }

  /** What `spawn` names is no part of its arguments. */
  #operation(name: string, { args }: ExpressionOf<"call">): ModelValue {
    const { lookup, proc, answer } = this.#context;
    const [spawned, seed] = args;
    if (name !== "spawn" || spawned?.kind !== "call") {
      return answer({ kind: "operation", name, args: args.map((arg) => this.value(arg)) });
    }
    const callee = lookup.callee(proc, spawned.callee);
    if (callee === undefined) throw new RunFailure("Runtime", `no process ${spawned.callee}`);
    return answer({
      kind: "spawn",
      callee,
      args: spawned.args.map((arg) => this.value(arg)),
      seed: seed === undefined ? undefined : intOf(this.value(seed)),
    });
  }

  #negated(operand: ModelValue): ModelValue {
    const value = operand.kind === "Int" ? -operand.value : 0n;
    if (inRange(value, { bits: 64, signed: true })) return { kind: "Int", value };
    return operate("Sub", { kind: "Int", value: 0n }, operand, this.#rules);
  }

  #match({ of, arms }: Match): ModelValue {
    const matched = this.value(of);
    const fitting = arms.filter(({ pattern }) =>
      pattern.kind === "any" ||
      pattern.literals.some((literal) => equalValues(this.value(literal), matched, this.#rules))
    );
    const evaluated = (arm: Match["arms"][number]) => {
      const binding = this.#context.meaning.names.boundBy(arm);
      if (binding !== undefined) this.#context.bind(binding, matched);
      return this.value(arm.value);
    };
    if (this.#rules.breaks("a match evaluates every arm")) arms.forEach(evaluated);
    const arm = this.#rules.breaks("a match takes its last fitting arm")
      ? fitting.at(-1)
      : fitting[0];
    if (arm !== undefined) return evaluated(arm);
    if (this.#rules.breaks("a match without a fitting arm yields Unit")) return UNIT;
    throw new RunFailure("Runtime", "no arm of a match fits");
  }

  /** A value whose floats are of the type that all uses decide. */
  #settled(value: ModelValue, expr: Expression): ModelValue {
    return settle(value, this.#context.meaning.types.typeOf(expr), this.#rules);
  }
}

/** Floats of a value as wide as its inferred type; no integer is looked at, since no place declares one. */
export function settle(
  value: ModelValue,
  type: ModelType | undefined,
  rules: Rules,
): ModelValue {
  if (type?.kind === "float") return enterType(value, type, rules);
  if (type?.kind === "array" && value.kind === "Array") {
    return { kind: "Array", items: value.items.map((item) => settle(item, type.element, rules)) };
  }
  return value;
}

/** An integer, or 0 of what is none. */
export function intOf(value: ModelValue): bigint {
  return value.kind === "Int" ? value.value : 0n;
}
