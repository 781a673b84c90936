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
import { assert } from "../../base/result.ts";
import { Bounds, type Change, type Combination, type Side } from "./bounds.ts";
import { chooseSplit, type Split, splitOfSum } from "./branching.ts";
import { alongDirections } from "./directions.ts";
import { add, type Int } from "../number/integer.ts";
import { isWhole, LinearProgram, rounded } from "./linear.ts";
import {
  type Configuration,
  type Conjunct,
  evaluateTerms,
  type Problem,
} from "../problem/problem.ts";
import { CertificateWriter, CLOSED, type Refutation } from "./refutation.ts";
import { premisesOf, propagate } from "./rules.ts";
import type { Fraction } from "./simplex.ts";
import { type Constraint, Space, type SpaceSize } from "./space.ts";
import { meetRows } from "./row_sums.ts";
import type { Work } from "../number/work_budget.ts";

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

/** Linear programming looks at every case while an open unknown has more values than this. */
const MANY_VALUES = 16;
/** Directions are looked for while the open quantities of the linear program have more values together than 2 to this power. */
const DIRECTIONS_BITS_MIN = 12;
/** Splits below which directions are no longer made: single unknowns alone are split then, so that the search ends. */
const DIRECTIONS_DEPTH_MAX = 200;
/** Splits on one branch. A deeper branch costs the whole budget: the stack ends before the work does. */
const DEPTH_MAX = 2_000;
/** Searches over some conjuncts of a problem. May be asked many times, under different assumptions. */
export class Search {
  readonly space: Space;
  readonly #bounds: Bounds;
  readonly #work: Work;
  readonly #values: Int[] = [];
  readonly #rootIds: readonly number[];
  readonly #writer: CertificateWriter;
  /** Quantities whose initial bounds a refutation rests on, and the unknowns behind them. */
  readonly #initial = new Set<number>();
  readonly #rangesUsed = new Set<number>();
  #model: Configuration | undefined;
  /** Why there is no configuration at all, when propagation alone shows it. */
  readonly #refutation: Refutation | undefined;

