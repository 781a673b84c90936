/** The digits of integers against enumeration of small ones. */
import { assert, assertStrictEquals } from "../../../std/assert.ts";
import { Random } from "../../../campaign/random.ts";
import {
  affineDigits,
  ANY_DIGITS,
  type Digits,
  digitsOfRange,
  factorDigits,
  greatestWith,
  knownBits,
  knownResidue,
  leastWith,
  meetDigits,
  productOfDigits,
  solveAffine,
  sumOfDigits,
} from "./digits.ts";

const VALUES = Array.from({ length: 161 }, (_, index) => BigInt(index - 80));

function has({ mask, bits, modulus, residue }: Digits, value: bigint): boolean {
  const fits = modulus === 0n ? value === residue : (value - residue) % modulus === 0n;
  return fits && (value & mask) === bits;
}

function randomDigits(random: Random): Digits {
  const pieces = [
    knownBits(BigInt(random.between(-16, 40)), BigInt(random.between(-64, 64))),
    knownResidue(BigInt(random.between(0, 13)), BigInt(random.between(-40, 40))),
    digitsOfRange(BigInt(random.between(-70, 0)), BigInt(random.between(0, 70))),
    ANY_DIGITS,
  ];
  return meetDigits(random.pick(pieces), random.pick(pieces)) ?? ANY_DIGITS;
}

const setOf = (digits: Digits) => VALUES.filter((value) => has(digits, value));

Deno.test("digits lose no value, and meets and ends are exact", () => {
  const random = new Random(11);
  for (let count = 0; count < 3_000; count++) {
    const a = randomDigits(random), b = randomDigits(random), met = meetDigits(a, b);
    const both = VALUES.filter((value) => has(a, value) && has(b, value));
    if (met === undefined) assertStrictEquals(both.length, 0);
    else assertStrictEquals(setOf(met).join(), both.join());
    const from = BigInt(random.between(-60, 60));
    const least = leastWith({ ...a, modulus: 1n, residue: 0n }, from);
    const most = greatestWith({ ...a, modulus: 1n, residue: 0n }, from);
    const bitsOnly = VALUES.filter((value) => (value & a.mask) === a.bits);
    const above = bitsOnly.find((value) => value >= from);
    const below = bitsOnly.findLast((value) => value <= from);
    if (above !== undefined) assertStrictEquals(least, above);
    if (below !== undefined) assertStrictEquals(most, below);
    const next = leastWith(a, from), first = setOf(a).find((value) => value >= from);
    if (first !== undefined) assert(next !== undefined && from <= next && next <= first);
  }
});

Deno.test("the digits of forms, products and factors have every value of them", () => {
  const random = new Random(12);
  for (let count = 0; count < 1_500; count++) {
    const a = randomDigits(random), b = randomDigits(random);
    const scale = BigInt(random.between(-6, 6)), offset = BigInt(random.between(-9, 9));
    const form = affineDigits(a, scale, offset), sum = sumOfDigits([a, b]);
    const product = productOfDigits(a, b, false), square = productOfDigits(a, a, true);
    const target = randomDigits(random), factor = factorDigits(target, a);
    const solved = solveAffine(target, scale, offset);
    const xs = setOf(a).slice(0, 20), ys = setOf(b).slice(0, 20);
    for (const x of xs) {
      assert(has(form, scale * x + offset) && has(square, x * x));
      for (const y of ys) assert(has(sum, x + y) && has(product, x * y));
      for (const y of VALUES) {
        if (has(target, x * y)) assert(factor !== undefined && has(factor, y));
      }
    }
    for (const x of VALUES) {
      if (has(target, scale * x + offset)) assert(solved !== undefined && has(solved, x));
    }
  }
});
