/**
 * Φ programs that were not written for this project: constraint problems with certified answers, and the language's reference
 * examples. They are outside the project.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals, fail } from "../../std/assert.ts";
import { execute, executeText, type Execution, load } from "../../mod.ts";
import { CORPORA, corpus, needing } from "../../tests/support/needs.ts";

function linesOf(path: string): string[] {
  return Deno.readTextFileSync(new URL(path, CORPORA)).trim().split("\n");
}

/** JSON with every digit of every integer. */
function exactJson(value: unknown): string {
  const marked = JSON.stringify(
    value,
    (_, inner) => typeof inner === "bigint" ? `digits ${inner}` : inner,
  );
  return marked.replaceAll(/"digits (-?[0-9]+)"/g, "$1");
}

function resolutionOf(execution: Execution) {
  for (const event of execution.events) if (event.kind === "phi_resolved") return event;
  return fail("no resolution");
}

// covers: PHI-02, PHI-04, PHI-08, PHI-09
Deno.test(needing({
  name: "a Φ entry has the certified verdict and canonical configuration of every corpus case",
  needs: [corpus("phi"), corpus("dpl-examples")],
  fn() {
    const lines = linesOf("phi/cases.jsonl");
    assert(lines.length >= 400);
    for (const line of lines) {
      const { id, dir, entry, expect } = JSON.parse(line);
      const resolved = resolutionOf(executeText(JSON.stringify(dir), { entry }));
      assertStrictEquals(resolved.verdict, expect.verdict, id);
      if (expect.verdict !== "admissible") continue;
      const text = line.slice(line.indexOf('"config":') + '"config":'.length).replaceAll(" ", "");
      assertStrictEquals(text.slice(0, -2), exactJson(resolved.configuration), id);
    }
  },
}));

/** Effects without what X-21 changed of a witness: kind, type and id are compared. */
function effectsOf(effects: readonly { readonly kind: string; readonly payload: string }[]) {
  return effects.map(({ kind, payload }) =>
    `${kind} ${payload.replace(/,"constraint_digest".*/, "")}`
  );
}

// covers: PHI-01, PHI-03, PHI-06, PHI-07, PHI-12, WIT-01, WIT-05, WIT-06, WIT-12
Deno.test(needing({
  name: "every Φ reference example has its expected outcome in both DIR versions",
  needs: [corpus("phi"), corpus("dpl-examples")],
  fn() {
    let compared = 0;
    for (const line of linesOf("dpl-examples/cases.jsonl")) {
      const { name, dir, entry, args, expect } = JSON.parse(line);
      for (const path of Object.values<string | null>(dir)) {
        if (path === null || !/phi/i.test(name)) continue;
        const text = Deno.readTextFileSync(new URL(`dpl-examples/${path}`, CORPORA));
        const program = load([{ name: path, text }]);
        assert(program.ok, path);
        const execution = execute(program.value, { entry, args: args ?? {} });
        const { status, error, returned } = execution.outcome;
        assertStrictEquals(status === "failed" ? "error" : status, expect.outcome, path);
        if (expect.kind !== undefined) assertStrictEquals(error?.kind, expect.kind, path);
        else if (args !== null) {
          assertStrictEquals(exactJson(returned ?? null), exactJson(expect.returned));
        }
        assertEquals(effectsOf(execution.effects), effectsOf(expect.effects ?? []), path);
        compared++;
      }
    }
    assert(compared >= 20, `${compared} compared`);
  },
}));
