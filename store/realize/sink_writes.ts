/**
 * What sinks in files share: appending in one piece, and errors of the host as values.
 *
 * @module
 */
import { hostReason } from "../file/host_error.ts";
import type { FileNumber } from "../file/identity.ts";
import type { SinkFile } from "../file/sink_file.ts";
import type { Inspection } from "./sink.ts";

/** How far appending got. */
export interface WholeAppend {
  /** Number of bytes written, from the first. */
  readonly written: number;
  /** Where they end. */
  readonly end: number;
  /** Why it was not all of them in one piece; `undefined` if it was. */
  readonly reason: string | undefined;
}

/**
 * Appends bytes in one piece, from offset `start` if that is given. The host may take only a part of them, and another program may
 * append at that moment: then they are torn apart, and the rest is not written.
 */
export function appendWhole(file: SinkFile, bytes: Uint8Array, start?: number): WholeAppend {
  let written = 0;
  let end = start;
  try {
    while (written < bytes.length) {
      const count = file.append(bytes.subarray(written));
      written += count; // before anything else can fail
      const now = file.appendedEnd();
      const isTorn = end !== undefined && now - count !== end;
      end = now;
      if (isTorn) {
        return { written, end, reason: "another program wrote into the middle of a line" };
      }
      if (count === 0) return { written, end, reason: "the file accepts no more bytes" };
    }
    return { written, end: end ?? file.size(), reason: undefined };
  } catch (cause) {
    return { written, end: end ?? -1, reason: hostReason(cause) };
  }
}

/** The number of a file, if a log can hold it. */
export function recordableInode({ inode }: FileNumber): number | undefined {
  return Number.isSafeInteger(inode) && inode !== 0 ? inode : undefined;
}

/** Makes a file durable; returns the reason if that fails. */
export function syncOrReason(file: SinkFile): string | undefined {
  try {
    file.sync();
    return undefined;
  } catch (cause) {
    return hostReason(cause);
  }
}

/** Returns an error of the host as a value. */
export function refusalAsValue(inspect: () => Inspection): Inspection {
  try {
    return inspect();
  } catch (cause) {
    return { kind: "refused", reason: hostReason(cause) };
  }
}
