/**
 * Two logs that are compared: their records one by one, and, while both are in step, skipping what is equal without decoding it.
 *
 * @module
 */
import type { Readable } from "../../file/byte_file.ts";
import type { LogDamage } from "../../log/log_damage.ts";
import { readEventLine } from "../../log/log_line.ts";
import { type RawRecord, recordOf } from "../../log/raw_record.ts";
import type { EqualSkipper } from "./align.ts";
import { BlockGuard } from "./block_guard.ts";
import type { DiffComparison } from "./comparison.ts";
import { LineCursor, skipEqualBytes } from "./line_cursor.ts";
import type { RecordSource } from "./lookahead.ts";
import { matchLines } from "./same_line.ts";

/** What is read of one log. */
export interface LogPart {
  readonly source: Readable;
  /** Byte offset of the first line to read. */
  readonly from: number;
  /** Whether its effects are no effects, since its run failed. */
  readonly hidesEffects: boolean;
}

/** How the records are read. */
export interface PairOptions {
  readonly comparison: DiffComparison;
  /** Whether the blocks of lines that are read one by one are checked. */
  readonly checksBlocks: boolean;
}

/** Both logs. */
export class LogPair implements EqualSkipper {
  readonly left: LogSide;
  readonly right: LogSide;
  readonly comparison: DiffComparison;

  constructor(left: LogPart, right: LogPart, options: PairOptions) {
    this.left = new LogSide(left, options);
    this.right = new LogSide(right, options);
    this.comparison = options.comparison;
  }

  skipEqual({ numbering }: { readonly numbering: boolean }): number {
    const [a, b] = [this.left, this.right];
    const { seesAll, seesNumbering, numbered } = this.comparison;
    let count = 0;
    for (;;) {
      skipEqualBytes(a.cursor, b.cursor);
      if (!seesAll) return count;
      if (!a.cursor.hasLine() || !b.cursor.hasLine()) return count;
      if (a.isAtCheckpointOf(b)) {
        a.cursor.next();
        b.cursor.next();
        continue;
      }
      const [skipsLeft, skipsRight] = [a.skipsLine(), b.skipsLine()];
      if (skipsLeft) a.cursor.next();
      if (skipsRight) b.cursor.next();
      if (skipsLeft || skipsRight) continue;
      const match = matchLines(a.cursor, b.cursor, numbered);
      if (match === "different") return count;
      if (match === "renumbered" && seesNumbering) {
        if (!numbering) return count;
        count++;
      }
      a.cursor.next();
      b.cursor.next();
    }
  }
}

/** One of the logs. */
export class LogSide implements RecordSource {
  readonly cursor: LineCursor;
  readonly #guard: BlockGuard | undefined;
  readonly #hidesEffects: boolean;
  readonly #comparison: DiffComparison;
  #line = 0;

  constructor(
    { source, from, hidesEffects }: LogPart,
    { comparison, checksBlocks }: PairOptions,
  ) {
    this.cursor = new LineCursor(source, from);
    this.#guard = checksBlocks ? new BlockGuard(source) : undefined;
    this.#hidesEffects = hidesEffects;
    this.#comparison = comparison;
  }

  /** The first damage in the blocks that were checked. */
  get damage(): LogDamage | undefined {
    return this.#guard?.damage;
  }

  next(): RawRecord | undefined {
    for (; this.cursor.hasLine(); this.cursor.next()) {
      if (this.skipsLine()) continue;
      const { offset } = this.cursor;
      const text = this.cursor.text();
      this.cursor.next();
      return recordOf({ text, offset }, ++this.#line);
    }
    return undefined;
  }

  /** Whether the lines of both sides are checkpoints after the same block, which need not be read. */
  isAtCheckpointOf(other: LogSide): boolean {
    const block = this.#blockBefore();
    return block !== undefined && block === other.#blockBefore();
  }

  /** The hash of the block before the line; `undefined` unless the line is a checkpoint and is where it says. */
  #blockBefore(): string | undefined {
    const { cursor } = this;
    if (cursor.kind() !== "checkpoint") return undefined;
    const read = readEventLine(cursor.text());
    if (!read.ok || read.value.kind !== "checkpoint") return undefined;
    return read.value.bytes === cursor.offset ? read.value.block : undefined;
  }

  /** Whether the line is not compared. Its block is checked; if it is a checkpoint, that is the block before it. */
  skipsLine(): boolean {
    const kind = this.cursor.kind();
    this.#guard?.check(this.cursor.offset);
    if (kind === "effect" && this.#hidesEffects) return true;
    return !this.#comparison.includesKind(kind);
  }
}
