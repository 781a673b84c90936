/**
 * Size `quick` leaves out no test: every test file is in exactly one suite, and the task runs every suite.
 *
 * @module
 */
import { assertEquals } from "../../std/assert.ts";
import project from "../../deno.json" with { type: "json" };
import { testFiles } from "../suites/import_tests.ts";

const SUITES = new URL("../suites/", import.meta.url);

/** The folders whose tests a suite imports, by the path of the suite. */
const FOLDERS: ReadonlyMap<string, readonly string[]> = new Map(
  [...Deno.readDirSync(SUITES)].filter(({ name }) => name !== "import_tests.ts").map(({ name }) => {
    const calls = Deno.readTextFileSync(new URL(name, SUITES))
      .matchAll(/^await importTests\("(.+)"\);$/gm);
    return [`tests/suites/${name}`, [...calls].map(([, folder = ""]) => folder)];
  }),
);

Deno.test("every test file is in exactly one suite", () => {
  const folders = [...Deno.readDirSync(new URL("../../", import.meta.url))]
    .filter(({ name, isDirectory }) => isDirectory && !/^\.|^node_modules$/.test(name))
    .map(({ name }) => name);
  const inSuites = [...FOLDERS.values()].flat().flatMap(testFiles);
  assertEquals(inSuites.sort(), folders.flatMap(testFiles).sort());
});

Deno.test("`deno task test` runs every suite", () => {
  const named = project.tasks.test.match(/tests\/suites\/\w+\.ts/g) ?? [];
  assertEquals([...named].sort(), [...FOLDERS.keys()].sort());
});
