/**
 * Exact integers of any size for the solver. A whole number is a `number` exactly when it is a safe integer and a `bigint`
 * otherwise, so that `===` is equality, `<` is order, and the common case never allocates.
 *
 * @module
 */

/** A whole number of any size: `number` if and only if it is a safe integer. */
export type Int = number | bigint;

const SAFE = Number.MAX_SAFE_INTEGER;
const SAFE_BIG = BigInt(Number.MAX_SAFE_INTEGER);

/** The canonical {@link Int} of a bigint. */
export function intOf(exact: bigint): Int {
  return exact >= -SAFE_BIG && exact <= SAFE_BIG ? Number(exact) : exact;
}

/** a + b. */
export function add(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b;
    if (sum <= SAFE && sum >= -SAFE) return sum;
  }
  return intOf(BigInt(a) + BigInt(b));
}

/** a - b. */
export function sub(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const difference = a - b;
    if (difference <= SAFE && difference >= -SAFE) return difference;
  }
  return intOf(BigInt(a) - BigInt(b));
}

/** a · b. */
export function mul(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const product = a * b;
    if (product <= SAFE && product >= -SAFE) return product + 0; // -0 becomes 0
  }
  return intOf(BigInt(a) * BigInt(b));
}

/** -a. */
export function neg(a: Int): Int {
  return typeof a === "number" ? 0 - a : intOf(-a);
}

/** |a|. */
export function abs(a: Int): Int {
  return a < 0 ? neg(a) : a;
}

/**
 * The greatest whole number not above a / b; `b` is not 0. For safe integers the rounded quotient cannot reach the next whole
 * number: it is off by less than 1 / b.
 */
export function floorDiv(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") return Math.floor(a / b) + 0;
  const x = BigInt(a), y = BigInt(b);
  const quotient = x / y;
  return intOf(quotient * y !== x && (x < 0n) !== (y < 0n) ? quotient - 1n : quotient);
}

/** The least whole number not below a / b; `b` is not 0. */
export function ceilDiv(a: Int, b: Int): Int {
  return neg(floorDiv(neg(a), b));
}

/** a / b rounded toward zero; `b` is not 0. */
export function truncDiv(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") return Math.trunc(a / b) + 0;
  return intOf(BigInt(a) / BigInt(b));
}

/** The greatest common divisor, never negative. */
export function gcd(a: Int, b: Int): Int {
  let x = abs(a), y = abs(b);
  while (y !== 0) {
    const rest = typeof x === "number" && typeof y === "number"
      ? x % y
      : intOf(BigInt(x) % BigInt(y));
    x = y;
    y = rest;
  }
  return x;
}

/** The lesser of two. */
export function least(a: Int, b: Int): Int {
  return a < b ? a : b;
}

/** The greater of two. */
export function greatest(a: Int, b: Int): Int {
  return a > b ? a : b;
}

/** The greatest whole number whose square is not above `a`; `a` is not negative. */
export function squareRoot(a: Int): Int {
  if (typeof a === "number") {
    let root = Math.floor(Math.sqrt(a));
    while (root * root > a) root--;
    while ((root + 1) * (root + 1) <= a) root++;
    return root;
  }
  let root = 1n << BigInt(a.toString(16).length * 2 + 1); // above the root; Newton's steps then only go down
  for (;;) {
    const next = (root + a / root) >> 1n;
    if (next >= root) return intOf(root);
    root = next;
  }
}
