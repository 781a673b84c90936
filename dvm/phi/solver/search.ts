/**
 * The search for a configuration. Each case is refuted by bounds propagation, linear programming, meeting in the middle and
 * thin lattice directions, as far as these can; otherwise it is split in two and searched depth first, with
 * conflict-directed backjumping.
 *
 * The search is complete: a split divides the finitely many values of a variable, and once every unknown has one value,
 * propagation decides every term. See docs/decisions/0001-phi-solver.md.
 *
 * @module
 */
import { assert } from "../../base/result.ts";
import { add, type Int } from "../number/integer.ts";
import type { Interval } from "../number/interval.ts";
import type { WorkBudget } from "../number/work_budget.ts";
import {
  type Configuration,
  type Conjunct,
  evaluateTerms,
  type Problem,
} from "../problem/problem.ts";
import { Bounds } from "./bounds.ts";
import { chooseSplit, isOpen, type Split, splitOfNarrowRow } from "./branching.ts";
import { ConflictAnalysis } from "./conflict_analysis.ts";
import type { RowConstraint } from "./constraint.ts";
import { ConstraintSystem } from "./constraint_system.ts";
import type { Fact } from "./fact.ts";
import { Knowledge } from "./knowledge.ts";
import { boundDirections } from "./lattice_directions.ts";
import { type CaseDecision, LearningSearch } from "./learning_search.ts";
import { isWhole, LinearProgram, rounded } from "./linear_program.ts";
import { decideNarrowRows } from "./narrow_rows.ts";
import type { Side } from "./nogood.ts";
import { propagateQueued } from "./propagators.ts";
import { RangesUsed } from "./ranges_used.ts";
import { certificateText, CertificateWriter, type Refutation } from "./refutation.ts";
import { refuteByResidues } from "./residue_cases.ts";
import type { Fraction } from "./simplex.ts";
import type { SystemSize } from "./variable_store.ts";

/** The result of a search: a configuration, or a refutation. */
export type SearchResult =
  | { readonly kind: "configuration"; readonly configuration: Configuration }
  | { readonly kind: "none"; readonly refutation: Refutation };

/** A bound of an unknown, assumed for one search. */
export interface Assumption {
  /** The index of the unknown. */
  readonly unknown: number;
  readonly side: Side;
  readonly value: Int;
}

/** Nogoods are learned if no unknown has more than this distance between its bounds. */
const LEARNING_WIDTH_MAX = 4_096;
/** Candidates are tried so seldom that they cost one step in this many. */
const TRY_SHARE = 8;
/** Linear programming is used in every case in which some unknown has more values than this. */
const MANY_VALUES = 16;
/** Directions are used if the variables of the linear program have, together, more values than 2 to this power. */
const DIRECTIONS_BITS_MIN = 12;
/** Below this depth directions are no longer used: only splits of single unknowns guarantee that the search ends. */
const DIRECTIONS_DEPTH_MAX = 200;
/** A branch deeper than this exhausts the budget, before the stack overflows. */
const DEPTH_MAX = 2_000;

const NO_VERTEX: ReadonlyMap<number, Fraction> = new Map();

/** Searches for configurations of some conjuncts of a problem, any number of times, under different assumptions. */
export class Search {
  /** The encoded conjuncts. */
  readonly system: ConstraintSystem;
  readonly #bounds: Bounds;
  readonly #work: WorkBudget;
  readonly #values: Int[] = [];
  readonly #rootIds: readonly number[];
  /** Whether some row may be narrow. */
  readonly #hasLongRows: boolean;
  readonly #analysis: ConflictAnalysis;
  /** What it shares with other searches of the problem. */
  readonly knowledge: Knowledge;
  readonly #ranges: RangesUsed;
  #model: Configuration | undefined;
  /** The steps that are to be spent before the next candidate is tried. */
  #nextTry = 0;
  /** Where values are few, the search that learns. */
  readonly #learning: LearningSearch | undefined;
  /** The facts that a refutation by learning uses. */
  #uses: readonly Fact[] | undefined;
  /** The refutation of the conjuncts, if propagation alone finds it. */
  readonly #refutation: Refutation | undefined;

