/**
 * Direct access to the solver for tests, below the public API: ranges of unknowns can be chosen.
 *
 * @module
 */
import { load } from "../../dvm/load/load.ts";
import type { Program } from "../../dvm/dir/model.ts";
import { intOf } from "../../dvm/phi/number/integer.ts";
import { configurations } from "../../dvm/phi/answer/canonical.ts";
import { firstMinimalConflict } from "../../dvm/phi/answer/minimal_conflict.ts";
import { isConstantFalse, type Problem } from "../../dvm/phi/problem/problem.ts";
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

/** Every configuration in order, as text, and the paths of the first minimal conflict. */
export interface Solved {
  readonly configurations: readonly string[];
  readonly conflict: readonly string[];
}

/** Solves a problem completely. */
export function solve(problem: Problem): Solved {
  const work = new WorkBudget(WORK);
  const falsehood = problem.conjuncts.findIndex(isConstantFalse);
  if (falsehood >= 0) {
    return { configurations: [], conflict: conflictOf(problem, [falsehood], work) };
  }
  const search = new Search(problem, problem.conjuncts, work);
  if (search.find([]).kind === "none") {
    return { configurations: [], conflict: conflictOf(problem, search.core(), work) };
  }
  return {
    configurations: [...configurations(problem, search)].map((values) => values.join(" ")),
    conflict: [],
  };
}

function conflictOf(problem: Problem, core: readonly number[], work: WorkBudget): string[] {
  return firstMinimalConflict(problem, core, work).map((index) =>
    problem.conjuncts[index]?.path ?? ""
  );
}
