/**
 * What is asked of a comparison of two logs, and its report.
 *
 * @module
 */
import type { WireEvent } from "../../../dvm/event/wire_event.ts";
import type { LogDamage } from "../../log/log_damage.ts";
import type { DiffCause } from "./cause.ts";
import type { DiffLevel, DiffTopic } from "./comparison.ts";
import type { DiffCount } from "./tally.ts";

/** How to compare. */
export interface DiffOptions {
  /** Default `observational`. */
  readonly level?: DiffLevel;
  /** Kinds, fields and processes to ignore: `kind:effect`, `field:ticks`, `proc:main`, or the bare word. */
  readonly ignore?: readonly string[];
  /** Events to report before the first difference. Default 3. */
  readonly context?: number;
  /** Differences to report, the first included; all are counted. Default 20. */
  readonly limit?: number;
  /** Compares every byte instead of trusting equal checkpoints. */
  readonly full?: boolean;
  /** Set if both logs were verified: then the blocks that are compared event by event are not checked again. */
  readonly verified?: boolean;
}

/** A record in a report. */
export interface DiffRecord {
  /** Its `seq`. */
  readonly seq: number;
  /** Byte offset of its line. */
  readonly offset: number;
  /** `undefined` if the line is not an event. */
  readonly event: WireEvent | undefined;
  /** The line. */
  readonly text: string;
}

/** One difference between two logs. */
export interface Difference {
  /** What it concerns. */
  readonly topic: DiffTopic;
  /** The record in the left log; `undefined` if only the right one has it. */
  readonly left: DiffRecord | undefined;
  /** The record in the right log; `undefined` if only the left one has it. */
  readonly right: DiffRecord | undefined;
  /** The first member that differs, `bound.value.Int`; empty unless both sides have an event. */
  readonly field: string;
}

/** One of the two sides. */
export type DiffSide = "left" | "right";

/** Damage that the comparison came upon. The rest of the report may be wrong then. */
export interface DiffDamage extends Omit<LogDamage, "code"> {
  /** The damaged log. */
  readonly side: DiffSide;
}

/** The comparison of two logs. */
export interface DiffReport {
  /** The level of the comparison. */
  readonly level: DiffLevel;
  /** Whether the logs are equal at this level. Except at the level `bytes`, an incomplete run is equal to none. */
  readonly same: boolean;
  /** The sides whose run has no outcome. What such a run does next is not known. */
  readonly incomplete: readonly DiffSide[];
  /** Length in bytes of their common prefix; more may be equal after it. */
  readonly sharedBytes: number;
  /** The first damage in what was read event by event, unless the logs were verified before. `verifyLog` checks all of a log. */
  readonly damage: DiffDamage | undefined;
  /** At the observational level: the first `seq` at which the executions differ in any event. */
  readonly traceDiffersFrom: number | undefined;
  /** The events before the first difference, oldest first. */
  readonly before: readonly WireEvent[];
  /** The first differences, as many as requested. */
  readonly differences: readonly Difference[];
  /** The number of all differences, by topic. */
  readonly counts: { readonly [T in DiffTopic]?: DiffCount };
  /**
   * In how many places the logs differ so much that the alignment with the fewest differences was not searched to its end: more
   * differences than necessary may be counted there.
   */
  readonly givenUp: number;
  /** The first thing that the executions were given differently; `undefined` if there is none, or a side is a summary trace. */
  readonly cause: DiffCause | undefined;
  /** The outcome of the left log, unless both files are equal. */
  readonly left: WireEvent | undefined;
  /** The outcome of the right log, unless both files are equal. */
  readonly right: WireEvent | undefined;
}
