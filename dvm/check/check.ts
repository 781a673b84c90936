/**
 * `check`: every static rule, over the whole program, whether a run would reach it or not (semantics, step 2).
 *
 * @module
 */
import { memoize } from "../base/memoize.ts";
import type { Diagnostic } from "../diagnostic/failure.ts";
import { checkBinds } from "./binds.ts";
import { checkCalls } from "./calls.ts";
import { checkCycles } from "./cycles.ts";
import { checkDeclarations } from "./declarations.ts";
import { checkEffects } from "./effects.ts";
import { checkHandles } from "./handles.ts";
import { checkMovedValues } from "./moved_values.ts";
import { checkLinearity } from "./linearity.ts";
import { checkNames } from "./names.ts";
import { checkTypes } from "./types.ts";
import type { Program } from "../dir/model.ts";
import { Report, type Reported } from "./report.ts";

export type { Reported };

/** Every violation of a static rule, in document order; none is derived from another. */
export function check(program: Program): readonly Diagnostic[] {
  return reportedViolations(program).map(({ diagnostic }) => diagnostic);
}

/** The same, each with the process it is in. Memoized, because arguments are checked before the run is. */
export const reportedViolations = memoize((program: Program): readonly Reported[] => {
  const report = new Report(program);
  checkDeclarations(program, report);
  checkBinds(program, report);
  checkCalls(program, report);
  checkCycles(program, report);
  checkHandles(program, report);
  for (const proc of program.procs) {
    checkNames(program, proc, report);
    checkTypes(program, proc, report);
    checkEffects(program, proc, report);
    checkLinearity(program, proc, report);
  }
  checkMovedValues(program, report);
  return report.inOrder();
});
