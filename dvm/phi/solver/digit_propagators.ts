/**
 * Propagation of digits: known bits through the bitwise operations and shifts, residues through sums and products.
 *
 * @module
 */
import { unreachable } from "../../base/result.ts";
import {
  affineDigits,
  type Digits,
  digitsOfRange,
  factorDigits,
  knownBits,
  meetDigits,
  productOfDigits,
  solveAffine,
  sumOfDigits,
} from "../number/digits.ts";
import { isUncut } from "../number/interval.ts";
import type { Bounds } from "./bounds.ts";
import type { DigitsConstraint, OperationConstraint, RowConstraint } from "./constraint.ts";
import { type AffineView, viewRange } from "./linear_form.ts";

/** Adds what one row or operation implies about the digits of its variables. */
export function propagateDigits({ of }: DigitsConstraint, index: number, bounds: Bounds): void {
  const views = of.kind === "row" ? viewsOfRow(of) : [viewOf(of.q), of.a, of.b];
  const known = new KnownDigits(views, index, bounds);
  if (of.kind === "row") return propagateSum(of, known);
  switch (of.op) {
    case "mul":
      return propagateFactors(of, known);
    case "bitAnd":
    case "bitOr":
    case "bitXor":
      return propagateBits(of.op, known);
    case "shl":
    case "shr":
      return propagateShift(of.op, known);
    case "div":
      return;
    default:
      return unreachable(of.op);
  }
}

/** The digits of some views during one propagation. */
class KnownDigits {
  readonly #views: readonly AffineView[];
  readonly #index: number;
  readonly #bounds: Bounds;

  constructor(views: readonly AffineView[], index: number, bounds: Bounds) {
    this.#views = views;
    this.#index = index;
    this.#bounds = bounds;
  }

  get count(): number {
    return this.#views.length;
  }

