/**
 * Reads a store's log as a whole: every line checked, the runs that it records, and the tree over its lines (RFC 6962; a leaf is a line
 * without its LF).
 *
 * @module
 */
import { failure, type Result, success } from "../../dvm/base/result.ts";
import type { Readable } from "../file/byte_file.ts";
import { ReadableFile } from "../file/host_file.ts";
import { pathInside } from "../file/path.ts";
import { isRegularFile } from "../file/regular_file.ts";
import { readLines } from "../log/lines.ts";
import { leafHash } from "../tree/hash.ts";
import { treeRoot } from "../tree/tree_head.ts";
import { parseLogName, parseStoreLine } from "./store_line.ts";
import { type RecordedRun, type StoreName, StoreRules } from "./store_rules.ts";

/** What a store's log says. */
export interface StoreHistory {
  /** The names of the store, the one in force last. */
  readonly names: readonly StoreName[];
  /** The runs by number, ascending. */
  readonly runs: ReadonlyMap<number, RecordedRun>;
  /** Runs up to this number are older than the log: it records nothing of them, but perhaps their removal. */
  readonly older: number;
  /** The highest number that was given out. */
  readonly last: number;
  /** Number of whole lines. */
  readonly lines: number;
  /** Number of bytes of an unfinished line at the end. */
  readonly torn: number;
}

/** A line of the log violates a rule. */
export interface StoreDamage {
  /** Always `damaged-store`. */
  readonly code: "damaged-store";
  /** From 1; 0 where only the end of the log was read, so that the number of the line is not known. */
  readonly line: number;
  /** Byte offset of the line. */
  readonly offset: number;
  /** The rule that the line breaks. */
  readonly reason: string;
}

/** The path of a store's log. */
export function storeLogPath(store: string): string {
  return pathInside(store, "log");
}

/** What the log of a store says; `undefined` if there is no log, or nothing in it. */
export function historyOf(store: string): Result<StoreHistory | undefined, StoreDamage> {
  return withStoreLog(store, (log) => readHistory(log));
}

/** Reads and checks a whole log; `undefined` if it has no whole line. `observe` receives each line, without LF, as text and as bytes. */
export function readHistory(
  source: Readable,
  observe: (text: string, bytes: Uint8Array) => void = () => {},
): Result<StoreHistory | undefined, StoreDamage> {
  const rules = new StoreRules();
  const lines = readLines(source);
  for (;;) {
    const next = lines.next();
    if (next.done === true) {
      const { names, runs, older, last } = rules;
      if (rules.lines === 0) return success(undefined);
      return success({ names, runs, older, last, lines: rules.lines, torn: next.value.length });
    }
    const { text = "", offset, bytes } = next.value;
    const line = parseStoreLine(text);
    const reason = line === undefined
      ? "it is not a line of a store's log"
      : rules.accept(line, offset);
    if (reason !== undefined) {
      return failure({ code: "damaged-store", line: rules.lines + 1, offset, reason });
    }
    observe(text, bytes.subarray(0, -1));
  }
}

/** Whether a name is that of a run's log, by what the store's log says; it says nothing of runs that are older. */
export function isKnownLog(name: string, { runs, older }: StoreHistory): boolean {
  const number = parseLogName(name)?.number;
  if (number === undefined) return false;
  const run = runs.get(number);
  if (run === undefined) return number <= older;
  return run.file === name || run.file === undefined;
}

/** A store's log with the tree over its lines. */
export interface StoreTree {
  /** What the lines say. */
  readonly history: StoreHistory;
  /** The lines without LF, from the first. */
  readonly lines: readonly string[];
  /** The hashes of the lines, from the first. */
  readonly leaves: readonly string[];
  /** The root over them. */
  readonly root: string;
}

/** Reads a log with its tree; `undefined` if it has no whole line. */
export function readStoreTree(source: Readable): Result<StoreTree | undefined, StoreDamage> {
  const lines: string[] = [], leaves: string[] = [];
  const read = readHistory(source, (text, bytes) => {
    lines.push(text);
    leaves.push(leafHash(bytes));
  });
  if (!read.ok || read.value === undefined) return read.ok ? success(undefined) : read;
  return success({ history: read.value, lines, leaves, root: treeRoot(leaves) });
}

/** The log of a store with its tree; `undefined` if there is no log, or nothing in it. */
export function readStore(store: string): Result<StoreTree | undefined, StoreDamage> {
  return withStoreLog(store, readStoreTree);
}

function withStoreLog<T>(
  store: string,
  read: (log: Readable) => Result<T | undefined, StoreDamage>,
): Result<T | undefined, StoreDamage> {
  const path = storeLogPath(store);
  if (!isRegularFile(path)) return success(undefined);
  const log = new ReadableFile(path);
  try {
    return read(log);
  } finally {
    log.close();
  }
}
