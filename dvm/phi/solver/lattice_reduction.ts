/**
 * Directions in which a polytope is thin, by lattice basis reduction (Lenstra, Lenstra and Lovász 1982, in the all-integer
 * variant of de Weger), as used for integer programs by Lovász and Scarf and by Krishnamoorthy and Pataki: a form of the basis
 * dual to the reduced one takes few integer values on the polytope, however long the polytope is.
 *
 * @module
 */
import { type Int, intOf } from "../number/integer.ts";
import type { WorkBudget } from "../number/work_budget.ts";

/** A linear form, and the width of the polytope in its direction. */
export interface Spread {
  readonly coefs: readonly Int[];
  readonly width: number;
}

/** A basis of the integer lattice, and the dual basis of linear forms: form i is 1 on point i and 0 on the others. */
export interface Basis {
  readonly points: readonly (readonly bigint[])[];
  readonly forms: readonly (readonly Int[])[];
}

/**
 * A reduced basis over `dimension` variables; as a rule the thinnest direction comes first. `spreads` must contain every
 * single variable, so that all lengths are positive.
 */
export function reducedBasis(
  dimension: number,
  spreads: readonly Spread[],
  work: WorkBudget,
): Basis {
  const widest = spreads.reduce((most, { width }) => Math.max(most, width), 1);
  const weights = spreads.map(({ width }) => BigInt(Math.max(1, Math.floor(widest / (width + 1)))));
  const vectors = Array.from(
    { length: dimension },
    (_, column) =>
      spreads.map(({ coefs }, row) => BigInt(coefs[column] ?? 0) * (weights[row] ?? 1n)),
  );
  const points = identity(dimension), forms = identity(dimension);
  new Reduction({ vectors, points, forms }, work).run();
  return {
    points: points.reverse(),
    forms: forms.reverse().map((form) => form.map(intOf)),
  };
}

function identity(dimension: number): bigint[][] {
  return Array.from(
    { length: dimension },
    (_, row) => Array.from({ length: dimension }, (_, column) => row === column ? 1n : 0n),
  );
}

/** The state of a reduction: the weighted vectors, the lattice points they belong to, and the forms dual to these. */
interface Bases {
  readonly vectors: bigint[][];
  readonly points: bigint[][];
  readonly forms: bigint[][];
}

/** The integral LLL algorithm (Cohen, A Course in Computational Algebraic Number Theory, 2.6.7). Indices count from 0. */
class Reduction {
  readonly #vectors: bigint[][];
  readonly #points: bigint[][];
  readonly #forms: bigint[][];
  /** The determinants of the leading Gram matrices: #dets[k] is that of the first k vectors. */
  readonly #dets: bigint[] = [1n];
  /** The Gram-Schmidt coefficients: #lambda[k][j] / #dets[j + 1]. */
  readonly #lambda: bigint[][] = [];
  readonly #work: WorkBudget;

  constructor({ vectors, points, forms }: Bases, work: WorkBudget) {
    this.#vectors = vectors;
    this.#points = points;
    this.#forms = forms;
    this.#work = work;
  }

  run(): void {
    const count = this.#vectors.length;
    let known = 0;
    for (let k = 0; k < count;) {
      if (k >= known) {
        this.#orthogonalize(k);
        known = k + 1;
      }
      if (k === 0) {
        k = 1;
        continue;
      }
      this.#reduce(k, k - 1);
      if (this.#mustSwap(k)) {
        this.#swap(k, known);
        k = Math.max(1, k - 1);
        continue;
      }
      for (let j = k - 2; j >= 0; j--) this.#reduce(k, j);
      k++;
    }
  }

  #orthogonalize(k: number): void {
    const row: bigint[] = [];
    for (let j = 0; j <= k; j++) {
      let value = dot(this.#vectors[k] ?? [], this.#vectors[j] ?? []);
      const other = j === k ? row : this.#lambda[j] ?? [];
      for (let i = 0; i < j; i++) {
        value = ((this.#dets[i + 1] ?? 1n) * value - (row[i] ?? 0n) * (other[i] ?? 0n)) /
          (this.#dets[i] ?? 1n);
      }
      if (j < k) row.push(value);
      else this.#dets[k + 1] = value;
    }
    this.#lambda[k] = row;
    this.#work.spend(k + 1);
  }

  /** Size reduction: subtracts the nearest integer multiple of vector j from vector k. */
  #reduce(k: number, j: number): void {
    const det = this.#dets[j + 1] ?? 1n, row = this.#lambda[k] ?? [];
    const value = row[j] ?? 0n;
    if (2n * (value < 0n ? -value : value) <= det) return;
    const factor = roundedQuotient(value, det);
    subtractMultiple(this.#vectors[k] ?? [], factor, this.#vectors[j] ?? []);
    subtractMultiple(this.#points[k] ?? [], factor, this.#points[j] ?? []);
    subtractMultiple(this.#forms[j] ?? [], -factor, this.#forms[k] ?? []);
    row[j] = value - factor * det;
    const lower = this.#lambda[j] ?? [];
    for (let i = 0; i < j; i++) row[i] = (row[i] ?? 0n) - factor * (lower[i] ?? 0n);
    this.#work.spend(2);
  }

  /** Whether the Lovász condition with the factor 3/4 is violated. */
  #mustSwap(k: number): boolean {
    const before = this.#dets[k - 1] ?? 1n,
      middle = this.#dets[k] ?? 1n,
      after = this.#dets[k + 1] ?? 1n;
    const value = this.#lambda[k]?.[k - 1] ?? 0n;
    return 4n * (after * before + value * value) < 3n * middle * middle;
  }

  #swap(k: number, known: number): void {
    exchange(this.#vectors, k);
    exchange(this.#points, k);
    exchange(this.#forms, k);
    const upper = this.#lambda[k] ?? [], lower = this.#lambda[k - 1] ?? [];
    for (let j = 0; j < k - 1; j++) {
      const kept = upper[j] ?? 0n;
      upper[j] = lower[j] ?? 0n;
      lower[j] = kept;
    }
    const value = upper[k - 1] ?? 0n;
    const middle = this.#dets[k] ?? 1n, after = this.#dets[k + 1] ?? 1n;
    const swapped = ((this.#dets[k - 1] ?? 1n) * after + value * value) / middle;
    for (let i = k + 1; i < known; i++) {
      const row = this.#lambda[i] ?? [];
      const kept = row[k] ?? 0n;
      row[k] = (after * (row[k - 1] ?? 0n) - value * kept) / middle;
      row[k - 1] = (swapped * kept + value * (row[k] ?? 0n)) / after;
    }
    this.#dets[k] = swapped;
    this.#work.spend(4);
  }
}

function dot(a: readonly bigint[], b: readonly bigint[]): bigint {
  let sum = 0n;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0n) * (b[i] ?? 0n);
  return sum;
}

function subtractMultiple(from: bigint[], factor: bigint, other: readonly bigint[]): void {
  for (let i = 0; i < from.length; i++) from[i] = (from[i] ?? 0n) - factor * (other[i] ?? 0n);
}

function exchange(rows: bigint[][], k: number): void {
  const upper = rows[k], lower = rows[k - 1];
  if (upper === undefined || lower === undefined) return;
  rows[k] = lower;
  rows[k - 1] = upper;
}

/** The integer nearest to a / b; b is positive. */
function roundedQuotient(a: bigint, b: bigint): bigint {
  const doubled = 2n * a + b, size = 2n * b;
  const quotient = doubled / size;
  return doubled % size < 0n ? quotient - 1n : quotient;
}