  /** The digits of a view; `undefined` if there is a conflict already, or if the view has no value. */
  of(at: number): Digits | undefined {
    const view = this.#views[at], { lo, hi } = this.#bounds;
    if (view === undefined || this.#bounds.conflict >= 0) return undefined;
    const range = viewRange(view, lo, hi);
    const ofRange = digitsOfRange(BigInt(range.lo), BigInt(range.hi));
    if (view.q < 0) return ofRange;
    const own = this.#bounds.digitsOf(view.q);
    const digits = own === undefined
      ? undefined
      : meetDigits(affineDigits(own, BigInt(view.scale), BigInt(view.offset)), ofRange);
    if (digits === undefined) this.#bounds.learn(view.q, undefined, this.#index);
    return digits;
  }

  /** The digits of a variable, whatever the view of it is. */
  ofVariable(q: number): Digits | undefined {
    return this.#bounds.conflict >= 0 ? undefined : this.#bounds.digitsOf(q);
  }

  /** Adds digits of a variable. */
  addToVariable(q: number, digits: Digits | undefined): void {
    if (this.#bounds.conflict < 0) this.#bounds.learn(q, digits, this.#index);
  }

  /** Whether the first view, a product, cannot have been cut. */
  isUncut(): boolean {
    const [{ q } = { q: -1 }] = this.#views;
    return isUncut({ lo: this.#bounds.lo[q] ?? 0, hi: this.#bounds.hi[q] ?? 0 });
  }

  /** Adds digits of a view; `undefined` for none at all. Those of a constant are ignored: another view is then in conflict. */
  add(at: number, digits: Digits | undefined): void {
    const view = this.#views[at];
    if (view === undefined || view.q < 0 || this.#bounds.conflict >= 0) return;
    const { q, scale, offset } = view;
    const solved = digits && solveAffine(digits, BigInt(scale), BigInt(offset));
    this.#bounds.learn(q, solved, this.#index);
  }
}

function viewOf(q: number): AffineView {
  return { q, scale: 1, offset: 0 };
}

function viewsOfRow({ q, form }: RowConstraint): AffineView[] {
  const parts = form.vars.map((v, i) => ({ q: v, scale: form.coefs[i] ?? 0, offset: 0 }));
  return [viewOf(q), ...parts];
}

/** Of the sum and its addends each is the sum of the others, or what they leave of it. */
function propagateSum({ form }: RowConstraint, known: KnownDigits): void {
  for (let at = 0; at < known.count; at++) {
    const others: Digits[] = [];
    for (let other = 0; other < known.count; other++) {
      if (other === at) continue;
      const digits = known.of(other);
      if (digits === undefined) return;
      others.push(at > 0 && other > 0 ? affineDigits(digits, -1n, 0n) : digits);
    }
    known.add(at, sumOfDigits(others));
  }
  const [first = -1, second = -1] = form.vars, sum = known.of(0);
  const isDifference = form.vars.length === 2 && form.coefs[0] === 1 && form.coefs[1] === -1;
  if (isDifference && sum?.modulus === 0n && sum.residue === 0n) {
    known.addToVariable(first, known.ofVariable(second));
    known.addToVariable(second, known.ofVariable(first));
  }
}

/** A product has the product of residues. A factor follows from the residues of the product and of the other one. */
function propagateFactors({ a, b }: OperationConstraint, known: KnownDigits): void {
  if (!known.isUncut()) return;
  const isSquare = a.q === b.q && a.scale === b.scale && a.offset === b.offset;
  const x = known.of(1), y = known.of(2);
  if (x === undefined || y === undefined) return;
  known.add(0, productOfDigits(x, y, isSquare));
  for (const [at, other] of isSquare ? [] : [[1, 2], [2, 1]] as const) {
    const product = known.of(0), factor = known.of(other);
    if (product !== undefined && factor !== undefined) known.add(at, factorDigits(product, factor));
  }
}

/** Bits that are known to be 1, and those that are known to be 0. */
interface Bits {
  readonly ones: bigint;
  readonly zeros: bigint;
}

function bitsOf({ mask, bits }: Digits): Bits {
  return { ones: bits, zeros: mask & ~bits };
}

function propagateBits(op: "bitAnd" | "bitOr" | "bitXor", known: KnownDigits): void {
  for (const [at, one, other] of [[0, 1, 2], [1, 0, 2], [2, 0, 1]] as const) {
    const a = known.of(one), b = known.of(other);
    if (a === undefined || b === undefined) return;
    const { ones, zeros } = at === 0
      ? resultBits(op, bitsOf(a), bitsOf(b))
      : operandBits(op, bitsOf(a), bitsOf(b));
    if ((ones & zeros) === 0n) known.add(at, knownBits(ones | zeros, ones));
    else known.add(at, undefined);
  }
}

function resultBits(op: "bitAnd" | "bitOr" | "bitXor", a: Bits, b: Bits): Bits {
  switch (op) {
    case "bitAnd":
      return { ones: a.ones & b.ones, zeros: a.zeros | b.zeros };
    case "bitOr":
      return { ones: a.ones | b.ones, zeros: a.zeros & b.zeros };
    case "bitXor":
      return {
        ones: (a.ones & b.zeros) | (a.zeros & b.ones),
        zeros: (a.ones & b.ones) | (a.zeros & b.zeros),
      };
    default:
      return unreachable(op);
  }
}

/** The bits of one operand by those of the result and of the other operand. */
function operandBits(op: "bitAnd" | "bitOr" | "bitXor", result: Bits, other: Bits): Bits {
  switch (op) {
    case "bitAnd":
      return { ones: result.ones, zeros: result.zeros & other.ones };
    case "bitOr":
      return { ones: result.ones & other.zeros, zeros: result.zeros };
    case "bitXor":
      return resultBits(op, result, other);
    default:
      return unreachable(op);
  }
}

/** With a known count, a shift moves bits. */
function propagateShift(op: "shl" | "shr", known: KnownDigits): void {
  const count = known.of(2);
  if (count?.modulus !== 0n || count.residue < 0n || count.residue > 63n) return;
  const [from, to] = op === "shl" ? [1, 0] : [0, 1];
  const low = (1n << count.residue) - 1n;
  const lower = known.of(from);
  if (lower === undefined) return;
  const isFilled = op === "shl" ? low : 0n; // the bits that come in from below are 0
  known.add(to, knownBits(lower.mask << count.residue | isFilled, lower.bits << count.residue));
  const higher = known.of(to);
  if (higher === undefined) return;
  known.add(from, knownBits(higher.mask >> count.residue, higher.bits >> count.residue));
}
