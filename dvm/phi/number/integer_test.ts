/** The solver's numbers against bigints, over small, large and borderline values. */
import { assert, assertStrictEquals } from "../../../std/assert.ts";
import {
  abs,
  add,
  ceilDiv,
  floorDiv,
  gcd,
  type Int,
  intOf,
  mul,
  neg,
  squareRoot,
  sub,
  truncDiv,
} from "./integer.ts";

const EDGES = [
  0n,
  1n,
  2n,
  3n,
  7n,
  12n,
  1n << 31n,
  94906266n,
  (1n << 53n) - 1n,
  1n << 53n,
  1n << 63n,
  10n ** 40n,
];
const VALUES = [...EDGES, ...EDGES.map((value) => -value), 5n - (1n << 53n)];

function same(found: Int, expected: bigint): void {
  assertStrictEquals(found, intOf(expected));
}

Deno.test("every operation agrees with bigints, and its result is in canonical form", () => {
  for (const a of VALUES) {
    same(neg(intOf(a)), -a);
    same(abs(intOf(a)), a < 0n ? -a : a);
    for (const b of VALUES) {
      const x = intOf(a), y = intOf(b);
      same(add(x, y), a + b);
      same(sub(x, y), a - b);
      same(mul(x, y), a * b);
      if (b === 0n) continue;
      const isInexact = a % b !== 0n, isNegative = (a < 0n) !== (b < 0n);
      same(truncDiv(x, y), a / b);
      same(floorDiv(x, y), a / b - (isInexact && isNegative ? 1n : 0n));
      same(ceilDiv(x, y), a / b + (isInexact && !isNegative ? 1n : 0n));
      const divisor = BigInt(gcd(x, y));
      assert(a % divisor === 0n && b % divisor === 0n && divisor > 0n);
    }
  }
});

Deno.test("squareRoot() is the greatest number whose square is not above", () => {
  for (const value of VALUES) {
    if (value < 0n) continue;
    for (const near of [value, value * value, value * value + 1n, value * value - 1n]) {
      if (near < 0n) continue;
      const root = BigInt(squareRoot(intOf(near)));
      assert(root * root <= near && (root + 1n) * (root + 1n) > near, String(near));
    }
  }
});
