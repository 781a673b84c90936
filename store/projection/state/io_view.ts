/**
 * Memory, files, ports and devices of a state, for display.
 *
 * @module
 */
import type { FileMode } from "../../../dvm/event/event.ts";
import type { State } from "../../../dvm/event/state.ts";
import { bytesIn, WIDTH } from "../../../dvm/machine/region_bytes.ts";
import { intValue } from "../../../dvm/value/value.ts";
import { valueToWire, type WireValue } from "../../../dvm/value/wire_object.ts";

/** Memory, files, ports and devices of a state. */
export interface IoView {
  /** The regions of memory that are not released. */
  readonly memory: readonly RegionView[];
  /** The files that are open. */
  readonly files: readonly FileView[];
  /** The ports, with how much of their scripts has been read. */
  readonly ports: readonly PortView[];
  /** The devices, with what they have now. */
  readonly devices: readonly DeviceView[];
}

/** A region of memory. */
export interface RegionView {
  /** Its name within the run, `m1`. */
  readonly region: string;
  /** Its bytes. */
  readonly size: number;
  /** Its live holders, `m1.2`. */
  readonly holders: readonly string[];
  /** The integer at its start, where it has as many bytes. */
  readonly start: WireValue | undefined;
  /** What it has, by offset, if a file was read into more than that integer. */
  readonly rows: readonly ByteRow[];
  /** How many further rows are not all zero. */
  readonly more: number;
}

/** A file that is open. */
export interface FileView {
  /** Its name within the run, `f1`. */
  readonly file: string;
  /** Its name in the environment. */
  readonly name: string;
  /** How it was opened. */
  readonly mode: FileMode;
  /** The next byte to be read. */
  readonly position: number;
}

/** A port. */
export interface PortView {
  /** Its name in the environment. */
  readonly port: string;
  /** How many values have been read. */
  readonly read: number;
  /** How many are left. */
  readonly left: number;
}

/** A device. */
export interface DeviceView {
  /** Its name in the environment. */
  readonly device: string;
  /** The address of its first byte. */
  readonly base: number;
  /** How many bytes it has. */
  readonly size: number;
  /** What it has, by address. */
  readonly rows: readonly ByteRow[];
  /** How many further rows are not all zero. */
  readonly more: number;
}

/** Sixteen bytes, fewer at the end, that are not all zero. */
export interface ByteRow {
  /** The address of the first, or its offset in a region. */
  readonly at: number;
  /** Hexadecimal, in pairs: `4d 00 ff`. */
  readonly bytes: string;
}

const ROW = 16;
const ROWS_SHOWN = 8;

/** Memory, files, ports and devices as they are. */
export function viewIo({ memory, io }: Pick<State, "memory" | "io">): IoView {
  return {
    memory: [...memory.regions].map(([region, content]) => ({
      region,
      size: content.size,
      holders: [...memory.holders].flatMap(([name, holder]) =>
        holder.region === region && holder.freed === undefined ? name : []
      ),
      start: content.size < WIDTH ? undefined : valueToWire(intValue(content.start)),
      ...content.rest === undefined
        ? { rows: [], more: 0 }
        : rowsOf(bytesIn(content, WIDTH + content.rest.length), 0),
    })),
    files: [...io.open].map(([file, { name, mode, position }]) => ({ file, name, mode, position })),
    ports: [...io.ports].map(([port, { reads, next }]) => ({
      port,
      read: next,
      left: reads.length - next,
    })),
    devices: [...io.devices].map(([device, { base, bytes }]) => ({
      device,
      base,
      size: bytes.length,
      ...rowsOf(bytes, base),
    })),
  };
}

/** The rows of bytes that are not all zero, the first of them whole. */
function rowsOf(
  bytes: Uint8Array,
  base: number,
): { readonly rows: readonly ByteRow[]; readonly more: number } {
  const rows: ByteRow[] = [];
  let more = 0;
  for (let at = 0; at < bytes.length; at += ROW) {
    const row = bytes.subarray(at, at + ROW);
    if (row.every((byte) => byte === 0)) continue;
    if (rows.length === ROWS_SHOWN) more++;
    else {
      const pairs = [...row].map((byte) => byte.toString(16).padStart(2, "0"));
      rows.push({ at: base + at, bytes: pairs.join(" ") });
    }
  }
  return { rows, more };
}
