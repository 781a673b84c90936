/**
 * From a Φ process to a problem: the process is executed symbolically, its open parameters being unknowns, and what its
 * statements require becomes the conjuncts. There is no short circuit: if a part of a predicate overflows or divides
 * by zero, the predicate is false.
 *
 * @module
 */
import type { Proc, Program } from "../../dir/model.ts";
import type { Value } from "../../value/value.ts";
import type { WorkBudget } from "../number/work_budget.ts";
import type { Problem, Unknown } from "./problem.ts";
import { type Objective, OBJECTIVE_UNKNOWN } from "./objective.ts";
import { SymbolicExecutor } from "./symbolic_executor.ts";
import { symbolicConstant } from "./symbolic_value.ts";
import { type UnknownRanges, unknownsOfParameter } from "./unknowns.ts";

/** What a translation takes besides the program. */
export interface TranslationOptions {
  /** Pays for terms, statements and loop iterations. */
  readonly work: WorkBudget;
  /** Ranges that replace the declared ones, by flattened name. */
  readonly ranges?: UnknownRanges;
  /** A quantity that gets an unknown, the first one, which has its value in every configuration. */
  readonly objective?: Objective;
}

/**
 * The problem of a Φ process when the parameters in `given` have values. The others must have decidable types: booleans,
 * integers, and shapes of them. @throws BudgetExhausted
 */
export function translate(
  program: Program,
  proc: Proc,
  given: ReadonlyMap<string, Value>,
  options: TranslationOptions,
): Problem {
  const executor = new SymbolicExecutor(program, options.work);
  const unknowns: Unknown[] = [];
  const { objective } = options;
  if (objective !== undefined) unknowns.push(OBJECTIVE_UNKNOWN);
  const args = proc.params.map(({ name, type }) => {
    const value = given.get(name);
    if (value !== undefined) return symbolicConstant(executor.terms, value);
    return unknownsOfParameter(executor.terms, { name, type }, {
      unknowns,
      ranges: options.ranges,
    });
  });
  const conjuncts = executor.execute(proc, args, objective);
  return { proc, unknowns, conjuncts, terms: executor.terms.all, given };
}
