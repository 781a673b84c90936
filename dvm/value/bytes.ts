/**
 * Bytes as text and as integers: what files hold, and what regions of memory and of devices hold.
 *
 * @module
 */
import { base64ToBytes, bytesToBase64 } from "./base64.ts";
import { assert, bug } from "../base/result.ts";
import { type Int64, int64FromBigInt } from "./int64.ts";

/**
 * The text of bytes that are text: UTF-8 without the control characters for which JSON has no short escape (U+0000 to U+001F but
 * backspace, tab, LF, form feed and CR). `undefined` for all others: in base 64 they are shorter than as text.
 */
export function textOfBytes(bytes: Uint8Array): string | undefined {
  for (let index = 0; index < bytes.length; index++) {
    if (isLongEscape(bytes[index] ?? 0)) return undefined;
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function isLongEscape(byte: number): boolean {
  return byte < 0x08 || byte === 0x0b || (byte > 0x0d && byte < 0x20);
}

/** Whether a text has characters that bytes which are text do not have. */
export function hasLongEscape(text: string): boolean {
  // deno-lint-ignore no-control-regex
  return /[\0-\x07\x0b\x0e-\x1f]/.test(text);
}

/** What begins the payload of bytes that are no text. */
const BASE64 = "base64:";

/**
 * Bytes as the payload of an effect: the text that they are, otherwise `base64:` and their base 64. A text that begins with
 * `base64:` is written in the second form, so that two sequences of bytes never have one payload.
 */
export function payloadOfBytes(bytes: Uint8Array): string {
  const text = textOfBytes(bytes);
  return text === undefined || text.startsWith(BASE64) ? BASE64 + bytesToBase64(bytes) : text;
}

/** The bytes of a payload that {@link payloadOfBytes} made. */
export function bytesOfPayload(payload: string): Uint8Array {
  if (!payload.startsWith(BASE64)) return new TextEncoder().encode(payload);
  // A log may have been forged: then these are the bytes of the text.
  return base64ToBytes(payload.slice(BASE64.length)) ?? new TextEncoder().encode(payload);
}

/** The content of an input as its event has it. */
export function bytesOfInput({ text, base64 }: {
  readonly text: string | undefined;
  readonly base64: string | undefined;
}): Uint8Array | undefined {
  if (text !== undefined) return new TextEncoder().encode(text);
  if (base64 === undefined) return undefined;
  return base64ToBytes(base64) ?? bug("the decoder accepts base 64 only");
}

/** The eight bytes of an integer, little-endian. */
export function bytesOfInt64(value: Int64): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, BigInt(value), true);
  return bytes;
}

/** The integer of eight bytes, little-endian. */
export function int64OfBytes(bytes: Uint8Array): Int64 {
  const { buffer, byteOffset } = bytes;
  const value = int64FromBigInt(new DataView(buffer, byteOffset, 8).getBigInt64(0, true));
  assert(value !== undefined, "eight bytes are an integer of 64 bits");
  return value;
}
