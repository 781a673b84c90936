import assert from "node:assert/strict";
import { VERSION } from "./version.ts";

Deno.test("VERSION is the package's", () => {
  const text = Deno.readTextFileSync(new URL("../../deno.json", import.meta.url));
  assert.equal(JSON.parse(text).version, VERSION);
});
