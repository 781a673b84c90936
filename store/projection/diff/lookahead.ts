/**
 * Records that are read ahead of the comparison, with what is compared of them.
 *
 * @module
 */
import type { RawRecord } from "../../log/raw_record.ts";
import type { DiffComparison } from "./comparison.ts";
import { stepOf } from "./numbering.ts";

/** Yields records one at a time; `undefined` at the end. */
export interface RecordSource {
  next(): RawRecord | undefined;
}

/** A record, and what is compared of it: computed when it is first needed. */
export class ReadRecord {
  readonly record: RawRecord;
  readonly #comparison: DiffComparison;
  #content: string | undefined;
  #step: string | undefined;

  constructor(record: RawRecord, comparison: DiffComparison) {
    this.record = record;
    this.#comparison = comparison;
  }

  /** Whether the other record is equal or differs in its numbering only. */
  matches(other: ReadRecord): boolean {
    if (this.#comparison.equal(this.record, other.record)) return true;
    return this.content() === other.content();
  }

  /** Whether the other record is equal. */
  equals(other: ReadRecord): boolean {
    return this.#comparison.equal(this.record, other.record);
  }

  /** Whether the other record is the same step of the program, with whatever values. */
  isSameStep(other: ReadRecord): boolean {
    return this.#stepOf() === other.#stepOf();
  }

  /** What is compared of it, without its numbering. */
  content(): string {
    return this.#content ??= this.#comparison.contentOf(this.record);
  }

  #stepOf(): string {
    const { kind, body } = this.record;
    return this.#step ??= stepOf(kind, body, this.#comparison.numbered);
  }
}

/** The compared records of a source, from the first that is not consumed. */
export class Lookahead {
  readonly #source: RecordSource;
  readonly #comparison: DiffComparison;
  #records: ReadRecord[] = [];
  #first = 0;
  #limit = Infinity;

  constructor(source: RecordSource, comparison: DiffComparison) {
    this.#source = source;
    this.#comparison = comparison;
  }

  /** Whether nothing is read ahead. */
  get isEmpty(): boolean {
    return this.#first === this.#records.length;
  }

  /** Takes the sequence to end after `count` records; `Infinity` sets no limit. */
  limit(count: number): void {
    this.#limit = count;
  }

  /** Whether a limit is set. */
  get isLimited(): boolean {
    return this.#limit !== Infinity;
  }

  /** Whether a limit is set and reached. */
  get isAtLimit(): boolean {
    return this.#limit === 0;
  }

  /** The record at an index from the first; `undefined` after the last. */
  peek(index: number): ReadRecord | undefined {
    if (index >= this.#limit) return undefined;
    while (this.#records.length - this.#first <= index) {
      const record = this.#source.next();
      if (record === undefined) return undefined;
      if (this.#comparison.includes(record)) {
        this.#records.push(new ReadRecord(record, this.#comparison));
      }
    }
    return this.#records[this.#first + index];
  }

  /** Consumes the first `count` records. */
  drop(count: number): void {
    this.#first += count;
    this.#limit -= count;
    if (this.#first < DROPPED_MAX && !this.isEmpty) return;
    this.#records = this.#records.slice(this.#first);
    this.#first = 0;
  }
}

/** Records that were consumed are kept up to this number, so that not every one moves the others. */
const DROPPED_MAX = 256;
