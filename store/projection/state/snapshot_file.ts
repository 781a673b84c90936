/**
 * Snapshots in the host's file system: `LOG.snapshots` beside the log `LOG`.
 *
 * @module
 */
import { AppendableFile, ReadableFile } from "../../file/host_file.ts";
import type { Appendable, Readable } from "../../file/byte_file.ts";
import type { SnapshotFile } from "./states.ts";
import { SNAPSHOT_HEAD } from "./snapshots.ts";

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
        return new ReadableFile(path);
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

/** A file of snapshots that is open already: what holds it needs no permission any more. */
export interface OpenSnapshots extends SnapshotFile {
  close(): void;
}

/**
 * Opens the snapshots beside a log now, for later use without permission. Without `create`, only those that are there;
 * `undefined` where nothing can be had, and states are then folded from the beginning.
 */
export function openSnapshots(
  logPath: string,
  { create }: { readonly create: boolean },
): OpenSnapshots | undefined {
  const file = openedNow(snapshotsOf(logPath), create);
  if (file === undefined) return undefined;
  const lent: Appendable = {
    size: () => file.size(),
    read: (into, at) => file.read(into, at),
    write: (bytes) => file.write(bytes),
    truncate: (size) => file.truncate(size),
    sync: () => file.sync(),
    close: () => {}, // lent: the holder closes it
  };
  return {
    read: () => file.size() === 0 ? undefined : lent,
    write: () => lent,
    close: () => file.close(),
  };
}

function openedNow(path: string, create: boolean): AppendableFile | undefined {
  try {
    const file = create ? openOrCreate(path) : AppendableFile.open(path);
    if (isOurs(file)) return file;
    file.close();
  } catch {
    // A cache that cannot be had is done without, whatever the host's reason.
  }
  return undefined;
}

function openOrCreate(path: string): AppendableFile {
  try {
    return AppendableFile.open(path);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return AppendableFile.create(path);
    throw cause;
  }
}

/** Whether the file is empty or holds snapshots: nothing else is ever overwritten. */
function isOurs(file: Readable): boolean {
  const head = new Uint8Array(SNAPSHOT_HEAD.length);
  const count = file.read(head, 0);
  return count === 0 || new TextDecoder().decode(head.subarray(0, count)) === SNAPSHOT_HEAD;
}

function isUnavailable(cause: unknown): boolean {
  return cause instanceof Deno.errors.NotFound || cause instanceof Deno.errors.PermissionDenied ||
    cause instanceof Deno.errors.NotCapable;
}
