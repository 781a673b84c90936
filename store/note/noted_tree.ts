/**
 * What a note says about a log (C2SP `tlog-checkpoint`): three lines, which are the log's origin, the number of its blocks, and the
 * root of the tree over them in base64. Further lines are allowed and mean nothing here.
 *
 * @see https://c2sp.org/tlog-checkpoint
 * @module
 */
import { failure, type Result, success } from "../../dvm/base/result.ts";
import { base64ToBytes, bytesToBase64 } from "../../dvm/value/base64.ts";
import { bytesToHex, hexToBytes } from "../file/hex.ts";
import type { MalformedNote } from "./note.ts";

/** The tree that a note attests. */
export interface NotedTree {
  /** Which log it is: see {@link runOrigin}. */
  readonly origin: string;
  /** The number of leaves, which are blocks of the log. */
  readonly size: number;
  /** The root, in hexadecimal. */
  readonly root: string;
}

/** The run that an origin names. */
export interface RunOrigin {
  /** The name of the key that attests it. */
  readonly name: string;
  /** The run's occurrence (32 hexadecimal digits), or its identity (64). */
  readonly run: string;
}

/** The origin of a run's log: `NAME/run/RUN`. */
export function runOrigin({ name, run }: RunOrigin): string {
  return `${name}/run/${run}`;
}

/** The run that an origin names; `undefined` for the origin of something else, such as a store. */
export function parseRunOrigin(origin: string): RunOrigin | undefined {
  const [, name, run] = /^(.+)\/run\/([0-9a-f]{32}|[0-9a-f]{64})$/s.exec(origin) ?? [];
  return name === undefined || run === undefined ? undefined : { name, run };
}

/** The text of a note: three lines. */
export function renderNotedTree({ origin, size, root }: NotedTree): string {
  return `${origin}\n${size}\n${bytesToBase64(hexToBytes(root))}\n`;
}

/** Parses the text of a note. Fails with `malformed-note`. */
export function parseNotedTree(text: string): Result<NotedTree, MalformedNote> {
  const [origin = "", size = "", root = "", ...further] = text.replace(/\n$/, "").split("\n");
  if (origin === "") return malformed("its first line, the origin, is empty");
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(size) || !Number.isSafeInteger(Number(size))) {
    return malformed("its second line is not the size of a tree");
  }
  const bytes = base64ToBytes(root);
  if (bytes?.length !== ROOT_BYTES) return malformed("its third line is not a root in base64");
  if (further.includes("")) return malformed("it has an empty line");
  return success({ origin, size: Number(size), root: bytesToHex(bytes) });
}

const ROOT_BYTES = 32;

function malformed(reason: string): Result<never, MalformedNote> {
  return failure({ code: "malformed-note", reason });
}
