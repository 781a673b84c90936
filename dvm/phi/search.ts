/**
 * The search for a configuration: bounds propagation, linear programming, sums met in the middle and thin directions close what
 * they can; what is left is split into two cases, depth first. A case whose refutation does not rest on the split is a
 * refutation of both (conflict-directed backjumping).
 *
 * It is complete: a split always divides the finitely many values of a quantity, and when every unknown has one value,
 * propagation decides every term. See docs/decisions/0001-phi-solver.md.
 *
 * @module
 */
import { assert } from "../result.ts";
import { Bounds, type Change, type Combination, type Side } from "./bounds.ts";
import { add, floorDiv, type Int, sub } from "./exact.ts";
import { isWhole, LinearProgram, rounded } from "./linear.ts";
import { canMeet, countSums, meetInTheMiddle, type Part } from "./meet.ts";
import { type Configuration, type Conjunct, evaluateTerms, type Problem } from "./problem.ts";
import type { Ending, Refutation, Step } from "./refutation.ts";
import { premisesOf, propagate } from "./rules.ts";
import type { Fraction } from "./simplex.ts";
import { type Constraint, Space } from "./space.ts";
import { literalValue } from "./views.ts";
import type { Work } from "./work.ts";

type Row = Extract<Constraint, { kind: "row" }>;

/** What a search finds: a configuration, or why there is none. */
export type Found =
  | { readonly kind: "configuration"; readonly configuration: Configuration }
  | { readonly kind: "none"; readonly refutation: Refutation };

/** A bound that a search is to keep to. */
export interface Assumption {
  readonly unknown: number;
  readonly side: Side;
  readonly value: Int;
}

/** Where a case may be split: at most `at`, or above; `isAboveFirst` says which is looked at first. */
interface Split {
  readonly q: number;
  readonly at: Int;
  readonly isAboveFirst: boolean;
}

/** Unknowns with no more values than this are tried value by value before anything else is split. */
const FEW_VALUES = 12;
/** Linear programming looks at every case while an open unknown has more values than this. */
const MANY_VALUES = 16;
/** Directions are computed again after this many splits. */
const DIRECTIONS_EVERY = 3;
/** Splits below which directions are no longer made: single unknowns alone are split then, so that the search ends. */
const DIRECTIONS_DEPTH_MAX = 200;
/** Sums worth meeting in the middle for: fewer are cheaper to split. */
const SUMS_MIN = 64;

/** Searches over some conjuncts of a problem. May be asked many times, under different assumptions. */
export class Search {
  readonly space: Space;
  readonly #problem: Problem;
  readonly #bounds: Bounds;
  readonly #work: Work;
  readonly #values: Int[] = [];
  readonly #rootIds: readonly number[];
  #model: Configuration | undefined;
  /** Why there is no configuration at all, when propagation alone shows it. */
  readonly #refutation: Refutation | undefined;

  constructor(problem: Problem, conjuncts: readonly Conjunct[], work: Work) {
    this.#problem = problem;
    this.#work = work;
    work.spend(problem.terms.length >> 3);
    this.space = new Space(problem, conjuncts);
    this.#bounds = new Bounds(this.space);
    this.#rootIds = conjuncts.map(({ term }) => term.id);
    this.#assertRoots();
    this.#propagate();
    this.#refutation = this.#bounds.crossed >= 0 ? this.#crossed(0) : undefined;
    this.#bounds.clearDue();
  }

