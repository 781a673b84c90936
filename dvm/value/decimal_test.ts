import { assertStrictEquals } from "../../std/assert.ts";
import { integerOfDecimal, isDecimal, nearestFloat } from "./decimal.ts";

// covers: TYP-19
Deno.test("nearestFloat() rounds once to f32, ties to even", () => {
  const table: readonly (readonly [string, number])[] = [
    ["1.1877630352973938", 1.1877630949020386],
    ["1.000000059604644775390625", 1], // a tie, to the even neighbour
    ["1.000000059604644775390626", 1.0000001192092896],
    ["1.000000059604644775390624", 1],
    ["1.000000178813934326171875", 1.000000238418579], // a tie, to the even neighbour above
    ["1.000000178813934326171874", 1.0000001192092896],
    ["-1.000000059604644775390626", -1.0000001192092896],
    ["1152921573326323713", 1152921642045800448],
    ["1152921573326323712", 1152921504606846976],
    ["1152921573326323712.0000000000000000000000000000001", 1152921642045800448],
    ["0.7006492321624085354618e-45", 0], // half of the least f32, rounded down: a tie to zero lies just above
    ["7.006492321624086e-46", 1.401298464324817e-45],
    ["340282356779733661637539395458142568447", 3.4028234663852886e38],
    ["340282356779733661637539395458142568448", Infinity],
    ["1e-9223372036854775809", 0],
    ["1e9223372036854775809", Infinity],
    ["-0", -0],
    ["-1e-400", -0],
    ["0.1e1", 1],
  ];
  for (const [text, expected] of table) {
    assertStrictEquals(nearestFloat(text, 32), expected, text);
  }
});

// covers: TYP-19
Deno.test("nearestFloat() rounds once to f64", () => {
  assertStrictEquals(nearestFloat("9007199254740993", 64), 9007199254740992);
  assertStrictEquals(nearestFloat("9007199254740993.0000000000000000001", 64), 9007199254740994);
  assertStrictEquals(nearestFloat("-0.0", 64), -0);
  assertStrictEquals(nearestFloat("1e309", 64), Infinity);
});

// covers: DIR-20
Deno.test("integerOfDecimal() is exact", () => {
  const table: readonly (readonly [string, number | bigint | undefined])[] = [
    ["0", 0],
    ["-0", 0],
    ["0.000e99999999999999999999", 0],
    ["1e18", 1000000000000000000n],
    ["1e+2", 100],
    ["12.50e1", 125],
    ["12.50e0", undefined],
    ["0.99999999999999999999", undefined],
    ["1.0000000000000000001", undefined],
    ["9223372036854775807", 9223372036854775807n],
    ["9223372036854775808", undefined],
    ["-9223372036854775808", -9223372036854775808n],
    ["-9223372036854775808.5", undefined],
    ["1e19", undefined],
    ["1e99999999999999999999", undefined],
    ["9007199254740992", 9007199254740992n],
    ["9007199254740991.0", 9007199254740991],
  ];
  for (const [text, expected] of table) {
    assertStrictEquals(integerOfDecimal(text), expected, text);
  }
});

Deno.test("isDecimal() is the grammar of JSON numbers", () => {
  for (const text of ["0", "-0", "1.5E+7", "1e0"]) assertStrictEquals(isDecimal(text), true, text);
  for (const text of ["", "-", "01", "1.", ".5", "+1", "1e", "0x1", "Infinity", " 1"]) {
    assertStrictEquals(isDecimal(text), false, text);
  }
});
