/**
 * Every case of `fixtures/diagnostics` is reported as in its golden files, in each form; and every code has a case.
 *
 * @module
 */
import { displayWidth } from "../../cli/text/width.ts";
import { mainMark, REGISTRY } from "../../mod.ts";
import { assert, assertEquals, assertNotMatch, assertStrictEquals } from "../../std/assert.ts";
import {
  type DiagnosticFixture,
  diagnosticFixtures,
  diagnosticGoldens,
  diagnosticsOf,
  tooLongFixture,
} from "../support/diagnostic_fixtures.ts";
import { readOptional } from "../support/fixtures.ts";

const FIXTURES = diagnosticFixtures();

for (const fixture of FIXTURES) {
  Deno.test(`fixtures/diagnostics/${fixture.name} is reported as in its golden files`, () => {
    assertGolden(fixture);
  });
}

function assertGolden(fixture: DiagnosticFixture): void {
  for (const [file, expected] of diagnosticGoldens(fixture)) {
    const golden = readOptional(new URL(file, fixture.folder));
    assertStrictEquals(
      golden,
      expected,
      `${fixture.name}/${file}: see the difference, then bless it`,
    );
  }
}

/** The code of the one artifact that is too long to store, and is generated. */
const TOO_LONG = "DR0109";

Deno.test("every code of the registry has a case in fixtures/diagnostics", () => {
  const told = new Set(
    FIXTURES.flatMap((fixture) => diagnosticsOf(fixture).map(({ code }) => code)),
  );
  const untold = Object.keys(REGISTRY).filter((code) => !told.has(code) && code !== TOO_LONG);
  assertEquals(untold, []);
  assert(FIXTURES.length >= 60, `${FIXTURES.length} cases`);
});

Deno.test("an artifact longer than the limit is refused without being read", () => {
  const fixture = tooLongFixture();
  assertEquals(diagnosticsOf(fixture).map(({ code }) => code), [TOO_LONG]);
  assertGolden(fixture);
});

// covers: FAI-07, FAI-08
Deno.test("every diagnostic names its rule, has a place and advice, and fits 80 columns", () => {
  for (const fixture of FIXTURES) {
    for (const diagnostic of diagnosticsOf(fixture)) {
      const main = mainMark(diagnostic);
      assert(main !== undefined, `${fixture.name}: a place`);
      // Failures of the upstream executor have no advice.
      const hasHelp = (diagnostic.help ?? "") !== "" || diagnostic.code.startsWith("DR12");
      assert(hasHelp, `${fixture.name}: a way out`);
      assert(diagnostic.message !== "" && main.label !== "", fixture.name);
    }
    const graphic = diagnosticGoldens(fixture).get("graphic.txt") ?? "";
    for (const line of graphic.split("\n")) assert(displayWidth(line) <= 80, line);
  }
});

// covers: FAI-14
Deno.test("no message or mark holds a path of the host or a stack trace", () => {
  for (const fixture of FIXTURES) {
    const told = JSON.stringify(diagnosticsOf(fixture));
    assertNotMatch(told, /file:\/\/|\/work\/|node_modules|\bat .*\.ts:\d+/);
  }
});
