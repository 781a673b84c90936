import { assert, assertStrictEquals } from "../../std/assert.ts";
import { explainableCodes, explanationOf, renderExplanation } from "./code.ts";

/** The text about a code; empty for an unknown one. */
function textOf(code: string, width: number): string {
  const explanation = explanationOf(code);
  return explanation === undefined ? "" : renderExplanation(explanation, { width });
}

Deno.test("renderExplanation() has a text for every code, within the width", () => {
  for (const code of explainableCodes()) {
    const text = textOf(code, 72);
    assert(text.startsWith(`${code}: `), code);
    // Examples are drawn for 76 columns, and indented.
    const [rule = "", example] = text.split("\nExample:\n");
    for (const line of rule.split("\n")) assert(line.length <= 72, `${code}: ${line}`);
    const isFault = code.startsWith("DR13") || code.startsWith("DR14") || code === "DR0109";
    assertStrictEquals(example === undefined, isFault, `${code} has an example`);
  }
});

Deno.test("renderExplanation() shows rule, kind, exit code, clauses and source", () => {
  assertStrictEquals(
    textOf("dr0401", 80),
    `DR0401: Linear value used twice

In a Q process, and in any process marked linear, every name is used exactly
once. One field access uses the whole value.

Failure kind: Inadmissible (exit 10).

Clauses: Q-01, Q-03, Q-08, Q-11. Source: spec 4.4.2.

Example:

    error[DR0401]: Linear value used twice
      q is linear and is used twice
      ╭─ program.dir.json:18, Test::Q::invalid_copy, statement 2
      │
      │   let b = q.id
      │           ^ used again here
      │
      ├─ program.dir.json:17, Test::Q::invalid_copy, statement 1
      │
      │   let a = q.id
      │           - first use
      │
      ╰─ help: use each linear name once; bind the result of the first use, and
         use that
`,
  );
});

Deno.test("explanationOf() knows no other words", () => {
  for (const word of ["", "DR", "DR9999", "toString", "DR040"]) {
    assertStrictEquals(explanationOf(word), undefined);
  }
});
