/** The checker's digits against enumeration of small integers. */
import { assert, assertStrictEquals } from "../../../std/assert.ts";
import { Random } from "../../../campaign/random.ts";
import {
  added,
  both,
  type Digits,
  digitsWithin,
  firstFrom,
  lastUpTo,
  multiplied,
  multipliedBy,
  solved,
  UNKNOWN,
  withResidue,
} from "./digits.ts";

const VALUES = Array.from({ length: 161 }, (_, index) => BigInt(index - 80));

function has({ ones, zeros, modulus, residue }: Digits, value: bigint): boolean {
  const fits = modulus === 0n ? value === residue : (value - residue) % modulus === 0n;
  return fits && (ones & ~value) === 0n && (zeros & value) === 0n;
}

function randomDigits(random: Random): Digits {
  const mask = BigInt(random.between(-16, 40)), bits = BigInt(random.between(-64, 64));
  const pieces = [
    { ones: bits & mask, zeros: ~bits & mask, modulus: 1n, residue: 0n },
    withResidue(BigInt(random.between(-40, 40)), BigInt(random.between(0, 13))),
    digitsWithin(BigInt(random.between(-70, 0)), BigInt(random.between(0, 70))),
    UNKNOWN,
  ];
  return both(random.pick(pieces), random.pick(pieces)) ?? UNKNOWN;
}

const setOf = (digits: Digits) => VALUES.filter((value) => has(digits, value));

Deno.test("the checker's digits lose no value, and its ends are no better than the values", () => {
  const random = new Random(21);
  for (let count = 0; count < 2_000; count++) {
    const a = randomDigits(random), b = randomDigits(random), met = both(a, b);
    const common = VALUES.filter((value) => has(a, value) && has(b, value));
    assertStrictEquals(met === undefined ? "" : setOf(met).join(), common.join());
    const from = BigInt(random.between(-60, 60));
    const least = firstFrom(a, from), most = lastUpTo(a, from);
    assert(least === undefined || least >= from);
    assert(most === undefined || most <= from);
    const above = setOf(a).find((value) => value >= from);
    const below = setOf(a).findLast((value) => value <= from);
    if (above !== undefined) assert(least !== undefined && least <= above);
    if (below !== undefined) assert(most !== undefined && most >= below);
  }
});

Deno.test("the checker's digits of sums, multiples, products and solutions have every value", () => {
  const random = new Random(22);
  for (let count = 0; count < 1_000; count++) {
    const a = randomDigits(random), b = randomDigits(random), target = randomDigits(random);
    const scale = BigInt(random.between(-6, 6)), constant = BigInt(random.between(-9, 9));
    const form = multiplied(a, scale, constant), found = solved(target, scale, constant);
    const square = multipliedBy(a, a, true);
    for (const x of setOf(a).slice(0, 15)) {
      assert(has(form, scale * x + constant) && has(square, x * x));
      for (const y of setOf(b).slice(0, 15)) {
        assert(has(added([a, b]), x + y) && has(multipliedBy(a, b, false), x * y));
      }
    }
    for (const x of VALUES) {
      if (has(target, scale * x + constant)) assert(found !== undefined && has(found, x));
    }
  }
});
