/**
 * Learning: from a conflict back along the trail to a nogood, of which only one bound is of the last level that the conflict needs (the
 * first unique implication point: Marques-Silva and Sakallah 1999). Bounds that other bounds of the nogood imply are left out.
 *
 * @module
 */
import { assert, unreachable } from "../../base/result.ts";
import type { Int } from "../number/integer.ts";
import type { Bounds, Change, Combination } from "./bounds.ts";
import type { SearchParts } from "./conflict_analysis.ts";
import type { RowConstraint } from "./constraint.ts";
import type { Fact } from "./fact.ts";
import type { Knowledge } from "./knowledge.ts";
import type { BoundLiteral, Nogood } from "./nogood.ts";
import { Explanations, isSameStep, visitCombination } from "./explanations.ts";
import type { VisitPremise } from "./premises.ts";
import { RootFacts } from "./root_facts.ts";

/** Why a case is closed: the bounds of a variable, or of a row whose parts have no sum within them, or bounds that add up to it. */
export type Contradiction =
  | { readonly kind: "variable"; readonly q: number }
  | { readonly kind: "row"; readonly row: RowConstraint }
  | { readonly kind: "combination"; readonly combination: Combination };

/** What is learned from a contradiction. */
export type Learned =
  /** The first literal is of the last level; the second, if any, of the level to go back to, where the nogood excludes the first. */
  | {
    readonly kind: "nogood";
    readonly literals: BoundLiteral[];
    readonly level: number;
    readonly fact: Fact;
  }
  /** No decision is needed: the end of the refutation, and the facts that it uses. */
  | {
    readonly kind: "refutation";
    readonly steps: readonly string[];
    readonly end: string;
    readonly uses: readonly Fact[];
  };

/** Receives what conflicts are about. */
export interface ConflictObserver {
  /** A conflict involves a variable. */
  readonly involved: (q: number) => void;
  /** A conflict follows from a nogood, among other things. */
  readonly used: (nogood: Nogood) => void;
}

/** How far premises are followed to find that other bounds imply one. */
const IMPLIED_DEPTH_MAX = 8;

/** The first unique implication point, and what it was found by, as indices of changes. */
interface Cut {
  /** The marked changes that become literals, each with the value that is needed. */
  readonly kept: Map<number, Int>;
  /** The changes that follow from those kept and from facts. */
  readonly expanded: number[];
  /** The facts that were needed. */
  readonly uses: Set<Fact>;
}

/** Learns nogoods from the conflicts of one search. */
export class NogoodAnalysis {
  readonly #parts: SearchParts;
  readonly #bounds: Bounds;
  readonly #knowledge: Knowledge;
  readonly #explanations: Explanations;
  readonly #rootFacts: RootFacts;
  readonly #observer: ConflictObserver;

  constructor(parts: SearchParts, knowledge: Knowledge, observer: ConflictObserver) {
    this.#parts = parts;
    this.#bounds = parts.bounds;
    this.#knowledge = knowledge;
    this.#observer = observer;
    this.#explanations = new Explanations(parts);
    this.#rootFacts = new RootFacts(parts, knowledge, this.#explanations);
  }

  /** Learns from a contradiction. `rootHeight` and `rootVariables` are the sizes of trail and system without decisions. */
  learn(contradiction: Contradiction, rootHeight: number, rootVariables: number): Learned {
    this.#rootFacts.extend(rootHeight);
    const cut = this.#cut(contradiction, rootHeight, rootVariables);
    this.#dropImplied(cut, rootHeight);
    const { writer } = this.#parts;
    const steps: string[] = [];
    let before: Change | undefined;
    for (const index of cut.expanded.sort((a, b) => a - b)) {
      const change = this.#explanations.change(index), { reason } = change;
      if (reason === "decision" || reason === "residue" || isSameStep(change, before)) continue;
      before = change;
      if (typeof reason !== "number" && "literals" in reason) {
        this.#observer.used(reason);
        cut.uses.add(reason.fact);
      }
      steps.push(writer.reason(reason));
    }
    if (contradiction.kind === "combination") {
      steps.push(writer.combination(contradiction.combination));
    }
    const end = contradiction.kind === "row" ? writer.noSum(contradiction.row.q) : "";
    const uses = [...cut.uses];
    const kept = this.#literals(cut);
    if (kept.length === 0) return { kind: "refutation", steps, end, uses };
    const literals = kept.map(({ literal }) => literal);
    const step = writer.learned(literals, { steps, end });
    const conjuncts = uses.reduce((set, fact) => set | fact.conjuncts, 0n);
    const number = this.#knowledge.nextNumber();
    const fact = { number, part: number, step, uses, conjuncts };
    return { kind: "nogood", literals, level: kept[1]?.level ?? 0, fact };
  }

