/**
 * Files of text, read whole: within a bound, through the gate, and decoded.
 *
 * @module
 */
import { Fault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import { refuseOtherKind, WANTED, type Wanted } from "./file_gate.ts";

/** The text of a file, or of standard input for `-`. Another kind of file, and bytes that are not UTF-8, are a fault. */
export function readText(path: string, wanted: Wanted, io: Io): string {
  const bytes = io.readBytes(path);
  refuseOtherKind(bytes, path, wanted);
  return decodeText(bytes, path);
}

/** The text of the bytes of a file. */
export function decodeText(bytes: Uint8Array, path: string): string {
  const text = decodeUtf8(bytes);
  if (text !== undefined) return text;
  throw new Fault({
    code: "DR1305",
    message: "the file is not UTF-8",
    place: path,
    help: "save it as UTF-8",
  });
}

/** The text of an artifact: where it is not UTF-8, the text has a lone surrogate, which the loader refuses. */
export function readArtifact(path: string, io: Io): string {
  const bytes = io.readBytes(path);
  refuseOtherKind(bytes, path, WANTED.program);
  return decodeUtf8(bytes) ?? decodeEscaped(bytes);
}

/** The text of bytes, a byte order mark included; `undefined` where they are not UTF-8. */
function decodeUtf8(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  if (!text.includes("\ufffd")) return text; // several times as fast as decoding strictly
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * Bytes that are not UTF-8 as text: the first of them becomes one of U+DC80 to U+DCFF, none of which UTF-8 can hold, so that its
 * place can be reported.
 */
function decodeEscaped(bytes: Uint8Array): string {
  let clean = 0, unclean = bytes.length + 1;
  while (unclean - clean > 1) {
    const middle = (clean + unclean) >> 1;
    if (decodePrefix(bytes, middle) === undefined) unclean = middle;
    else clean = middle;
  }
  const before = decodePrefix(bytes, clean) ?? "";
  const at = new TextEncoder().encode(before).length;
  const rest = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(at + 1));
  return before + String.fromCharCode(0xdc00 + (bytes[at] ?? 0)) + rest;
}

/** The whole characters of the first bytes; `undefined` where those are not UTF-8. */
function decodePrefix(bytes: Uint8Array, length: number): string | undefined {
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    return decoder.decode(bytes.subarray(0, length), { stream: true });
  } catch {
    return undefined;
  }
}