  /** The conjuncts hold: these bounds are where every search begins. */
  #assertRoots(): void {
    for (const { q, scale, offset } of this.space.roots) {
      if (q < 0) assert(offset === 1, "a conjunct that is false reached the solver");
      else if (scale === 1) this.#bounds.raise(q, 1, "decision");
      else this.#bounds.lower(q, 0, "decision");
    }
  }

  /** Looks for a configuration that keeps to the assumptions. @throws OutOfWork */
  find(assumptions: readonly Assumption[]): Found {
    if (this.#refutation !== undefined) return { kind: "none", refutation: this.#refutation };
    const height = this.#bounds.trail.length;
    this.#assume(assumptions);
    // Without assumptions what was propagated at the beginning is part of the refutation.
    const start = assumptions.length === 0 ? 0 : this.#bounds.trail.length;
    const refutation = this.#explore(start, 0, -DIRECTIONS_EVERY);
    this.#reset(height);
    if (refutation !== undefined) return { kind: "none", refutation };
    assert(this.#model !== undefined, "a search without an answer");
    return { kind: "configuration", configuration: this.#model };
  }

  /** After a refutation without assumptions: the conjuncts it rests on, by index. */
  core(): number[] {
    const needed = new Set<string>();
    for (const { q, side, reason, isNeeded } of this.#bounds.trail) {
      if (reason === "decision" && isNeeded) needed.add(`${side} ${q}`);
    }
    return this.space.roots.flatMap(({ q, scale }, index) =>
      needed.delete(`${scale === 1 ? "lo" : "hi"} ${q}`) ? [index] : []
    );
  }

  /** Bounds of an unknown over all configurations that keep to the assumptions: not always reached. @throws OutOfWork */
  rangeOf(
    unknown: number,
    assumptions: readonly Assumption[],
  ): { readonly lo: Int; readonly hi: Int } {
    const q = this.space.unknowns[unknown] ?? -1;
    assert(q >= 0, "an unknown that no conjunct mentions");
    const height = this.#bounds.trail.length;
    this.#assume(assumptions);
    this.#propagate();
    let lo = this.#bounds.lo[q] ?? 0, hi = this.#bounds.hi[q] ?? 0;
    if (this.#bounds.crossed < 0 && this.#bounds.width(q) > MANY_VALUES) {
      const program = new LinearProgram(this.space, this.#bounds, this.#rowsInForce(), this.#work);
      const column = program.columns.indexOf(q);
      if (column >= 0 && program.refute() === undefined) {
        const form = program.columns.map((_, other) => other === column ? 1 : 0);
        lo = program.lowerBound(form).bound;
        hi = program.upperBound(form).bound;
      }
    }
    this.#reset(height);
    return { lo, hi };
  }

  #assume(assumptions: readonly Assumption[]): void {
    for (const { unknown, side, value } of assumptions) {
      const q = this.space.unknowns[unknown] ?? -1;
      if (q < 0) continue;
      if (side === "lo") this.#bounds.raise(q, value, "decision");
      else this.#bounds.lower(q, value, "decision");
    }
  }

  #reset(height: number): void {
    this.#bounds.clearDue();
    this.#bounds.undo(height);
  }

  /** Refutes the case at hand, whose changes begin at `start`; `undefined` when it holds a configuration. */
  #explore(start: number, depth: number, directionsAt: number): Refutation | undefined {
    let lastDirections = directionsAt;
    for (;;) {
      this.#propagate();
      if (this.#bounds.crossed >= 0) return this.#crossed(start);
      if (this.#tryCandidate(this.#nearest())) return undefined;
      const met = this.#meet();
      if (met === "found") return undefined;
      if (met !== undefined) return this.#noSum(start, met);
      const rows = this.#rowsInForce();
      if (rows.length === 0 || !this.#wantsLinear(depth)) break;
      const program = new LinearProgram(this.space, this.#bounds, rows, this.#work);
      const contradiction = program.refute();
      if (contradiction !== undefined) {
        this.#markAll(contradiction);
        return this.#close(start, { kind: "crossed" }, [contradiction]);
      }
      const vertex = program.vertex();
      if (this.#tryCandidate(this.#nearVertex(program, vertex))) return undefined;
      if (!this.#wantsDirections(program, vertex, depth, lastDirections)) {
        return this.#split(start, depth, lastDirections, this.#chooseSplit(program, vertex));
      }
      lastDirections = depth;
      const split = this.#alongDirections(program);
      if (split === "tightened") continue;
      return this.#split(start, depth, lastDirections, split ?? this.#chooseSplit(program, vertex));
    }
    return this.#split(start, depth, lastDirections, this.#chooseSplit(undefined, []));
  }

  // ── cases ────────────────────────────────────────────────────────────────────────────────────────────────────────

  #split(start: number, depth: number, directionsAt: number, split: Split): Refutation | undefined {
    const { q, at, isAboveFirst } = split;
    const cases: Refutation[] = [];
    for (const isAbove of isAboveFirst ? [true, false] : [false, true]) {
      const height = this.#bounds.trail.length;
      this.#work.spend(1);
      if (isAbove) this.#bounds.raise(q, add(at, 1), "decision");
      else this.#bounds.lower(q, at, "decision");
      const refuted = this.#explore(height + 1, depth + 1, directionsAt);
      if (refuted === undefined) return undefined;
      const rests = this.#bounds.trail[height]?.isNeeded === true;
      this.#bounds.clearDue();
      this.#bounds.undo(height);
      if (!rests) return this.#close(start, refuted.end, refuted.steps);
      cases.push(refuted);
    }
    const [first, second] = cases;
    assert(first !== undefined && second !== undefined, "a split without two cases");
    const [atMost, above] = isAboveFirst ? [second, first] : [first, second];
    return this.#close(start, { kind: "split", q, at, atMost, above }, []);
  }

  /** The refutation of a case: its own needed changes in order, then what follows. Marks what they rest on in turn. */
  #close(start: number, end: Ending, more: readonly Step[]): Refutation {
    const { trail } = this.#bounds;
    const steps: Step[] = [];
    for (let index = trail.length - 1; index >= start; index--) {
      const change = trail[index];
      if (change === undefined || !change.isNeeded) continue;
      this.#markPremises(change, index);
      if (change.reason !== "decision" && steps[steps.length - 1] !== change.reason) {
        steps.push(change.reason);
      }
    }
    this.#work.spend(1 + ((trail.length - start) >> 3));
    return { steps: [...steps.reverse(), ...more], end };
  }

  #crossed(start: number): Refutation {
    const q = this.#bounds.crossed;
    this.#mark(q, "lo", Infinity);
    this.#mark(q, "hi", Infinity);
    return this.#close(start, { kind: "crossed" }, []);
  }

  #noSum(start: number, row: Row): Refutation {
    for (const q of [row.q, ...row.form.vars]) {
      this.#mark(q, "lo", Infinity);
      this.#mark(q, "hi", Infinity);
    }
    return this.#close(start, { kind: "noSum", q: row.q }, []);
  }

  #mark(q: number, side: Side, until: number): void {
    const change = this.#bounds.trail[this.#bounds.changeOf(q, side, until)];
    if (change !== undefined) change.isNeeded = true;
  }

  #markAll(combination: Combination): void {
    for (const { q, side } of combination) this.#mark(q, side, Infinity);
  }

  #markPremises({ q, side, reason }: Change, index: number): void {
    if (reason === "decision") return;
    if (typeof reason !== "number") {
      for (const part of reason) this.#mark(part.q, part.side, index);
      return;
    }
    const constraint = this.space.constraints[reason];
    if (constraint !== undefined) {
      premisesOf(constraint, q, side, (other, on) => this.#mark(other, on, index));
    }
  }

  // ── inference ────────────────────────────────────────────────────────────────────────────────────────────────────

  #propagate(): void {
    const bounds = this.#bounds;
    let steps = 0;
    while (bounds.crossed < 0) {
      const index = bounds.nextDue();
      const constraint = this.space.constraints[index];
      if (constraint === undefined) break;
      steps++;
      propagate(constraint, index, bounds);
      if ((steps & 255) === 0) this.#work.spend(256);
    }
    this.#work.spend(steps & 255);
  }

  /** The rows with a bound that something else than the row itself has set, and two open quantities or more. */
  #rowsInForce(): Row[] {
    const rows: Row[] = [];
    this.space.constraints.forEach((constraint, index) => {
      if (constraint.kind !== "row") return;
      const { q, form } = constraint;
      const isInForce = this.#bounds.isAsserted(q, "lo", index) ||
        this.#bounds.isAsserted(q, "hi", index);
      if (!isInForce) return;
      const open = form.vars.filter((v) => !this.#bounds.isFixed(v)).length;
      if (open >= 2) rows.push(constraint);
    });
    return rows;
  }

  #wantsLinear(depth: number): boolean {
    if (depth < 2) return true;
    return this.space.unknowns.some((q) => q >= 0 && this.#bounds.width(q) > MANY_VALUES);
  }

  #wantsDirections(
    program: LinearProgram,
    vertex: readonly Fraction[],
    depth: number,
    lastAt: number,
  ): boolean {
    if (depth - lastAt < DIRECTIONS_EVERY || depth > DIRECTIONS_DEPTH_MAX) return false;
    if (vertex.every(isWhole)) return false;
    const bits = program.columns.reduce((sum, q) => sum + Math.log2(this.#bounds.width(q) + 1), 0);
    return bits > 12;
  }

  /**
   * Bounds the linear program's solutions along thin directions. Says that bounds were tightened to nothing or to one value, or
   * else where the thinnest may be split.
   */
  #alongDirections(program: LinearProgram): "tightened" | Split | undefined {
    let best: { split: Split; width: number } | undefined;
    for (const direction of program.directions()) {
      const { q, scale } = this.space.viewOf(program.formOf(direction));
      this.#bounds.extend();
      const upper = program.upperBound(direction), lower = program.lowerBound(direction);
      // A direction is primitive: its quantity is the form itself, or its opposite.
      const isSame = scale > 0;
      const [lo, hi] = isSame
        ? [lower.bound, upper.bound]
        : [sub(0, upper.bound), sub(0, lower.bound)];
      const before = this.#bounds.trail.length;
      this.#bounds.lower(q, hi, (isSame ? upper : lower).why);
      if (this.#bounds.crossed < 0) this.#bounds.raise(q, lo, (isSame ? lower : upper).why);
      if (this.#bounds.crossed >= 0) return "tightened";
      const width = this.#bounds.width(q);
      if (width === 0 && this.#bounds.trail.length > before) return "tightened";
      if (width > 0 && (best === undefined || width < best.width)) {
        const middle = floorDiv(add(this.#bounds.lo[q] ?? 0, this.#bounds.hi[q] ?? 0), 2);
        best = { split: { q, at: middle, isAboveFirst: middle < 0 }, width };
      }
    }
    return best?.split;
  }

  /** Sums of few values: decided at once. `found` when the decision is a configuration. */
  #meet(): Row | "found" | undefined {
    const bounds = this.#bounds;
    for (const constraint of this.space.constraints) {
      if (constraint.kind !== "row" || !this.#isNarrow(constraint)) continue;
      const { q, form } = constraint;
      const parts = form.vars.map((v, i): Part => ({
        coef: Number(form.coefs[i] ?? 0),
        lo: Number(bounds.lo[v] ?? 0),
        hi: Number(bounds.hi[v] ?? 0),
      }));
      if (countSums(parts) < SUMS_MIN || !canMeet(parts)) continue;
      this.#work.spend(1 + (Math.ceil(Math.sqrt(countSums(parts))) >> 1));
      const values = meetInTheMiddle(parts, Number(bounds.lo[q] ?? 0), Number(bounds.hi[q] ?? 0));
      if (values === undefined) return constraint;
      const known = new Map(form.vars.map((v, i) => [v, values[i] ?? 0]));
      if (this.#tryCandidate(this.#nearest(known))) return "found";
    }
    return undefined;
  }

  /** Whether a row's sum is asserted to lie between two near bounds, and everything in it is a small number. */
  #isNarrow({ q, form }: Row): boolean {
    const bounds = this.#bounds;
    const width = bounds.width(q);
    const open = form.vars.filter((v) => !bounds.isFixed(v));
    if (open.length < 4 || open.some((v) => bounds.width(v) > 64)) return false;
    let largest = 0, total = 0;
    form.vars.forEach((v, i) => {
      const coef = Math.abs(Number(form.coefs[i] ?? 0));
      largest = Math.max(largest, coef);
      total += coef *
        Math.max(Math.abs(Number(bounds.lo[v] ?? 0)), Math.abs(Number(bounds.hi[v] ?? 0)));
    });
    return width < largest && total < 2 ** 50;
  }

  // ── candidates ───────────────────────────────────────────────────────────────────────────────────────────────────

  /** Each unknown at the value nearest to 0 that its bounds leave, but for quantities with a known value. */
  #nearest(known?: ReadonlyMap<number, Int>): Int[] {
    return this.space.unknowns.map((q, index) => {
      if (q >= 0) return known?.get(q) ?? this.#bounds.nearest(q);
      const { lo, hi } = this.#problem.unknowns[index] ?? { lo: 0, hi: 0 };
      return lo > 0 ? lo : hi < 0 ? hi : 0;
    });
  }

  #nearVertex(program: LinearProgram, vertex: readonly Fraction[]): Int[] {
    return this.#nearest(
      new Map(
        program.columns.map((q, column) => [q, rounded(vertex[column] ?? { num: 0, den: 1 })]),
      ),
    );
  }

  #tryCandidate(candidate: Configuration): boolean {
    this.#work.spend(1 + (this.space.terms.length >> 4));
    evaluateTerms(this.space.terms, candidate, this.#values);
    if (!this.#rootIds.every((id) => this.#values[id] === 1)) return false;
    this.#model = candidate;
    return true;
  }

  // ── what to split ────────────────────────────────────────────────────────────────────────────────────────────────

  #chooseSplit(program: LinearProgram | undefined, vertex: readonly Fraction[]): Split {
    const smallest = this.#smallestUnknown();
    if (smallest !== undefined && this.#bounds.width(smallest) <= FEW_VALUES) {
      return this.#atNearest(smallest);
    }
    const literal = this.#openAlternative();
    if (literal !== undefined) return literal;
    for (const [column, value] of vertex.entries()) {
      const q = program?.columns[column];
      if (q === undefined || isWhole(value)) continue;
      return { q, at: floorDiv(value.num, value.den), isAboveFirst: value.num < 0 };
    }
    assert(smallest !== undefined, "every unknown has one value, and nothing was decided");
    return this.#atNearest(smallest);
  }

  #smallestUnknown(): number | undefined {
    let best: number | undefined, bestWidth = Infinity;
    for (const q of this.space.unknowns) {
      if (q < 0 || this.#bounds.isFixed(q)) continue;
      const width = this.#bounds.width(q);
      if (width >= bestWidth) continue;
      best = q;
      bestWidth = width;
    }
    return best;
  }

  /** Separates the value nearest to 0 when there are few values; else divides them in halves. */
  #atNearest(q: number): Split {
    const lo = this.#bounds.lo[q] ?? 0, hi = this.#bounds.hi[q] ?? 0;
    const nearest = this.#bounds.nearest(q);
    if (this.#bounds.width(q) > FEW_VALUES) {
      const at = floorDiv(add(lo, hi), 2);
      return { q, at, isAboveFirst: nearest > at };
    }
    return nearest < hi
      ? { q, at: nearest, isAboveFirst: false }
      : { q, at: sub(nearest, 1), isAboveFirst: true };
  }

  /** A literal of an `or` that must hold and does not yet, or of an `and` that must fail: the one with the fewest open. */
  #openAlternative(): Split | undefined {
    let best: { readonly q: number; readonly isOne: boolean } | undefined, bestCount = Infinity;
    for (const constraint of this.space.constraints) {
      if (constraint.kind !== "or" && constraint.kind !== "and") continue;
      const wanted = constraint.kind === "or" ? 1 : 0;
      if (
        this.#bounds.lo[constraint.truth] !== wanted || this.#bounds.hi[constraint.truth] !== wanted
      ) {
        continue;
      }
      if (constraint.literals.some((literal) => literalValue(literal, this.#bounds) === wanted)) {
        continue;
      }
      const open = constraint.literals.filter((literal) => literalValue(literal, this.#bounds) < 0);
      const [first] = open;
      if (first === undefined || open.length >= bestCount) continue;
      best = { q: first.q, isOne: (first.scale === 1) === (wanted === 1) };
      bestCount = open.length;
    }
    return best === undefined ? undefined : { q: best.q, at: 0, isAboveFirst: best.isOne };
  }
}
