/**
 * What contradicts what in a Φ process, and what would have to be dropped. Questions that people ask; they change nothing of what the
 * process means.
 *
 * @module
 */
import { type Result, success } from "../base/result.ts";
import { stmtMark } from "../diagnostic/mark.ts";
import type { Program } from "../dir/model.ts";
import { renderPlace } from "../dir/notation.ts";
import { canonicalConfiguration } from "../phi/answer/canonical.ts";
import { conflictTree } from "../phi/answer/conflict_tree.ts";
import { BudgetExhausted, WorkBudget } from "../phi/number/work_budget.ts";
import { type Configuration, configurationValues, type Problem } from "../phi/problem/problem.ts";
import { translate } from "../phi/problem/translate.ts";
import { Search } from "../phi/solver/search.ts";
import { namedToWire, type WireFields } from "../value/wire_object.ts";
import { budgetsOf, type ConfigurationQuery, questionOf } from "./configuration_query.ts";

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
  const { maxWork, observe } = budgetsOf(query), work = new WorkBudget(maxWork, observe);
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
  const { maxWork, maxConfigurationWork, observe } = budgetsOf(query);
  const work = new WorkBudget(maxWork, observe);
  try {
    const problem = translate(program, asked.value.proc, asked.value.given, { work });
    for (const node of conflictTree(problem, work)) {
      if (node.kind === "conflict") continue;
      const { dropped, configuration } = node;
      const first = firstWithout(problem, dropped, configuration, maxConfigurationWork);
      return success({
        kind: "relaxed",
        dropped: statementsOf(program, problem, dropped),
        configuration: namedToWire(configurationValues(problem, first ?? configuration)),
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
