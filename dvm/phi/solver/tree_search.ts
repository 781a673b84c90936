/**
 * The search over wide ranges: each case is refuted by bounds propagation, linear programming, meeting in the middle and thin lattice
 * directions, as far as these can; otherwise it is split in two and searched depth first, with conflict-directed backjumping.
 *
 * It is complete: a split divides the finitely many values of a variable, and once every unknown has one value, propagation decides every
 * term.
 *
 * @module
 */
import { assert } from "../../base/result.ts";
import { add } from "../number/integer.ts";
import type { WorkBudget } from "../number/work_budget.ts";
import type { Bounds } from "./bounds.ts";
import { chooseSplit, isOpen, type Split, splitOfNarrowRow } from "./branching.ts";
import type { Candidates } from "./candidates.ts";
import type { ConflictAnalysis } from "./conflict_analysis.ts";
import type { ConstraintSystem } from "./constraint_system.ts";
import { boundDirections } from "./lattice_directions.ts";
import { activeRows, isWhole, LinearProgram } from "./linear_program.ts";
import { propagateQueued } from "./propagators.ts";
import type { Refutation } from "./refutation.ts";
import { refuteByResidues } from "./residue_cases.ts";
import type { Fraction } from "./simplex.ts";

/** Linear programming is used in every case in which some unknown has more values than this. */
const MANY_VALUES = 16;
/** Directions are used if the variables of the linear program have, together, more values than 2 to this power. */
const DIRECTIONS_BITS_MIN = 12;
/** Below this depth directions are no longer used: only splits of single unknowns guarantee that the search ends. */
const DIRECTIONS_DEPTH_MAX = 200;
/** A branch deeper than this exhausts the budget, before the stack overflows. */
const DEPTH_MAX = 2_000;

const NO_VERTEX: ReadonlyMap<number, Fraction> = new Map();

/** What a tree search works with. */
export interface TreeSearchParts {
  readonly system: ConstraintSystem;
  readonly bounds: Bounds;
  readonly work: WorkBudget;
  readonly analysis: ConflictAnalysis;
  readonly candidates: Candidates;
}

/** Searches of one system. */
export class TreeSearch {
  readonly #system: ConstraintSystem;
  readonly #bounds: Bounds;
  readonly #work: WorkBudget;
  readonly #analysis: ConflictAnalysis;
  readonly #candidates: Candidates;

  constructor({ system, bounds, work, analysis, candidates }: TreeSearchParts) {
    this.#system = system;
    this.#bounds = bounds;
    this.#work = work;
    this.#analysis = analysis;
    this.#candidates = candidates;
  }

  /**
   * Refutes the current case, whose changes begin at `start`; `undefined` if it contains a configuration, the last candidate. The
   * caller undoes the changes. @throws BudgetExhausted
   */
  refute(start: number): Refutation | undefined {
    return this.#explore(start, 0, -1);
  }

  /**
   * Refutes the current case, whose changes begin at `start`; `undefined` if it contains a configuration. `directionsAt` is
   * the depth at which directions were last used on this branch.
   */
  #explore(start: number, depth: number, directionsAt: number): Refutation | undefined {
    const system = this.#system, candidates = this.#candidates;
    let lastDirections = directionsAt;
    let vertex: ReadonlyMap<number, Fraction>;
    for (;;) {
      vertex = NO_VERTEX;
      propagateQueued(system, this.#bounds, this.#work);
      if (this.#bounds.conflict >= 0) return this.#analysis.ofConflict(start);
      if (candidates.tryNearest()) return undefined;
      if (depth === 0 && start === 0) { // before the first split, without assumptions
        const refutation = this.#refuteByResidues(start);
        if (refutation !== undefined) return refutation;
      }
      const met = candidates.decideNarrowRows();
      if (met === "found") return undefined;
      if (met !== undefined) return this.#analysis.ofRow(start, met);
      const narrow = splitOfNarrowRow(system, this.#bounds);
      if (narrow !== undefined) return this.#split(start, depth, lastDirections, narrow);
      const rows = activeRows(system, this.#bounds);
      this.#work.spend(system.constraints.length >> 5); // which were looked at to choose a method
      if (rows.length === 0 || !this.#usesLinearProgram(depth)) break;
      const program = new LinearProgram(this.#bounds, rows, this.#work);
      const contradiction = program.refute();
      if (contradiction !== undefined) return this.#analysis.ofCombination(start, contradiction);
      vertex = program.solution();
      if (candidates.tryRounded(vertex)) return undefined;
      if (!this.#usesDirections(vertex, depth, lastDirections)) break;
      lastDirections = depth;
      const directions = boundDirections(system, this.#bounds, program);
      if (directions === undefined) continue; // a conflict
      if (candidates.tryNearest(directions.point)) return undefined;
      // The new bounds are propagated before a split, for both cases; they can decide the case, or close the split.
      propagateQueued(system, this.#bounds, this.#work);
      const { split } = directions;
      if (this.#bounds.conflict < 0 && split !== undefined && isOpen(split, this.#bounds)) {
        return this.#split(start, depth, lastDirections, split);
      }
    }
    const split = chooseSplit(system, this.#bounds, vertex, this.#analysis.weights);
    return this.#split(start, depth, lastDirections, split);
  }

  #refuteByResidues(start: number): Refutation | undefined {
    const system = this.#system,
      bounds = this.#bounds,
      analysis = this.#analysis,
      work = this.#work;
    return refuteByResidues({ system, bounds, analysis, work }, start);
  }

  /** Splits the current case. Backtracking empties the queue, so nothing may be queued before the split. */
  #split(start: number, depth: number, directionsAt: number, split: Split): Refutation | undefined {
    assert(this.#bounds.isAtFixpoint, "a case is propagated before it is split");
    const { q, at, isAboveFirst } = split;
    const cases: Refutation[] = [];
    if (depth > DEPTH_MAX) this.#work.exhaust();
    for (const isAbove of isAboveFirst ? [true, false] : [false, true]) {
      const height = this.#bounds.trail.length, size = this.#system.size();
      this.#work.spend(1);
      if (isAbove) this.#bounds.raise(q, add(at, 1), "decision");
      else this.#bounds.lower(q, at, "decision");
      const refutation = this.#explore(height + 1, depth + 1, directionsAt);
      if (refutation === undefined) return undefined;
      const needsSplit = this.#bounds.trail[height]?.isNeeded === true;
      this.#bounds.backtrack(height, size);
      if (!needsSplit) return this.#analysis.close(start, refutation);
      cases.push(refutation);
    }
    const [first, second] = cases;
    assert(first !== undefined && second !== undefined, "a split has two cases");
    const [atMost, above] = isAboveFirst ? [second, first] : [first, second];
    return this.#analysis.ofSplit(start, split, { atMost, above });
  }

  #usesLinearProgram(depth: number): boolean {
    if (depth < 2) return true;
    return this.#system.mentioned.some((q) => this.#bounds.width(q) > MANY_VALUES);
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
}
