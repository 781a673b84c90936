/**
 * Tables of small programs and their expected outcomes, derived from the texts of the specification alone, without looking
 * at the machine's results.
 *
 * @module
 */
import { assertStrictEquals } from "../../../std/assert.ts";
import type { FailureKind, RunInput } from "../../../mod.ts";
import { encodeWireValue, executeText } from "../../../mod.ts";
import { codes, type Part, proc, type Statement } from "../../support/program.ts";

/**
 * A program and its outcome. The outcome is one of
 * - the effects and the value, its value tagged: `emit 7; {"Int":7}`;
 * - `run DR0801`: the program is valid, its run fails with that code;
 * - `static DR0401 DR0402`: the codes of all violations, in document order;
 * - `load DR0111` for a text that is not DIR;
 * - a kind of failure, where the texts are no more specific: `DirValidate`.
 */
export type Case = readonly [text: string, outcome: string, input?: RunInput];

/** Asserts the outcome of every case; all differences are reported together. */
export function agree(cases: readonly Case[]): void {
  const differing = cases.flatMap(([text, outcome, input], index) => {
    const found = outcomeOf(text, input);
    if (found === outcome || kindOf(text, input) === outcome) return [];
    return [`case ${index + 1}: must be ${outcome}, is ${found}\n${text}`];
  });
  assertStrictEquals(differing.length, 0, `\n${differing.join("\n")}`);
}

/** `K::main() -> i64` with this body. */
export function main(...body: readonly Statement[]): Part {
  return proc("K::main() -> i64", ...body);
}

/** An expression as the whole of a program: `K::main() -> ret` returns it. */
export function returned(expr: string, ret = "i64"): Part {
  return proc(`K::main() -> ${ret}`, `return ${expr}`);
}

function outcomeOf(text: string, input: RunInput | undefined): string {
  const violated = codes(text);
  const found = ranTo(text, input);
  if (violated.length > 0) {
    const [first = ""] = violated;
    const stage = first.startsWith("DR01") ? "load" : "static";
    const told = `${stage} ${violated.join(" ")}`;
    return found === first ? told : `${told}, but runs to ${found}`;
  }
  return /^DR\d{4}$/.test(found) ? `run ${found}` : found;
}

function ranTo(text: string, input: RunInput | undefined): string {
  const { effects, outcome } = executeText(text, input);
  if (outcome.error !== undefined) return outcome.error.code;
  const value = outcome.returned === undefined ? "null" : encodeWireValue(outcome.returned);
  return [...effects.map(({ kind, payload }) => `${kind} ${payload}`), value].join("; ");
}

function kindOf(text: string, input: RunInput | undefined): FailureKind | undefined {
  return executeText(text, input).outcome.error?.kind;
}
