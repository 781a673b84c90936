/**
 * Questions about the configurations of a Φ process that people ask: which is best, what contradicts what, and what would have to
 * be dropped. None of them changes what the process means.
 *
 * @module
 */
import { stmtMark } from "../diagnostic/mark.ts";
import { assert, failure, type Result, success } from "../base/result.ts";
import { check } from "../check/check.ts";
import type { Proc, Program } from "../dir/model.ts";
import { renderPlace } from "../dir/notation.ts";
import { load } from "../load/load.ts";
import { canonicalConfiguration } from "../phi/answer/canonical.ts";
import { conflictTree } from "../phi/answer/conflict_tree.ts";
import { firstWithValue, improve, type Optimum } from "../phi/answer/optimize.ts";
import type { PhiBudgets } from "../phi/answer/resolve.ts";
import type { PhiQuestion } from "../phi/answer/question.ts";
import { BudgetExhausted, WorkBudget } from "../phi/number/work_budget.ts";
import { type Int, neg } from "../phi/number/integer.ts";
import { type Objective, OBJECTIVE_UNKNOWN } from "../phi/problem/objective.ts";
import {
  type Configuration,
  configurationValues,
  isConstantFalse,
  type Problem,
} from "../phi/problem/problem.ts";
import { translate } from "../phi/problem/translate.ts";
import { Search } from "../phi/solver/search.ts";
import { valueToWire, type WireFields } from "../value/wire_object.ts";
import { budgetsOf, type ConfigurationQuery, questionOf } from "./configuration_query.ts";

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
  { maxWork, maxConfigurationWork }: Required<PhiBudgets>,
): Generator<OptimizationStep> {
  const work = new WorkBudget(maxWork);
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
    configuration: fieldsOf(problem, configuration.slice(1)),
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

/** A statement of a process, as an answer names it. */
export interface NamedStatement {
  /** `body[0]`, or `Φ::callee.body[0]`. */
  readonly path: string;
  /** Where it is: `plan.dir.json:12, Shop::Φ::plan, statement 1`. */
  readonly place: string;
  /** In the notation of the language. */
  readonly text: string;
}

/** Minimal conflicts of a Φ process: sets of statements that exclude one another, and no part of which does. */
export interface ConflictList {
  /** The preferred one first; empty if the process exists. */
  readonly conflicts: readonly (readonly NamedStatement[])[];
  /** `all`: there are no more. `more`: there may be more. `undecided`: the budget ended first. */
  readonly end: "all" | "more" | "undecided";
}

/** Up to `count` minimal conflicts of a Φ process. Fails with a sentence when the query does not fit the program. */
export function listConflicts(
  program: Program,
  query: ConfigurationQuery,
  count: number,
): Result<ConflictList, string> {
  const asked = questionOf(program, query);
  if (!asked.ok) return asked;
  const work = new WorkBudget(budgetsOf(query).maxWork);
  const conflicts: (readonly NamedStatement[])[] = [];
  try {
    const problem = translate(program, asked.value.proc, asked.value.given, { work });
    for (const node of conflictTree(problem, work)) {
      if (node.kind === "conflict") conflicts.push(statementsOf(program, problem, node.members));
      if (conflicts.length === count) return success({ conflicts, end: "more" });
    }
    return success({ conflicts, end: "all" });
  } catch (thrown) {
    if (!(thrown instanceof BudgetExhausted)) throw thrown;
    return success({ conflicts, end: "undecided" });
  }
}

/** The fewest statements without which a Φ process has a configuration. */
export type Relaxation =
  | {
    readonly kind: "relaxed";
    /** Empty if the process exists. */
    readonly dropped: readonly NamedStatement[];
    /** A configuration without them. */
    readonly configuration: WireFields;
    /** Whether it is known to be the first in canonical order. If not, the budget for that ended first. */
    readonly isFirst: boolean;
  }
  | { readonly kind: "undecided" };

/** The fewest statements to drop; of several choices one whose statements are in earlier conflicts. Fails as {@link listConflicts} does. */
export function relax(program: Program, query: ConfigurationQuery): Result<Relaxation, string> {
  const asked = questionOf(program, query);
  if (!asked.ok) return asked;
  const { maxWork, maxConfigurationWork } = budgetsOf(query), work = new WorkBudget(maxWork);
  try {
    const problem = translate(program, asked.value.proc, asked.value.given, { work });
    for (const node of conflictTree(problem, work)) {
      if (node.kind === "conflict") continue;
      const { dropped, configuration } = node;
      const first = firstWithout(problem, dropped, configuration, maxConfigurationWork);
      return success({
        kind: "relaxed",
        dropped: statementsOf(program, problem, dropped),
        configuration: fieldsOf(problem, first ?? configuration),
        isFirst: first !== undefined,
      });
    }
  } catch (thrown) {
    if (!(thrown instanceof BudgetExhausted)) throw thrown;
  }
  return success({ kind: "undecided" });
}

/** The first configuration in canonical order without some conjuncts; `undefined` beyond the budget. */
function firstWithout(
  problem: Problem,
  dropped: readonly number[],
  model: Configuration,
  maxWork: number,
): Configuration | undefined {
  const kept = problem.conjuncts.filter((_, index) => !dropped.includes(index));
  try {
    const search = new Search(problem, kept, new WorkBudget(maxWork));
    return canonicalConfiguration(problem, search, model);
  } catch (thrown) {
    if (thrown instanceof BudgetExhausted) return undefined;
    throw thrown;
  }
}

function statementsOf(
  program: Program,
  { conjuncts }: Problem,
  indices: readonly number[],
): NamedStatement[] {
  return indices.flatMap((index) => {
    const conjunct = conjuncts[index];
    if (conjunct === undefined) return [];
    const { path, proc, stmt } = conjunct;
    const mark = stmtMark(program, proc, stmt, { role: "conflict", label: "" });
    return [{ path, place: renderPlace(mark), text: mark.text }];
  });
}

function fieldsOf(problem: Problem, configuration: Configuration): WireFields {
  const values = configurationValues(problem, configuration);
  return Object.fromEntries(values.map(({ name, value }) => [name, valueToWire(value)]));
}
