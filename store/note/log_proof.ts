/**
 * The text form of a proof that a leaf is in a log (C2SP `tlog-proof`). It has all that is needed to check it but the key: the leaf's
 * index, the hashes from the leaf to the root, and the signed note. Its `extra` is the leaf itself.
 *
 * @see https://c2sp.org/tlog-proof
 * @module
 */
import { failure, type Result, success } from "../../dvm/base/result.ts";
import { byteOrderMarkIn } from "../../dvm/text/json_syntax.ts";
import { base64ToBytes, bytesToBase64 } from "../../dvm/value/base64.ts";
import { bytesToHex, hexToBytes } from "../file/hex.ts";

/** A proof, not checked. */
export interface LogProof {
  /** The leaf: the bytes of a block. Nothing vouches for them until the proof is checked. */
  readonly leaf: Uint8Array;
  /** The leaf's index in the tree, from 0. */
  readonly index: number;
  /** The inclusion proof, in hexadecimal, from the leaf to the root. */
  readonly hashes: readonly string[];
  /** The signed note, verbatim. */
  readonly note: string;
}

/** A text that is not a proof. */
export interface MalformedProof {
  /** Always `malformed-proof`. */
  readonly code: "malformed-proof";
  /** What is wrong with it. */
  readonly reason: string;
}

const FIRST_LINE = "c2sp.org/tlog-proof@v1";

/** The proof as text. */
export function renderLogProof({ leaf, index, hashes, note }: LogProof): string {
  const lines = [
    FIRST_LINE,
    `extra ${bytesToBase64(leaf)}`,
    `index ${index}`,
    ...hashes.map((hash) => bytesToBase64(hexToBytes(hash))),
  ];
  return `${lines.join("\n")}\n\n${note}`;
}

/** Parses a proof. Fails with `malformed-proof`, also where the leaf is missing. */
export function parseLogProof(text: string): Result<LogProof, MalformedProof> {
  const mark = byteOrderMarkIn(text);
  if (mark !== undefined) return malformed(mark);
  const end = text.indexOf("\n\n");
  if (end === -1) return malformed("it has no empty line before its note");
  const [first, extra, index, ...rest] = text.slice(0, end).split("\n");
  if (first !== FIRST_LINE) return malformed(`its first line is not ${FIRST_LINE}`);
  const leaf = base64ToBytes(afterWord("extra", extra) ?? "!");
  if (leaf === undefined) {
    return malformed("its second line is not `extra` and the block in base64");
  }
  const digits = /^(?:0|[1-9][0-9]{0,15})$/.exec(afterWord("index", index) ?? "")?.[0];
  if (digits === undefined) return malformed("its third line is not `index` and a number");
  if (rest.length > HASHES_MAX) return malformed(`more than ${HASHES_MAX} hashes`);
  const hashes: string[] = [];
  for (const line of rest) {
    const hash = base64ToBytes(line);
    if (hash?.length !== HASH_BYTES) {
      return malformed("a line after the third is no hash in base64");
    }
    hashes.push(bytesToHex(hash));
  }
  return success({ leaf, index: Number(digits), hashes, note: text.slice(end + 2) });
}

/** No tree with exact sizes is higher. */
const HASHES_MAX = 53;
const HASH_BYTES = 32;

function afterWord(word: string, line: string | undefined): string | undefined {
  return line?.startsWith(`${word} `) === true ? line.slice(word.length + 1) : undefined;
}

function malformed(reason: string): Result<never, MalformedProof> {
  return failure({ code: "malformed-proof", reason });
}
