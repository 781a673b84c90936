/**
 * Checks one block of a log on its own: the spelling of its lines, their numbers, and its hash. What remains to be checked is how the
 * events fit those before the block; for that, `LogRules` needs the events other than statements of the first thread, and the number of
 * these between them. So blocks can be read in any order and side by side.
 *
 * @module
 */
import { failure, type Result } from "../../dvm/base/result.ts";
import type { Event } from "../../dvm/event/event.ts";
import { PlainEffects } from "../codec/effect_bytes.ts";
import { plainStmtEnd } from "../codec/stmt_bytes.ts";
import { leafHash } from "../tree/hash.ts";
import { type LogRules, MISSING_CHECKPOINT } from "./event_order.ts";
import { textsIn } from "./lines.ts";
import type { LogDamage } from "./log_damage.ts";
import { readNumberedLine } from "./log_line.ts";
import { CHECKPOINT_EVENTS } from "./log_tally.ts";

/** Where a block begins: at the beginning of the log, or after the line of a checkpoint. */
export interface BlockPlace {
  /** The `seq` of its first event. */
  readonly seq: number;
  /** Byte offset of its first line. */
  readonly offset: number;
}

/** Events of a block in order, without the statements of the first thread, which are only counted. */
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
  const hash = leafHash(bytes);
  const steps = new StepList();
  const text = textsIn(bytes);
  const effects = new PlainEffects(bytes, text);
  let lines = 0;
  for (let at = 0; at < bytes.length; lines++) {
    const seq = place.seq + lines;
    const offset = place.offset + at;
    const isExtra = lines === CHECKPOINT_EVENTS;
    const plainEnd = isExtra ? -1 : plainStmtEnd(bytes, at, seq);
    if (plainEnd >= 0) {
      steps.addStatement(offset);
      at = plainEnd;
      continue;
    }
    const effect = isExtra ? undefined : effects.read(at, seq);
    if (effect !== undefined) {
      steps.add(effect.event, offset);
      at = effect.end;
      continue;
    }
    const end = bytes.indexOf(LF, at);
    const read = lineOf(text(at, end), { seq, isExtra });
    if (!read.ok) {
      const damage = { code: "damaged-log", line: seq + 1, offset, reason: read.failure } as const;
      return { hash, steps: steps.list(), damage };
    }
    steps.add(read.value, offset);
    at = end + 1;
  }
  return { hash, steps: steps.list(), damage: undefined };
}

const LF = 0x0a;

/** Collects the events of a block, and counts the statements of the first thread, which no rule looks at. */
export class StepList {
  readonly #steps: BlockStep[] = [];
  #statements = 0;
  #statementsAt = 0;

  /** Adds an event whose line begins at a byte offset. */
  add(event: Event, offset: number): void {
    if (event.kind === "stmt" && event.thread === undefined) return this.addStatement(offset);
    this.#endStatements();
    this.#steps.push({ kind: "event", event, offset });
  }

  /** Adds a statement. */
  addStatement(offset: number): void {
    if (this.#statements++ === 0) this.#statementsAt = offset;
  }

  /** All that was added. */
  list(): readonly BlockStep[] {
    this.#endStatements();
    return this.#steps;
  }

  #endStatements(): void {
    if (this.#statements === 0) return;
    this.#steps.push({ kind: "statements", count: this.#statements, offset: this.#statementsAt });
    this.#statements = 0;
  }
}

/** The event of a line; the failure says what is wrong with it in this place. */
function lineOf(
  text: string | undefined,
  { seq, isExtra }: { readonly seq: number; readonly isExtra: boolean },
): Result<Event, string> {
  const read = readNumberedLine(text, seq);
  return read.ok && isExtra ? failure(MISSING_CHECKPOINT) : read;
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
