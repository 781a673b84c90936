/**
 * What the checker knows of an integer beside its bounds: bits that are 1 and bits that are 0, in two's complement of unlimited length,
 * and a residue. `docs/certificates.md` says what follows from what. The solver's `dvm/phi/number/digits.ts` is about the same: a checker with
 * the solver's arithmetic would also have its mistakes, so each has its own, the greatest common divisor included.
 *
 * @module
 */

/** The integer is `residue` modulo `modulus`, or equal to it if that is 0. Bits of `ones` are 1, those of `zeros` 0. */
export interface Digits {
  readonly ones: bigint;
  readonly zeros: bigint;
  readonly modulus: bigint;
  readonly residue: bigint;
}

/** Nothing is known. */
export const UNKNOWN: Digits = { ones: 0n, zeros: 0n, modulus: 1n, residue: 0n };

/** A residue, and for the modulus 0 the integer itself. */
const congruent = (residue: bigint, modulus: bigint): Digits => ({ ...UNKNOWN, modulus, residue });

/** The digits of all integers of a range. */
export function digitsWithin(lo: bigint, hi: bigint): Digits {
  if (lo === hi) return withResidue(lo, 0n);
  let shared = 1n; // the weight of the lowest bit above those that differ
  while (lo < 0n === hi < 0n && shared <= (lo ^ hi)) shared *= 2n;
  return lo < 0n === hi < 0n ? { ...UNKNOWN, ones: lo & -shared, zeros: ~lo & -shared } : UNKNOWN;
}

/** Both at once; `undefined` if no integer has both. */
export function both(a: Digits, b: Digits): Digits | undefined {
  const { modulus, residue } = b.modulus === 0n ? b : a, other = b.modulus === 0n ? a : b;
  const common = gcd(modulus, other.modulus), gap = other.residue - residue;
  if (common === 0n ? gap !== 0n : gap % common !== 0n) return undefined;
  let met = { ones: a.ones | b.ones, zeros: a.zeros | b.zeros, modulus, residue };
  if (modulus !== 0n) {
    const times = quotient(gap / common, modulus / common, other.modulus / common);
    met = { ...met, ...reduced(residue + modulus * times, modulus / common * other.modulus) };
  }
  return (met.ones & met.zeros) === 0n ? shared(met) : undefined;
}

/** What bits say about the residue, and the residue about bits. */
function shared(digits: Digits): Digits | undefined {
  const { modulus, residue } = digits, low = modulus === 0n ? -1n : (modulus & -modulus) - 1n;
  const ones = digits.ones | (residue & low), zeros = digits.zeros | (~residue & low);
  if ((ones & zeros) !== 0n) return undefined;
  if (modulus === 0n) return { ones, zeros, modulus, residue };
  if ((ones | zeros) === -1n) return both({ ...digits, ones, zeros }, congruent(ones, 0n));
  const unknown = ~(ones | zeros), power = unknown & -unknown; // the weight of the lowest unknown bit
  if (modulus % power === 0n) return { ones, zeros, modulus, residue };
  return both({ ones, zeros, modulus, residue }, congruent(ones & (power - 1n), power));
}

/** The x with scale · x + constant = value, where the value has some digits; `undefined` if there is none. */
export function solved(digits: Digits, scale: bigint, constant: bigint): Digits | undefined {
  if (scale === 1n && constant === 0n) return digits;
  const { modulus } = digits, residue = digits.residue - constant;
  const common = gcd(scale, modulus);
  if (common === 0n ? residue !== 0n : residue % common !== 0n) return undefined;
  if (scale === 0n) return UNKNOWN;
  if (modulus === 0n) return residue % scale === 0n ? congruent(residue / scale, 0n) : undefined;
  return withResidue(
    quotient(residue / common, scale / common, modulus / common),
    modulus / common,
  );
}

/** scale · x + constant, of which only a residue is kept. */
export function multiplied(digits: Digits, scale: bigint, constant: bigint): Digits {
  if (scale === 1n && constant === 0n) return digits;
  const { modulus, residue } = digits;
  return withResidue(residue * scale + constant, modulus * (scale < 0n ? -scale : scale));
}

/** A sum. */
export function added(addends: readonly Digits[]): Digits {
  const modulus = addends.reduce((common, each) => gcd(common, each.modulus), 0n);
  return withResidue(addends.reduce((sum, each) => sum + each.residue, 0n), modulus);
}

/** The product of two integers, or the square of one. */
export function multipliedBy(a: Digits, b: Digits, isSquare: boolean): Digits {
  const cross = isSquare
    ? 2n * a.residue * a.modulus
    : gcd(a.residue * b.modulus, b.residue * a.modulus);
  return withResidue(a.residue * b.residue, gcd(cross, a.modulus * b.modulus));
}

/**
 * The least integer from `from` on with the residue, or if that has not the bits, the least one after it that has them; `undefined` if
 * there is none.
 */
export function firstFrom(digits: Digits, from: bigint): bigint | undefined {
  const { ones, zeros, modulus, residue } = digits;
  if (modulus === 0n) return residue < from ? undefined : residue;
  const start = from + reduced(residue - from, modulus).residue;
  const fits = (value: bigint) => (ones & ~value) === 0n && (zeros & value) === 0n;
  if (fits(start)) return start;
  const width = [start, ones, zeros].reduce((all, each) => all | (each < 0n ? ~each : each), 0n);
  for (let bit = 1n; bit <= 2n * width + 1n; bit *= 2n) { // it differs first in this bit, which becomes 1
    const next = (start & -(2n * bit)) | bit | (ones & (bit - 1n));
    if ((start & bit) === 0n && fits(next)) return next;
  }
  return start < 0n && ones >= 0n && fits(ones) ? ones : undefined; // the least one that is not negative
}

/** The greatest integer up to `to`, in the same way. */
export function lastUpTo(
  { ones, zeros, modulus, residue }: Digits,
  to: bigint,
): bigint | undefined {
  const opposite = { ones: zeros, zeros: ones, ...reduced(-1n - residue, modulus) };
  const found = firstFrom(opposite, -1n - to);
  return found === undefined ? undefined : -1n - found;
}

/** A residue for any modulus, with the bits that follow from it. */
export function withResidue(residue: bigint, modulus: bigint): Digits {
  const digits = { ...UNKNOWN, ...reduced(residue, modulus) };
  return shared(digits) ?? digits;
}

function reduced(residue: bigint, modulus: bigint) {
  const rest = modulus === 0n ? residue : residue % modulus;
  return { modulus, residue: rest < 0n && modulus !== 0n ? rest + modulus : rest };
}

/** x with divisor · x = dividend for a modulus to which the divisor is coprime. */
function quotient(dividend: bigint, divisor: bigint, modulus: bigint): bigint {
  let [a, x] = [modulus, 0n], [b, y] = [reduced(divisor, modulus).residue, 1n];
  while (b !== 0n) [a, x, b, y] = [b, y, a % b, x - a / b * y];
  return reduced(x * dividend, modulus).residue;
}

/** The greatest common divisor. */
export function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
