/**
 * Aligns two sequences of records. Where they differ, the cheapest alignment is searched within a bound; beyond it, the next place
 * where they agree. So time grows linearly with the sequences, and memory does not.
 *
 * @module
 */
import { assert } from "../../../dvm/base/result.ts";
import type { RawRecord } from "../../log/raw_record.ts";
import { findAnchor } from "./anchor.ts";
import { type DiffComparison, type DiffTopic, topicOf } from "./comparison.ts";
import { Lookahead, type ReadRecord, type RecordSource } from "./lookahead.ts";
import { alignStretch, type Edited } from "./stretch.ts";

/** One difference. `left` or `right` is `undefined` if only the other log has the record. */
export interface DiffStep {
  readonly kind: "difference";
  readonly topic: DiffTopic;
  readonly left: RawRecord | undefined;
  readonly right: RawRecord | undefined;
}

/** What the alignment finds, in order. */
export type AlignmentStep =
  | DiffStep
  /** So many pairs of records that differ in their numbering only, after the first difference. */
  | { readonly kind: "renumbered"; readonly count: number }
  /** The search for the cheapest alignment was given up here. */
  | { readonly kind: "givenUp" };

/** Two sequences that are in step, from records on that were not read yet. */
export interface EqualSkipper {
  /** Moves both over what is equal; with `numbering`, also over records that differ in it only, and counts these. */
  skipEqual(options: { readonly numbering: boolean }): number;
}

/** Every difference between two sequences, in order. Records that differ only in numbering have the topic `numbering`. */
export function alignRecords(
  left: RecordSource,
  right: RecordSource,
  comparison: DiffComparison,
  skipper?: EqualSkipper,
): Generator<AlignmentStep, void> {
  const [a, b] = [new Lookahead(left, comparison), new Lookahead(right, comparison)];
  return new Alignment(a, b, skipper).steps();
}

/** After an anchor was searched in vain, it is searched again after so many records. */
const ANCHORLESS_RECORDS = 65_536;

class Alignment {
  readonly #left: Lookahead;
  readonly #right: Lookahead;
  readonly #skipper: EqualSkipper | undefined;
  #anchorless = 0;

  constructor(left: Lookahead, right: Lookahead, skipper: EqualSkipper | undefined) {
    this.#left = left;
    this.#right = right;
    this.#skipper = skipper;
  }

  *steps(): Generator<AlignmentStep, void> {
    const [a, b] = [this.#left, this.#right];
    let numbering = false; // the very first difference is reported, even if it is one of numbering
    for (;;) {
      if (this.#skipper !== undefined && a.isEmpty && b.isEmpty) {
        const count = this.#skipper.skipEqual({ numbering });
        if (count > 0) yield { kind: "renumbered", count };
      }
      if (a.isAtLimit && b.isAtLimit) {
        a.limit(Infinity);
        b.limit(Infinity);
      }
      const x = a.peek(0), y = b.peek(0);
      if (x === undefined && y === undefined) return;
      if (x !== undefined && y !== undefined && x.matches(y)) {
        if (!x.equals(y)) {
          yield renumbered(x, y);
          numbering = true;
        }
        a.drop(1);
        b.drop(1);
        continue;
      }
      yield* this.#stretch(x, y);
      numbering = true;
    }
  }

  /** Consumes one stretch. Which log is the left one does not matter: of two records the same is always taken for the first. */
  *#stretch(x: ReadRecord | undefined, y: ReadRecord | undefined): Generator<AlignmentStep, void> {
    if (x === undefined || y === undefined) return yield* this.#rest();
    const isMirrored = x.record.text > y.record.text;
    const [a, b] = isMirrored ? [this.#right, this.#left] : [this.#left, this.#right];
    const { edits, isCut } = alignStretch(a, b);
    if (isCut) yield { kind: "givenUp" };
    if (isCut && !a.isLimited && this.#anchorless <= 0 && arePoor(edits)) {
      const anchor = findAnchor(a, b);
      if (anchor !== undefined) {
        a.limit(anchor.left);
        b.limit(anchor.right);
        return;
      }
      this.#anchorless = ANCHORLESS_RECORDS;
    }
    this.#anchorless -= edits.length;
    yield* isMirrored ? this.#consume(edits.map(mirrored)) : this.#consume(edits);
  }

  /** What only one side has, when the other has ended. */
  *#rest(): Generator<AlignmentStep, void> {
    const [a, b] = [this.#left, this.#right];
    for (let x = a.peek(0); x !== undefined; x = a.peek(0)) {
      yield difference(x, undefined);
      a.drop(1);
    }
    for (let y = b.peek(0); y !== undefined; y = b.peek(0)) {
      yield difference(undefined, y);
      b.drop(1);
    }
  }

  /** Between two pairs, what only the left side has comes first. */
  *#consume(edits: readonly Edited[]): Generator<AlignmentStep, void> {
    const [a, b] = [this.#left, this.#right];
    let onlyRight: AlignmentStep[] = [];
    let [i, j] = [0, 0];
    for (const { edit, pairsAfter } of edits) {
      if (edit === "left") yield difference(a.peek(i++), undefined);
      else if (edit === "right") onlyRight.push(difference(undefined, b.peek(j++)));
      if (edit !== "change" && pairsAfter === 0) continue;
      yield* onlyRight;
      onlyRight = [];
      if (edit === "change") yield difference(a.peek(i++), b.peek(j++));
      for (const end = i + pairsAfter; i < end; i++, j++) {
        const x = a.peek(i), y = b.peek(j);
        if (x !== undefined && y !== undefined && !x.equals(y)) yield renumbered(x, y);
      }
    }
    yield* onlyRight;
    a.drop(i);
    b.drop(j);
  }
}

/** Whether an alignment consists of gaps: it may have missed where the sequences agree again. */
function arePoor(edits: readonly Edited[]): boolean {
  const gaps = edits.filter(({ edit }) => edit !== "change").length;
  return gaps > edits.reduce((sum, { pairsAfter }) => sum + pairsAfter, 0);
}

function mirrored({ edit, pairsAfter }: Edited): Edited {
  if (edit === "change") return { edit, pairsAfter };
  return { edit: edit === "left" ? "right" : "left", pairsAfter };
}

function difference(x: ReadRecord | undefined, y: ReadRecord | undefined): DiffStep {
  const [left, right] = [x?.record, y?.record];
  const record = left ?? right;
  assert(record !== undefined, "a difference has a record");
  return { kind: "difference", topic: topicOf(record), left, right };
}

function renumbered(x: ReadRecord, y: ReadRecord): DiffStep {
  return { kind: "difference", topic: "numbering", left: x.record, right: y.record };
}
