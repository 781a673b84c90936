import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { parseJsonc } from "./jsonc.ts";

Deno.test("parseJsonc() reads comments as white space and keeps strings that look like one", () => {
  const text = '/* a "b" */ { // c\n "url": "http://x/*y*/", "q": "\\"//", "n": 1 /* d\n */ }//';
  const parsed = parseJsonc(text);
  assertEquals(parsed.ok && parsed.value, { url: "http://x/*y*/", q: '"//', n: 1 });
});

Deno.test("parseJsonc() reports offsets in the original text", () => {
  const parsed = parseJsonc('{ /* é */ "a": ghost }');
  assertStrictEquals(!parsed.ok && parsed.failure.offset, 15);
  assert(!parseJsonc("1 /* open").ok);
  assert(!parseJsonc('{"a": 1, "a": 2}').ok);
});
