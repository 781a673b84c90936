/**
 * The best configuration of a Φ process: the least or the greatest value of an objective. A question that people ask; it changes
 * nothing of what the process means.
 *
 * @module
 */
import { assert, failure, type Result, success } from "../base/result.ts";
import { check } from "../check/check.ts";
import type { Proc, Program } from "../dir/model.ts";
import { load } from "../load/load.ts";
import { firstWithValue, improve, type Optimum } from "../phi/answer/optimize.ts";
import type { PhiQuestion } from "../phi/answer/question.ts";
import { type Int, neg } from "../phi/number/integer.ts";
import { BudgetExhausted, WorkBudget } from "../phi/number/work_budget.ts";
import { type Objective, OBJECTIVE_UNKNOWN } from "../phi/problem/objective.ts";
import {
  type Configuration,
  configurationValues,
  isConstantFalse,
  type Problem,
} from "../phi/problem/problem.ts";
import { translate } from "../phi/problem/translate.ts";
import { Search } from "../phi/solver/search.ts";
import { namedToWire, type WireFields } from "../value/wire_object.ts";
import {
  budgetsOf,
  type ConfigurationQuery,
  type QueryBudgets,
  questionOf,
} from "./configuration_query.ts";

/** A quantity, and which end of its values is wanted. */
export interface ObjectiveQuery {
  /** An integer expression over the parameters, in the notation of DIR: `x Add 2 Mul y`. */
  readonly expr: string;
  /** The least value, or the greatest. */
  readonly end: "least" | "greatest";
}

/** How far an optimization has come. */
export type OptimizationStep =
  /** The best configuration so far. */
  | {
    readonly kind: "found";
    /** The value of the objective. */
    readonly value: number | bigint;
    /** No configuration has a better value than this one. Equal to `value` exactly if that is optimal. */
    readonly bound: number | bigint;
    /** Of the configurations with an optimal value the first in canonical order, once that is known. */
    readonly isFirst: boolean;
    readonly configuration: WireFields;
  }
  /** The process has no configuration in which the objective has a value, or none was found within the budget. */
  | { readonly kind: "none" | "undecided" };

/**
 * The configuration of a Φ process with the least or greatest value of an objective. Each step is better than the one before, or knows a
 * better bound; the caller may stop at any. Fails with a sentence when the query or the objective does not fit the program.
 *
 * @example
 * ```ts
 * import { load, optimize } from "../../mod.ts";
 * const text = `{"forges":[{"name":"F","shapes":[],"binds":[],"procs":[{"regime":"Φ","name":"main","params":[
 *   {"name":"x","ty":"u8"},{"name":"y","ty":"u8"}],"uses":[],"ret":"u8","qualifiers":[],"body":[
 *   {"Constrain":{"predicate":"2 Mul x Add 3 Mul y Le 24"}},{"Return":{"expr":"x"}}]}]}]}`;
 * const program = load([{ name: "demo", text }]);
 * if (!program.ok) throw new Error();
 * const steps = optimize(program.value, { entry: "main" }, { expr: "x Add 2 Mul y", end: "greatest" });
 * if (!steps.ok) throw new Error();
 * const last = [...steps.value].at(-1);
 * if (last?.kind !== "found" || last.value !== 16 || last.bound !== 16) throw new Error();
 * ```
 */
export function optimize(
  program: Program,
  query: ConfigurationQuery,
  objective: ObjectiveQuery,
): Result<Generator<OptimizationStep>, string> {
  const asked = questionOf(program, query);
  if (!asked.ok) return asked;
  const extended = withObjective(program, asked.value, objective.expr);
  if (!extended.ok) return extended;
  const question = questionOf(extended.value.program, query);
  if (!question.ok) return question;
  const wanted = { proc: extended.value.proc, isNegated: objective.end === "greatest" };
  return success(optimizationSteps(question.value, wanted, budgetsOf(query)));
}

function* optimizationSteps(
  { program, proc, given }: PhiQuestion,
  objective: Objective,
  { maxWork, maxConfigurationWork, observe }: QueryBudgets,
): Generator<OptimizationStep> {
  const work = new WorkBudget(maxWork, observe);
  let problem: Problem, search: Search, first: Configuration;
  try {
    problem = translate(program, proc, given, { work, objective });
    if (problem.conjuncts.some(isConstantFalse)) return yield { kind: "none" };
    search = new Search(problem, problem.conjuncts, work);
    const found = search.find([]);
    if (found.kind === "none") return yield { kind: "none" };
    first = found.configuration;
  } catch (thrown) {
    if (!(thrown instanceof BudgetExhausted)) throw thrown;
    return yield { kind: "undecided" };
  }
  const share = { left: maxConfigurationWork };
  const valueOf = (value: Int | undefined) => objective.isNegated ? neg(value ?? 0) : value ?? 0;
  const step = (configuration: Configuration, bound: Int, isFirst: boolean): OptimizationStep => ({
    kind: "found",
    value: valueOf(configuration[0]),
    bound: valueOf(bound),
    isFirst,
    configuration: namedToWire(configurationValues(problem, configuration.slice(1))),
  });
  let last: Optimum = { configuration: first, bound: OBJECTIVE_UNKNOWN.lo };
  for (last of improve(search, first, work, share)) {
    yield step(last.configuration, last.bound, false);
  }
  if (last.configuration[0] !== last.bound) return;
  const best = firstWithValue(problem, search, last.configuration, work, {
    left: maxConfigurationWork,
  });
  if (best !== undefined) yield step(best, last.bound, true);
}

/** The program with a process that returns the objective, and this; fails with a sentence when the expression is none over the parameters. */
function withObjective(
  program: Program,
  { proc }: PhiQuestion,
  expr: string,
): Result<{ readonly program: Program; readonly proc: Proc }, string> {
  let name = "objective";
  const isTaken = () =>
    program.procs.some((each) => each.name === name) ||
    program.forges.some((each) => each.name === name);
  while (isTaken()) name += "_";
  const params = proc.params.map((param) => ({ name: param.name, ty: param.typeText }));
  const procs = [{
    regime: "Φ",
    name,
    params,
    uses: [],
    ret: "i64",
    qualifiers: [],
    body: [{ Return: { expr } }],
  }];
  const text = JSON.stringify({ forges: [{ name, shapes: [], procs, binds: [] }] });
  const loaded = load([...program.artifacts, { name, text }]);
  if (!loaded.ok) return failure(`${expr}: ${loaded.failure[0]?.message ?? "no expression"}`);
  const violation = check(loaded.value).find(({ marks }) =>
    marks.some(({ artifact }) => artifact === name)
  );
  if (violation !== undefined) return failure(`${expr}: ${violation.message}`);
  const added = loaded.value.procs.find((each) => each.name === name);
  assert(added !== undefined, "the process of the objective is in the program");
  return success({ program: loaded.value, proc: added });
}
