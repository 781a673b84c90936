/**
 * What sums and operations say about digits, for the checker: written apart from the solver's `digit_propagators.ts`.
 *
 * @module
 */
import {
  added,
  both,
  type Digits,
  gcd,
  multiplied,
  multipliedBy,
  solved,
  UNKNOWN,
  withResidue,
} from "./digits.ts";
import type { View } from "./views.ts";

/** Where the digits of views are. */
export interface DigitStore<Viewed> {
  /** The digits of a view. */
  digitsOf(view: Viewed): Digits;
  /** Adds digits of a view; `undefined` if it has no value. */
  know(view: Viewed, digits: Digits | undefined): void;
}

/** The first view is the sum of the others. */
export function applySum(views: readonly View[], store: DigitStore<View>): void {
  const [sum, a, b] = views;
  for (const view of views) {
    const others = views.filter((each) => each !== view).map((each) => {
      const isMoved = view !== sum && each !== sum; // to the other side of the equation
      return isMoved ? multiplied(store.digitsOf(each), -1n, 0n) : store.digitsOf(each);
    });
    store.know(view, added(others));
  }
  if (sum === undefined || a?.scale !== 1n || b?.scale !== -1n || views.length > 3) return;
  const { modulus, residue } = store.digitsOf(sum), other = { ...b, scale: 1n };
  if (modulus !== 0n || residue !== 0n) return;
  store.know(a, store.digitsOf(other)); // a - other is 0
  store.know(other, store.digitsOf(a));
}

/** The first view is the result of an operation on the others. */
export function applyOperation(
  kind: string,
  views: readonly View[],
  store: DigitStore<View>,
): void {
  const [own, a, b] = views;
  if (own === undefined || a === undefined || b === undefined) return;
  if (kind === "mul") return applyProduct(own, a, b, store);
  if (kind === "shl") return applyShift({ low: a, high: own, count: b, isFilled: true }, store);
  if (kind === "shr") return applyShift({ low: own, high: a, count: b, isFilled: false }, store);
  if (kind !== "bitAnd" && kind !== "bitOr" && kind !== "bitXor") return;
  for (const [view, one, other] of [[own, a, b], [a, own, b], [b, own, a]] as const) {
    const x = store.digitsOf(one), y = store.digitsOf(other);
    const bits = view === own ? resultBits(kind, x, y) : operandBits(kind, x, y);
    const isPossible = (bits.ones & bits.zeros) === 0n;
    store.know(view, isPossible ? both(UNKNOWN, { ...UNKNOWN, ...bits }) : undefined);
  }
}

type Bits = Pick<Digits, "ones" | "zeros">;

function resultBits(kind: "bitAnd" | "bitOr" | "bitXor", a: Bits, b: Bits): Bits {
  if (kind === "bitAnd") return { ones: a.ones & b.ones, zeros: a.zeros | b.zeros };
  if (kind === "bitOr") return { ones: a.ones | b.ones, zeros: a.zeros & b.zeros };
  const ones = (a.ones & b.zeros) | (a.zeros & b.ones);
  return { ones, zeros: (a.ones & b.ones) | (a.zeros & b.zeros) };
}

/** The bits of an operand by those of the result and of the other operand. */
function operandBits(kind: "bitAnd" | "bitOr" | "bitXor", result: Bits, other: Bits): Bits {
  if (kind === "bitAnd") return { ones: result.ones, zeros: result.zeros & other.ones };
  if (kind === "bitOr") return { ones: result.ones & other.zeros, zeros: result.zeros };
  return resultBits(kind, result, other);
}

/** The caller makes sure that the product was not cut. */
function applyProduct(own: View, a: View, b: View, store: DigitStore<View>): void {
  const isSquare = a.key === b.key && a.scale === b.scale && a.constant === b.constant;
  store.know(own, multipliedBy(store.digitsOf(a), store.digitsOf(b), isSquare));
  for (const [view, other] of isSquare ? [] : [[a, b], [b, a]] as const) {
    const product = store.digitsOf(own), factor = store.digitsOf(other);
    const residue = withResidue(product.residue, gcd(product.modulus, factor.modulus));
    store.know(view, solved(residue, factor.residue, 0n));
  }
}

/** With a known count, `high` has the bits of `low` moved up; those below are 0 if they are filled, and any otherwise. */
function applyShift(
  { low, high, count, isFilled }: {
    readonly low: View;
    readonly high: View;
    readonly count: View;
    readonly isFilled: boolean;
  },
  store: DigitStore<View>,
): void {
  const { modulus, residue: by } = store.digitsOf(count);
  if (modulus !== 0n || by < 0n || by > 63n) return;
  const lower = store.digitsOf(low), filled = isFilled ? (1n << by) - 1n : 0n;
  const moved = { ones: lower.ones << by, zeros: (lower.zeros << by) | filled };
  store.know(high, both(UNKNOWN, { ...UNKNOWN, ...moved }));
  const { ones, zeros } = store.digitsOf(high);
  store.know(low, both(UNKNOWN, { ...UNKNOWN, ones: ones >> by, zeros: zeros >> by }));
}
