/**
 * Every fixture's golden files, compared as bytes. After a change that is meant, `deno task bless` rewrites them.
 *
 * @module
 */
import { assertStrictEquals } from "../../std/assert.ts";
import { fixtures, goldenFiles, readOptional } from "../support/fixtures.ts";

for (const fixture of fixtures()) {
  Deno.test(`fixtures/programs/${fixture.name} matches its golden files`, () => {
    for (const [file, expected] of goldenFiles(fixture)) {
      const golden = readOptional(new URL(file, fixture.folder));
      assertStrictEquals(
        golden,
        expected,
        `${fixture.name}/${file}: see the difference, then bless it`,
      );
    }
  });
}
