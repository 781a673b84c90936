/**
 * Exact signed 64-bit integers, checked.
 *
 * An {@link Int64} is a `number` exactly when it is a safe integer (|n| <= 2^53 - 1), and a `bigint` otherwise. Because every
 * integer has one representation only, `===` is equality, and the common case never allocates. Operations return `undefined`
 * when the exact result leaves the 64-bit range or does not exist; nothing ever wraps or rounds.
 *
 * @module
 */
import { assert } from "../base/result.ts";

/** A signed 64-bit integer: `number` if and only if it is a safe integer, `bigint` otherwise. */
export type Int64 = number | bigint;

/** The least 64-bit integer, -2^63. */
export const INT64_MIN: bigint = -(2n ** 63n);
/** The greatest 64-bit integer, 2^63 - 1. */
export const INT64_MAX: bigint = 2n ** 63n - 1n;

/** The canonical {@link Int64} of an exact integer, or `undefined` when it does not fit 64 bits. */
export function int64FromBigInt(exact: bigint): Int64 | undefined {
  if (exact >= -9007199254740991n && exact <= 9007199254740991n) return Number(exact);
  return exact >= INT64_MIN && exact <= INT64_MAX ? exact : undefined;
}

/** Reads `-?[0-9]+`; `undefined` when the text is anything else or does not fit 64 bits. */
export function parseInt64(text: string): Int64 | undefined {
  if (text.length < 16 && /^-?[0-9]+$/.test(text)) return Number(text) + 0;
  return /^-?[0-9]{1,40}$/.test(text) ? int64FromBigInt(BigInt(text)) : undefined;
}

/** a + b, or `undefined` on overflow. */
export function addInt64(a: Int64, b: Int64): Int64 | undefined {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return int64FromBigInt(BigInt(a) + BigInt(b));
}

/** a - b, or `undefined` on overflow. */
export function subtractInt64(a: Int64, b: Int64): Int64 | undefined {
  if (typeof a === "number" && typeof b === "number") {
    const difference = a - b;
    if (Number.isSafeInteger(difference)) return difference;
  }
  return int64FromBigInt(BigInt(a) - BigInt(b));
}

/** a * b, or `undefined` on overflow. */
export function multiplyInt64(a: Int64, b: Int64): Int64 | undefined {
  if (typeof a === "number" && typeof b === "number") {
    const product = a * b;
    if (Number.isSafeInteger(product)) return product + 0; // -0 becomes 0
  }
  return int64FromBigInt(BigInt(a) * BigInt(b));
}

/** a / b rounded toward zero, or `undefined` when `b` is 0 or the quotient is 2^63. */
export function divideInt64(a: Int64, b: Int64): Int64 | undefined {
  if (b === 0) return undefined;
  if (typeof a === "number" && typeof b === "number") return Math.trunc(a / b) + 0;
  return int64FromBigInt(BigInt(a) / BigInt(b));
}

/** -a, or `undefined` on overflow. */
export function negateInt64(a: Int64): Int64 | undefined {
  return subtractInt64(0, a);
}

/** Bitwise operators over the two's complement of both operands. */
export function bitwiseInt64(op: "BitAnd" | "BitOr" | "BitXor", a: Int64, b: Int64): Int64 {
  const x = BigInt(a), y = BigInt(b);
  const exact = op === "BitAnd" ? x & y : op === "BitOr" ? x | y : x ^ y;
  const result = int64FromBigInt(exact);
  assert(result !== undefined, "a bitwise operation of two 64-bit integers leaves 64 bits");
  return result;
}

/**
 * a shifted by `count` bits, arithmetically to the right. `undefined` when `count` is outside 0 to 63, or when a bit
 * that matters is shifted out to the left (overflow is never silent).
 */
export function shiftInt64(op: "Shl" | "Shr", a: Int64, count: Int64): Int64 | undefined {
  if (typeof count !== "number" || count < 0 || count > 63) return undefined;
  const bits = BigInt(count);
  return int64FromBigInt(op === "Shl" ? BigInt(a) << bits : BigInt(a) >> bits);
}
