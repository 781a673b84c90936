/**
 * `check`: every rule that can be decided without executing, over the whole program, reached or not (semantics, step 2).
 *
 * @module
 */
import type { Diagnostic } from "../failure.ts";
import { checkBinds } from "./check_binds.ts";
import { checkCalls } from "./check_calls.ts";
import { checkCycles } from "./check_cycles.ts";
import { checkDeclarations } from "./check_declarations.ts";
import { checkEffects } from "./check_effects.ts";
import { checkHandedOver } from "./check_handed_over.ts";
import { checkLinear } from "./check_linear.ts";
import { checkNames } from "./check_names.ts";
import { checkTypes } from "./check_types.ts";
import type { Program } from "./model.ts";
import { Report } from "./report.ts";

/** Every violation of a static rule, in document order; none is derived from another. */
export function check(program: Program): readonly Diagnostic[] {
  const report = new Report(program);
  checkDeclarations(program, report);
  checkBinds(program, report);
  checkCalls(program, report);
  checkCycles(program, report);
  for (const proc of program.procs) {
    checkNames(program, proc, report);
    checkTypes(program, proc, report);
    checkEffects(program, proc, report);
    checkLinear(program, proc, report);
    checkHandedOver(program, proc, report);
  }
  return report.inOrder();
}
