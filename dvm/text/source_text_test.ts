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
