/**
 * Exact integers of any size for the solver. An integer is a `number` if and only if it is safe, else a `bigint`, so that `===`
 * is equality, `<` is order, and the common case never allocates.
 *
 * @module
 */

/** An integer of any size: a `number` if and only if it is safe. */
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
 * a / b rounded down; `b` is not 0. For safe integers the rounding error of the quotient is less than 1 / b, so that it cannot
 * reach the next integer.
 */
export function floorDiv(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") return Math.floor(a / b) + 0;
  const x = BigInt(a), y = BigInt(b);
  const quotient = x / y;
  return intOf(quotient * y !== x && (x < 0n) !== (y < 0n) ? quotient - 1n : quotient);
}

/** a / b rounded up; `b` is not 0. */
export function ceilDiv(a: Int, b: Int): Int {
  return neg(floorDiv(neg(a), b));
}

/** a / b rounded toward zero; `b` is not 0. */
export function truncDiv(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") return Math.trunc(a / b) + 0;
  return intOf(BigInt(a) / BigInt(b));
}

/** The greatest common divisor; never negative. */
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
export function min(a: Int, b: Int): Int {
  return a < b ? a : b;
}

/** The greater of two. */
export function max(a: Int, b: Int): Int {
  return a > b ? a : b;
}

/** The square root rounded down; `a` is not negative. */
export function squareRoot(a: Int): Int {
  if (typeof a === "number") {
    let root = Math.floor(Math.sqrt(a));
    while (root * root > a) root--;
    while ((root + 1) * (root + 1) <= a) root++;
    return root;
  }
  let root = 1n << BigInt(a.toString(16).length * 2 + 1); // greater than the root, so that Newton's iteration decreases
  for (;;) {
    const next = (root + a / root) >> 1n;
    if (next >= root) return intOf(root);
    root = next;
  }
}
