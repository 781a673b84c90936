import { assert, assertStrictEquals } from "../../std/assert.ts";
import { ARTIFACT_LENGTH_MAX } from "../base/limits.ts";
import { recordedText } from "./recorded_text.ts";

Deno.test("recordedText() is the text, up to the length that its JSON spelling may have", () => {
  for (const text of ["plain", '"\\\n\t', "\u0001\u001f", "a\u0001b\nc"]) {
    const length = JSON.stringify(text).length - 2;
    assertStrictEquals(recordedText(text), text);
    assertStrictEquals(recordedText(text, length), text);
    assertStrictEquals(recordedText(text, length - 1), "");
  }
});

Deno.test("any JSON within the limit for artifacts can be recorded, with any white space", () => {
  assert(2 * ARTIFACT_LENGTH_MAX < 2 ** 29 - 64 * 1024);
});
