import { assertStrictEquals } from "../../std/assert.ts";
import { findBytes } from "./find_bytes.ts";

Deno.test("findBytes() finds the same in short and in long bytes", () => {
  const pattern = new Uint8Array([7, 7, 8]);
  for (const length of [0, 2, 3, 40, 65_536, 65_537, 200_000]) {
    const places = [-1, 0, 1, length >> 1, length - 4, length - 3, length - 2];
    for (const place of places.filter((each) => each <= length)) {
      const bytes = new Uint8Array(length).fill(7);
      if (place >= 0) bytes.set(pattern.subarray(0, Math.max(0, length - place)), place);
      for (const from of [0, 1, place, place + 1].filter((each) => each >= 0)) {
        const text = String.fromCharCode(7, 7, 8);
        const expected = new TextDecoder().decode(bytes).indexOf(text, from);
        assertStrictEquals(findBytes(bytes, pattern, from), expected, `${length} ${place} ${from}`);
      }
    }
  }
});
