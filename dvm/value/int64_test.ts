import { assert, assertStrictEquals } from "../../std/assert.ts";
import fc from "fast-check";
import {
  addInt64,
  bitwiseInt64,
  divideInt64,
  type Int64,
  INT64_MAX,
  INT64_MIN,
  int64FromBigInt,
  multiplyInt64,
  negateInt64,
  parseInt64,
  shiftInt64,
  subtractInt64,
} from "./int64.ts";

/** Integers where the representation or the range changes, and any other. */
const exactIntegers = fc.oneof(
  fc.bigInt({ min: INT64_MIN, max: INT64_MAX }),
  fc.bigInt({ min: -1000n, max: 1000n }),
  fc.constantFrom(
    INT64_MIN,
    INT64_MAX,
    INT64_MIN + 1n,
    2n ** 53n,
    2n ** 53n - 1n,
    -(2n ** 53n),
    2n ** 32n,
    0n,
  ),
);

function canonical(exact: bigint): Int64 {
  const value = int64FromBigInt(exact);
  assert(value !== undefined);
  return value;
}

// covers: TYP-16
Deno.test("Int64 arithmetic equals exact arithmetic, or is undefined outside 64 bits", () => {
  fc.assert(
    fc.property(exactIntegers, exactIntegers, (a, b) => {
      const x = canonical(a), y = canonical(b);
      assertStrictEquals(addInt64(x, y), int64FromBigInt(a + b));
      assertStrictEquals(subtractInt64(x, y), int64FromBigInt(a - b));
      assertStrictEquals(multiplyInt64(x, y), int64FromBigInt(a * b));
      assertStrictEquals(divideInt64(x, y), b === 0n ? undefined : int64FromBigInt(a / b));
      assertStrictEquals(negateInt64(x), int64FromBigInt(-a));
      assertStrictEquals(bitwiseInt64("BitXor", x, y), int64FromBigInt(a ^ b));
    }),
    { numRuns: 2_000, seed: 64 },
  );
});

Deno.test("Int64 has one representation for each integer: a number exactly when it is safe", () => {
  fc.assert(
    fc.property(exactIntegers, (a) => {
      const value = canonical(a);
      assertStrictEquals(
        typeof value === "number",
        Number.isSafeInteger(Number(a)) && BigInt(Number(a)) === a,
      );
      assertStrictEquals(parseInt64(String(a)), value);
    }),
    { numRuns: 1_000, seed: 65 },
  );
});

Deno.test("Int64 results never are negative zero", () => {
  assert(Object.is(multiplyInt64(-5, 0), 0));
  assert(Object.is(divideInt64(-1, 2), 0));
});

// covers: TYP-17
Deno.test("divideInt64() rounds toward zero", () => {
  assertStrictEquals(divideInt64(-7, 2), -3);
  assertStrictEquals(divideInt64(7, -2), -3);
  assertStrictEquals(divideInt64(INT64_MIN, -1), undefined);
});

Deno.test("shiftInt64() never loses a bit silently", () => {
  assertStrictEquals(shiftInt64("Shl", 1, 62), 2n ** 62n);
  assertStrictEquals(shiftInt64("Shl", 1, 63), undefined);
  assertStrictEquals(shiftInt64("Shr", -5, 1), -3);
  assertStrictEquals(shiftInt64("Shr", 1, 64), undefined);
});
