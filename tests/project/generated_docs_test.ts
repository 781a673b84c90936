import { assertStrictEquals } from "../../std/assert.ts";
import { GENERATED_PAGES } from "../../tools/docs.ts";

for (const [path, make] of GENERATED_PAGES) {
  Deno.test(`${path} is current; \`deno task docs\` writes it`, () => {
    assertStrictEquals(Deno.readTextFileSync(new URL(`../../${path}`, import.meta.url)), make());
  });
}
