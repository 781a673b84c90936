/**
 * A number in text becomes the nearest value of its type in one rounding, as a literal and as an argument; and no argument changes its
 * value between the command line and the replay of the log.
 *
 * @module
 */
import { assert, assertStrictEquals } from "../../../std/assert.ts";
import { Random } from "../../../campaign/random.ts";
import { nearestFloat } from "../../../dvm/value/decimal.ts";
import { sized, testSeed } from "../../support/size.ts";
import { anyText, argumentDifference, headerDifference } from "./arguments.ts";
import {
  type Conversion,
  conversionDifference,
  literalDifference,
  literalText,
  throughArgument,
} from "./conversions.ts";
import { decimalText } from "./number_text.ts";

const COUNT = sized({ quick: 500, ci: 30_000, full: 60_000 });

/** The first text on which a conversion is wrong. */
function firstDifference(seed: number, count: number, convert: Conversion): string | undefined {
  const random = new Random(seed);
  for (let index = 0; index < count; index++) {
    const difference = conversionDifference(decimalText(random), convert);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

// covers: TYP-19, DIR-20
Deno.test("decimal text becomes the nearest float in one rounding", () => {
  const seed = testSeed("decimal text", 20);
  assertStrictEquals(firstDifference(seed, COUNT, nearestFloat), undefined);
  assertStrictEquals(firstDifference(seed + 1, COUNT, throughArgument), undefined);
});

// covers: TYP-19
Deno.test("a literal becomes the nearest float of its type in one rounding", () => {
  const random = new Random(testSeed("literals", 21));
  for (let batch = 0; batch < COUNT / 100; batch++) {
    const texts = Array.from({ length: 100 }, () => literalText(random, decimalText));
    assertStrictEquals(literalDifference(texts), undefined);
  }
});

/** Wrong conversions; each must be found. */
const PLANTED: { readonly [bug: string]: Conversion } = {
  "f32 is rounded twice": (text, width) => width === 32 ? Math.fround(Number(text)) : Number(text),
  "an integer becomes f32 through f64": (text, width) =>
    width === 32 && /^-?[0-9]+$/.test(text) ? Math.fround(Number(text)) : nearestFloat(text, width),
  "digits after the 40th are cut off": (text, width) =>
    nearestFloat(text.replace(/^(-?[0-9.]{40})[0-9]*$/, "$1"), width),
  "minus zero loses its sign": (text, width) => nearestFloat(text, width) + 0,
  "an argument is parsed to binary64 first": (text, width) => throughArgument(text, width, Number),
  "a tie goes away from zero": (text, width) => {
    const float = nearestFloat(text, width);
    const more = nearestFloat(
      `${text.includes(".") ? text : `${text}.0`}${"0".repeat(1200)}1`,
      width,
    );
    return text.includes("e") ? float : more;
  },
};

Deno.test("each planted conversion is found to be wrong", () => {
  for (const [bug, convert] of Object.entries(PLANTED)) {
    const difference = firstDifference(22, 1_500, convert);
    assert(difference !== undefined, bug);
  }
});

// covers: REP-01, TYP-09, TYP-15
Deno.test("no argument changes its value between the command line and the replay of its log", async () => {
  const random = new Random(testSeed("arguments", 23));
  for (let index = 0; index < sized({ quick: 60, ci: 750, full: 1_500 }); index++) {
    assertStrictEquals(await argumentDifference(anyText(random)), undefined);
  }
});

// covers: REP-01
Deno.test("the header of a log records every number of an argument exactly", () => {
  const random = new Random(testSeed("headers", 24));
  for (let index = 0; index < COUNT; index++) {
    assertStrictEquals(headerDifference(anyText(random)), undefined);
  }
});

Deno.test("arguments that are parsed to binary64 first are found by their record", () => {
  const random = new Random(25);
  const found = Array.from({ length: 1_500 }, () => anyText(random))
    .filter((text) => headerDifference(text, Number) !== undefined);
  assert(found.length > 0);
});
