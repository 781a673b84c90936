/**
 * Which constraints are executed when a process is left by `return` (semantics.md, second round, "Constraints and early
 * exits").
 *
 * @module
 */
import { returns } from "./check_body.ts";
import type { Constrain, Constraints } from "./constraints.ts";
import { allStatements, type ModelProc, type Statement } from "./program.ts";
import type { Rules } from "./rules.ts";

/** A block that control is in, and the statement of it that is being executed. */
export interface OpenBlock {
  readonly block: readonly Statement[];
  at: Statement | undefined;
}

/** The process that is left. */
export interface LeftProcess {
  readonly proc: ModelProc;
  readonly rules: Rules;
  readonly constraints: Constraints;
  readonly run: { isInCall(): boolean };
}

/** The constraints to execute, in document order; `blocks` are those that control is in, outermost first. */
export function exitConstraints(
  { proc, rules, constraints, run }: LeftProcess,
  blocks: readonly OpenBlock[],
): readonly Constrain[] {
  const found = new Set<Constrain>();
  for (const statement of afterReturn(blocks, rules)) found.add(statement);
  const isEarly = blocks.length > 1;
  const isSkipped = (isEarly && rules.breaks("an early return skips later constraints")) ||
    (isEarly && run.isInCall() && rules.breaks("a callee's early return skips its constraints")) ||
    rules.breaks("constraints after return ignored");
  const governing = rules.breaks("unreached constraints of inner blocks count")
    ? allStatements(proc.body)
    : proc.body;
  for (const statement of isSkipped ? [] : governing) {
    if (statement.kind === "Constrain" && !constraints.hasReached(statement)) found.add(statement);
  }
  return [...found].sort((a, b) => a.at - b.at);
}

/** Those after a return of their own inner block, or after an If of it both of whose branches return. */
function afterReturn(blocks: readonly OpenBlock[], rules: Rules): readonly Constrain[] {
  if (rules.breaks("constraints after return ignored")) return [];
  const found: Constrain[] = [];
  for (const { block, at } of blocks.slice(1).toReversed()) {
    if (at === undefined || !returns(at)) break;
    for (const statement of block.slice(block.indexOf(at) + 1)) {
      if (statement.kind === "Constrain") found.push(statement);
    }
  }
  return found;
}
