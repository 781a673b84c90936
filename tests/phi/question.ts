/**
 * Direct access to the solver for tests, below the public API: ranges of unknowns can be chosen.
 *
 * @module
 */
import { load } from "../../dvm/load/load.ts";
import type { Program } from "../../dvm/dir/model.ts";
import { intOf } from "../../dvm/phi/number/integer.ts";
import { firstOfLater, laterConfiguration } from "../../dvm/phi/answer/canonical.ts";
import {
  type Conflict,
  conflictOf,
  ConflictSearch,
  falsehoodIn,
} from "../../dvm/phi/answer/minimal_conflict.ts";
import type { Configuration, Problem } from "../../dvm/phi/problem/problem.ts";
import { Search } from "../../dvm/phi/solver/search.ts";
import { translate } from "../../dvm/phi/problem/translate.ts";
import { WorkBudget } from "../../dvm/phi/number/work_budget.ts";
import { artifactOf, type System } from "./systems.ts";

/** A budget that no system of a test exhausts. */
const WORK = 20_000_000;

/** The one process of a system, loaded. */
export function loadSystem(system: System): Program {
  const program = load([{ name: "system", text: artifactOf(system) }]);
  if (!program.ok) throw new Error(program.failure[0]?.message);
  return program.value;
}

/** The problem of a program's first process; the ranges of the system's unknowns replace the declared ones. */
export function problemOf(program: Program, system?: System): Problem {
  const [proc] = program.procs;
  if (proc === undefined) throw new Error("no process");
  const ranges = system?.unknowns.map(({ name, lo, hi }) =>
    [name, { lo: intOf(lo), hi: intOf(hi) }] as const
  );
  return translate(program, proc, new Map(), {
    work: new WorkBudget(WORK),
    ...(ranges === undefined ? {} : { ranges: new Map(ranges) }),
  });
}

/** Every configuration in order, as text, and the paths of the preferred minimal conflict. */
export interface Solved {
  readonly configurations: readonly string[];
  readonly conflict: readonly string[];
}

/** Solves a problem completely. */
export function solve(problem: Problem): Solved {
  const work = new WorkBudget(WORK);
  const indices = [...problem.conjuncts.keys()];
  const falsehood = falsehoodIn(problem, indices);
  if (falsehood !== undefined) {
    return { configurations: [], conflict: paths(problem, falsehood, work) };
  }
  const search = new Search(problem, problem.conjuncts, work);
  const found = search.find([]);
  if (found.kind === "none") {
    const conflict = conflictOf(search, found.refutation, indices);
    return { configurations: [], conflict: paths(problem, conflict, work) };
  }
  return {
    configurations: [...everyConfiguration(problem, search)].map((values) => values.join(" ")),
    conflict: [],
  };
}

/** Every configuration in canonical order. */
function* everyConfiguration(problem: Problem, search: Search): Generator<Configuration> {
  let later = laterConfiguration(problem, search, undefined);
  while (later !== undefined) {
    const current = firstOfLater(problem, search, later);
    yield current;
    later = laterConfiguration(problem, search, current);
  }
}

/** The preferred conflict, found from any. */
function paths(problem: Problem, found: Conflict, work: WorkBudget): string[] {
  const search = new ConflictSearch(problem, found, work);
  search.findPreferred();
  return search.smallest.members.map((index) => problem.conjuncts[index]?.path ?? "");
}
