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
import { SymbolicExecutor } from "./symbolic_executor.ts";
import { symbolicConstant } from "./symbolic_value.ts";
import { type UnknownRanges, unknownsOfParameter } from "./unknowns.ts";

/** What a translation takes besides the program. */
export interface TranslationOptions {
  /** Pays for terms, statements and loop iterations. */
  readonly work: WorkBudget;
  /** Ranges that replace the declared ones, by flattened name. */
  readonly ranges?: UnknownRanges;
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
  const args = proc.params.map(({ name, type }) => {
    const value = given.get(name);
    if (value !== undefined) return symbolicConstant(executor.terms, value);
    return unknownsOfParameter(executor.terms, { name, type }, {
      unknowns,
      ranges: options.ranges,
    });
  });
  const conjuncts = executor.execute(proc, args);
  return { proc, unknowns, conjuncts, terms: executor.terms.all, given };
}
