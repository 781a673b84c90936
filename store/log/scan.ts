/**
 * Reads a whole log once and checks everything that can be checked without executing: the spelling of each line, the order of events,
 * and each checkpoint against the lines before it. Everything that reads a log from its beginning uses this check, so all agree on
 * what a valid log is.
 *
 * @module
 */
import { failure, type Result, success } from "../../dvm/base/result.ts";
import type { Checkpoint, Event, OutcomeEvent, RunStarted } from "../../dvm/event/event.ts";
import type { Readable } from "../file/byte_file.ts";
import { acceptBlock, type BlockStep, checkBlock, type CheckedBlock } from "./block_check.ts";
import { BlockTree } from "./block_tree.ts";
import { type LogBlock, readBlocks } from "./blocks.ts";
import { LogRules } from "./event_order.ts";
import { linesIn, type LogLine, type LogTail } from "./lines.ts";
import type { LogDamage } from "./log_damage.ts";
import { readEventLine } from "./log_line.ts";
import type { Realization } from "./realization_progress.ts";
import type { LogEnd } from "./writer.ts";

/** A log without damage, up to the end of its last whole line. */
export interface ScannedLog {
  /** The end of the last whole line, from which a writer can continue. */
  readonly end: LogEnd;
  /** The bytes after that line; their length is 0 unless the log is torn. */
  readonly tail: LogTail;
  /** The header; `undefined` in an empty log. */
  readonly header: RunStarted | undefined;
  /** The outcome, if the log has one. */
  readonly outcome: OutcomeEvent | undefined;
  /** How far realization has progressed. */
  readonly realization: Realization;
  /** Digests of the torn tails that were cut from the log, as its `recovered` events record them. */
  readonly recoveries: readonly string[];
  /** The random id of a run whose realization has begun, 32 hexadecimal digits. */
  readonly occurrence: string | undefined;
}

/** Receives the events of a valid block, and the checkpoint after it; `undefined` for the lines after the last one. */
export type BlockObserver = (
  steps: readonly BlockStep[],
  checkpoint: Checkpoint | undefined,
) => void;

/** Scans a log, block by block. `observe` receives the blocks before the first damage. */
export function scanLog(
  source: Readable,
  observe: BlockObserver = () => {},
): Result<ScannedLog, LogDamage> {
  const checker = new LogChecker();
  const blocks = readBlocks(source);
  for (;;) {
    const next = blocks.next();
    if (next.done === true) return success(checker.result(next.value));
    const { bytes, offset } = next.value;
    const checked = checkBlock(bytes, { seq: checker.lines, offset });
    const added = checker.addBlock(next.value, checked);
    if (!added.ok) return added;
    observe(checked.steps, added.value);
  }
}

/** The first bad line of a log; `undefined` for a log without damage. */
export function damageIn(source: Readable): LogDamage | undefined {
  const scanned = scanLog(source);
  return scanned.ok ? undefined : scanned.failure;
}

/** Checks the lines of a log one after the other, or block by block, from the first. */
export class LogChecker {
  readonly #rules = new LogRules();
  readonly #tree = new BlockTree();
  #bytes = 0;

  /** Number of valid lines so far. */
  get lines(): number {
    return this.#rules.seq;
  }

  /** The event of the next line, or what is wrong with the line. After a failure there is no next line. */
  add(line: LogLine): Result<Event, LogDamage> {
    const read = readEventLine(line.text);
    if (!read.ok) return this.#damaged(line.offset, read.failure);
    const event = read.value;
    if (event.kind === "checkpoint") return this.#addCheckpoint(event, line);
    const refusal = this.#rules.accept(event);
    if (refusal !== undefined) return this.#damaged(line.offset, refusal);
    this.#tree.update(line.bytes);
    this.#bytes += line.bytes.length;
    return read;
  }

  /**
   * Adds the next block with its checkpoint, which is returned; the failure is what is wrong with its first bad line. `checked` is
   * what the block says on its own, where the caller knows.
   */
  addBlock(
    { bytes, offset, checkpoint }: LogBlock,
    checked: CheckedBlock = checkBlock(bytes, { seq: this.lines, offset }),
  ): Result<Checkpoint | undefined, LogDamage> {
    const damage = acceptBlock(this.#rules, checked);
    if (damage !== undefined) return failure(damage);
    this.#bytes += bytes.length;
    if (checkpoint === undefined) {
      this.#tree.update(bytes);
      return success(undefined);
    }
    for (const line of linesIn(checkpoint, offset + bytes.length)) {
      const read = readEventLine(line.text);
      if (!read.ok) return this.#damaged(line.offset, read.failure);
      if (read.value.kind !== "checkpoint") return this.#damaged(line.offset, NO_CHECKPOINT);
      return this.#addCheckpoint(read.value, line, checked.hash);
    }
    return success(undefined);
  }

  /** The scan of a log that ended without damage. */
  result(tail: LogTail): ScannedLog {
    const { seq, tally, header, outcome, realization, occurrence, recoveries } = this.#rules;
    return {
      end: { seq, bytes: this.#bytes, tally, tree: this.#tree },
      tail,
      header,
      outcome,
      realization,
      occurrence,
      recoveries,
    };
  }

  #damaged(offset: number, reason: string): Result<never, LogDamage> {
    return failure({ code: "damaged-log", line: this.lines + 1, offset, reason });
  }

  /** Adds the checkpoint after a block, whose hash may be known already. */
  #addCheckpoint(
    event: Checkpoint,
    line: LogLine,
    hash?: string,
  ): Result<Checkpoint, LogDamage> {
    const { tally, seq } = this.#rules;
    const since = tally.sinceCheckpoint;
    const place = { code: "damaged-log", line: seq + 1, offset: line.offset } as const;
    const refusal = this.#rules.accept(event);
    if (refusal !== undefined) return failure({ ...place, reason: refusal });
    const expected = hash === undefined
      ? this.#tree.close(seq, line.offset, tally)
      : this.#tree.closeWith(hash, seq, line.offset, tally);
    const difference = checkpointDifference(event, expected, since);
    if (difference !== undefined) return failure({ ...place, reason: difference });
    this.#bytes += line.bytes.length;
    return success(event);
  }
}

const NO_CHECKPOINT = "expected a checkpoint here";

/** What a checkpoint says otherwise than the lines before it give; `since` is the number of lines in its block. */
function checkpointDifference(
  event: Checkpoint,
  expected: Checkpoint,
  since: number,
): string | undefined {
  const { seq } = event;
  if (event.bytes !== expected.bytes) {
    return `${expected.bytes} bytes precede this line, not ${event.bytes}`;
  }
  if (event.block !== expected.block) {
    const first = seq - since + 1;
    return `the block before this line does not match its hash; the change is in lines ${first} to ${seq}`;
  }
  if (event.root !== expected.root) return "the root does not match the blocks before this line";
  for (const member of ["tick", "effects", "constraints", "depth"] as const) {
    if (event[member] !== expected[member]) {
      return `${member} is ${event[member]}, and ${expected[member]} before this line`;
    }
  }
  const skip = expected.skip.join(",");
  return skip === event.skip.join(",") ? undefined : `skip must be [${skip}]`;
}
