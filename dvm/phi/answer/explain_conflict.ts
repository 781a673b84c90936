/**
 * Explains a conflict member by member: the bounds that each leaves the unknowns, and a configuration that exists without it.
 *
 * @module
 */
import type { NamedValue } from "../../value/value.ts";
import type { Int } from "../number/integer.ts";
import { BudgetExhausted, WorkBudget } from "../number/work_budget.ts";
import {
  configurationValues,
  isConstantFalse,
  operandsOf,
  type Problem,
} from "../problem/problem.ts";
import type { Term } from "../problem/term.ts";
import { Search } from "../solver/search.ts";
import { canonicalConfiguration } from "./canonical.ts";
import { type PhiQuestion, problemOf } from "./question.ts";

/** The bounds that one member of a conflict leaves an unknown, and those that the other members leave it. */
export interface VariableBounds {
  /** The flattened name: `x`, `c.x`. */
  readonly name: string;
  /** Bounds over the configurations that satisfy this member; not always tight. */
  readonly here: { readonly lo: Int; readonly hi: Int };
  /** Bounds over the configurations that satisfy the other members; not always tight. */
  readonly others: { readonly lo: Int; readonly hi: Int };
}

/** One member of a conflict. */
export interface ConflictMember {
  /** `body[0]`, or `Φ::callee.body[0]`. */
  readonly path: string;
  /** The path of the statement in the artifact: `forges[0].procs[2].body[0]`. */
  readonly place: string;
  /** The unknowns that the member mentions; empty if the budget was exhausted or the conflict is not known to be minimal. */
  readonly variables: readonly VariableBounds[];
  /** The canonical configuration of the other members; `undefined` in the same cases. */
  readonly without: readonly NamedValue[] | undefined;
}

/**
 * Explains a conflict, given as statement paths. `maxWork` is the budget in solver steps, for each member; the result is
 * empty if not even the translation is within the budget.
 */
export function explainPhi(
  { program, proc, given }: PhiQuestion,
  { conflict, isMinimal, maxWork }: {
    readonly conflict: readonly string[];
    /** If not, the members are only named: without one of them there may still be no configuration. */
    readonly isMinimal: boolean;
    readonly maxWork: number;
  },
): ConflictMember[] {
  const problem = problemOf({ program, proc, given }, maxWork);
  if (problem === undefined) return [];
  const members = problem.conjuncts.filter(({ path }) => conflict.includes(path));
  return members.map((member) => {
    const others = members.filter((other) => other !== member);
    const place = `${member.proc.place.path}.${member.stmt.path}`;
    const known = { path: member.path, place };
    if (!isMinimal) return { ...known, variables: [], without: undefined };
    const names = unknownsOf(member.term);
    try {
      const work = new WorkBudget(maxWork);
      const alone = isConstantFalse(member) ? undefined : new Search(problem, [member], work);
      const rest = new Search(problem, others, work);
      return {
        ...known,
        variables: boundsOf(problem, names, { alone, rest }),
        without: first(problem, rest),
      };
    } catch (thrown) {
      if (!(thrown instanceof BudgetExhausted)) throw thrown;
      return { ...known, variables: [], without: undefined };
    }
  });
}

function boundsOf(
  problem: Problem,
  indices: readonly number[],
  { alone, rest }: { readonly alone: Search | undefined; readonly rest: Search },
): VariableBounds[] {
  return indices.flatMap((index) => {
    const unknown = problem.unknowns[index];
    if (unknown === undefined) return [];
    const here = alone?.rangeOf(index, []) ?? unknown;
    return [{
      name: unknown.name,
      here: { lo: here.lo, hi: here.hi },
      others: rest.rangeOf(index, []),
    }];
  });
}

function first(problem: Problem, search: Search): readonly NamedValue[] | undefined {
  const found = search.find([]);
  if (found.kind === "none") return undefined;
  return configurationValues(problem, canonicalConfiguration(problem, search, found.configuration));
}

/** The unknowns that a term mentions, by index, ascending. */
function unknownsOf(term: Term): number[] {
  const seen = new Set<Term>([term]);
  const found: number[] = [];
  for (const one of seen) { // iterating a Set includes what is added meanwhile
    if (one.kind === "var") found.push(one.index);
    for (const operand of operandsOf(one)) seen.add(operand);
  }
  return found.sort((a, b) => a - b);
}
