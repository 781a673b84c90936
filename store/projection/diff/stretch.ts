/**
 * Aligns two sequences of records from their first difference to where they agree again. The alignment is the cheapest: equal
 * records cost nothing, a record on one side only costs 2, the same step with other values costs 3.
 *
 * For every cost from 0 on, and every difference between the numbers of records taken from the two sides (a diagonal), the algorithm
 * keeps how far one comes for that cost (E. W. Myers, "An O(ND) difference algorithm and its variations"). On one diagonal, further is
 * never worse, since every way between two diagonals costs 2 a step.
 *
 * @module
 */
import type { Lookahead } from "./lookahead.ts";

/** After so many equal records in a row the sequences agree again. */
const AGREEMENT_RECORDS = 64;
/** A stretch that costs more is ended where the alignment has come furthest: time and memory are bounded by this number. */
const COST_MAX = 64;
const SKIP = 2, CHANGE = 3;

/** An edit: a record of one side only, or a pair of records with the same step. */
export type Edit = "left" | "right" | "change";

/** An edit, and the number of matching pairs that follow it. */
export interface Edited {
  readonly edit: Edit;
  readonly pairsAfter: number;
}

/** A stretch. */
export interface Stretch {
  readonly edits: readonly Edited[];
  /** Whether it was ended because of its cost. There may be a cheaper alignment then. */
  readonly isCut: boolean;
}

/** Aligns from the first records on, which do not match. */
export function alignStretch(left: Lookahead, right: Lookahead): Stretch {
  return new Search(left, right).run();
}

class Search {
  readonly #left: Lookahead;
  readonly #right: Lookahead;
  /** For each cost, the number of left records taken on the diagonals -cost/2 to cost/2; -1 where no way leads. */
  readonly #layers: Int32Array[] = [Int32Array.of(0)];
  /** The edit that leads furthest to the diagonal that {@link #reach} was asked for. */
  #edit: Edit = "left";

  constructor(left: Lookahead, right: Lookahead) {
    this.#left = left;
    this.#right = right;
  }

  run(): Stretch {
    for (let cost = 1; cost <= COST_MAX; cost++) {
      const half = cost >> 1;
      const layer = new Int32Array(2 * half + 1).fill(-1);
      this.#layers.push(layer);
      for (let turn = 0; turn < layer.length; turn++) {
        const diagonal = diagonalOf(turn);
        const from = this.#reach(cost, diagonal);
        if (from < 0) continue;
        const to = this.#follow(from, diagonal);
        layer[diagonal + half] = to;
        if (to - from >= AGREEMENT_RECORDS || this.#isEnd(to, diagonal)) {
          return { edits: this.#editsTo(cost, diagonal), isCut: false };
        }
      }
    }
    return { edits: this.#editsTo(COST_MAX, this.#furthest()), isCut: true };
  }

  /** How far an edit leads to a diagonal for exactly this cost; -1 if none does. */
  #reach(cost: number, diagonal: number): number {
    let best = -1;
    const skipped = this.#at(cost - SKIP, diagonal - 1);
    if (skipped >= 0 && this.#left.peek(skipped) !== undefined) {
      best = skipped + 1;
      this.#edit = "left";
    }
    const kept = this.#at(cost - SKIP, diagonal + 1);
    if (kept > best && this.#right.peek(kept - diagonal - 1) !== undefined) {
      best = kept;
      this.#edit = "right";
    }
    const changed = this.#at(cost - CHANGE, diagonal);
    if (changed >= best && changed >= 0) {
      const x = this.#left.peek(changed), y = this.#right.peek(changed - diagonal);
      if (x !== undefined && y !== undefined && x.isSameStep(y)) {
        best = changed + 1;
        this.#edit = "change";
      }
    }
    return best;
  }

  #at(cost: number, diagonal: number): number {
    const layer = this.#layers[cost];
    return layer?.[diagonal + (cost >> 1)] ?? -1;
  }

  /** Over matching pairs, at most as many as are needed to agree. */
  #follow(from: number, diagonal: number): number {
    let at = from;
    while (at - from < AGREEMENT_RECORDS) {
      const x = this.#left.peek(at), y = this.#right.peek(at - diagonal);
      if (x === undefined || y === undefined || !x.matches(y)) break;
      at++;
    }
    return at;
  }

  #isEnd(at: number, diagonal: number): boolean {
    return this.#left.peek(at) === undefined && this.#right.peek(at - diagonal) === undefined;
  }

  /** The diagonal on which the most records are taken for the whole cost. */
  #furthest(): number {
    let most = -1, found = 0;
    for (let turn = 0; turn <= COST_MAX; turn++) {
      const diagonal = diagonalOf(turn);
      const at = this.#at(COST_MAX, diagonal);
      if (at < 0 || 2 * at - diagonal <= most) continue;
      most = 2 * at - diagonal;
      found = diagonal;
    }
    return found;
  }

  #editsTo(cost: number, diagonal: number): readonly Edited[] {
    const edits: Edited[] = [];
    for (let [c, d] = [cost, diagonal]; c > 0;) {
      const from = this.#reach(c, d);
      const edit = this.#edit;
      edits.push({ edit, pairsAfter: this.#at(c, d) - from });
      c -= edit === "change" ? CHANGE : SKIP;
      if (edit !== "change") d += edit === "left" ? -1 : 1;
    }
    return edits.reverse();
  }
}

/** 0, 1, -1, 2, -2 … */
function diagonalOf(turn: number): number {
  return turn % 2 === 1 ? (turn + 1) / 2 : -turn / 2;
}
