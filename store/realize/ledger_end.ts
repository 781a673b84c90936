/**
 * The end of a ledger, where the next entry goes. A crash may have left an unfinished line there, which is removed; a file that is no
 * ledger is not changed.
 *
 * @module
 */
import { decodeText } from "../file/decode_text.ts";
import { failure, type Result, success } from "../../dvm/base/result.ts";
import { type Readable, readRange } from "../file/byte_file.ts";
import type { SinkFile } from "../file/sink_file.ts";
import { digestOf, type LedgerEnd, parseEntry } from "./ledger.ts";

/** Bytes per read when searching backwards. */
const CHUNK_BYTES = 64 * 1024;
const LF = 0x0a;

/** Finds the end of a ledger from its last whole line, and removes the beginning of an entry after it. Fails if either is something else. */
export function recoverLedgerEnd(
  file: Pick<SinkFile, "size" | "read" | "close" | "truncate" | "sync">,
): Result<LedgerEnd, string> {
  const size = file.size();
  const at = lastLineFeed(file, size) + 1;
  const end = endAt(file, at);
  if (!end.ok || at === size) return end;
  if (!beginsEntry(file, { at, size, entry: end.value.entries })) {
    return failure("its unfinished last line is not the beginning of an entry");
  }
  file.truncate(at);
  file.sync();
  return end;
}

/** The end of the ledger in the first bytes of a file, which end with a line. */
function endAt(file: Readable, end: number): Result<LedgerEnd, string> {
  if (end === 0) return success({ entries: 0, digest: "" });
  const start = lastLineFeed(file, end - 1) + 1;
  const line = decodeText(readRange(file, { at: start, end: end - 1 }));
  const entry = parseEntry(line);
  if (entry === undefined) return failure("its last line is not a ledger entry");
  return success({ entries: entry.entry + 1, digest: digestOf(line) });
}

/** Whether the bytes from an offset to the end can be what a crash has left of an entry with this number. */
function beginsEntry(
  file: Readable,
  { at, size, entry }: { readonly at: number; readonly size: number; readonly entry: number },
): boolean {
  const head = `{"entry":${entry},"run":"`;
  const found = readRange(file, { at, end: Math.min(size, at + head.length) });
  return head.startsWith(decodeText(found));
}

/** Offset of the last LF before offset `end`; -1 if there is none. */
function lastLineFeed(file: Readable, end: number): number {
  for (let to = end; to > 0;) {
    const at = Math.max(0, to - CHUNK_BYTES);
    const found = readRange(file, { at, end: to }).lastIndexOf(LF);
    if (found >= 0) return at + found;
    to = at;
  }
  return -1;
}
