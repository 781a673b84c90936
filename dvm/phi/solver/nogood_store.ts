/**
 * The nogoods of a search, and what they imply: each watches two of its literals that do not hold, so that only the nogoods that watch a
 * bound are looked at when it changes (Moskewicz and others 2001).
 *
 * @module
 */
import { add, sub } from "../number/integer.ts";
import type { Bounds } from "./bounds.ts";
import type { BoundLiteral, Nogood } from "./nogood.ts";

/** Whether a literal holds. */
export function holds({ q, side, value }: BoundLiteral, bounds: Bounds): boolean {
  return side === "lo" ? (bounds.lo[q] ?? 0) >= value : (bounds.hi[q] ?? 0) <= value;
}

/** Makes a literal false. */
export function deny({ q, side, value }: BoundLiteral, reason: Nogood, bounds: Bounds): void {
  if (side === "lo") bounds.lower(q, sub(value, 1), reason);
  else bounds.raise(q, add(value, 1), reason);
}

/** The nogoods of one search, found by the bounds that they watch. */
export class NogoodStore {
  readonly #bounds: Bounds;
  /** By variable and side: the nogoods that watch this bound. */
  readonly #watching: (Nogood[] | undefined)[] = [];
  #count = 0;
  /** The changes before this one were looked at. */
  #seen = 0;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  /** How many nogoods are watched and not forgotten. */
  get size(): number {
    return this.#count;
  }

  /** Adds a nogood of at least two literals, of which the first two do not hold, or became true last. */
  add(nogood: Nogood): void {
    const [first, second] = nogood.literals;
    if (first === undefined || second === undefined) return;
    this.#count++;
    this.#watch(first, nogood);
    this.#watch(second, nogood);
  }

  #watch(literal: BoundLiteral, nogood: Nogood): void {
    const at = placeOf(literal), list = this.#watching[at];
    if (list === undefined) this.#watching[at] = [nogood];
    else list.push(nogood);
  }

  /** Every nogood that is not forgotten, once. */
  *all(): Generator<Nogood> {
    for (const [at, list = []] of this.#watching.entries()) {
      for (const nogood of list) {
        const [first] = nogood.literals;
        if (first !== undefined && placeOf(first) === at && !nogood.isForgotten) yield nogood;
      }
    }
  }

  /** Forgets a nogood. */
  forget(nogood: Nogood): void {
    nogood.isForgotten = true;
    this.#count--;
  }

  /** Looks at every change since the last call, until a conflict; returns the number of nogoods that it looked at. */
  propagate(): number {
    const { trail } = this.#bounds;
    let looked = 0;
    for (; this.#seen < trail.length && this.#bounds.conflict < 0; this.#seen++) {
      const change = trail[this.#seen];
      if (change === undefined || change.side === "digits") continue;
      const at = placeOf({ q: change.q, side: change.side }), list = this.#watching[at];
      if (list === undefined) continue;
      looked += 1 + list.length;
      this.#watching[at] = this.#visit(list, at);
    }
    return looked;
  }

  /** Looks at the nogoods that watch one bound; returns those that still do. */
  #visit(list: Nogood[], at: number): Nogood[] {
    const bounds = this.#bounds;
    let kept = 0;
    for (const nogood of list) {
      if (nogood.isForgotten) continue;
      if (bounds.conflict >= 0 || !this.#moves(nogood, at)) list[kept++] = nogood;
    }
    list.length = kept;
    return list;
  }

  /** Whether a nogood now watches another bound; if there is none to watch, its other literal becomes false. */
  #moves(nogood: Nogood, at: number): boolean {
    const { literals } = nogood, bounds = this.#bounds;
    const [first, second] = literals;
    if (first === undefined || second === undefined) return false;
    const own = placeOf(first) === at ? 0 : 1; // the literals of a nogood are of different bounds
    const watched = own === 0 ? first : second, other = own === 0 ? second : first;
    if (!holds(watched, bounds)) return false;
    for (let index = 2; index < literals.length; index++) {
      const candidate = literals[index];
      if (candidate === undefined || holds(candidate, bounds)) continue;
      literals[own] = candidate;
      literals[index] = watched;
      this.#watch(candidate, nogood);
      return true;
    }
    deny(other, nogood, bounds);
    return false;
  }

  /** The trail was cut to a length. */
  undo(height: number): void {
    this.#seen = Math.min(this.#seen, height);
  }
}

export function placeOf({ q, side }: Pick<BoundLiteral, "q" | "side">): number {
  return 2 * q + (side === "lo" ? 0 : 1);
}
