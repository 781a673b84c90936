/**
 * The state of one inlined call during symbolic execution.
 *
 * @module
 */
import type { CallSite } from "./conjuncts.ts";
import { ConstraintScope, type OpenBlock } from "./constraint_scope.ts";
import type { GuardedValue } from "./symbolic_value.ts";
import type { Term } from "./term.ts";

/** The path conditions under which control left the current iteration of a loop. */
export interface LoopExits {
  readonly broken: Term[];
  continued: Term[];
}

/** One call of a process in execution. */
export interface Frame extends CallSite {
  /** The values of the slots; `undefined` until bound. */
  readonly cells: (GuardedValue | undefined)[];
  readonly constraints: ConstraintScope;
  /** The results of the executed returns, each under its path condition. */
  readonly returned: { readonly when: Term; readonly result: GuardedValue }[];
  /** How many jumps (return, break, continue) were executed; if a block adds none, control leaves it as it entered it. */
  jumps: number;
  /** The blocks that control is in, outermost first. */
  readonly open: OpenBlock[];
  /** The loops around the current statement, outermost first. */
  readonly loops: LoopExits[];
}

/** A frame at the beginning of a process. */
export function newFrame(site: CallSite, args: readonly GuardedValue[]): Frame {
  const cells: (GuardedValue | undefined)[] = [...args];
  return {
    ...site,
    cells,
    constraints: new ConstraintScope(site.proc, cells),
    returned: [],
    jumps: 0,
    open: [],
    loops: [],
  };
}