  /** Expands changes from the last one back, until only one of the last level is left. */
  #cut(contradiction: Contradiction, rootHeight: number, rootVariables: number): Cut {
    const { trail } = this.#bounds, end = trail.length;
    const kept = new Map<number, Int>(), uses = new Set<Fact>(), expanded: number[] = [];
    const atLevel: number[] = []; // how many marked changes are of each level
    // Digits, and variables that exist under decisions only, do not become literals.
    const isTransient = ({ q, side }: Change): boolean => side === "digits" || q >= rootVariables;
    let transient = 0, last = 0;
    const mark = (index: number, value: Int): void => {
      const change = this.#explanations.change(index), known = kept.get(index);
      if (known === undefined) {
        kept.set(index, value);
        atLevel[change.level] = (atLevel[change.level] ?? 0) + 1;
        last = Math.max(last, change.level);
        if (isTransient(change)) transient++;
        this.#observer.involved(change.q);
      } else if (change.side === "lo" ? value > known : value < known) kept.set(index, value);
    };
    const needBefore = (before: number): VisitPremise => (q, aspect, value) => {
      const found = this.#explanations.find(q, aspect, before, value);
      if (found === undefined) return;
      if (found.index >= rootHeight) return mark(found.index, found.value);
      const fact = this.#rootFacts.at(found.index);
      if (fact !== undefined) uses.add(fact);
    };
    const cause = this.#causeOf(contradiction);
    if (cause >= rootHeight) {
      expanded.push(cause);
      this.#explanations.premises(cause, needBefore(cause));
    }
    visitContradiction(contradiction, (q, aspect, value) => {
      const isCause = cause >= rootHeight && this.#bounds.lastChange(q, aspect, end) === cause;
      if (!isCause) needBefore(end)(q, aspect, value);
    });
    let index = end - 1, isFound = false;
    for (; index >= rootHeight && !(isFound && transient === 0); index--) {
      if (!kept.has(index)) continue;
      const change = this.#explanations.change(index), isMoving = isTransient(change);
      while (last > 0 && (atLevel[last] ?? 0) === 0) last--;
      const isOnlyOne = change.level === last && atLevel[last] === 1;
      if (isOnlyOne && !isMoving) isFound = true;
      if (!isMoving && (isOnlyOne || change.level < last)) continue;
      kept.delete(index);
      atLevel[change.level] = (atLevel[change.level] ?? 0) - 1;
      if (isMoving) transient--;
      expanded.push(index);
      this.#explanations.premises(index, needBefore(index));
    }
    this.#parts.work.spend(1 + ((end - index) >> 4) + (expanded.length >> 1));
    return { kept, expanded, uses };
  }

  /** Leaves out kept changes of lower levels that the others imply. */
  #dropImplied({ kept, expanded, uses }: Cut, rootHeight: number): void {
    const first = [...kept.keys()].reduce((most, index) => Math.max(most, index), -1);
    const verdicts = new Map<number, boolean>();
    const isImplied = (index: number, depth: number): boolean => {
      const known = verdicts.get(index);
      if (known !== undefined) return known;
      const { reason, side } = this.#explanations.change(index);
      let result = reason !== "decision" && reason !== "residue" && depth < IMPLIED_DEPTH_MAX &&
        side !== "digits";
      const facts: Fact[] = [];
      if (result) {
        this.#explanations.premises(index, (q, aspect, value) => {
          if (!result) return;
          const found = this.#explanations.find(q, aspect, index, value);
          if (found === undefined) return;
          const fact = this.#rootFacts.at(found.index);
          if (found.index < rootHeight) {
            if (fact !== undefined) facts.push(fact);
          } else if (!isCovered(found.index, found.value)) {
            result = isImplied(found.index, depth + 1);
          }
        });
      }
      verdicts.set(index, result);
      if (!result) return false;
      expanded.push(index);
      for (const fact of facts) uses.add(fact);
      return true;
    };
    const isCovered = (index: number, value: Int): boolean => {
      const known = kept.get(index);
      if (known === undefined) return false;
      return this.#explanations.change(index).side === "lo" ? known >= value : known <= value;
    };
    for (const index of [...kept.keys()].sort((a, b) => b - a)) {
      if (index !== first && isImplied(index, 0)) kept.delete(index);
    }
  }

  /** The kept changes as literals, one for each bound, those of later levels first. */
  #literals({ kept }: Cut): { readonly literal: BoundLiteral; readonly level: number }[] {
    const tightest = new Map<string, { readonly literal: BoundLiteral; readonly level: number }>();
    for (const index of [...kept.keys()].sort((a, b) => a - b)) {
      const { q, side, level } = this.#explanations.change(index);
      assert(side !== "digits", "digits are no literals");
      tightest.delete(`${side}${q}`); // a later change of a bound is a tighter one
      tightest.set(`${side}${q}`, { literal: { q, side, value: kept.get(index) ?? 0 }, level });
    }
    return [...tightest.values()].reverse().sort((a, b) => b.level - a.level);
  }

  /** The index of the change that made the bounds of a variable contradict each other; -1 for other contradictions. */
  #causeOf(contradiction: Contradiction): number {
    if (contradiction.kind !== "variable") return -1;
    const bounds = this.#bounds, end = bounds.trail.length;
    return (["lo", "hi", "digits"] as const).reduce(
      (last, aspect) => Math.max(last, bounds.lastChange(contradiction.q, aspect, end)),
      -1,
    );
  }
}

function visitContradiction(contradiction: Contradiction, visit: VisitPremise): void {
  switch (contradiction.kind) {
    case "variable":
      visit(contradiction.q, "lo");
      visit(contradiction.q, "hi");
      return visit(contradiction.q, "digits");
    case "row":
      for (const q of [contradiction.row.q, ...contradiction.row.form.vars]) {
        visit(q, "lo");
        visit(q, "hi");
      }
      return;
    case "combination":
      return visitCombination(contradiction.combination, visit);
    default:
      return unreachable(contradiction);
  }
}
