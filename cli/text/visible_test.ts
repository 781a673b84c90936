import { assert, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { dustrun } from "../../tests/support/memory_io.ts";
import { table } from "./table.ts";
import { visible, visibleJson } from "./visible.ts";

/** Whether a code point may not reach a terminal, from its category: independent of the expression under test. */
function isInvisible(point: number): boolean {
  const char = String.fromCodePoint(point);
  return [/\p{Cc}/u, /\p{Cf}/u, /\p{Co}/u, /\p{Zl}/u, /\p{Zp}/u].some((one) => one.test(char)) ||
    point === 0x3164 || point === 0x034f;
}

/** Whether a text has such a character; line feeds are allowed. */
function hasInvisible(text: string): boolean {
  return [...text].some((char) => char !== "\n" && isInvisible(char.codePointAt(0) ?? 0));
}

Deno.test("visible() and visibleJson() replace exactly the invisible characters, of all of Unicode", () => {
  for (let point = 0; point <= 0x10ffff; point++) {
    if (point >= 0xd800 && point <= 0xdfff) continue;
    const char = String.fromCodePoint(point);
    const shown = visible(char), json = visibleJson(`"${char}"`);
    if (isInvisible(point) !== (shown !== char)) throw new Error(`U+${point.toString(16)}`);
    if (shown.length !== char.length) throw new Error(`U+${point.toString(16)}: length`);
    if (isInvisible(point) !== (json !== `"${char}"`)) throw new Error(`U+${point.toString(16)}`);
    if (isInvisible(point) && JSON.parse(json) !== char) throw new Error(`U+${point.toString(16)}`);
  }
  assertStrictEquals(visible("a\u{e0041}\u202e\u001b[2J"), "a\ufffd\ufffd\ufffd\u241b[2J");
});

Deno.test("table() takes any number of rows", () => {
  const rows = Array.from({ length: 200_000 }, (_, index) => [String(index), "x"]);
  assertStrictEquals(table(rows).split("\n").length, 200_001);
});

Deno.test("faults show the invisible characters of the words that they name", async () => {
  const word = "no\u001b[2J\nerror: x\u202e\u{e0041}.jsonl";
  for (const command of ["verify", "replay", "state", "check", "diff"]) {
    const words = command === "diff" ? [command, word, word] : [command, word];
    const text = await dustrun(...words);
    assert(!hasInvisible(text.stderr), command);
    assertMatch(text.stderr, /no\u241b\[2J\u240aerror: x/, command);
    const json = await dustrun(...words, "--json");
    assert(!hasInvisible(json.stderr), command);
    assert(JSON.stringify(JSON.parse(json.stderr)).includes("\u{e0041}"), command);
  }
});