  /** `knowledge` is what it shares with other searches of the problem. */
  constructor(
    problem: Problem,
    conjuncts: readonly Conjunct[],
    work: WorkBudget,
    knowledge = new Knowledge(),
  ) {
    this.#work = work;
    this.knowledge = knowledge;
    this.system = new ConstraintSystem(problem, conjuncts);
    work.spend(1 + (this.system.terms.length >> 1));
    this.#bounds = new Bounds(this.system);
    this.#ranges = new RangesUsed(this.system);
    const { system } = this, bounds = this.#bounds, ranges = this.#ranges;
    const writer = new CertificateWriter(system, knowledge.forms);
    const parts = { system, bounds, work, writer, ranges };
    this.#analysis = new ConflictAnalysis(parts);
    this.#rootIds = conjuncts.map(({ term }) => term.id);
    this.#assertRoots();
    this.#propagate();
    this.#refutation = this.#bounds.conflict >= 0 ? this.#analysis.ofConflict(0) : undefined;
    this.#bounds.clearQueue();
    this.#hasLongRows = system.constraints.some((each) =>
      each.kind === "row" && each.form.vars.length >= 4
    );
    this.#learning = this.#refutation === undefined && this.#hasChoices()
      ? new LearningSearch(parts, knowledge, (level) => this.#decideCase(level))
      : undefined;
  }

