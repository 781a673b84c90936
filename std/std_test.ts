/**
 * The declarations of this folder are ours, and a name that is declared but does not exist would pass every check as `any`: the
 * declared names are compared with those that the modules really export.
 *
 * @module
 */
import { assert, assertEquals } from "./assert.ts";
import { readModuleSyntax } from "../tests/support/module_syntax.ts";

const DECLARATIONS = [...Deno.readDirSync(new URL(".", import.meta.url))]
  .map(({ name }) => name)
  .filter((name) => name.endsWith(".d.ts"))
  .sort();

Deno.test("every file of std/ has its declarations", () => {
  const sources = [...Deno.readDirSync(new URL(".", import.meta.url))]
    .map(({ name }) => name)
    .filter((name) => name.endsWith(".ts") && !/_test\.ts$|\.d\.ts$/.test(name));
  assertEquals(sources.sort().map((name) => name.replace(/ts$/, "d.ts")), DECLARATIONS);
  assert(DECLARATIONS.length > 0);
});

for (const name of DECLARATIONS) {
  Deno.test(`std/${name} declares the names that the package exports, and no other`, async () => {
    const text = Deno.readTextFileSync(new URL(name, import.meta.url));
    const declared = readModuleSyntax(name, text).exportedValues;
    const module: Record<string, unknown> = await import(`./${name.replace(/d\.ts$/, "ts")}`);
    assertEquals([...declared].sort(), Object.keys(module).sort());
    for (const [member, value] of Object.entries(module)) {
      assert(value !== undefined, `${member} is undefined`);
    }
  });
}
