import { assertEquals, assertStrictEquals } from "../../std/assert.ts";
import type { PlainArgument } from "./input.ts";
import { parsePlain } from "./plain_json.ts";

// covers: DIR-20, TYP-19
Deno.test("parsePlain() changes the value of no number", () => {
  const table: readonly (readonly [string, PlainArgument])[] = [
    ["1", 1],
    ["-0", -0],
    ["-0.0", -0],
    ["0.1", 0.1],
    ["1.0", 1],
    ["1e18", 10n ** 18n],
    ["9223372036854775807", 2n ** 63n - 1n],
    ["0.99999999999999999999", { Decimal: "0.99999999999999999999" }],
    ["1.000000059604644775390626", { Decimal: "1.000000059604644775390626" }], // next to a tie of f32
    ["1e400", { Decimal: "1e400" }],
    ["1e-400", { Decimal: "1e-400" }], // a fraction, and 0 is none
    ["9223372036854775808", 9223372036854775808],
    ["-9223372036854775809", { Decimal: "-9223372036854775809" }], // binary64 has -2^63 for it
    ["18446744073709551617", 18446744073709551616],
  ];
  for (const [text, expected] of table) {
    const parsed = parsePlain(text);
    assertEquals(parsed, { ok: true, value: expected }, text);
    if (typeof expected === "number" && parsed.ok) assertStrictEquals(parsed.value, expected, text);
  }
});

Deno.test("parsePlain() says where a text is not JSON", () => {
  assertEquals(parsePlain('{"a":1,"a":2}'), {
    ok: false,
    failure: { message: 'the member "a" occurs twice', offset: 7 },
  });
  assertEquals(parsePlain("-"), {
    ok: false,
    failure: { message: 'expected a number, found "-"', offset: 0 },
  });
});
