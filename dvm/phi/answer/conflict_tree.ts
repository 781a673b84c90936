/**
 * Several minimal conflicts, and the fewest conjuncts to drop, by the hitting set tree of Reiter (1987): a node drops some conjuncts,
 * and has a minimal conflict of the others; its children drop one member of it each. Level by level, the first node without a
 * conflict drops the fewest conjuncts. Every minimal conflict is at some node.
 *
 * @module
 */
import type { WorkBudget } from "../number/work_budget.ts";
import type { Configuration, Problem } from "../problem/problem.ts";
import { Search } from "../solver/search.ts";
import { conflictOf, ConflictSearch, falsehoodIn } from "./minimal_conflict.ts";

/** What one node of the tree shows. */
export type TreeNode =
  /** A minimal conflict that was not found before: indices of conjuncts, ascending. */
  | { readonly kind: "conflict"; readonly members: readonly number[] }
  /** Without the dropped conjuncts there is a configuration, and no fewer need to be dropped than were at the first such node. */
  | {
    readonly kind: "relaxation";
    readonly dropped: readonly number[];
    readonly configuration: Configuration;
  };

/** Walks the tree, level by level. @throws BudgetExhausted */
export function* conflictTree(problem: Problem, work: WorkBudget): Generator<TreeNode> {
  const conflicts: (readonly number[])[] = [], seen = new Set<string>();
  let level: (readonly number[])[] = [[]];
  while (level.length > 0) {
    const next: (readonly number[])[] = [];
    for (const dropped of level) {
      let conflict = conflicts.find((members) => !members.some((each) => dropped.includes(each)));
      if (conflict === undefined) {
        const node = nodeOf(problem, dropped, work);
        yield node;
        if (node.kind === "relaxation") continue;
        conflict = node.members;
        conflicts.push(conflict);
      }
      for (const member of conflict) {
        work.spend(1);
        const more = [...dropped, member].sort((a, b) => a - b);
        if (!seen.has(more.join())) next.push(more);
        seen.add(more.join());
      }
    }
    level = next;
  }
}

function nodeOf(problem: Problem, dropped: readonly number[], work: WorkBudget): TreeNode {
  const kept = [...problem.conjuncts.keys()].filter((index) => !dropped.includes(index));
  const conjuncts = kept.flatMap((index) => problem.conjuncts[index] ?? []);
  const part = { ...problem, conjuncts }, indices = [...conjuncts.keys()];
  let conflict = falsehoodIn(part, indices);
  if (conflict === undefined) {
    const search = new Search(part, conjuncts, work), found = search.find([]);
    if (found.kind === "configuration") {
      return { kind: "relaxation", dropped, configuration: found.configuration };
    }
    conflict = conflictOf(search, found.refutation, indices);
  }
  const preferred = new ConflictSearch(part, conflict, work);
  preferred.findPreferred();
  return { kind: "conflict", members: preferred.smallest.members.map((at) => kept[at] ?? 0) };
}
