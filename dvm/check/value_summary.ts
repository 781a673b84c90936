/**
 * What calling a K process does to its arguments: which of their parts it may return, and which it may hand over. Paths begin at
 * its parameters, which nothing assigns.
 *
 * @module
 */
import type { Proc } from "../dir/model.ts";
import type { CarriedValue } from "./carried_value.ts";
import { pathKey, type PathSteps, type ValuePath } from "./value_paths.ts";
import type { ValueState } from "./value_state.ts";

/** The effect of a call on its arguments. */
export interface Summary {
  /** Parts of the result that may be the value at a path from a parameter. */
  readonly parts: readonly { readonly at: PathSteps; readonly from: ValuePath }[];
  /** Parts of the result that may be the same value. */
  readonly twins: readonly (readonly [PathSteps, PathSteps])[];
  readonly handed: readonly ValuePath[];
  /** Whether some path through it ends. */
  readonly returns: boolean;
  /** Whether it uses a value that it handed over, because two of its arguments are the same. */
  readonly hasLateUse: boolean;
  /** Equal for equal summaries. */
  readonly key: string;
}

/** Pairs of paths from parameters that may lead to the same value. */
export type SamePairs = readonly (readonly [ValuePath, ValuePath])[];

/** What a process needs to know of those that it calls. */
export interface Callees {
  /** Whether a call takes its arguments from the caller: it uses a bind that enforces linearity. */
  readonly takesArguments: (callee: Proc) => boolean;
  /** Whether a call uses a bind, so that its result is a new value. */
  readonly hasBind: (callee: Proc) => boolean;
  /** What calling a K process does to its arguments. */
  readonly summaryOf: (callee: Proc, same: SamePairs) => Summary;
}

/** The summary of a process of which no path is known yet. */
export const NO_SUMMARY: Summary = {
  parts: [],
  twins: [],
  handed: [],
  returns: false,
  hasLateUse: false,
  key: "",
};

/** Collects a summary, one path after another. */
export class SummaryBuilder {
  readonly #cells: number;
  readonly #parts = new Map<string, Summary["parts"][number]>();
  readonly #twins = new Map<string, Summary["twins"][number]>();
  readonly #handed = new Map<string, ValuePath>();
  #returns = false;

  /** For a process with this many parameters. */
  constructor(params: number) {
    this.#cells = params;
  }

  /** The process may return this value. */
  addResult({ parts, twins }: CarriedValue, state: ValueState): void {
    for (const part of parts) {
      for (const { path: from, suffix, isGiven } of state.sameAs(part.from)) {
        if (isGiven || from.slot >= this.#cells) continue;
        const at = [...part.at, ...suffix];
        this.#parts.set(`${at.join("")}=${pathKey(from)}`, { at, from });
      }
    }
    for (const [a, b] of twins) this.#twins.set(`${a.join("")}=${b.join("")}`, [a, b]);
  }

  /** The process may end so. */
  addEnd(state: ValueState): void {
    this.#returns = true;
    for (const path of state.handedIn(this.#cells)) this.#handed.set(pathKey(path), path);
  }

  /** The summary of the paths so far. */
  build(hasLateUse: boolean): Summary {
    const keys = [this.#parts, this.#twins, this.#handed].map((map) => [...map.keys()].join(" "));
    return {
      parts: [...this.#parts.values()],
      twins: [...this.#twins.values()],
      handed: [...this.#handed.values()],
      returns: this.#returns,
      hasLateUse,
      key: [...keys, this.#returns, hasLateUse].join("|"),
    };
  }
}
