/**
 * Facts of what holds without decisions: the conjuncts, and what propagation and nogoods imply of them, by index of the change.
 *
 * @module
 */
import { assert } from "../../base/result.ts";
import type { SearchParts } from "./conflict_analysis.ts";
import { type Explanations, isSameStep } from "./explanations.ts";
import type { Fact } from "./fact.ts";
import type { Knowledge } from "./knowledge.ts";

/** The facts of the first changes of one search. */
export class RootFacts {
  readonly #parts: SearchParts;
  readonly #knowledge: Knowledge;
  readonly #explanations: Explanations;
  readonly #facts: Fact[] = [];

  constructor(parts: SearchParts, knowledge: Knowledge, explanations: Explanations) {
    this.#parts = parts;
    this.#knowledge = knowledge;
    this.#explanations = explanations;
  }

  /** The fact of a change; `undefined` if the change is under decisions. */
  at(index: number): Fact | undefined {
    return this.#facts[index];
  }

  /** Facts of the changes without decisions that are new. The first are conjuncts. */
  extend(height: number): void {
    const { system, work, writer } = this.#parts, { trail } = this.#parts.bounds;
    work.spend((height - this.#facts.length) >> 2);
    for (let index = this.#facts.length; index < height; index++) {
      const { q, side, reason } = this.#explanations.change(index);
      if (reason === "decision" || reason === "residue") {
        const root = system.roots.findIndex((view) =>
          view.q === q && (view.scale === 1) === (side === "lo")
        );
        const term = system.conjuncts[root];
        assert(term !== undefined, "decisions before the first case are conjuncts");
        this.#facts.push(this.#knowledge.conjunct(term));
        continue;
      }
      const uses = new Set<Fact>();
      if (typeof reason !== "number" && "literals" in reason) uses.add(reason.fact);
      this.#explanations.premises(index, (other, aspect, value) => {
        const found = this.#explanations.find(other, aspect, index, value);
        const fact = found === undefined ? undefined : this.#facts[found.index];
        if (fact !== undefined) uses.add(fact);
      });
      const conjuncts = [...uses].reduce((set, fact) => set | fact.conjuncts, 0n);
      const number = this.#knowledge.nextNumber(), before = this.#facts[index - 1];
      const isSame = before !== undefined &&
        isSameStep(this.#explanations.change(index), trail[index - 1]);
      const part = isSame ? before.part : number;
      this.#facts.push({
        number,
        part,
        step: writer.reason(reason),
        uses: [...uses],
        conjuncts,
      });
    }
    assert(this.#facts.length <= trail.length, "what holds without decisions is on the trail");
  }
}
