/**
 * Which rules of the language the tests name.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertMatch,
  assertNotStrictEquals,
  assertStrictEquals,
} from "../../std/assert.ts";
import { CLAUSES, coverageOf, coverageTable, readCoverage } from "../../tools/clauses.ts";

const coverage = readCoverage();

const AREAS = [
  "dir",
  "k",
  "trace",
  "failure",
  "constraints",
  "types",
  "q",
  "binding",
  "contract",
  "resources",
  "time",
  "effects",
];

Deno.test("every clause named in a comment exists, and the comment is above a test", () => {
  const known = new Set(CLAUSES.map(({ id }) => id));
  assertStrictEquals(known.size, CLAUSES.length);
  for (const { file, line, ids, test } of coverage) {
    assert(ids.length > 0, `${file}:${line} names no clause`);
    for (const id of ids) assert(known.has(id), `${file}:${line}: there is no clause ${id}`);
    assertNotStrictEquals(test, "", `${file}:${line} stands above no test`);
  }
});

Deno.test("every area of the requirements for v0.1 is covered", () => {
  const covered = new Set(coverage.flatMap(({ ids }) => ids));
  const missing = CLAUSES.filter(({ id, area, level, version }) =>
    AREAS.includes(area) &&
    level.startsWith("must") && version === "0.1" && !covered.has(id)
  );
  assertEquals(missing.map(({ id, title }) => `${id} ${title}`), []);
});

Deno.test("coverageOf() finds the test under a comment, and the table shows both sides", () => {
  const text = '// covers: CON-06, K-01\nDeno.test("a rule is held", () => {});\n' +
    "  // covers: K-01\n  for (const x of y) {\n    Deno.test(`${x} is refused`, f);\n" +
    '// covers: K-01\nDeno.test(needing({\n  name: "a corpus is held",\n}));\n';
  const found = coverageOf("a_test.ts", text);
  assertEquals(found, [
    { file: "a_test.ts", line: 1, ids: ["CON-06", "K-01"], test: "a rule is held" },
    { file: "a_test.ts", line: 3, ids: ["K-01"], test: "${x} is refused" },
    { file: "a_test.ts", line: 6, ids: ["K-01"], test: "a corpus is held" },
  ]);
  const table = coverageTable(found, ({ id }) => id === "K-01" || id === "K-02");
  assertMatch(table, /^K-01 +must +0\.1 {2}hv {2}statements run once each, in order\n/);
  assertMatch(table, /\nK-02 +must +0\.1 {2}- /);
  assertMatch(table, /1 of 2 clauses are covered$/);
});
