/**
 * A Φ problem: unknowns with their ranges, and the conjuncts that must all be true. The translation produces it, the solver
 * decides it, and a refutation is checked against it.
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
import { computeArithmetic } from "./arithmetic.ts";
import type { Term } from "./term.ts";

/** One integer or boolean whose value is to be found. */
export interface Unknown {
  /** The flattened name: `x`, `c.x`. */
  readonly name: string;
  /** Whether the unknown is a boolean, with the values 0 and 1. */
  readonly isBool: boolean;
  /** The least and the greatest value. */
  readonly lo: Int;
  readonly hi: Int;
}

/** What one statement requires: that everything it evaluates is defined, and that its predicate, if any, is true. */
export interface Conjunct {
  /** `body[0]`, or `Φ::callee.body[0]` for a statement of a callee. */
  readonly path: string;
  readonly proc: Proc;
  readonly stmt: Stmt;
  readonly term: Term;
}

/** A problem: is there a configuration that satisfies every conjunct? */
export interface Problem {
  readonly proc: Proc;
  readonly unknowns: readonly Unknown[];
  /** In document order, those of a callee at its call. Conjuncts that are always true are left out. */
  readonly conjuncts: readonly Conjunct[];
  /** Every term; operands precede the terms that use them. */
  readonly terms: readonly Term[];
  /** The values of the parameters that are not open. */
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
    assert(value !== undefined, "a configuration has a value for every unknown");
    if (type.kind === "bool") return boolValue(value === 1);
    const held = int64FromBigInt(BigInt(value));
    assert(held !== undefined, "a configuration is within 64 bits");
    return intValue(held);
  };
  return problem.proc.params.map(({ name, type }) => ({
    name,
    value: problem.given.get(name) ?? build(type),
  }));
}

/** The terms that conjuncts consist of, operands first. */
export function termsOf(conjuncts: readonly Conjunct[]): Term[] {
  const seen = new Set<Term>();
  const open = conjuncts.map(({ term }) => term);
  for (let term = open.pop(); term !== undefined; term = open.pop()) {
    if (seen.has(term)) continue;
    seen.add(term);
    for (const operand of operandsOf(term)) open.push(operand);
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

/** The value of each of `terms` at a configuration, by term id. Operands must precede the terms that use them. */
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

/** Whether a conjunct is false for every configuration by constant folding; conjuncts folded to true are left out of a problem. */
export function isConstantFalse({ term }: Conjunct): boolean {
  return term.kind === "const";
}