  /** Whether it is worth learning nogoods: every unknown has few values, and something is open that is no sum. */
  #hasChoices(): boolean {
    const bounds = this.#bounds;
    if (this.system.mentioned.some((q) => bounds.width(q) > LEARNING_WIDTH_MAX)) return false;
    return this.system.constraints.some((constraint) => {
      if (!("truth" in constraint)) return false;
      if (!bounds.isFixed(constraint.truth)) return true;
      if (constraint.kind === "or" || constraint.kind === "and") {
        return constraint.literals.some(({ q }) => q >= 0 && !bounds.isFixed(q));
      }
      return constraint.kind === "equal" && bounds.hi[constraint.truth] === 0 &&
        !bounds.isFixed(constraint.q);
    });
  }

  /** Asserts the conjuncts: every search starts from the bounds that follow. */
  #assertRoots(): void {
    for (const { q, scale, offset } of this.system.roots) {
      if (q < 0) assert(offset === 1, "constant conjuncts are decided before the search");
      else if (scale === 1) this.#bounds.raise(q, 1, "decision");
      else this.#bounds.lower(q, 0, "decision");
    }
  }

  /** Searches for a configuration within the assumptions. After an exhausted budget it can be asked again. @throws BudgetExhausted */
  find(assumptions: readonly Assumption[]): SearchResult {
    if (this.#refutation !== undefined) return { kind: "none", refutation: this.#refutation };
    if (this.#learning !== undefined) return this.#learn(this.#learning, assumptions);
    const height = this.#bounds.trail.length, size = this.system.size();
    this.#assume(assumptions);
    // Without assumptions, what the constructor has propagated is part of the refutation.
    const start = assumptions.length === 0 ? 0 : this.#bounds.trail.length;
    let refutation: Refutation | undefined;
    try {
      refutation = this.#explore(start, 0, -1);
    } finally {
      this.#backtrack(height, size);
    }
    if (refutation !== undefined) return { kind: "none", refutation };
    return this.#found();
  }

  #learn(learning: LearningSearch, assumptions: readonly Assumption[]): SearchResult {
    const found = learning.find(assumptions.map(({ unknown, side, value }) => (
      { q: this.system.unknowns[unknown] ?? 0, side, value }
    )));
    if (found.kind === "none") this.#uses = found.uses;
    return found;
  }

  /** What is easy to say of a case at its fixpoint, for the search that learns. */
  #decideCase(level: number): CaseDecision | undefined {
    const isDue = this.#work.spent >= this.#nextTry ||
      this.system.mentioned.every((q) => this.#bounds.isFixed(q));
    if (isDue) {
      if (this.#tryCandidate(this.#nearest())) return this.#found();
      this.#nextTry = this.#work.spent + TRY_SHARE * (this.system.terms.length >> 4);
    }
    const met = this.#hasLongRows ? this.#decideNarrowRows() : undefined;
    if (met === "found") return this.#found();
    if (met !== undefined) return { kind: "row", row: met };
    if (level > 1) return undefined;
    const rows = this.#activeRows();
    if (rows.length === 0) return undefined;
    const program = new LinearProgram(this.#bounds, rows, this.#work);
    const combination = program.refute();
    if (combination !== undefined) return { kind: "combination", combination };
    const nearest = this.#nearest(mapValues(program.solution(), rounded));
    return this.#tryCandidate(nearest) ? this.#found() : undefined;
  }

  #found(): { readonly kind: "configuration"; readonly configuration: Configuration } {
    assert(this.#model !== undefined, "a configuration was found");
    return { kind: "configuration", configuration: this.#model };
  }

  /** The certificate of a refutation found without assumptions. */
  certificate(conjuncts: readonly number[], refutation: Refutation): string {
    return certificateText(conjuncts, refutation, this.knowledge.forms);
  }

  /** After a refutation without assumptions: the conjuncts that it needs, by index. */
  core(): number[] {
    if (this.#uses === undefined) return this.#analysis.core();
    const needed = this.#uses.reduce((set, fact) => set | fact.conjuncts, 0n);
    return this.system.conjuncts.flatMap((term, index) =>
      (this.knowledge.conjunct(term).conjuncts & needed) === 0n ? [] : [index]
    );
  }

  /** After a refutation without assumptions: the unknowns, by index, whose declared ranges it may need. */
  rangesUsed(): ReadonlySet<number> {
    return this.#ranges.unknowns;
  }

  /** Bounds of an unknown over all configurations within the assumptions; not always tight. @throws BudgetExhausted */
  rangeOf(unknown: number, assumptions: readonly Assumption[]): Interval {
    const q = this.system.unknowns[unknown] ?? 0;
    if (!this.#bounds.isAtFixpoint) this.#propagate(); // what holds without assumptions is kept
    if (this.#bounds.conflict >= 0) {
      return { lo: this.#bounds.lo[q] ?? 0, hi: this.#bounds.hi[q] ?? 0 };
    }
    const height = this.#bounds.trail.length, size = this.system.size();
    try {
      return this.#rangeWithin(q, assumptions);
    } finally {
      this.#backtrack(height, size);
    }
  }

  #rangeWithin(q: number, assumptions: readonly Assumption[]): Interval {
    this.#assume(assumptions);
    this.#propagate();
    let lo = this.#bounds.lo[q] ?? 0, hi = this.#bounds.hi[q] ?? 0;
    if (this.#bounds.conflict < 0 && this.#bounds.width(q) > MANY_VALUES) {
      const program = new LinearProgram(this.#bounds, this.#activeRows(), this.#work);
      const column = program.columns.indexOf(q);
      if (column >= 0 && program.refute() === undefined) {
        const form = program.columns.map((_, other) => other === column ? 1 : 0);
        lo = program.lowerBound(form).bound;
        hi = program.upperBound(form).bound;
      }
    }
    return { lo, hi };
  }

  #assume(assumptions: readonly Assumption[]): void {
    for (const { unknown, side, value } of assumptions) {
      const q = this.system.unknowns[unknown] ?? 0;
      if (side === "lo") this.#bounds.raise(q, value, "decision");
      else this.#bounds.lower(q, value, "decision");
    }
  }

  /** Restores the trail and the system as they were at this height and size. */
  #backtrack(height: number, size: SystemSize): void {
    this.#bounds.clearQueue();
    this.#bounds.undo(height);
    this.#bounds.truncate(size);
  }

  #propagate(): void {
    propagateQueued(this.system, this.#bounds, this.#work);
  }

  /**
   * Refutes the current case, whose changes begin at `start`; `undefined` if it contains a configuration. `directionsAt` is
   * the depth at which directions were last used on this branch.
   */
  #explore(start: number, depth: number, directionsAt: number): Refutation | undefined {
    let lastDirections = directionsAt;
    let vertex: ReadonlyMap<number, Fraction>;
    for (;;) {
      vertex = NO_VERTEX;
      this.#propagate();
      if (this.#bounds.conflict >= 0) return this.#analysis.ofConflict(start);
      if (this.#tryCandidate(this.#nearest())) return undefined;
      if (depth === 0 && start === 0) { // before the first split, without assumptions
        const refutation = this.#refuteByResidues(start);
        if (refutation !== undefined) return refutation;
      }
      const met = this.#decideNarrowRows();
      if (met === "found") return undefined;
      if (met !== undefined) return this.#analysis.ofRow(start, met);
      const narrow = splitOfNarrowRow(this.system, this.#bounds);
      if (narrow !== undefined) return this.#split(start, depth, lastDirections, narrow);
      const rows = this.#activeRows();
      this.#work.spend(this.system.constraints.length >> 5); // which were looked at to choose a method
      if (rows.length === 0 || !this.#usesLinearProgram(depth)) break;
      const program = new LinearProgram(this.#bounds, rows, this.#work);
      const contradiction = program.refute();
      if (contradiction !== undefined) return this.#analysis.ofCombination(start, contradiction);
      vertex = program.solution();
      if (this.#tryCandidate(this.#nearest(mapValues(vertex, rounded)))) return undefined;
      if (!this.#usesDirections(vertex, depth, lastDirections)) break;
      lastDirections = depth;
      const directions = boundDirections(this.system, this.#bounds, program);
      if (directions === undefined) continue; // a conflict
      if (this.#tryCandidate(this.#nearest(directions.point))) return undefined;
      // The new bounds are propagated before a split, for both cases; they can decide the case, or close the split.
      this.#propagate();
      const { split } = directions;
      if (this.#bounds.conflict < 0 && split !== undefined && isOpen(split, this.#bounds)) {
        return this.#split(start, depth, lastDirections, split);
      }
    }
    const split = chooseSplit(this.system, this.#bounds, vertex, this.#analysis.weights);
    return this.#split(start, depth, lastDirections, split);
  }

  #refuteByResidues(start: number): Refutation | undefined {
    const { system } = this, bounds = this.#bounds, analysis = this.#analysis, work = this.#work;
    return refuteByResidues({ system, bounds, analysis, work }, start);
  }

  /** Splits the current case. Backtracking empties the queue, so nothing may be queued before the split. */
  #split(start: number, depth: number, directionsAt: number, split: Split): Refutation | undefined {
    assert(this.#bounds.isAtFixpoint, "a case is propagated before it is split");
    const { q, at, isAboveFirst } = split;
    const cases: Refutation[] = [];
    if (depth > DEPTH_MAX) this.#work.exhaust();
    for (const isAbove of isAboveFirst ? [true, false] : [false, true]) {
      const height = this.#bounds.trail.length, size = this.system.size();
      this.#work.spend(1);
      if (isAbove) this.#bounds.raise(q, add(at, 1), "decision");
      else this.#bounds.lower(q, at, "decision");
      const refutation = this.#explore(height + 1, depth + 1, directionsAt);
      if (refutation === undefined) return undefined;
      const needsSplit = this.#bounds.trail[height]?.isNeeded === true;
      this.#backtrack(height, size);
      if (!needsSplit) return this.#analysis.close(start, refutation);
      cases.push(refutation);
    }
    const [first, second] = cases;
    assert(first !== undefined && second !== undefined, "a split has two cases");
    const [atMost, above] = isAboveFirst ? [second, first] : [first, second];
    return this.#analysis.ofSplit(start, split, { atMost, above });
  }

  /** The rows that are bounded by something other than themselves and have at least two variables that are not fixed. */
  #activeRows(): RowConstraint[] {
    const rows: RowConstraint[] = [];
    this.system.constraints.forEach((constraint, index) => {
      if (constraint.kind !== "row") return;
      const { q, form } = constraint;
      const isBounded = this.#bounds.isAsserted(q, "lo", index) ||
        this.#bounds.isAsserted(q, "hi", index);
      if (!isBounded) return;
      const open = form.vars.filter((v) => !this.#bounds.isFixed(v)).length;
      if (open >= 2) rows.push(constraint);
    });
    return rows;
  }

  #usesLinearProgram(depth: number): boolean {
    if (depth < 2) return true;
    return this.system.mentioned.some((q) => this.#bounds.width(q) > MANY_VALUES);
  }

  #usesDirections(
    vertex: ReadonlyMap<number, Fraction>,
    depth: number,
    lastAt: number,
  ): boolean {
    if (depth === lastAt || depth > DIRECTIONS_DEPTH_MAX) return false;
    if ([...vertex.values()].every(isWhole)) return false;
    let bits = 0;
    for (const q of vertex.keys()) bits += Math.log2(this.#bounds.width(q) + 1);
    return bits > DIRECTIONS_BITS_MIN;
  }

  /** Decides narrow rows by meeting in the middle: a row without a solution, or `found` if one leads to a configuration. */
  #decideNarrowRows(): RowConstraint | "found" | undefined {
    for (const { row, values } of decideNarrowRows(this.system, this.#bounds, this.#work)) {
      if (values === undefined) return row;
      if (this.#tryCandidate(this.#nearest(values))) return "found";
    }
    return undefined;
  }

  /** A candidate: the known values, and for every other unknown the value within its bounds that is nearest to 0. */
  #nearest(known?: ReadonlyMap<number, Int>): Int[] {
    return this.system.unknowns.map((q) => known?.get(q) ?? this.#bounds.nearestToZero(q));
  }

  /** Whether a candidate is a configuration; it then becomes the result of the search. */
  #tryCandidate(candidate: Configuration): boolean {
    const { lo, hi } = this.#bounds;
    const isWithin = this.system.unknowns.every((q, index) => {
      const value = candidate[index] ?? 0;
      return value >= (lo[q] ?? 0) && value <= (hi[q] ?? 0);
    });
    if (!isWithin) return false; // assumptions are bounds, not terms
    this.#work.spend(1 + (this.system.terms.length >> 4));
    evaluateTerms(this.system.terms, candidate, this.#values);
    if (!this.#rootIds.every((id) => this.#values[id] === 1)) return false;
    this.#model = candidate;
    return true;
  }
}

function mapValues<A, B>(map: ReadonlyMap<number, A>, change: (value: A) => B): Map<number, B> {
  return new Map([...map].map(([key, value]) => [key, change(value)]));
}
