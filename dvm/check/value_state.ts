/**
 * What the cells of a process may have in common at one point of it, and what of it was handed over. Each fact is about two
 * paths or one, and says that some way through the process makes it true: what differs between ways is not mixed up.
 *
 * @module
 */
import { VALUE_DEPTH_MAX } from "../base/limits.ts";
import type { ExprText, Stmt } from "../dir/model.ts";
import type { Span } from "../expr/ast.ts";
import {
  extended,
  overlap,
  pathKey,
  type PathSteps,
  stepsAfter,
  type ValuePath,
} from "./value_paths.ts";

/** Where a value was handed over: a part of an expression of a statement. */
export interface HandOver {
  readonly stmt: Stmt;
  readonly expr: ExprText;
  readonly span: Span;
}

/** A use of a value that may have been handed over. */
export interface LateUse extends HandOver {
  readonly by: HandOver;
}

/** Two paths whose values may be the same. */
export interface SamePaths {
  readonly own: PathSteps;
  readonly other: ValuePath;
  /** Whether that is so only because arguments may be the same, which is known where the process is called. */
  readonly isGiven: boolean;
}

/** A path that leads to the same value as another does with `suffix` added. */
export interface SameValue {
  readonly path: ValuePath;
  readonly suffix: PathSteps;
  /** As in {@link SamePaths}. */
  readonly isGiven: boolean;
}

/** The parts of a value that it shares with cells, and those that may be the same value. */
export interface SharedParts {
  readonly parts: readonly { readonly at: PathSteps; readonly from: ValuePath }[];
  readonly twins: readonly (readonly [PathSteps, PathSteps])[];
}

interface HandedPath {
  readonly steps: PathSteps;
  readonly by: HandOver;
  readonly isGiven: boolean;
}

/** Above this number of facts, all values count as the same: a small program can copy values exponentially often. */
const FACTS_MAX = 200_000;

/** The facts at one point of a process; changed in place. */
export class ValueState {
  readonly #same = new Map<number, Map<string, SamePaths>>();
  readonly #handed = new Map<number, Map<string, HandedPath>>();
  #facts = 0;

  copy(): ValueState {
    const copy = new ValueState();
    for (const [slot, same] of this.#same) copy.#same.set(slot, new Map(same));
    for (const [slot, handed] of this.#handed) copy.#handed.set(slot, new Map(handed));
    copy.#facts = this.#facts;
    return copy;
  }

  /** Adds the facts of other paths; returns whether any is new. */
  join(from: ValueState): boolean {
    let hasGrown = false;
    for (const [slot, same] of from.#same) {
      for (const { own, other, isGiven } of same.values()) {
        if (this.#add({ slot, steps: own }, other, isGiven)) hasGrown = true;
      }
    }
    for (const [slot, handed] of from.#handed) {
      for (const { steps, by, isGiven } of handed.values()) {
        if (this.handOver({ slot, steps }, by, isGiven)) hasGrown = true;
      }
    }
    return hasGrown;
  }

  /** Every path whose value may be that at `path` or one held in it, `path` itself first. */
  sameAs(path: ValuePath): readonly SameValue[] {
    const found: SameValue[] = [{ path, suffix: [], isGiven: false }];
    for (const { own, other, isGiven } of this.#same.get(path.slot)?.values() ?? []) {
      const rest = stepsAfter(own, path.steps);
      if (rest !== undefined) {
        found.push({ path: extended(other, rest), suffix: [], isGiven });
        continue;
      }
      const suffix = stepsAfter(path.steps, own);
      if (suffix !== undefined) found.push({ path: other, suffix, isGiven });
    }
    return found;
  }

  /** The paths in one cell that may lead to the same value. */
  twinsIn(slot: number): readonly (readonly [PathSteps, PathSteps])[] {
    return [...this.#same.get(slot)?.values() ?? []]
      .flatMap(({ own, other }) => other.slot === slot ? [[own, other.steps] as const] : []);
  }

  /** A cell has this value from now on. */
  bind(slot: number, { parts, twins }: SharedParts): void {
    const shared = parts.flatMap(({ at, from }) =>
      this.sameAs(from).flatMap(({ path, suffix, isGiven }) =>
        path.slot === slot ? [] : [[[...at, ...suffix], path, isGiven] as const]
      )
    );
    this.forget(slot);
    for (const [steps, path, isGiven] of shared) this.relate({ slot, steps }, path, isGiven);
    for (const [a, b] of twins) this.relate({ slot, steps: a }, { slot, steps: b });
  }

  /** Two paths may lead to the same value. */
  relate(a: ValuePath, b: ValuePath, isGiven = false): void {
    this.#add(a, b, isGiven);
    this.#add(b, a, isGiven);
  }

  /** Removes what is known of the previous value of a cell. */
  forget(slot: number): void {
    for (const { own, other } of this.#same.get(slot)?.values() ?? []) {
      this.#facts--;
      if (other.slot === slot) continue;
      if (this.#same.get(other.slot)?.delete(factKey(other.steps, { slot, steps: own }))) {
        this.#facts--;
      }
    }
    this.#same.delete(slot);
    this.#handed.delete(slot);
  }

  /** The value at a path, alone, is handed over; returns whether that is new. */
  handOver({ slot, steps }: ValuePath, by: HandOver, isGiven: boolean): boolean {
    const handed = this.#handed.get(slot) ?? new Map<string, HandedPath>();
    this.#handed.set(slot, handed);
    const key = steps.join("");
    const known = handed.get(key);
    if (known !== undefined && (isGiven || !known.isGiven)) return false;
    handed.set(key, { steps, by: known?.by ?? by, isGiven });
    return true;
  }

  /** Where the value at a path, one that it holds or one that holds it may have been handed over. */
  handedAt({ slot, steps }: ValuePath): HandOver | undefined {
    if (this.#facts > FACTS_MAX) {
      for (const handed of this.#handed.values()) for (const { by } of handed.values()) return by;
    }
    for (const handed of this.#handed.get(slot)?.values() ?? []) {
      if (overlap(handed.steps, steps)) return handed.by;
    }
    return undefined;
  }

  /** The paths in the first cells that may have been handed over, whichever arguments are the same. */
  handedIn(cells: number): readonly ValuePath[] {
    return [...this.#handed].flatMap(([slot, handed]) =>
      slot < cells
        ? [...handed.values()].flatMap(({ steps, isGiven }) => isGiven ? [] : [{ slot, steps }])
        : []
    );
  }

  #add({ slot, steps: own }: ValuePath, other: ValuePath, isGiven: boolean): boolean {
    // Only programs with errors of type have values that are nested deeper.
    if (own.length > VALUE_DEPTH_MAX || other.steps.length > VALUE_DEPTH_MAX) return false;
    if (this.#facts > FACTS_MAX) return false;
    const same = this.#same.get(slot) ?? new Map<string, SamePaths>();
    this.#same.set(slot, same);
    const key = factKey(own, other);
    const known = same.get(key);
    if (known !== undefined && (isGiven || !known.isGiven)) return false;
    if (pathKey({ slot, steps: own }) === pathKey(other)) return false;
    same.set(key, { own, other, isGiven });
    if (known === undefined) this.#facts++;
    return true;
  }
}

function factKey(own: PathSteps, other: ValuePath): string {
  return `${own.join("")}=${pathKey(other)}`;
}
