import { assertStrictEquals } from "../../std/assert.ts";
import { needing } from "../support/needs.ts";
import { GENERATED_PAGES } from "../../tools/docs.ts";

for (const [path, make] of GENERATED_PAGES) {
  Deno.test(needing({
    name: `${path} is current; \`deno task docs\` writes it`,
    needs: [],
    // The page of coverage runs every planted bug against every case.
    size: path === "docs/coverage.md" ? "ci" : "quick",
    fn() {
      assertStrictEquals(Deno.readTextFileSync(new URL(`../../${path}`, import.meta.url)), make());
    },
  }));
}
