/**
 * Files that are evidence: logs, logs of stores, and ledgers. What else is appended to one destroys it, so none of them is a file sink,
 * whatever its name.
 *
 * @module
 */
import { decodeText } from "../file/decode_text.ts";
import { type Readable, readRange } from "../file/byte_file.ts";

/** How each of them begins, and what it is. */
const HEADS = [
  ['{"seq":0,"kind":"run_started","format":"dustrun-log/', "the log of a run"],
  ['{"kind":"store","format":"dustrun-store/', "the log of a store"],
  ['{"entry":0,"run":"', "a ledger"],
] as const;

/** That a file is evidence, as a reason not to append to it; `undefined` for any other file. */
export function evidenceIn(file: Readable): string | undefined {
  for (const [head, what] of HEADS) {
    const begin = readRange(file, { at: 0, end: Math.min(file.size(), head.length) });
    if (decodeText(begin) === head) return `it is ${what}`;
  }
  return undefined;
}
