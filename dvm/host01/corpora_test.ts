/**
 * The upstream executor's answers to programs that were not written for this project. They are outside the project.
 *
 * @module
 */
import { assert, assertStrictEquals } from "../../std/assert.ts";
import { load } from "../load/load.ts";
import { fold } from "../machine/evolve.ts";
import { summaryTrace } from "../event/summary_trace.ts";
import { executeHost01 } from "./execute.ts";
import { renderHost01Trace } from "./output.ts";
import { CORPORA, corpus, needing } from "../../tests/support/needs.ts";

interface Case {
  readonly id: string;
  readonly dir: string;
  readonly entry: string;
  readonly trace: { readonly error?: { readonly kind: string } };
}

function cases(): { readonly one: Case; readonly line: string }[] {
  const text = Deno.readTextFileSync(new URL("host-0.1/cases.jsonl", CORPORA));
  return text.trim().split("\n").map((line) => ({ one: JSON.parse(line), line }));
}

/** The trace as the line has it, compact: every digit of every integer, members in their order. */
function compactTrace(line: string): string {
  const trace = line.slice(line.lastIndexOf(', "trace": ') + ', "trace": '.length, -1);
  const strings = /"(?:[^"\\]|\\.)*"/g;
  const outside = trace.split(strings).map((part) => part.replaceAll(" ", ""));
  const inside = (trace.match(strings) ?? []).map((part) => JSON.stringify(JSON.parse(part)));
  return outside.map((part, index) => part + (inside[index] ?? "")).join("");
}

Deno.test(needing({
  name: "executeHost01() answers the generated programs as upstream does",
  needs: [corpus("host-0.1"), corpus("upstream")],
  fn() {
    const all = cases();
    assert(all.length >= 500);
    for (const { one, line } of all) {
      const execution = executeHost01(one.dir, { entry: one.entry });
      if (one.trace.error?.kind === "DirLoad") {
        assertStrictEquals(execution.outcome.error?.kind, "DirLoad", one.id);
      } else {
        assertStrictEquals(JSON.stringify(summaryTrace(execution)), compactTrace(line), one.id);
      }
    }
  },
}));

Deno.test(needing({
  name: "executeHost01() yields events of the generated programs that fold",
  needs: [corpus("host-0.1"), corpus("upstream")],
  fn() {
    let folded = 0;
    for (const { one } of cases()) {
      const program = load([{ name: "program", text: one.dir }]);
      if (!program.ok) continue;
      const execution = executeHost01(one.dir, { entry: one.entry });
      const state = fold(program.value, execution.events);
      assert(state.ok, one.id);
      if (execution.outcome.error === undefined) {
        assertStrictEquals(state.value.tick, execution.ticks);
      }
      folded++;
    }
    assert(folded > 100, "hardly any program was folded");
  },
}));

Deno.test(needing({
  name: "executeHost01() passes the upstream fixtures, golden traces byte for byte",
  needs: [corpus("host-0.1"), corpus("upstream")],
  fn() {
    const folder = new URL("upstream/fixtures/", CORPORA);
    let passed = 0;
    for (const { name, isFile } of Deno.readDirSync(folder)) {
      if (!isFile) continue;
      const fixture = JSON.parse(Deno.readTextFileSync(new URL(name, folder)));
      const text = Deno.readTextFileSync(new URL(fixture.dir, folder));
      const golden = fixture.expect_trace ?? fixture.expect_error;
      const expected = Deno.readTextFileSync(new URL(golden, folder));
      const execution = executeHost01(text, { entry: fixture.entry });
      assertStrictEquals(renderHost01Trace(execution), expected.trimEnd(), fixture.name);
      passed++;
    }
    assertStrictEquals(passed, 8);
  },
}));
