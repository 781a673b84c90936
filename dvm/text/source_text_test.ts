import { assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { SourceText } from "./source_text.ts";

Deno.test("SourceText has the units of any text, and none after its end", () => {
  const texts = [
    "",
    "a",
    "K::main\u0000\u007f",
    "é",
    "Φ",
    "aΦ",
    "😀 and \ud83d alone",
    "x".repeat(1_000) + "é",
  ];
  for (const text of texts) {
    const { units } = new SourceText(text);
    assertEquals([...units], Array.from(text.split(""), (unit) => unit.charCodeAt(0)), text);
    assertStrictEquals(units[text.length], undefined);
  }
});

Deno.test("SourceText has the same units once the runtime has optimized it", () => {
  const text = `§ is of Latin-1, ${"x".repeat(40)}, and the last is .`;
  let wrong = 0;
  for (let round = 0; round < 50_000; round++) {
    if (new SourceText(text).units[text.length - 1] !== 0x2e) wrong++;
  }
  assertStrictEquals(wrong, 0);
});

Deno.test("SourceText.release() gives back the units of a text of any kind, and keeps the text", () => {
  for (const text of ["", "plain", "Φ🟢"]) {
    const source = new SourceText(text);
    source.release();
    assertStrictEquals(source.units.byteLength, 0);
    assertStrictEquals(source.text, text);
  }
});
