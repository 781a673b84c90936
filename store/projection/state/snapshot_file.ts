/**
 * The file of snapshots beside a log: `LOG.snapshots`.
 *
 * @module
 */
import { decodeText } from "../../file/decode_text.ts";
import type { Appendable, Readable } from "../../file/byte_file.ts";
import { AppendableFile, ReadableFile } from "../../file/host_file.ts";
import { isRegularFile } from "../../file/regular_file.ts";
import { SNAPSHOT_HEAD, type SnapshotFile } from "./snapshots.ts";

/** The path of a log's snapshots. The file may be deleted at any time. */
export function snapshotsOf(logPath: string): string {
  return `${logPath}.snapshots`;
}

/** The snapshots beside a log. */
export function snapshotFile(logPath: string): SnapshotFile {
  const path = snapshotsOf(logPath);
  return {
    read() {
      try {
        return isRegularFile(path) ? new ReadableFile(path) : undefined;
      } catch (cause) {
        if (isUnavailable(cause)) return undefined;
        throw cause;
      }
    },
    write() {
      const file = openOrCreate(path);
      if (isOurs(file)) return file;
      file.close();
      throw new Deno.errors.AlreadyExists(path);
    },
  };
}

/** A file of snapshots that is already open, so that its use needs no permission. */
export interface OpenSnapshots extends SnapshotFile {
  /** Closes the file. */
  close(): void;
}

/**
 * Opens the snapshots beside a log for later use without permission. Without `create`, only an existing file is opened; `undefined`
 * if there is none or it cannot be opened: states are then folded from the beginning.
 */
export function openSnapshots(
  logPath: string,
  { create }: { readonly create: boolean },
): OpenSnapshots | undefined {
  const file = tryOpen(snapshotsOf(logPath), create);
  if (file === undefined) return undefined;
  const shared: Appendable = {
    size: () => file.size(),
    read: (into, at) => file.read(into, at),
    write: (bytes) => file.write(bytes),
    truncate: (size) => file.truncate(size),
    sync: () => file.sync(),
    close: () => {}, // the owner closes the file
  };
  return {
    read: () => file.size() === 0 ? undefined : shared,
    write: () => shared,
    close: () => file.close(),
  };
}

function tryOpen(path: string, create: boolean): AppendableFile | undefined {
  try {
    if (!create && !isRegularFile(path)) return undefined;
    const file = openOrCreate(path);
    if (isOurs(file)) return file;
    file.close();
  } catch {
    // A cache that cannot be opened, for any reason, is not used.
  }
  return undefined;
}

function openOrCreate(path: string): AppendableFile {
  return isRegularFile(path) ? AppendableFile.open(path) : AppendableFile.create(path);
}

/** Whether the file is empty or has snapshots: nothing else is overwritten. */
function isOurs(file: Readable): boolean {
  const head = new Uint8Array(SNAPSHOT_HEAD.length);
  const count = file.read(head, 0);
  return count === 0 || decodeText(head.subarray(0, count)) === SNAPSHOT_HEAD;
}

function isUnavailable(cause: unknown): boolean {
  return cause instanceof Deno.errors.InvalidData ||
    cause instanceof Deno.errors.PermissionDenied ||
    cause instanceof Deno.errors.NotCapable;
}
