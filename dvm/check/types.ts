/**
 * Types: reports the violations that type inference has found (TYP-01 to TYP-11, CON-01, X-22, X-35).
 *
 * @module
 */
import type { Proc, Program } from "../dir/model.ts";
import { typingOf } from "../typing/typing.ts";
import type { Report } from "./report.ts";

/** Checks the types of one process. */
export function checkTypes(program: Program, proc: Proc, report: Report): void {
  for (const { at, violation } of typingOf(program).findings.get(proc) ?? []) {
    report.add(at, violation);
  }
}
