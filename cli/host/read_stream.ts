/**
 * Reading whole streams of text within a bound: a device without end is a fault, not a process without memory.
 *
 * @module
 */
import { Fault } from "./fault.ts";

/** The most bytes of one file of text; a longer one cannot be a text of the host, which has at most 2^29 characters. */
export const TEXT_BYTES_MAX = 500 * 1024 * 1024;

const FIRST_PART = 65_536, PART_MAX = 16 * 1024 * 1024;

/** All bytes of a stream of text named `place`. A part with a zero byte is the last one: no text has any. */
export function readStream(
  stream: { readSync(into: Uint8Array): number | null },
  place: string,
  most: number = TEXT_BYTES_MAX,
): Uint8Array {
  const parts: Uint8Array[] = [];
  let total = 0, part = new Uint8Array(FIRST_PART), filled = 0;
  for (;;) {
    const count = stream.readSync(part.subarray(filled)) ?? 0;
    const isLast = count === 0 || part.subarray(filled, filled + count).includes(0);
    filled += count;
    total += count;
    if (total > most) throw overLimit(place, most);
    if (!isLast && filled < part.length) continue;
    parts.push(part.subarray(0, filled));
    if (isLast) return parts.length === 1 ? part.subarray(0, filled) : joined(parts, total);
    part = new Uint8Array(Math.min(2 * part.length, PART_MAX));
    filled = 0;
  }
}

function joined(parts: readonly Uint8Array[], total: number): Uint8Array {
  const whole = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function overLimit(place: string, most: number): Fault {
  return new Fault({
    code: "DR1324",
    message: `it is longer than ${most / 1024 / 1024} MiB`,
    place,
    help: "dustrun help limits lists the limits",
  });
}