  constructor(problem: Problem, conjuncts: readonly Conjunct[], work: Work) {
    this.#work = work;
    work.spend(problem.terms.length >> 3);
    this.space = new Space(problem, conjuncts);
    this.#bounds = new Bounds(this.space);
    this.#writer = new CertificateWriter(this.space);
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
    const height = this.#bounds.trail.length, size = this.space.size();
    this.#assume(assumptions);
    // Without assumptions what was propagated at the beginning is part of the refutation.
    const start = assumptions.length === 0 ? 0 : this.#bounds.trail.length;
    const refutation = this.#explore(start, 0, -1);
    this.#reset(height, size);
    if (refutation !== undefined) return { kind: "none", refutation };
    assert(this.#model !== undefined, "a search without an answer");
    return { kind: "configuration", configuration: this.#model };
  }

  /** The certificate of a refutation found without assumptions. */
  certificate(conjuncts: readonly number[], refutation: Refutation): string {
    return this.#writer.certificate(conjuncts, refutation);
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

  /** After a refutation without assumptions: unknowns, by index, outside of which no declared range takes part in it. */
  rangesUsed(): ReadonlySet<number> {
    return this.#rangesUsed;
  }

  /** Bounds of an unknown over all configurations that keep to the assumptions: not always reached. @throws OutOfWork */
  rangeOf(
    unknown: number,
    assumptions: readonly Assumption[],
  ): { readonly lo: Int; readonly hi: Int } {
    const q = this.space.unknowns[unknown] ?? 0;
    const height = this.#bounds.trail.length, size = this.space.size();
    this.#assume(assumptions);
    this.#propagate();
    let lo = this.#bounds.lo[q] ?? 0, hi = this.#bounds.hi[q] ?? 0;
    if (this.#bounds.crossed < 0 && this.#bounds.width(q) > MANY_VALUES) {
      const program = new LinearProgram(this.#bounds, this.#rowsInForce(), this.#work);
      const column = program.columns.indexOf(q);
      if (column >= 0 && program.refute() === undefined) {
        const form = program.columns.map((_, other) => other === column ? 1 : 0);
        lo = program.lowerBound(form).bound;
        hi = program.upperBound(form).bound;
      }
    }
    this.#reset(height, size);
    return { lo, hi };
  }

  #assume(assumptions: readonly Assumption[]): void {
    for (const { unknown, side, value } of assumptions) {
      const q = this.space.unknowns[unknown] ?? 0;
      if (side === "lo") this.#bounds.raise(q, value, "decision");
      else this.#bounds.lower(q, value, "decision");
    }
  }

  /** Back to where the trail had this height, and the space this size. */
  #reset(height: number, size: SpaceSize): void {
    this.#bounds.clearDue();
    this.#bounds.undo(height);
    this.#bounds.truncate(size);
  }

  /** Refutes the case at hand, whose changes begin at `start`; `undefined` when it holds a configuration. */
  #explore(start: number, depth: number, directionsAt: number): Refutation | undefined {
    let lastDirections = directionsAt;
    let vertex: ReadonlyMap<number, Fraction> = NO_VERTEX;
    for (;;) {
      this.#propagate();
      if (this.#bounds.crossed >= 0) return this.#crossed(start);
      if (this.#tryCandidate(this.#nearest())) return undefined;
      const met = this.#meet();
      if (met === "found") return undefined;
      if (met !== undefined) return this.#noSum(start, met);
      const sum = splitOfSum(this.space, this.#bounds);
      if (sum !== undefined) return this.#split(start, depth, lastDirections, sum);
      const rows = this.#rowsInForce();
      if (rows.length === 0 || !this.#wantsLinear(depth)) break;
      const program = new LinearProgram(this.#bounds, rows, this.#work);
      const contradiction = program.refute();
      if (contradiction !== undefined) {
        this.#markAll(contradiction);
        return this.#close(start, { steps: [this.#writer.combination(contradiction)], end: "" });
      }
      vertex = program.solution();
      if (this.#tryCandidate(this.#nearest(mapValues(vertex, rounded)))) return undefined;
      if (!this.#wantsDirections(vertex, depth, lastDirections)) break;
      lastDirections = depth;
      const along = alongDirections(this.space, this.#bounds, program);
      if (along === undefined) continue; // bounds have crossed
      if (this.#tryCandidate(this.#nearest(along.point))) return undefined;
      if (along.split !== undefined) return this.#split(start, depth, lastDirections, along.split);
      break;
    }
    const split = chooseSplit(this.space, this.#bounds, vertex);
    return this.#split(start, depth, lastDirections, split);
  }

  // ── cases ────────────────────────────────────────────────────────────────────────────────────────────────────────

  #split(start: number, depth: number, directionsAt: number, split: Split): Refutation | undefined {
    const { q, at, isAboveFirst } = split;
    const cases: Refutation[] = [];
    if (depth > DEPTH_MAX) this.#work.spend(Infinity);
    for (const isAbove of isAboveFirst ? [true, false] : [false, true]) {
      const height = this.#bounds.trail.length, size = this.space.size();
      this.#work.spend(1);
      if (isAbove) this.#bounds.raise(q, add(at, 1), "decision");
      else this.#bounds.lower(q, at, "decision");
      const refuted = this.#explore(height + 1, depth + 1, directionsAt);
      if (refuted === undefined) return undefined;
      const rests = this.#bounds.trail[height]?.isNeeded === true;
      this.#reset(height, size);
      if (!rests) return this.#close(start, refuted);
      cases.push(refuted);
    }
    const [first, second] = cases;
    assert(first !== undefined && second !== undefined, "a split without two cases");
    const [atMost, above] = isAboveFirst ? [second, first] : [first, second];
    return this.#close(start, { steps: [], end: this.#writer.split(q, at, { atMost, above }) });
  }

  /** The refutation of a case: its own needed changes in order, then what follows. Marks what they rest on in turn. */
  #close(start: number, rest: Refutation): Refutation {
    const steps: string[] = [];
    let later: Change | undefined;
    this.#bounds.visitBack(start, (change) => {
      if (!change.isNeeded) return;
      this.#markPremises(change);
      const isSameStep = change.look === later?.look && change.reason === later.reason;
      if (!isSameStep) steps.push(...this.#stepText(change));
      later = change;
    });
    this.#work.spend(1 + ((this.#bounds.trail.length - start) >> 3));
    return { steps: [...steps.reverse(), ...rest.steps], end: rest.end };
  }

  #stepText({ reason }: Change): string[] {
    if (reason === "decision") return [];
    if (typeof reason !== "number") return [this.#writer.combination(reason)];
    const constraint = this.space.constraints[reason];
    return constraint === undefined ? [] : [this.#writer.constraint(constraint)];
  }

  #crossed(start: number): Refutation {
    const q = this.#bounds.crossed;
    this.#mark(q, "lo");
    this.#mark(q, "hi");
    return this.#close(start, CLOSED);
  }

  #noSum(start: number, row: Row): Refutation {
    for (const q of [row.q, ...row.form.vars]) {
      this.#mark(q, "lo");
      this.#mark(q, "hi");
    }
    return this.#close(start, { steps: [], end: this.#writer.noSum(row.q) });
  }

  #mark(q: number, side: Side): void {
    const change = this.#bounds.changeOf(q, side);
    if (change !== undefined) change.isNeeded = true;
    else if (!this.#initial.has(q)) this.#markInitial(q);
  }

  /** A bound that holds from the beginning comes from the ranges of the unknowns it is made of. */
  #markInitial(q: number): void {
    this.#initial.add(q);
    const row = this.space.rows[q];
    if (row !== undefined) {
      for (const v of row.form.vars) this.#markInitial(v);
      return;
    }
    const index = this.space.unknowns.indexOf(q);
    if (index >= 0) this.#rangesUsed.add(index);
    else if (this.space.isNumber(q)) {
      for (const v of this.space.mentioned) this.#rangesUsed.add(this.space.unknowns.indexOf(v));
    }
  }

  #markAll(combination: Combination): void {
    for (const { q, side } of combination) this.#mark(q, side);
  }

  #markPremises({ q, side, reason }: Change): void {
    if (reason === "decision") return;
    if (typeof reason !== "number") return this.#markAll(reason);
    const constraint = this.space.constraints[reason];
    if (constraint !== undefined) {
      premisesOf(constraint, q, side, (other, on) => this.#mark(other, on));
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
    return this.space.mentioned.some((q) => this.#bounds.width(q) > MANY_VALUES);
  }

  #wantsDirections(
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

  /** Sums of few values: decided at once. `found` when the decision is a configuration. */
  #meet(): Row | "found" | undefined {
    for (const { row, values } of meetRows(this.space, this.#bounds, this.#work)) {
      if (values === undefined) return row;
      if (this.#tryCandidate(this.#nearest(values))) return "found";
    }
    return undefined;
  }

  // ── candidates ───────────────────────────────────────────────────────────────────────────────────────────────────

  /** Each unknown at the value nearest to 0 that its bounds leave, but for quantities with a known value. */
  #nearest(known?: ReadonlyMap<number, Int>): Int[] {
    return this.space.unknowns.map((q) => known?.get(q) ?? this.#bounds.nearest(q));
  }

  #tryCandidate(candidate: Configuration): boolean {
    const { lo, hi } = this.#bounds;
    const isWithin = this.space.unknowns.every((q, index) => {
      const value = candidate[index] ?? 0;
      return value >= (lo[q] ?? 0) && value <= (hi[q] ?? 0);
    });
    if (!isWithin) return false; // assumptions are bounds, and no terms
    this.#work.spend(1 + (this.space.terms.length >> 4));
    evaluateTerms(this.space.terms, candidate, this.#values);
    if (!this.#rootIds.every((id) => this.#values[id] === 1)) return false;
    this.#model = candidate;
    return true;
  }
}

const NO_VERTEX: ReadonlyMap<number, Fraction> = new Map();

function mapValues<A, B>(map: ReadonlyMap<number, A>, change: (value: A) => B): Map<number, B> {
  return new Map([...map].map(([key, value]) => [key, change(value)]));
}
