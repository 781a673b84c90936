/**
 * A Φ problem: unknowns with their ranges, and the conjuncts that must hold at once. It is what the translation yields, what
 * the solver decides and what a refutation is checked against.
 *
 * @module
 */
import { assert } from "../../base/result.ts";
import type { Proc, Stmt } from "../../dir/model.ts";
import type { Type } from "../../dir/type.ts";
import { int64FromBigInt } from "../../value/int64.ts";
import {
  boolValue,
  intValue,
  type NamedValue,
  type StructValue,
  type Value,
} from "../../value/value.ts";
import type { Int } from "../number/integer.ts";
import { computeArithmetic, type Term } from "./term.ts";

/** One integer or boolean to find. */
export interface Unknown {
  /** The flattened name: `x`, `c.x`. */
  readonly name: string;
  readonly isBool: boolean;
  readonly lo: Int;
  readonly hi: Int;
}

/** What one statement demands: its predicate, and that everything in it is defined. */
export interface Conjunct {
  /** `body[0]`, or `Φ::callee.body[0]` where the statement is a callee's. */
  readonly path: string;
  readonly proc: Proc;
  readonly stmt: Stmt;
  readonly term: Term;
}

/** The whole question. */
export interface Problem {
  readonly proc: Proc;
  readonly unknowns: readonly Unknown[];
  /** In document order, a callee's where the call stands. What holds always is left out. */
  readonly conjuncts: readonly Conjunct[];
  /** Every term, operands before what they are part of. */
  readonly terms: readonly Term[];
  readonly given: ReadonlyMap<string, Value>;
}

/** Values of the unknowns, in their order. */
export type Configuration = readonly Int[];

/** The value of every parameter at a configuration, in declaration order, given arguments included. */
export function configurationValues(problem: Problem, configuration: Configuration): NamedValue[] {
  let next = 0;
  const build = (type: Type): Value => {
    if (type.kind === "shape") {
      const fields = new Map<string, Value>();
      for (const field of type.shape.fields) fields.set(field.name, build(field.type));
      return { kind: "Struct", ty: type.shape.name, fields } satisfies StructValue;
    }
    const value = configuration[next++];
    assert(value !== undefined, "a configuration is too short");
    if (type.kind === "bool") return boolValue(value === 1);
    const held = int64FromBigInt(BigInt(value));
    assert(held !== undefined, "a configuration leaves 64 bits");
    return intValue(held);
  };
  return problem.proc.params.map(({ name, type }) => ({
    name,
    value: problem.given.get(name) ?? build(type),
  }));
}

/** The terms that some of the conjuncts are made of, operands first. */
export function termsOf(conjuncts: readonly Conjunct[]): Term[] {
  const seen = new Set<Term>();
  const open = conjuncts.map(({ term }) => term);
  for (let term = open.pop(); term !== undefined; term = open.pop()) {
    if (seen.has(term)) continue;
    seen.add(term);
    open.push(...operandsOf(term));
  }
  return [...seen].sort((a, b) => a.id - b.id);
}

/** The direct operands of a term. */
export function operandsOf(term: Term): readonly Term[] {
  switch (term.kind) {
    case "const":
    case "var":
      return [];
    case "not":
      return [term.a];
    case "and":
    case "or":
      return term.args;
    case "ite":
      return [term.when, term.a, term.b];
    default:
      return [term.a, term.b];
  }
}

/** The value of each of `terms` at a configuration, by term id. Operands must stand before what they are part of. */
export function evaluateTerms(
  terms: readonly Term[],
  configuration: Configuration,
  values: Int[] = [],
): Int[] {
  for (const term of terms) {
    switch (term.kind) {
      case "const":
        values[term.id] = term.value;
        break;
      case "var":
        values[term.id] = configuration[term.index] ?? 0;
        break;
      case "not":
        values[term.id] = values[term.a.id] === 0 ? 1 : 0;
        break;
      case "and":
        values[term.id] = term.args.every(({ id }) => values[id] === 1) ? 1 : 0;
        break;
      case "or":
        values[term.id] = term.args.some(({ id }) => values[id] === 1) ? 1 : 0;
        break;
      case "le":
        values[term.id] = (values[term.a.id] ?? 0) <= (values[term.b.id] ?? 0) ? 1 : 0;
        break;
      case "eq":
        values[term.id] = values[term.a.id] === values[term.b.id] ? 1 : 0;
        break;
      case "ite":
        values[term.id] = values[(values[term.when.id] === 1 ? term.a : term.b).id] ?? 0;
        break;
      default:
        values[term.id] = computeArithmetic(
          term.kind,
          values[term.a.id] ?? 0,
          values[term.b.id] ?? 0,
        );
    }
  }
  return values;
}
