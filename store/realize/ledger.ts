/**
 * The seal ledger: append-only JSONL, one entry per sealed record, each with the digest of the previous entry. Anyone who kept the
 * digest of a later entry can check what was sealed before.
 *
 * ```json
 * {"entry":0,"run":"…","effect":2,"kind":"seal","payload":"42","digest":"sha256:…","key":"…","before":""}
 * ```
 *
 * `digest` is the digest of the payload's UTF-8 bytes, `before` that of the previous line without its LF. A line without LF is not an
 * entry: its writer crashed, and the next process that opens the ledger removes it.
 *
 * @module
 */
import type { Readable } from "../file/byte_file.ts";
import { readLines } from "../log/lines.ts";
import { failure, type Result, success } from "../../dvm/base/result.ts";
import { sha256 } from "../file/sha256.ts";
import { effectKey } from "./effect_key.ts";
import type { Batch } from "./sink.ts";

/** One sealed record. */
export interface LedgerEntry {
  /** From 0 within the ledger. */
  readonly entry: number;
  /** The occurrence of the run that sealed it. */
  readonly run: string;
  /** Index of the effect in that run. */
  readonly effect: number;
  readonly kind: string;
  readonly payload: string;
  readonly digest: string;
  /** The key of the effect (`effect_key.ts`). */
  readonly key: string;
  /** `sha256:` and the digest of the previous entry; empty in the first. */
  readonly before: string;
}

/** The end of a ledger, from which the next entry continues the chain. */
export interface LedgerEnd {
  readonly entries: number;
  /** `sha256:` and the digest of the last entry; empty if there is none. */
  readonly digest: string;
}

/** The first invalid line of a ledger, from 1, and why it is invalid. */
export interface LedgerDamage {
  /** From 1. */
  readonly line: number;
  /** What is wrong with the line. */
  readonly reason: string;
}

/** The lines of a batch appended at `end`, each with its LF. */
export function ledgerLines(end: LedgerEnd, { run, effects }: Batch): readonly string[] {
  let { entries, digest: before } = end;
  return effects.map(({ index, kind, payload }) => {
    const digest = digestOf(payload);
    const key = effectKey(run, index);
    const line = encode({ entry: entries, run, effect: index, kind, payload, digest, key, before });
    entries++;
    before = digestOf(line);
    return `${line}\n`;
  });
}

/** Parses a line given without its LF; `undefined` unless it has the canonical spelling of {@link ledgerLines}. */
export function parseEntry(line: string): LedgerEntry | undefined {
  return plainEntry(line) ?? anyEntry(line);
}

const NUMBER = "(0|[1-9][0-9]{0,14})";
const TEXT = String.raw`"([^"\\\x00-\x1f\ud800-\udfff]*)"`;
/** The members in order. In such a line nothing needs an escape, and no number is large: it has the canonical spelling. */
const PLAIN_ENTRY = new RegExp(
  `^\\{"entry":${NUMBER},"run":${TEXT},"effect":${NUMBER},"kind":${TEXT},"payload":${TEXT},` +
    `"digest":${TEXT},"key":${TEXT},"before":${TEXT}\\}$`,
);

function plainEntry(line: string): LedgerEntry | undefined {
  const match = PLAIN_ENTRY.exec(line);
  if (match === null) return undefined;
  const [, entry, run = "", effect, kind = "", payload = "", digest = "", key = "", before = ""] =
    match;
  return { entry: Number(entry), run, effect: Number(effect), kind, payload, digest, key, before };
}

function anyEntry(line: string): LedgerEntry | undefined {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isEntry(json)) return undefined;
  return encode(json) === line ? json : undefined;
}

/** The line of an entry with its LF, and its offset in the ledger. The bytes are valid until the next entry. */
export interface EntryLine {
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** Checks the chain of a whole ledger, passes each entry to `observe`, and returns the end of the ledger. */
export function checkLedger(
  source: Readable,
  observe: (entry: LedgerEntry, line: EntryLine) => void = () => {},
): Result<LedgerEnd, LedgerDamage> {
  let end: LedgerEnd = { entries: 0, digest: "" };
  for (const { text, offset, bytes } of readLines(source)) {
    const line = end.entries + 1;
    const entry = text === undefined ? undefined : parseEntry(text);
    if (text === undefined || entry === undefined) {
      return failure({ line, reason: "the line is not a ledger entry" });
    }
    const reason = mismatch(entry, end);
    if (reason !== undefined) return failure({ line, reason });
    observe(entry, { at: offset, bytes });
    end = { entries: end.entries + 1, digest: digestOf(text) };
  }
  return success(end);
}

function mismatch(entry: LedgerEntry, end: LedgerEnd): string | undefined {
  if (entry.entry !== end.entries) {
    return `the entry has number ${entry.entry}, expected ${end.entries}`;
  }
  if (entry.before !== end.digest) return "the digest of the previous entry does not match";
  if (entry.digest !== digestOf(entry.payload)) return "the digest of the payload does not match";
  return undefined;
}

function encode({ entry, run, effect, kind, payload, digest, key, before }: LedgerEntry): string {
  return JSON.stringify({ entry, run, effect, kind, payload, digest, key, before });
}

/** `sha256:` and the digest of a text. */
export function digestOf(text: string): string {
  return `sha256:${sha256(text)}`;
}

function isEntry(json: unknown): json is LedgerEntry {
  if (typeof json !== "object" || json === null) return false;
  const counts = ["entry", "effect"].every((field) => {
    const value: unknown = Reflect.get(json, field);
    return Number.isSafeInteger(value) && Number(value) >= 0;
  });
  return counts &&
    ["run", "kind", "payload", "digest", "key", "before"].every((field) =>
      typeof Reflect.get(json, field) === "string"
    );
}
