import { assertStrictEquals } from "../../std/assert.ts";
import { VERSION } from "./version.ts";

Deno.test("VERSION is the package's", () => {
  const text = Deno.readTextFileSync(new URL("../../deno.json", import.meta.url));
  assertStrictEquals(JSON.parse(text).version, VERSION);
});
