import { assertStrictEquals } from "../../std/assert.ts";
import { isEscapedInDebug } from "./escaped_characters.ts";
import { debugString, trimWhiteSpace } from "./rust_text.ts";

Deno.test("debugString() escapes as Rust does", () => {
  assertStrictEquals(debugString("a'b\"c\\\0\t\n\r"), `"a'b\\"c\\\\\\0\\t\\n\\r"`);
  assertStrictEquals(debugString("\u001b\u007f\u00a0\u3000 "), '"\\u{1b}\\u{7f}\\u{a0}\\u{3000} "');
  assertStrictEquals(debugString("x\u0301é\u{e0100}😀"), '"x\\u{301}é\\u{e0100}😀"');
});

Deno.test("isEscapedInDebug() agrees with the runtime's categories on assigned characters", () => {
  const escaped = /[\p{Grapheme_Extend}\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Zs}]/u;
  const unknown = /\p{Cn}/u;
  for (let codePoint = 0x21; codePoint < 0x110000; codePoint++) {
    const character = String.fromCodePoint(codePoint);
    if (unknown.test(character)) continue;
    assertStrictEquals(
      isEscapedInDebug(codePoint),
      escaped.test(character),
      codePoint.toString(16),
    );
  }
});

Deno.test("trimWhiteSpace() trims Unicode's white space and nothing else", () => {
  assertStrictEquals(trimWhiteSpace("\u0085\u2003 a b\u3000\n"), "a b");
  assertStrictEquals(trimWhiteSpace("\ufeffa\u200b"), "\ufeffa\u200b");
  assertStrictEquals(trimWhiteSpace(" \t"), "");
});
