/**
 * SARIF logs, judged by Microsoft's multitool where it is installed.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { join } from "../../std/path.ts";
import { diagnosticFixtures, diagnosticsOf } from "../../tests/support/diagnostic_fixtures.ts";
import { needing, tool } from "../../tests/support/needs.ts";
import { type Finding, findingOf, findingOfCase } from "./finding.ts";
import { renderSarif } from "./sarif.ts";

/** The findings of every golden diagnostic, with the names of files that are awkward in a URI, and a failed case. */
function everyFinding(): readonly Finding[] {
  const golden = diagnosticFixtures().flatMap((fixture) => {
    const files = new Map(
      fixture.artifacts.map(({ name }) => [name, `a folder/${fixture.name}/é%#?${name}`]),
    );
    return diagnosticsOf(fixture).map((diagnostic) => findingOf(diagnostic, files));
  });
  const failed = {
    name: "a",
    file: "suite.json",
    status: "fail",
    reason: "b",
    covers: [],
  } as const;
  return [...golden, findingOfCase(failed)];
}

Deno.test("a SARIF log has each finding with its rule, its place and its other places", () => {
  const findings = everyFinding();
  const { runs: [run] } = JSON.parse(renderSarif(findings));
  assertStrictEquals(run.results.length, findings.length);
  for (const [index, { rule, places: [main, ...others] }] of findings.entries()) {
    const { ruleId, ruleIndex, locations, relatedLocations = [] } = run.results[index];
    assertEquals([ruleId, run.tool.driver.rules[ruleIndex].id], [rule, rule]);
    assertStrictEquals(relatedLocations.length, others.length);
    if (main === undefined) continue;
    const { artifactLocation: { uri }, region } = locations[0].physicalLocation;
    assertStrictEquals(decodeURIComponent(uri), main.file);
    assertMatch(uri, /^[\w/.%-]+$/);
    const { line, column } = main;
    assertEquals(region, { startLine: Math.max(line, 1), startColumn: Math.max(column, 1) });
  }
});

Deno.test("a SARIF log names absolute paths by file URIs", () => {
  const uriOf = (file: string) => {
    const places = [{ file, line: 0, column: 0, label: "" }];
    const finding = { rule: "DR0101", message: "m", places, help: undefined };
    const { locations: [location] } = JSON.parse(renderSarif([finding])).runs[0].results[0];
    return location.physicalLocation.artifactLocation.uri;
  };
  assertStrictEquals(uriOf("/a b/c.json"), "file:///a%20b/c.json");
  assertStrictEquals(uriOf("C:\\a\\c.json"), "file:///C:/a/c.json");
  assertStrictEquals(uriOf("a\\c.json"), "a/c.json");
});

/** What the multitool says about a log, line by line, without its own progress. */
async function judge(log: string): Promise<readonly string[]> {
  const folder = Deno.makeTempDirSync();
  try {
    const file = join(folder, "log.sarif");
    Deno.writeTextFileSync(file, log);
    const { stdout, stderr } = await new Deno.Command(MULTITOOL, {
      args: ["validate", file],
      env: {
        DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: "1",
        DOTNET_BUNDLE_EXTRACT_BASE_DIR: join(folder, "runtime"),
      },
    }).output();
    const text = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
    assertMatch(text, /1 files scanned/);
    return text.split("\n").filter((line) => /: (?:error|warning)\b/.test(line));
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** From the npm package `@microsoft/sarif-multitool-linux`, which `.ci/run` installs. */
const MULTITOOL = "Sarif.Multitool";

Deno.test(needing({
  name: "Microsoft's multitool finds nothing wrong with the SARIF of every golden diagnostic",
  needs: [tool(MULTITOOL, "version")],
  size: "ci",
  async fn() {
    const log = renderSarif(everyFinding());
    assertEquals(await judge(log), []);
    const broken = [
      log.replace('"version": "2.1.0"', '"version": "2.1"'),
      log.replace('"ruleIndex": 0', '"ruleIndex": 9999'),
      log.replace('"startLine": ', '"startLine": -'),
      log.replace('"text"', '"txt"'),
    ];
    for (const one of broken) {
      assert(one !== log);
      assert((await judge(one)).length > 0, "a broken log passes");
    }
  },
}));
