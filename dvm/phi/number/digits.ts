/**
 * What is known of the digits of an integer besides its range: single bits, and its residue for one modulus. Both are exact about
 * what they say, so that no value is lost.
 *
 * @module
 */

/** Known bits, and a known residue. */
export interface Digits {
  /** The positions of the known bits, in two's complement of unlimited length: all bits from some position on if negative. */
  readonly mask: bigint;
  /** The known bits at these positions, and 0 elsewhere. */
  readonly bits: bigint;
  /** The integer is `residue` modulo this; 1 if nothing is known, 0 if the integer is `residue` itself. Never negative. */
  readonly modulus: bigint;
  /** From 0 to `modulus` - 1, unless that is 0. */
  readonly residue: bigint;
}

/** Nothing is known. */
export const ANY_DIGITS: Digits = { mask: 0n, bits: 0n, modulus: 1n, residue: 0n };

/** The digits of one integer. */
export function digitsOfInteger(value: bigint): Digits {
  return { mask: -1n, bits: value, modulus: 0n, residue: value };
}

/** Known bits and nothing else. */
export function knownBits(mask: bigint, bits: bigint): Digits {
  return { ...ANY_DIGITS, mask, bits: bits & mask };
}

/** A known residue and nothing else; for the modulus 0 the integer itself. */
export function knownResidue(modulus: bigint, residue: bigint): Digits {
  return modulus === 0n
    ? digitsOfInteger(residue)
    : { ...ANY_DIGITS, modulus, residue: modulo(residue, modulus) };
}

/** What all integers of a range share: the bits above the highest one that differs. */
export function digitsOfRange(lo: bigint, hi: bigint): Digits {
  if (lo === hi) return digitsOfInteger(lo);
  if (lo < 0n !== hi < 0n) return ANY_DIGITS;
  return knownBits(-1n << bitLength(lo ^ hi), lo);
}

/** Both at once; `undefined` if they contradict each other. */
export function meetDigits(a: Digits, b: Digits): Digits | undefined {
  if (((a.bits ^ b.bits) & a.mask & b.mask) !== 0n) return undefined;
  const common = commonResidue(a, b);
  if (common === undefined) return undefined;
  const met = { mask: a.mask | b.mask, bits: a.bits | b.bits, ...common };
  if (met.modulus === 0n) {
    return (met.residue & met.mask) === met.bits ? digitsOfInteger(met.residue) : undefined;
  }
  if (met.mask === -1n) {
    return modulo(met.bits, met.modulus) === met.residue ? digitsOfInteger(met.bits) : undefined;
  }
  return sharedLowBits(met);
}

/** The known low bits are a residue for a power of two, and the other way round. */
function sharedLowBits(digits: Digits): Digits | undefined {
  const power = digits.modulus & -digits.modulus, low = power - 1n;
  if (((digits.bits ^ digits.residue) & digits.mask & low) !== 0n) return undefined;
  const mask = digits.mask | low, bits = digits.bits | (digits.residue & low);
  const known = (mask + 1n) & ~mask; // the lowest unknown bit
  const common = commonResidue(digits, { modulus: known, residue: bits & (known - 1n) });
  return common && { mask, bits, ...common };
}

type Residue = Pick<Digits, "modulus" | "residue">;

/** The residue that two imply together; `undefined` if they contradict each other. */
function commonResidue(a: Residue, b: Residue): Residue | undefined {
  if (b.modulus === 0n) return a.modulus === 0n ? sameResidue(a, b) : commonResidue(b, a);
  if (a.modulus === 0n) return modulo(a.residue, b.modulus) === b.residue ? a : undefined;
  const common = gcd(a.modulus, b.modulus), gap = b.residue - a.residue;
  if (gap % common !== 0n) return undefined;
  const modulus = a.modulus / common * b.modulus, step = b.modulus / common;
  const times = modulo(gap / common * inverse(a.modulus / common, step), step);
  return { modulus, residue: modulo(a.residue + a.modulus * times, modulus) };
}

function sameResidue(a: Residue, b: Residue): Residue | undefined {
  return a.residue === b.residue ? a : undefined;
}

/** The digits of scale · x + offset. Bits of x other than its low ones are lost. */
export function affineDigits(digits: Digits, scale: bigint, offset: bigint): Digits {
  if (scale === 1n && offset === 0n) return digits;
  const { modulus, residue } = digits;
  return withLowBits(modulus * (scale < 0n ? -scale : scale), residue * scale + offset);
}

