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
import { parseStoreLine } from "./store_line.ts";
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
  /** From 1. */
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

/** Opens a store's log for reading; `undefined` if there is none. Throws if a link or something else stands in its place. */
export function openStoreLog(store: string): Readable | undefined {
  const path = storeLogPath(store);
  return isRegularFile(path) ? new ReadableFile(path) : undefined;
}

/** What the log of a store says; `undefined` if there is no log, or nothing in it. */
export function historyOf(store: string): Result<StoreHistory | undefined, StoreDamage> {
  const log = openStoreLog(store);
  if (log === undefined) return success(undefined);
  try {
    return readHistory(log);
  } finally {
    log.close();
  }
}

/** Reads and checks a whole log; `undefined` if it has no whole line. `observe` receives the bytes of each line without LF. */
export function readHistory(
  source: Readable,
  observe: (line: Uint8Array) => void = () => {},
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
    const { text, offset, bytes } = next.value;
    const line = text === undefined ? undefined : parseStoreLine(text);
    const reason = line === undefined
      ? "it is not a line of a store's log"
      : rules.accept(line, offset);
    if (reason !== undefined) {
      return failure({ code: "damaged-store", line: rules.lines + 1, offset, reason });
    }
    observe(bytes.subarray(0, -1));
  }
}

/** The leaf hashes of a log's lines, with what the lines say. */
export function readLeaves(
  source: Readable,
): Result<
  { readonly history: StoreHistory; readonly leaves: readonly string[] } | undefined,
  StoreDamage
> {
  const leaves: string[] = [];
  const read = readHistory(source, (line) => leaves.push(leafHash(line)));
  if (!read.ok) return read;
  return success(read.value === undefined ? undefined : { history: read.value, leaves });
}
