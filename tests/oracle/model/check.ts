/**
 * The static rules in the model: every violation of a whole program, with its place (semantics.md, "The run", step 2).
 *
 * @module
 */
import { callViolations } from "./check_calls.ts";
import { declarationViolations } from "./check_declarations.ts";
import { bodyViolations } from "./check_body.ts";
import { handleDeclarations, handleUses } from "./handles.ts";
import { handedOverViolations } from "./handed_over.ts";
import { isLinear, linearViolations } from "./linear.ts";
import type { Lookup } from "./lookup.ts";
import type { Meanings } from "./meaning.ts";
import { procsOf } from "./program.ts";
import { sealedViolations } from "./sealed.ts";
import type { Violation } from "./violation.ts";

/** Every violation of the static rules, in document order. */
export function violationsOf(lookup: Lookup, meanings: Meanings): readonly Violation[] {
  const { program, rules } = lookup;
  const found: Violation[] = [
    ...declarationViolations(lookup),
    ...handleDeclarations(lookup),
  ];
  for (const proc of procsOf(program)) {
    const meaning = meanings.of(proc);
    const ofProc = [
      bodyViolations(lookup, proc, meaning),
      callViolations(lookup, proc, meaning),
      handleUses(lookup, proc, meaning),
      sealedViolations(proc, meaning.names),
      handedOverViolations(lookup, meanings, proc),
      isLinear(proc, rules) ? linearViolations(proc, meaning.names, rules) : [],
    ];
    for (const violation of ofProc.flat()) found.push(violation);
  }
  return found.sort((a, b) => a.at - b.at);
}
