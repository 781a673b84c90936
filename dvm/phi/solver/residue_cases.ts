/**
 * Refutation by residues: where a sum of products and multiples is known, its products may have no values for some modulus, like
 * x · x = 4 · y + 2 for the modulus 4. Each residue of the factors is a case.
 *
 * @module
 */
import { knownResidue } from "../number/digits.ts";
import { abs, type Int } from "../number/integer.ts";
import type { WorkBudget } from "../number/work_budget.ts";
import type { Bounds } from "./bounds.ts";
import type { ConflictAnalysis } from "./conflict_analysis.ts";
import type { ConstraintSystem } from "./constraint_system.ts";
import { propagateQueued } from "./propagators.ts";
import type { Refutation } from "./refutation.ts";

/** What the cases are made in. */
export interface ResidueSearch {
  readonly system: ConstraintSystem;
  readonly bounds: Bounds;
  readonly analysis: ConflictAnalysis;
  readonly work: WorkBudget;
}

/** Factors, and the modulus that their residues are for. */
interface Split {
  readonly factors: readonly number[];
  readonly modulus: number;
}

/** The greatest modulus, and the most cases of one split. */
const MODULUS_MAX = 64, CASES_MAX = 256;

/** Refutes the current case, whose changes begin at `start`, by residues; `undefined` if some residues are not refuted. */
export function refuteByResidues(search: ResidueSearch, start: number): Refutation | undefined {
  for (const split of splits(search)) {
    if (areRefuted(search, split)) return refute(search, split, start);
  }
  return undefined;
}

/** Whether every case is refuted, found out first: an analysis marks what it needs. */
function areRefuted(search: ResidueSearch, { factors: [q, ...rest], modulus }: Split): boolean {
  if (q === undefined) return false;
  for (let residue = 0; residue < modulus; residue++) {
    const isRefuted = inCase(
      search,
      { q, modulus, residue },
      () => search.bounds.conflict >= 0 || areRefuted(search, { factors: rest, modulus }),
    );
    if (!isRefuted) return false;
  }
  return true;
}

/** The refutation of a split whose cases are all refuted. */
function refute(
  search: ResidueSearch,
  { factors: [q = -1, ...rest], modulus }: Split,
  start: number,
): Refutation {
  const { bounds, analysis } = search, height = bounds.trail.length;
  const cases: Refutation[] = [];
  for (let residue = 0; residue < modulus; residue++) {
    const { refutation, needsSplit } = inCase(search, { q, modulus, residue }, (begin) => {
      const refutation = bounds.conflict >= 0
        ? analysis.ofConflict(begin)
        : refute(search, { factors: rest, modulus }, begin);
      const needsSplit = bounds.trail.slice(height, begin).some(({ isNeeded }) => isNeeded);
      return { refutation, needsSplit };
    });
    if (!needsSplit) return analysis.close(start, refutation);
    cases.push(refutation);
  }
  return analysis.ofResidues(start, q, cases);
}

/** Does something in the case of one residue, propagated; `begin` is the length of the trail before what follows from the case. */
function inCase<Result>(
  { system, bounds, work }: ResidueSearch,
  { q, modulus, residue }: {
    readonly q: number;
    readonly modulus: number;
    readonly residue: number;
  },
  then: (begin: number) => Result,
): Result {
  const height = bounds.trail.length, size = system.size();
  work.spend(1);
  bounds.learn(q, knownResidue(BigInt(modulus), BigInt(residue)), "residue");
  const begin = bounds.trail.length;
  if (bounds.conflict < 0) propagateQueued(system, bounds, work);
  const result = then(begin);
  bounds.backtrack(height, size);
  return result;
}

/** Splits of the factors in rows that are known and have products, and of the operands of bitwise operations. */
function* splits({ system, bounds }: ResidueSearch): Generator<Split> {
  for (const constraint of system.constraints) {
    if (constraint.kind !== "digits" || constraint.of.kind === "row") continue;
    const { op, a, b } = constraint.of;
    if (!op.startsWith("bit")) continue;
    const factors = [...new Set([a.q, b.q])].filter((q) => q >= 0 && !bounds.isFixed(q));
    if (factors.length > 0) { for (const modulus of [2, 4]) yield { factors, modulus }; }
  }
  const products = new Map<number, readonly number[]>();
  for (const constraint of system.constraints) {
    if (constraint.kind === "operation" && constraint.op === "mul") {
      products.set(constraint.q, [constraint.a.q, constraint.b.q]);
    }
  }
  for (const constraint of system.constraints) {
    if (constraint.kind !== "digits" || constraint.of.kind !== "row") continue;
    const { q, form } = constraint.of;
    if (!bounds.isFixed(q)) continue;
    const factors = form.vars.flatMap((v) => products.has(v) ? factorsOf(v, products) : [])
      .filter((v) => v >= 0 && !bounds.isFixed(v));
    for (const modulus of factors.length > 0 ? moduli(form.coefs) : []) {
      const split = { factors: [...new Set(factors)], modulus };
      if (modulus ** split.factors.length <= CASES_MAX) yield split;
    }
  }
}

/** The factors of a product that are no products themselves. */
function factorsOf(q: number, products: ReadonlyMap<number, readonly number[]>): number[] {
  return products.get(q)?.flatMap((factor) => factorsOf(factor, products)) ?? [q];
}

/** Moduli for which a multiple of some coefficient has few residues: its small divisors that are powers of primes, and 4, 8 and 16 if it is even. */
function moduli(coefs: readonly Int[]): number[] {
  const found = new Set<number>();
  for (const coef of coefs) {
    const size = BigInt(abs(coef));
    for (let candidate = 2; candidate <= MODULUS_MAX; candidate++) {
      const isExtra = size % 2n === 0n && (candidate === 4 || candidate === 8 || candidate === 16);
      if (size > 1n && (isExtra || (size % BigInt(candidate) === 0n && isPrimePower(candidate)))) {
        found.add(candidate);
      }
    }
  }
  return [...found].sort((a, b) => a - b);
}

function isPrimePower(value: number): boolean {
  let prime = 2, rest = value;
  while (value % prime !== 0) prime++;
  while (rest % prime === 0) rest /= prime;
  return rest === 1;
}
