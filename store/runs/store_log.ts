/**
 * Appends to a store's log. Whoever appends holds its lock for that long, reads the last line under it, and adds one; so numbers are given
 * out once, in constant time, among any number of processes.
 *
 * @module
 */
import { decodeText } from "../file/decode_text.ts";
import { assert, failure, type Result, success } from "../../dvm/base/result.ts";
import { type Appendable, readRange, writeAll } from "../file/byte_file.ts";
import { HOST_FACTS, type HostFacts } from "../file/host_facts.ts";
import { type FileIdentity, SharedFile } from "../file/shared_file.ts";
import type { ClosedLog } from "../log/closed_log.ts";
import { type StoreDamage, storeLogPath } from "./store_history.ts";
import {
  encodeStoreLine,
  parseStoreLine,
  type StoreFact,
  type StoreLine,
  type StoreNamed,
} from "./store_line.ts";

/** What an append finds at the end of the log. */
export interface StoreEnd {
  /** The highest number that was given out. */
  readonly last: number;
}

/** What a store's log is kept in: a file with an identity, and a lock. */
export interface StoreFile extends Appendable {
  /** What distinguishes it from every copy of it. */
  readonly identity: FileIdentity;
  /** Calls `use` while no other process is in a call of this. */
  exclusively<T>(use: () => T): T;
}

/** The log of a store, open for appending. */
export class StoreLog {
  readonly #file: StoreFile;
  readonly #highestInFolder: () => number;
  readonly #facts: HostFacts;

  /** `highestInFolder` is asked where the log has no line yet: runs may be older than it. */
  constructor(file: StoreFile, highestInFolder: () => number, facts: HostFacts = HOST_FACTS) {
    this.#file = file;
    this.#highestInFolder = highestInFolder;
    this.#facts = facts;
  }

  /** Opens the log of a store whose folder exists; creates it where there is none. */
  static open(store: string, highestInFolder: () => number): StoreLog {
    return new StoreLog(SharedFile.open(storeLogPath(store)), highestInFolder);
  }

  /**
   * Appends what `decide` returns for the end of the log, if anything, and returns it. Other processes wait meanwhile. Fails if the last
   * line is damaged, since nobody knows then which number is free; errors of the host are thrown.
   */
  append<Fact extends StoreFact | undefined>(
    decide: (end: StoreEnd) => Fact,
  ): Result<Fact, StoreDamage> {
    return this.#file.exclusively(() => {
      const found = this.#lastLine();
      if (!found.ok) return found;
      const before = this.#named(found.value);
      if (!before.ok) return before;
      const { last, store } = before.value;
      const fact = decide({ last });
      if (fact !== undefined) {
        this.#write(lineOf(fact, { time: this.#facts.clock(), last, store }));
      }
      return success(fact);
    });
  }

  /** Records that a run's log was closed. */
  close(run: number, closed: ClosedLog): Result<unknown, StoreDamage> {
    return this.append(() => ({ kind: "closed", run, ...closed }));
  }

  /** Makes every line so far durable. */
  sync(): void {
    this.#file.sync();
  }

  /** Closes the file. */
  release(): void {
    this.#file.close();
  }

  /** The last whole line; an unfinished one after it is cut off, as its writer ended within it. */
  #lastLine(): Result<StoreLine | undefined, StoreDamage> {
    const size = this.#file.size();
    const end = this.#lastLineEnd(size);
    if (end < size) this.#file.truncate(end);
    if (end === 0) return success(undefined);
    const at = Math.max(0, end - END_BYTES);
    const bytes = readRange(this.#file, { at, end: end - 1 });
    const start = bytes.lastIndexOf(LF) + 1;
    const line = parseStoreLine(decodeText(bytes.subarray(start)));
    return line === undefined ? damaged(at + start) : success(line);
  }

  /** The offset after the last LF; 0 if there is none. */
  #lastLineEnd(size: number): number {
    for (let end = size; end > 0; end = Math.max(0, end - END_BYTES)) {
      const at = Math.max(0, end - END_BYTES);
      const found = readRange(this.#file, { at, end }).lastIndexOf(LF);
      if (found >= 0) return at + found + 1;
    }
    return 0;
  }

  /** Names the store where it has no name, or the name of another: a copy, an archive or a backup is another store. */
  #named(before: StoreLine | undefined): Result<StoreLine, StoreDamage> {
    if (before !== undefined) {
      const named = this.#lineAt(before.store);
      if (named?.kind !== "store") return damaged(before.store);
      if (isNamedFile(named, this.#file.identity)) return success(before);
    }
    const line: StoreNamed = {
      kind: "store",
      id: this.#facts.newOccurrence(),
      ...this.#file.identity,
      time: this.#facts.clock(),
      last: before?.last ?? this.#highestInFolder(),
      store: this.#file.size(),
    };
    this.#write(line);
    return success(line);
  }

  #lineAt(offset: number): StoreLine | undefined {
    const bytes = readRange(this.#file, { at: offset, end: offset + END_BYTES });
    const end = bytes.indexOf(LF);
    return end < 0 ? undefined : parseStoreLine(decodeText(bytes.subarray(0, end)));
  }

  /** Writes one line whole, or nothing of it. */
  #write(line: StoreLine): void {
    const text = encodeStoreLine(line);
    assert(parseStoreLine(text) !== undefined, "a line of a store can be read again");
    const size = this.#file.size();
    try {
      writeAll(this.#file, new TextEncoder().encode(`${text}\n`));
    } catch (cause) {
      this.#file.truncate(size);
      throw cause;
    }
  }
}

function lineOf(
  fact: StoreFact,
  { time, last, store }: Pick<StoreLine, "time" | "last" | "store">,
): StoreLine {
  return { ...fact, time, last: fact.kind === "begun" ? fact.run : last, store };
}

/** Whether a store line names this file. What the file system does not tell is compared, too: it must be absent in both. */
export function isNamedFile(named: FileIdentity, file: FileIdentity): boolean {
  return named.inode === file.inode && named.birth === file.birth;
}

/** No line is longer than a fraction of this. */
const END_BYTES = 4096;
const LF = 0x0a;

function damaged(offset: number): Result<never, StoreDamage> {
  const reason = "it is not a line of a store's log";
  return failure({ code: "damaged-store", line: 0, offset, reason });
}
