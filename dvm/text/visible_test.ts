import { assertStrictEquals } from "../../std/assert.ts";
import { visible, visibleJson, visibleLines } from "./visible.ts";

/** Whether a code point may not reach a terminal, from its category: independent of the expression under test. */
function isInvisible(point: number): boolean {
  const char = String.fromCodePoint(point);
  return [/\p{Cc}/u, /\p{Cf}/u, /\p{Co}/u, /\p{Zl}/u, /\p{Zp}/u].some((one) => one.test(char)) ||
    [0x034f, 0x115f, 0x1160, 0x3164, 0xffa0].includes(point);
}

Deno.test("visible() and visibleJson() replace exactly the invisible characters, of all of Unicode", () => {
  for (let point = 0; point <= 0x10ffff; point++) {
    if (point >= 0xd800 && point <= 0xdfff) continue;
    const char = String.fromCodePoint(point);
    const shown = visible(char), json = visibleJson(`"${char}"`);
    if (isInvisible(point) !== (shown !== char)) throw new Error(`U+${point.toString(16)}`);
    if (shown.length !== char.length) throw new Error(`U+${point.toString(16)}: length`);
    const isEscaped = isInvisible(point) && char !== "\n";
    if (isEscaped !== (json !== `"${char}"`)) throw new Error(`U+${point.toString(16)}`);
    if (isEscaped && JSON.parse(json) !== char) throw new Error(`U+${point.toString(16)}`);
  }
  assertStrictEquals(visible("a\u{e0041}\u202e\u001b[2J"), "a\ufffd\ufffd\ufffd\u241b[2J");
});

Deno.test("visibleLines() and visibleJson() keep line feeds", () => {
  assertStrictEquals(visibleLines("a\r\n\n\u202eb\n"), "a\u240d\n\n\ufffdb\n");
  assertStrictEquals(visibleJson('{\n  "a": "\u009b"\n}'), '{\n  "a": "\\u009b"\n}');
});
