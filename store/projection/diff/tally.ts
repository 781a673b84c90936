/**
 * Counts the differences of an alignment, and keeps the first of them.
 *
 * @module
 */
import { unreachable } from "../../../dvm/base/result.ts";
import type { AlignmentStep, DiffStep } from "./align.ts";
import type { DiffTopic } from "./comparison.ts";

/** Number of differences of one topic. */
export interface DiffCount {
  /** Records that both logs have, with different content. */
  readonly changed: number;
  /** Records that only the left log has. */
  readonly onlyLeft: number;
  /** Records that only the right log has. */
  readonly onlyRight: number;
}

/** All differences counted by topic, and the first of them. */
export interface DiffTally {
  readonly counts: ReadonlyMap<DiffTopic, DiffCount>;
  readonly reported: readonly DiffStep[];
  /** In how many places the alignment was given up. */
  readonly givenUp: number;
}

const LIMIT_DEFAULT = 20;
const NO_COUNT: DiffCount = { changed: 0, onlyLeft: 0, onlyRight: 0 };

/** Counts all differences and keeps the first `limit`, by default 20. */
export function tallyOf(
  steps: Iterable<AlignmentStep>,
  { limit = LIMIT_DEFAULT }: { readonly limit?: number },
): DiffTally {
  const counts = new Map<DiffTopic, DiffCount>();
  const add = (topic: DiffTopic, more: DiffCount) => {
    const { changed, onlyLeft, onlyRight } = counts.get(topic) ?? NO_COUNT;
    counts.set(topic, {
      changed: changed + more.changed,
      onlyLeft: onlyLeft + more.onlyLeft,
      onlyRight: onlyRight + more.onlyRight,
    });
  };
  const reported: DiffStep[] = [];
  let givenUp = 0;
  for (const step of steps) {
    switch (step.kind) {
      case "givenUp":
        givenUp++;
        break;
      case "renumbered":
        add("numbering", { ...NO_COUNT, changed: step.count });
        break;
      case "difference": {
        const { topic, left, right } = step;
        const [onlyLeft, onlyRight] = [right === undefined ? 1 : 0, left === undefined ? 1 : 0];
        add(topic, { changed: 1 - onlyLeft - onlyRight, onlyLeft, onlyRight });
        // After the first difference numbering is shifted almost everywhere and reports nothing new.
        const isNew = topic !== "numbering" || reported.length === 0;
        if (isNew && reported.length < limit) reported.push(step);
        break;
      }
      default:
        return unreachable(step);
    }
  }
  return { counts, reported, givenUp };
}