/** The digits of x if those of scale · x + offset are given; `undefined` if there is no such x. */
export function solveAffine(digits: Digits, scale: bigint, offset: bigint): Digits | undefined {
  if (scale === 1n && offset === 0n) return digits;
  const { modulus, residue } = digits, gap = residue - offset;
  if (scale === 0n) {
    const holds = modulus === 0n ? gap === 0n : gap % modulus === 0n;
    return holds ? ANY_DIGITS : undefined;
  }
  const common = gcd(scale, modulus);
  if (gap % common !== 0n) return undefined;
  if (modulus === 0n) return gap % scale === 0n ? digitsOfInteger(gap / scale) : undefined;
  const step = modulus / common;
  return withLowBits(step, gap / common * inverse(modulo(scale / common, step), step));
}

function withLowBits(modulus: bigint, residue: bigint): Digits {
  const known = knownResidue(modulus, residue);
  return sharedLowBits(known) ?? known;
}

/** The digits of a sum. */
export function sumOfDigits(addends: readonly Digits[]): Digits {
  let modulus = 0n, residue = 0n;
  for (const addend of addends) {
    modulus = gcd(modulus, addend.modulus);
    residue += addend.residue;
  }
  return withLowBits(modulus, residue);
}

/** The digits of a product, or of a square. */
export function productOfDigits(a: Digits, b: Digits, isSquare: boolean): Digits {
  const modulus = isSquare
    ? gcd(2n * a.residue * a.modulus, a.modulus * a.modulus)
    : gcd(gcd(a.residue * b.modulus, b.residue * a.modulus), a.modulus * b.modulus);
  return withLowBits(modulus, a.residue * b.residue);
}

/** The digits of b if those of a and of a · b are given; `undefined` if there is no such b. */
export function factorDigits(product: Digits, a: Digits): Digits | undefined {
  const modulus = gcd(product.modulus, a.modulus);
  return solveAffine(knownResidue(modulus, product.residue), a.residue, 0n);
}

/** The least integer from `lo` on with these digits; `undefined` if there is none. */
export function leastWith(digits: Digits, lo: bigint): bigint | undefined {
  const { modulus, residue } = digits;
  if (modulus === 0n) return residue >= lo ? residue : undefined;
  const next = lo + modulo(residue - lo, modulus);
  return digits.mask === 0n ? next : leastWithBits(digits, next);
}

/** The greatest integer up to `hi` with these digits; `undefined` if there is none. */
export function greatestWith(digits: Digits, hi: bigint): bigint | undefined {
  const { mask, bits, modulus, residue } = digits;
  const mirrored = { mask, bits: mask & ~bits, modulus, residue: modulo(-1n - residue, modulus) };
  const found = leastWith(mirrored, -1n - hi);
  return found === undefined ? undefined : -1n - found;
}

/** The least integer from `lo` on with these bits. */
function leastWithBits(digits: Digits, lo: bigint): bigint | undefined {
  const { mask, bits } = digits, wrong = (lo ^ bits) & mask;
  if (wrong === 0n) return lo;
  if (wrong < 0n) return lo < 0n ? leastWithBits(digits, 0n) : undefined; // the sign is known, and another
  let at = bitLength(wrong) - 1n; // the highest bit that must change
  if ((bits >> at & 1n) === 0n) {
    // It changes from 1 to 0, so that some unknown bit above must change from 0 to 1.
    do at++; while (((mask | lo) >> at & 1n) === 1n && (mask | lo) >> at !== -1n);
    if ((mask | lo) >> at === -1n) {
      return lo < 0n && mask >= 0n ? leastWithBits(digits, 0n) : undefined;
    }
  }
  const high = (lo >> at | 1n) << at;
  return high | (bits & ((1n << at) - 1n));
}

/** The number of binary digits of an integer that is not negative. */
function bitLength(value: bigint): bigint {
  return value === 0n ? 0n : BigInt(value.toString(2).length);
}

/** The residue from 0 to `modulus` - 1; the integer itself for the modulus 0. */
function modulo(value: bigint, modulus: bigint): bigint {
  if (modulus === 0n) return value;
  const rest = value % modulus;
  return rest < 0n ? rest + modulus : rest;
}

function gcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a, y = b < 0n ? -b : b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** The inverse of an integer for a modulus to which it is coprime. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [old, current] = [1n, 0n], [rest, next] = [modulo(value, modulus), modulus];
  while (next !== 0n) {
    const quotient = rest / next;
    [rest, next] = [next, rest - quotient * next];
    [old, current] = [current, old - quotient * current];
  }
  return old;
}
