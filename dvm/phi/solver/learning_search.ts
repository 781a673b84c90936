/**
 * The search where values are few: decisions, propagation, and a nogood from each conflict, with restarts (lazy clause generation). What
 * is decided next is what conflicts involved most of late; a variable takes the value it had last, at first the nearest to 0.
 *
 * It ends: each conflict excludes the decisions that led to it for as long as its nogood is kept, and more nogoods are kept after each
 * restart.
 *
 * @module
 */
import { assert } from "../../base/result.ts";
import { add, floorDiv, type Int, max, min } from "../number/integer.ts";
import type { Configuration } from "../problem/problem.ts";
import type { SearchParts } from "./conflict_analysis.ts";
import { Activity } from "./activity.ts";
import { type Fact, stepsOf } from "./fact.ts";
import type { Knowledge } from "./knowledge.ts";
import type { BoundLiteral, Nogood, Side } from "./nogood.ts";
import { type Contradiction, type Learned, NogoodAnalysis } from "./nogood_analysis.ts";
import { deny, holds, NogoodStore } from "./nogood_store.ts";
import { propagateNext } from "./propagators.ts";
import type { Refutation } from "./refutation.ts";
import type { SystemSize } from "./variable_store.ts";

/** What is known of a case besides what propagation implies: that it contains a configuration, or a contradiction. */
export type CaseDecision =
  | Contradiction
  | { readonly kind: "configuration"; readonly configuration: Configuration };

/** Decides a case at its fixpoint under so many decisions, as far as that is easy. */
export type DecideCase = (level: number) => CaseDecision | undefined;

/** Found, or refuted: without assumptions, with a refutation. */
export type LearnedResult =
  | { readonly kind: "configuration"; readonly configuration: Configuration }
  | { readonly kind: "none"; readonly refutation: Refutation; readonly uses: readonly Fact[] };

/** Conflicts until the first restart; after each it is longer by a tenth. */
const RESTART_MIN = 64;
/** How many nogoods are kept at first. */
const NOGOODS_MIN = 2_000;
/** A variable with at most this distance between its bounds takes one value at a time; others are halved. */
const FEW_VALUES = 12;

/** Searches of one system, any number of times, with what was learned before. */
export class LearningSearch {
  readonly #parts: SearchParts;
  readonly #knowledge: Knowledge;
  readonly #decideCase: DecideCase;
  readonly #nogoods: NogoodStore;
  readonly #analysis: NogoodAnalysis;
  /** The variables that are decided. */
  readonly #decided: readonly number[];
  readonly #activity: Activity;
  /** The value that a variable had last. */
  readonly #last: (Int | undefined)[] = [];
  /** The sizes before each decision. */
  readonly #levels: { readonly height: number; readonly size: SystemSize }[] = [];
  /** The end of the refutation, once the conjuncts are refuted. */
  #refutation: LearnedResult | undefined;
  #conflicts = 0;
  /** Whether variables are decided in their order, by turns with the other order. */
  #isInOrder: boolean;

