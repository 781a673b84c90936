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

Deno.test("SourceText.release() gives back the units of a text of any kind, and keeps the text", () => {
  for (const text of ["", "plain", "Φ🟢"]) {
    const source = new SourceText(text);
    source.release();
    assertStrictEquals(source.units.byteLength, 0);
    assertStrictEquals(source.text, text);
  }
});
