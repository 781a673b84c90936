/**
 * Every public symbol is documented, and every type that the public API mentions is exported.
 *
 * @module
 */
import { assertStrictEquals } from "../../std/assert.ts";

const ROOT = new URL("../../", import.meta.url);

/** The findings of `deno doc --lint` in a module, as text; empty when there is none. */
function findings(module: string): string {
  const { code, stderr } = new Deno.Command(Deno.execPath(), {
    args: ["doc", "--lint", module],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdout: "null",
    stderr: "piped",
  }).outputSync();
  return code === 0 ? "" : new TextDecoder().decode(stderr);
}

Deno.test("`deno doc --lint mod.ts` has no finding", () => {
  assertStrictEquals(findings("mod.ts"), "");
});

Deno.test("`deno doc --lint` reports an undocumented symbol", () => {
  const module = Deno.makeTempFileSync({ suffix: ".ts" });
  try {
    Deno.writeTextFileSync(module, "export const undocumented: number = 1;\n");
    assertStrictEquals(findings(module).includes("missing-jsdoc"), true);
  } finally {
    Deno.removeSync(module);
  }
});