  constructor(parts: SearchParts, knowledge: Knowledge, decideCase: DecideCase) {
    this.#parts = parts;
    this.#knowledge = knowledge;
    this.#decideCase = decideCase;
    this.#nogoods = new NogoodStore(parts.bounds);
    this.#activity = new Activity(parts.system);
    this.#analysis = new NogoodAnalysis(parts, knowledge, {
      involved: (q) => this.#activity.involve(q),
      used: (nogood) => nogood.activity += this.#activity.increment,
    });
    const { system } = parts;
    const booleans = new Set(system.terms.filter(({ isBool }) => isBool).map(({ id }) => id));
    const mentioned = new Set(system.mentioned);
    this.#decided = [...system.lo.keys()].filter((q) =>
      system.rows[q] === undefined && (mentioned.has(q) || booleans.has(system.termOf[q] ?? -1))
    );
    const { last } = knowledge;
    this.#isInOrder = last === undefined;
    system.unknowns.forEach((q, unknown) => this.#last[q] = last?.[unknown]);
    this.#adopt();
  }

  /** Adopts the nogoods of earlier searches that hold here. */
  #adopt(): void {
    const { system, writer, work } = this.#parts;
    const shared = this.#knowledge.nogoodsOf(system.conjuncts);
    if (shared.length === 0) return;
    const variables = new Map([...system.lo.keys()].map((q) => [writer.reference(q), q]));
    for (const { literals, fact } of shared) {
      work.spend(1);
      const own = literals.flatMap(({ reference, side, value }): BoundLiteral[] => {
        const q = variables.get(reference);
        return q === undefined ? [] : [{ q, side, value }];
      });
      if (own.length === literals.length) {
        this.#keep({ literals: own, fact, activity: 0, isForgotten: false });
      }
    }
  }

  /** Watches a nogood, or applies it where only one of its literals is open. Without decisions. */
  #keep(nogood: Nogood): void {
    const { bounds } = this.#parts;
    if (bounds.conflict >= 0) return;
    const open = nogood.literals.filter((literal) => !holds(literal, bounds));
    const [first, second] = open;
    if (first === undefined || second === undefined) {
      const only = first ?? nogood.literals[0];
      if (only !== undefined) deny(only, nogood, bounds);
      return;
    }
    const rest = nogood.literals.filter((literal) => literal !== first && literal !== second);
    this.#nogoods.add({ ...nogood, literals: [first, second, ...rest] });
  }

  /** Searches under assumptions. @throws BudgetExhausted */
  find(assumptions: readonly BoundLiteral[]): LearnedResult {
    try {
      return this.#refutation ?? this.#search(assumptions);
    } finally {
      this.#backTo(0);
    }
  }

  #search(assumptions: readonly BoundLiteral[]): LearnedResult {
    const { bounds } = this.#parts;
    let limit = RESTART_MIN, since = 0;
    for (;;) {
      this.#propagate();
      const assumed = bounds.conflict >= 0 ? undefined : this.#nextAssumption(assumptions);
      if (assumed === "excluded") return NONE;
      if (assumed !== undefined) {
        this.#decide(assumed);
        continue;
      }
      const decided = bounds.conflict >= 0
        ? { kind: "variable", q: bounds.conflict } as const
        : this.#decideCase(this.#levels.length);
      if (decided?.kind === "configuration") {
        this.#knowledge.last = decided.configuration;
        return decided;
      }
      if (decided !== undefined) {
        if (!this.#learn(decided)) return this.#refuted();
        since++;
        continue;
      }
      if (since >= limit) {
        since = 0;
        this.#isInOrder = !this.#isInOrder;
        if (this.#isInOrder) limit += limit / 5;
        this.#backTo(0);
        this.#forget();
        continue;
      }
      this.#decide(this.#choose());
    }
  }

  #propagate(): void {
    const { system, bounds, work } = this.#parts;
    let cost = 0;
    for (;;) {
      const looked = this.#nogoods.propagate();
      cost += looked >> 2;
      if (bounds.conflict >= 0) break;
      const spent = propagateNext(system, bounds);
      if (spent === 0) break;
      cost += spent;
    }
    work.spend((cost + 1) >> 1);
  }

  /** The first assumption that does not hold yet, `excluded` if it cannot; `undefined` if all hold. */
  #nextAssumption(assumptions: readonly BoundLiteral[]): BoundLiteral | "excluded" | undefined {
    const { bounds: { lo, hi } } = this.#parts;
    for (const literal of assumptions) {
      const { q, side, value } = literal;
      if (side === "lo" ? (hi[q] ?? 0) < value : (lo[q] ?? 0) > value) return "excluded";
      if (!holds(literal, this.#parts.bounds)) return literal;
    }
    return undefined;
  }

  #decide({ q, side, value }: BoundLiteral): void {
    const { bounds, system, work } = this.#parts;
    assert(bounds.isAtFixpoint, "a case is propagated before a decision");
    this.#levels.push({ height: bounds.trail.length, size: system.size() });
    bounds.level = this.#levels.length;
    work.spend(1);
    if (side === "lo") bounds.raise(q, value, "decision");
    else bounds.lower(q, value, "decision");
  }

  /** Undoes all decisions beyond a level. */
  #backTo(level: number): void {
    const at = this.#levels[level];
    const { bounds } = this.#parts;
    if (at === undefined) return;
    for (let index = at.height; index < bounds.trail.length; index++) {
      const q = bounds.trail[index]?.q ?? 0;
      if (bounds.isFixed(q)) this.#last[q] = bounds.lo[q];
    }
    bounds.backtrack(at.height, at.size);
    this.#nogoods.undo(at.height);
    this.#levels.length = level;
    bounds.level = level;
  }

  /** Learns from a contradiction and goes back to where its nogood excludes something; false if the conjuncts are refuted. */
  #learn(contradiction: Contradiction): boolean {
    const { bounds, system, writer } = this.#parts;
    const root = this.#levels[0] ?? { height: bounds.trail.length, size: system.size() };
    const learned = this.#analysis.learn(contradiction, root.height, root.size.variables);
    if (learned.kind === "refutation") {
      this.#refutation = refutationOf(learned);
      return false;
    }
    const { literals, level, fact } = learned;
    this.#knowledge.share({
      literals: literals.map(({ q, side, value }) => ({
        reference: writer.reference(q),
        side,
        value,
      })),
      fact,
    });
    this.#backTo(level);
    const nogood = { literals, fact, activity: this.#activity.increment, isForgotten: false };
    this.#nogoods.add(nogood);
    const [first] = literals;
    if (first !== undefined) deny(first, nogood, bounds);
    this.#conflicts++;
    const scale = this.#activity.next();
    if (scale !== 1) { for (const each of this.#nogoods.all()) each.activity *= scale; }
    return true;
  }

  #refuted(): LearnedResult {
    assert(this.#refutation !== undefined, "the conjuncts are refuted");
    return this.#refutation;
  }

  /** Forgets half of the nogoods, those learned or needed least lately, where they are many. Without decisions. */
  #forget(): void {
    if (this.#nogoods.size < NOGOODS_MIN + this.#conflicts / 4) return;
    const old = [...this.#nogoods.all()].filter(({ literals }) => literals.length > 2)
      .sort((a, b) => a.activity - b.activity);
    for (const nogood of old.slice(0, old.length >> 1)) this.#nogoods.forget(nogood);
  }

  /** The next decision: of the open variable that conflicts involved most of late. */
  #choose(): BoundLiteral {
    const { bounds, system, work } = this.#parts;
    if (this.#isInOrder) {
      const first = system.mentioned.find((q) => !bounds.isFixed(q));
      if (first !== undefined) return this.#halfOf(first);
    }
    let best = -1, most = -1;
    for (const q of this.#decided) {
      if (bounds.isFixed(q)) continue;
      const activity = this.#activity.of(q);
      if (activity > most) {
        most = activity;
        best = q;
      }
    }
    work.spend(1 + (this.#decided.length >> 7));
    assert(best >= 0, "a case in which every unknown has one value is decided");
    return this.#halfOf(best);
  }

  #halfOf(q: number): BoundLiteral {
    const { bounds } = this.#parts;
    const lo = bounds.lo[q] ?? 0, hi = bounds.hi[q] ?? 0;
    const wanted = min(max(this.#last[q] ?? bounds.nearestToZero(q), lo), hi);
    if (bounds.width(q) > FEW_VALUES) {
      const at = floorDiv(add(lo, hi), 2);
      return wanted > at ? { q, side: "lo", value: add(at, 1) } : { q, side: "hi", value: at };
    }
    const side: Side = wanted < hi ? "hi" : "lo";
    return { q, side, value: wanted };
  }
}

/** Refuted under assumptions. */
const NONE: LearnedResult = { kind: "none", refutation: { steps: [], end: "" }, uses: [] };

function refutationOf(
  { steps, end, uses }: Extract<Learned, { kind: "refutation" }>,
): LearnedResult {
  return { kind: "none", refutation: { steps: [...stepsOf(uses), ...steps], end }, uses };
}
