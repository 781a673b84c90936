/**
 * The exact arithmetic of the reference model against the host's reading of decimal text.
 *
 * @module
 */
import { assertStrictEquals } from "../../std/assert.ts";
import { Random } from "../../campaign/random.ts";
import { sized, testSeed } from "../support/size.ts";
import { exactOf, integerOf, nearest } from "./model/decimal.ts";

function value(text: string, bits: 32 | 64): number {
  const exact = exactOf(text);
  return exact === undefined ? Number.NaN : nearest(exact, bits);
}

// covers: TYP-19
Deno.test("decimal text becomes the f64 that the host reads", () => {
  const random = new Random(testSeed("decimal text", 1));
  for (let index = 0; index < sized({ quick: 300, ci: 5_000 }); index++) {
    const digits = random.list(1, 20, () => String(random.below(10))).join("");
    const fraction = random.list(1, 20, () => String(random.below(10))).join("");
    const text = `${random.pick(["", "-"])}${digits}.${fraction}e${random.below(700) - 350}`;
    assertStrictEquals(value(text, 64), Number(text), text);
  }
});

// covers: TYP-19
Deno.test("decimal text becomes f32 in one rounding, ties to even", () => {
  const cases: readonly (readonly [text: string, nearest: number])[] = [
    ["1.000000059604644775390626", 1 + 2 ** -23],
    ["1.000000059604644775390625", 1],
    ["1.000000178813934326171875", 1 + 2 ** -22],
    ["340282356779733661637539395458142568447", (2 - 2 ** -23) * 2 ** 127],
    ["340282356779733661637539395458142568448", Infinity],
    ["7.006492321624085e-46", 0],
    ["7.006492321624086e-46", 2 ** -149],
    ["-0", -0],
  ];
  for (const [text, expected] of cases) assertStrictEquals(value(text, 32), expected, text);
});

// covers: DIR-20
Deno.test("a decimal text is the integer that it says, or none", () => {
  const cases: readonly (readonly [text: string, integer: bigint | undefined])[] = [
    ["1e18", 10n ** 18n],
    ["1.5e1", 15n],
    ["0.99999999999999999999", undefined],
    ["-0", 0n],
    ["1e-99999999999", undefined],
  ];
  for (const [text, expected] of cases) {
    const exact = exactOf(text);
    assertStrictEquals(exact === undefined ? undefined : integerOf(exact), expected, text);
  }
});
