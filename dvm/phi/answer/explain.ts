/**
 * Why a Φ process does not exist, told part by part; and which configurations there are when it does.
 *
 * @module
 */
import type { NamedValue } from "../../value/value.ts";
import type { Int } from "../number/integer.ts";
import { OutOfWork, Work } from "../number/work_budget.ts";
import {
  configurationValues,
  type Conjunct,
  operandsOf,
  type Problem,
} from "../problem/problem.ts";
import type { Term } from "../problem/term.ts";
import { translate } from "../problem/translate.ts";
import { Search } from "../solver/search.ts";
import { configurations, leastConfiguration } from "./canonical.ts";
import type { PhiQuestion } from "./resolve.ts";

/** The first configurations in canonical order. */
export interface PhiListing {
  readonly configurations: readonly (readonly NamedValue[])[];
  /** `all`: there are no more. `more`: at least one more exists. `undecided`: the budget ended before that was known. */
  readonly end: "all" | "more" | "undecided";
}

/** What one member of a conflict leaves an unknown, and what the other members leave it. */
export interface VariableBounds {
  readonly name: string;
  /** Over the configurations that satisfy this member alone; no value outside is possible, not every value inside need be. */
  readonly here: { readonly lo: Int; readonly hi: Int };
  /** Over the configurations that satisfy the other members. */
  readonly others: { readonly lo: Int; readonly hi: Int };
}

/** One member of a conflict. */
export interface ConflictMember {
  /** `body[0]`, or `Φ::callee.body[0]`. */
  readonly path: string;
  /** The statement's path in the artifact: `forges[0].procs[2].body[0]`. */
  readonly place: string;
  readonly variables: readonly VariableBounds[];
  /** The first configuration with which every other member holds; absent only when it was not found within the budget. */
  readonly without: readonly NamedValue[] | undefined;
}

/** The first `count` configurations, each once. `maxWork` is a budget in solver steps. */
export function listPhi(
  { program, proc, given }: PhiQuestion,
  { count, maxWork }: { readonly count: number; readonly maxWork: number },
): PhiListing {
  const work = new Work(maxWork);
  const listed: (readonly NamedValue[])[] = [];
  try {
    const problem = translate(program, proc, given, { work });
    if (problem.conjuncts.some(isFalse)) return { configurations: [], end: "all" };
    const search = new Search(problem, problem.conjuncts, work);
    for (const configuration of configurations(problem, search)) {
      if (listed.length === count) return { configurations: listed, end: "more" };
      listed.push(configurationValues(problem, configuration));
    }
  } catch (thrown) {
    if (!(thrown instanceof OutOfWork)) throw thrown;
    return { configurations: listed, end: "undecided" };
  }
  return { configurations: listed, end: "all" };
}

/** Tells of each member of a conflict which unknowns it speaks of, which bounds collide, and what holds without it. */
export function explainPhi(
  { program, proc, given }: PhiQuestion,
  { conflict, maxWork }: { readonly conflict: readonly string[]; readonly maxWork: number },
): ConflictMember[] {
  const problem = problemOf({ program, proc, given }, maxWork);
  if (problem === undefined) return [];
  const members = problem.conjuncts.filter(({ path }) => conflict.includes(path));
  return members.map((member) => {
    const others = members.filter((other) => other !== member);
    const place = `${member.proc.place.path}.${member.stmt.path}`;
    const known = { path: member.path, place };
    const names = unknownsOf(member.term);
    try {
      const work = new Work(maxWork);
      const alone = isFalse(member) ? undefined : new Search(problem, [member], work);
      const rest = new Search(problem, others, work);
      return {
        ...known,
        variables: boundsOf(problem, names, { alone, rest }),
        without: first(problem, rest),
      };
    } catch (thrown) {
      if (!(thrown instanceof OutOfWork)) throw thrown;
      return { ...known, variables: [], without: undefined };
    }
  });
}

/** The problem that a question comes to; `undefined` when it does not fit the budget. */
export function problemOf(
  { program, proc, given }: PhiQuestion,
  maxWork: number,
): Problem | undefined {
  try {
    return translate(program, proc, given, { work: new Work(maxWork) });
  } catch (thrown) {
    if (thrown instanceof OutOfWork) return undefined;
    throw thrown;
  }
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
  return configurationValues(problem, leastConfiguration(problem, search, found.configuration));
}

function isFalse({ term }: Conjunct): boolean {
  return term.kind === "const";
}

/** The unknowns that a term mentions, by index, ascending. */
function unknownsOf(term: Term): number[] {
  const seen = new Set<Term>([term]);
  const found: number[] = [];
  for (const one of seen) { // a Set visits what is added while it is walked
    if (one.kind === "var") found.push(one.index);
    for (const operand of operandsOf(one)) seen.add(operand);
  }
  return found.sort((a, b) => a - b);
}
