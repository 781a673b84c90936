import assert from "node:assert/strict";
import { explainableCodes, renderExplanation } from "./explain_code.ts";

Deno.test("renderExplanation() has a text for every code, within the width", () => {
  for (const code of explainableCodes()) {
    const text = renderExplanation(code, { width: 72 }) ?? "";
    assert.ok(text.startsWith(`${code}: `), code);
    for (const line of text.split("\n")) assert.ok(line.length <= 72, `${code}: ${line}`);
  }
});

Deno.test("renderExplanation() tells rule, kind, exit code, clauses and source", () => {
  assert.equal(
    renderExplanation("dr0401", { width: 80, example: "let b = q.id\n" }),
    `DR0401: Linear value used twice

In a Q process, and in any process marked linear, every name is used exactly
once. One field access uses the whole value.

Failure kind: Inadmissible (exit 10).

Clauses: Q-01, Q-03, Q-08, Q-11. Source: spec 4.4.2.

Example:

let b = q.id
`,
  );
});

Deno.test("renderExplanation() knows no other words", () => {
  for (const word of ["", "DR", "DR9999", "toString", "DR040"]) {
    assert.equal(renderExplanation(word, { width: 80 }), undefined);
  }
});
