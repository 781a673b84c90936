/**
 * Searches for a configuration of some conjuncts of a problem: where values are few and something is to be chosen, the search that learns
 * (`learning_search.ts`), elsewhere the one over a tree of cases (`tree_search.ts`). See docs/decisions/0001-phi-solver.md.
 *
 * @module
 */
import { assert } from "../../base/result.ts";
import type { Int } from "../number/integer.ts";
import type { Interval } from "../number/interval.ts";
import type { WorkBudget } from "../number/work_budget.ts";
import type { Configuration, Conjunct, Problem } from "../problem/problem.ts";
import { Bounds } from "./bounds.ts";
import { Candidates } from "./candidates.ts";
import { ConflictAnalysis } from "./conflict_analysis.ts";
import { ConstraintSystem } from "./constraint_system.ts";
import type { Fact } from "./fact.ts";
import { Knowledge } from "./knowledge.ts";
import { type CaseDecision, LearningSearch } from "./learning_search.ts";
import { activeRows, LinearProgram } from "./linear_program.ts";
import type { Side } from "./nogood.ts";
import { propagateQueued } from "./propagators.ts";
import { RangesUsed } from "./ranges_used.ts";
import { certificateText, CertificateWriter, type Refutation } from "./refutation.ts";
import { TreeSearch } from "./tree_search.ts";

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
/** The bounds of an unknown with more values than this are sought by linear programming too. */
const MANY_VALUES = 16;

/** Searches for configurations of some conjuncts of a problem, any number of times, under different assumptions. */
export class Search {
  /** The encoded conjuncts. */
  readonly system: ConstraintSystem;
  readonly #bounds: Bounds;
  readonly #work: WorkBudget;
  /** Whether some row may be narrow. */
  readonly #hasLongRows: boolean;
  readonly #analysis: ConflictAnalysis;
  /** What it shares with other searches of the problem. */
  readonly knowledge: Knowledge;
  readonly #ranges: RangesUsed;
  readonly #candidates: Candidates;
  /** The steps that are to be spent before the next candidate is tried. */
  #nextTry = 0;
  readonly #tree: TreeSearch;
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
    this.#candidates = new Candidates(system, bounds, work);
    const analysis = this.#analysis, candidates = this.#candidates;
    this.#tree = new TreeSearch({ system, bounds, work, analysis, candidates });
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
      refutation = this.#tree.refute(start);
    } finally {
      this.#bounds.backtrack(height, size);
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
      if (this.#candidates.tryNearest()) return this.#found();
      this.#nextTry = this.#work.spent + TRY_SHARE * (this.system.terms.length >> 4);
    }
    const met = this.#hasLongRows ? this.#candidates.decideNarrowRows() : undefined;
    if (met === "found") return this.#found();
    if (met !== undefined) return { kind: "row", row: met };
    if (level > 1) return undefined;
    const rows = activeRows(this.system, this.#bounds);
    if (rows.length === 0) return undefined;
    const program = new LinearProgram(this.#bounds, rows, this.#work);
    const combination = program.refute();
    if (combination !== undefined) return { kind: "combination", combination };
    return this.#candidates.tryRounded(program.solution()) ? this.#found() : undefined;
  }

  #found(): { readonly kind: "configuration"; readonly configuration: Configuration } {
    const configuration = this.#candidates.found;
    assert(configuration !== undefined, "a case that is not refuted has a configuration");
    return { kind: "configuration", configuration };
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
      this.#bounds.backtrack(height, size);
    }
  }

  #rangeWithin(q: number, assumptions: readonly Assumption[]): Interval {
    this.#assume(assumptions);
    this.#propagate();
    let lo = this.#bounds.lo[q] ?? 0, hi = this.#bounds.hi[q] ?? 0;
    if (this.#bounds.conflict < 0 && this.#bounds.width(q) > MANY_VALUES) {
      const program = new LinearProgram(
        this.#bounds,
        activeRows(this.system, this.#bounds),
        this.#work,
      );
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

  #propagate(): void {
    propagateQueued(this.system, this.#bounds, this.#work);
  }
}
