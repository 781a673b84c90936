/**
 * Checks one block of a log on its own: the spelling of its lines, their numbers, and its hash. What remains to be checked is how the
 * events fit those before the block; for that, `LogRules` needs the events other than statements, and the number of statements
 * between them. So blocks can be read in any order and side by side.
 *
 * @module
 */
import { failure, type Result } from "../../dvm/base/result.ts";
import type { Event } from "../../dvm/event/event.ts";
import { leafHash } from "../tree/hash.ts";
import { type LogRules, MISSING_CHECKPOINT } from "./event_order.ts";
import { linesIn } from "./lines.ts";
import type { LogDamage } from "./log_damage.ts";
import { readEventLine } from "./log_line.ts";
import { CHECKPOINT_EVENTS } from "./log_tally.ts";

/** Where a block begins: at the beginning of the log, or after the line of a checkpoint. */
export interface BlockPlace {
  /** The `seq` of its first event. */
  readonly seq: number;
  /** Byte offset of its first line. */
  readonly offset: number;
}

/** Events of a block in order, without its statements, which are only counted. */
export type BlockStep =
  | { readonly kind: "statements"; readonly count: number; readonly offset: number }
  | { readonly kind: "event"; readonly event: Event; readonly offset: number };

/** What a block says on its own. */
export interface CheckedBlock {
  /** Its hash as a leaf of the tree. */
  readonly hash: string;
  /** Its events, up to the first bad line. */
  readonly steps: readonly BlockStep[];
  /** The first line that is no event, or has a wrong number. */
  readonly damage: LogDamage | undefined;
}

/** Checks the bytes of a block, which end with a line. */
export function checkBlock(bytes: Uint8Array, place: BlockPlace): CheckedBlock {
  const steps: BlockStep[] = [];
  const hash = leafHash(bytes);
  let statements = 0, statementsAt = 0;
  const endStatements = () => {
    if (statements > 0) steps.push({ kind: "statements", count: statements, offset: statementsAt });
    statements = 0;
  };
  let lines = 0;
  for (const { text, offset } of linesIn(bytes, place.offset)) {
    const read = lineOf(text, { seq: place.seq + lines, isExtra: lines === CHECKPOINT_EVENTS });
    if (!read.ok) {
      endStatements();
      const line = place.seq + lines + 1;
      return { hash, steps, damage: { code: "damaged-log", line, offset, reason: read.failure } };
    }
    lines++;
    const event = read.value;
    if (event.kind === "stmt") {
      if (statements++ === 0) statementsAt = offset;
    } else {
      endStatements();
      steps.push({ kind: "event", event, offset });
    }
  }
  endStatements();
  return { hash, steps, damage: undefined };
}

/** The event of a line; the failure says what is wrong with it in this place. */
function lineOf(
  text: string | undefined,
  { seq, isExtra }: { readonly seq: number; readonly isExtra: boolean },
): Result<Event, string> {
  const read = readEventLine(text);
  if (!read.ok) return read;
  if (read.value.seq !== seq) return failure(`seq is ${read.value.seq}, expected ${seq}`);
  return isExtra ? failure(MISSING_CHECKPOINT) : read;
}

/** Applies the rules to a block that has been checked on its own; returns its first damage. */
export function acceptBlock(
  rules: LogRules,
  { steps, damage }: CheckedBlock,
): LogDamage | undefined {
  for (const step of steps) {
    const line = rules.seq + 1;
    const reason = step.kind === "event"
      ? rules.accept(step.event)
      : rules.acceptStatements(step.count);
    if (reason !== undefined) {
      return { code: "damaged-log", line, offset: step.offset, reason };
    }
  }
  return damage;
}
