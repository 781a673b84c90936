/**
 * The bytes of a region of memory. The integer at its start is kept as such, because load and store move nothing else.
 *
 * @module
 */
import type { Region } from "../event/state.ts";
import { bytesOfInt64, int64OfBytes } from "../value/bytes.ts";

/** Bytes that load, store, mmio_read and mmio_write move. */
export const WIDTH = 8;

/** The first bytes of a region. */
export function bytesIn({ start, rest }: Region, count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  bytes.set(bytesOfInt64(start).subarray(0, count));
  if (rest !== undefined && count > WIDTH) bytes.set(rest.subarray(0, count - WIDTH), WIDTH);
  return bytes;
}

/** Replaces the first bytes of a region. */
export function fillRegion(region: Region, bytes: Uint8Array): void {
  const start = bytesOfInt64(region.start);
  start.set(bytes.subarray(0, WIDTH));
  region.start = int64OfBytes(start);
  if (bytes.length <= WIDTH) return;
  const more = bytes.subarray(WIDTH);
  if (region.rest === undefined || region.rest.length < more.length) {
    const rest = new Uint8Array(more.length);
    rest.set(region.rest ?? []);
    region.rest = rest;
  }
  region.rest.set(more);
}
