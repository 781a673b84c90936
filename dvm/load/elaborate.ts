/**
 * Elaboration, the last step of loading: writes into the expression trees what evaluation needs to know of inferred types. The
 * program is complete then, and nothing changes it any more (docs/decisions/0011-elaboration.md).
 *
 * @module
 */
import type { Program } from "../dir/model.ts";
import { typingOf } from "../typing/typing.ts";

/** Fills `isSingle` of every binary operation on f32, and the values of the literals whose type their uses decide. */
export function elaborate(program: Program): void {
  const { singleOperations, literals } = typingOf(program).elaboration;
  for (const expr of singleOperations) expr.isSingle = true;
  for (const { expr, value } of literals) {
    if (expr.kind === "int") expr.float = value;
    else expr.value = value;
  }
}
