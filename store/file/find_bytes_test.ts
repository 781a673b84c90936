import { assertStrictEquals } from "../../std/assert.ts";
import { BytePattern } from "./find_bytes.ts";

Deno.test("a BytePattern is found where it occurs first", () => {
  for (const text of ["b", "aab", "abab", "aaa", "abcab", "cabcabca"]) {
    const pattern = new BytePattern(text);
    for (let code = 0; code < 3 ** 9; code += 7) {
      const content = code.toString(3).replaceAll(/[012]/g, (digit) => "abc"[Number(digit)] ?? "");
      const bytes = new TextEncoder().encode(content);
      for (let from = 0; from <= content.length; from++) {
        const expected = content.indexOf(text, from);
        assertStrictEquals(pattern.findIn(bytes, from), expected, `${text} in ${content}, ${from}`);
      }
    }
  }
});
