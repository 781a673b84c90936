import { type Diagnostic, mainMark, type Mark } from "../../mod.ts";
import {
  assert,
  assertEquals,
  assertMatch,
  assertNotStrictEquals,
  assertStrictEquals,
} from "../../std/assert.ts";
import { diagnosticFixtures, diagnosticsOf } from "../../tests/support/diagnostic_fixtures.ts";
import { displayWidth } from "../text/width.ts";
import { renderGraphic, renderJson, renderPlain } from "./diagnostic.ts";

const DIAGNOSTIC: Diagnostic = {
  code: "DR0401",
  kind: "Inadmissible",
  message: "q is used twice, and it is linear",
  marks: [{
    role: "main",
    artifact: "dup.dir.json",
    proc: "Test::Q::dup",
    path: "forges[0].procs[0].body[1]",
    statement: 2,
    line: 18,
    column: 46,
    text: "let b = q.id",
    span: { start: 8, end: 9 },
    label: "used again here",
  }, {
    role: "origin",
    artifact: "dup.dir.json",
    proc: "Test::Q::dup",
    path: "forges[0].procs[0].body[0]",
    statement: 1,
    line: 17,
    column: 46,
    text: "let a = q.id",
    span: { start: 8, end: 9 },
    label: "used first here",
  }],
  help: "use each linear name once",
};

const [MAIN] = DIAGNOSTIC.marks;
assert(MAIN !== undefined);

/** The diagnostic with another first mark. */
function withMain(main: Mark): Diagnostic {
  return { ...DIAGNOSTIC, marks: [main, ...DIAGNOSTIC.marks.slice(1)] };
}

Deno.test("renderGraphic() shows rule, both marks and the way out", () => {
  assertStrictEquals(
    renderGraphic(DIAGNOSTIC, { width: 80, color: false }),
    `error[DR0401]: Linear value used twice
  q is used twice, and it is linear
  ╭─ dup.dir.json:18, Test::Q::dup, statement 2
  │
  │   let b = q.id
  │           ^ used again here
  │
  ├─ dup.dir.json:17, Test::Q::dup, statement 1
  │
  │   let a = q.id
  │           - used first here
  │
  ╰─ help: use each linear name once
`,
  );
});

Deno.test("renderGraphic() stays within the width and keeps the mark in sight", () => {
  const text = `let a = ${"1 Add ".repeat(60)}(true Add 1)${" Add 2".repeat(60)}`;
  const start = text.indexOf("(true");
  const main = { ...MAIN, text, span: { start, end: start + 12 } };
  for (let width = 40; width <= 140; width += 7) {
    const drawn = renderGraphic(withMain(main), { width, color: false });
    for (const line of drawn.split("\n")) {
      assert(displayWidth(line) <= width, `${width}: ${line}`);
    }
    const [shown = "", marked = ""] = drawn.split("\n").filter((line) => line.startsWith("  │   "));
    assertStrictEquals(
      shown.slice(marked.indexOf("^"), marked.lastIndexOf("^") + 1),
      "(true Add 1)",
    );
  }
});

Deno.test("renderGraphic() colours on demand only, and the text is the same", () => {
  const plain = renderGraphic(DIAGNOSTIC, { width: 60, color: false });
  const colored = renderGraphic(DIAGNOSTIC, { width: 60, color: true });
  assertNotStrictEquals(colored, plain);
  assertStrictEquals(colored.replaceAll(/\p{Cc}\[[0-9;]*m/gu, ""), plain);
});

Deno.test("no form passes control characters of a program to the terminal", () => {
  const main = { ...MAIN, text: 'emit "\x1b[2J\u202e\n"', label: "\x07" };
  const diagnostic = { ...withMain(main), message: "\x1b]0;title\x07" };
  for (
    const text of [renderGraphic(diagnostic, { width: 80, color: false }), renderPlain(diagnostic)]
  ) {
    assertMatch(text, /^(?:\n|[^\p{Cc}\u202e])*$/u);
  }
  assertMatch(renderJson(diagnostic), /^[^\p{Cc}\u202e]*\n$/u);
});

Deno.test("wide characters move the mark by two columns", () => {
  const main = { ...MAIN, text: 'emit "日本" Add x', span: { start: 14, end: 15 } };
  const drawn = renderGraphic(withMain(main), { width: 80, color: false });
  assert(drawn.includes(`\n  │   ${" ".repeat(16)}^ used again here\n`), drawn);
});

Deno.test("renderPlain() begins with file:line:column, the form that editors parse", () => {
  assertStrictEquals(
    renderPlain(DIAGNOSTIC),
    `dup.dir.json:18:46: error[DR0401]: q is used twice, and it is linear
  rule: Linear value used twice
  at dup.dir.json:18, Test::Q::dup, statement 2: used again here
    let b = q.id
            ^
  at dup.dir.json:17, Test::Q::dup, statement 1: used first here
    let a = q.id
            -
  help: use each linear name once
`,
  );
});

Deno.test("renderJson() contains the whole diagnostic", () => {
  const { code, kind, message, marks, help, ...rule } = JSON.parse(renderJson(DIAGNOSTIC));
  assertEquals({ code, kind, message, marks, help }, DIAGNOSTIC);
  assertEquals(Object.keys(rule), ["title", "clauses", "spec"]);
});

Deno.test("the problem matcher of schema/ finds place, code and message of every diagnostic", () => {
  const url = new URL("../../schema/problem-matcher.json", import.meta.url);
  const { problemMatcher: [{ pattern: [pattern] }] } = JSON.parse(Deno.readTextFileSync(url));
  let found = 0;
  for (const diagnostic of diagnosticFixtures().flatMap(diagnosticsOf)) {
    const main = mainMark(diagnostic);
    if (main === undefined || main.line === 0) continue;
    const [line = ""] = renderPlain(diagnostic).split("\n");
    const match = new RegExp(pattern.regexp).exec(line) ?? [];
    const parts = [pattern.file, pattern.line, pattern.column, pattern.code].map((group: number) =>
      match[group]
    );
    assertEquals(parts, [main.artifact, `${main.line}`, `${main.column}`, diagnostic.code]);
    found++;
  }
  assert(found > 100);
});
