/**
 * The list of properties itself: each can be checked as `deno task fuzz:properties` does, and is described with its planted bugs.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "../../std/assert.ts";
import { sized, testSeed } from "../support/size.ts";
import { PROPERTIES } from "./properties.ts";
import { checkProperty, type Property, renderPropertyCheck } from "./property.ts";

Deno.test("every property holds on the programs of some seeds", async () => {
  const first = testSeed("properties", 1);
  const count = sized({ quick: 5, ci: 60, full: 300 });
  for (const property of PROPERTIES) {
    const check = await checkProperty(property, first, count);
    assertEquals(check.found, [], renderPropertyCheck(check));
  }
});

Deno.test("checkProperty() reports violations and what is thrown, and stops after foundMax", async () => {
  const odd: Property = {
    name: "even",
    claim: "every seed is even",
    test: "properties_test.ts",
    violationOf: (seed) => {
      if (seed === 5) throw new Error("five");
      return seed % 2 === 0 ? undefined : "odd";
    },
  };
  const { programs, found } = await checkProperty(odd, 2, 4);
  assertEquals(programs, 4);
  assertEquals(found.map((each) => each.split("\n")[0]), ["seed 3: odd", "seed 5: Error: five"]);
  assertEquals(await checkProperty(odd, 7, 100, 2), {
    name: "even",
    programs: 3,
    found: ["seed 7: odd", "seed 9: odd"],
  });
});

Deno.test("docs/contributing.md lists every property with its claim and its test", () => {
  const page = Deno.readTextFileSync(new URL("../../docs/contributing.md", import.meta.url));
  for (const { name, claim, test } of PROPERTIES) {
    assertStringIncludes(page, `| \`${name}\` | ${claim} | \`${test}\` | `);
    assert(Deno.statSync(new URL(test, import.meta.url)).isFile, test);
  }
  const rows = page.match(/^\| `\w+` \| .* \| `\S+_test\.ts` \| .* \|$/gm) ?? [];
  assertEquals(rows.length, PROPERTIES.length);
});
