/**
 * A file to which several processes append. It is locked for an append only, and whatever its end says is read again under the lock.
 * Once it is open, nothing here needs a permission.
 *
 * @module
 */
import type { Appendable } from "./byte_file.ts";
import { readAt, syncFolder } from "./host_file.ts";
import { fileAt, identityOf, isOtherFile } from "./identity.ts";
import { folderOf } from "./path.ts";
import { isRegularFile } from "./regular_file.ts";

/** What distinguishes a file from every copy of it. A member is absent if the file system does not report it. */
export interface FileIdentity {
  /** The number of its inode. */
  readonly inode?: number;
  /** When it was created, in RFC 3339. */
  readonly birth?: string;
}

/** A host file that is shared with other writers. */
export class SharedFile implements Appendable {
  /** The file's own identity. */
  readonly identity: FileIdentity;
  readonly #file: Deno.FsFile;

  private constructor(file: Deno.FsFile) {
    this.#file = file;
    this.identity = fileIdentityOf(file);
  }

  /** Opens the file; creates it where there is none, in an existing folder. Throws if a link or something else is there. */
  static open(path: string): SharedFile {
    for (let attempt = 1;; attempt++) {
      const isNew = !isRegularFile(path);
      const file = openUnlessChanged(path, isNew);
      if (file === undefined && attempt < ATTEMPTS_MAX) continue;
      if (file === undefined) throw new Deno.errors.InvalidData(`${path} is replaced all the time`);
      if (isNew) syncFolder(folderOf(path));
      return new SharedFile(file);
    }
  }

  /** Calls `use` while no other process is in a call of this; waits for its turn. */
  exclusively<T>(use: () => T): T {
    const isLocked = lock(this.#file);
    try {
      return use();
    } finally {
      if (isLocked) this.#file.unlockSync();
    }
  }

  /** Length in bytes, also if another process has written. */
  size(): number {
    return this.#file.seekSync(0, Deno.SeekMode.End);
  }

  /** Reads as `Readable` does. */
  read(into: Uint8Array, at: number): number {
    return readAt(this.#file, into, at);
  }

  /** Appends bytes and returns how many were written. */
  write(bytes: Uint8Array): number {
    this.#file.seekSync(0, Deno.SeekMode.End);
    return this.#file.writeSync(bytes);
  }

  /** Truncates to `size` bytes. */
  truncate(size: number): void {
    this.#file.truncateSync(size);
  }

  /** Makes the content durable. */
  sync(): void {
    this.#file.syncDataSync();
  }

  /** Closes the file. */
  close(): void {
    this.#file.close();
  }
}

/** How often a name is looked at again whose file was replaced before it could be opened. */
const ATTEMPTS_MAX = 8;

/** Opens or creates the file that has this name; `undefined` if something else has taken its place since. */
function openUnlessChanged(path: string, isNew: boolean): Deno.FsFile | undefined {
  let file: Deno.FsFile;
  try {
    file = Deno.openSync(path, { read: true, write: true, createNew: isNew });
  } catch (cause) {
    const hasChanged = isNew
      ? cause instanceof Deno.errors.AlreadyExists
      : cause instanceof Deno.errors.NotFound;
    if (hasChanged) return undefined;
    throw cause;
  }
  const present = fileAt(path);
  const isSame = present !== undefined && present !== "other" &&
    !isOtherFile(present, identityOf(file.statSync()));
  if (isSame) return file;
  file.close();
  return undefined;
}

function fileIdentityOf(file: Deno.FsFile): FileIdentity {
  const { ino, birthtime } = file.statSync();
  return {
    ...(ino === null || !Number.isSafeInteger(ino) ? {} : { inode: ino }),
    ...(birthtime === null ? {} : { birth: birthtime.toISOString() }),
  };
}

/** Waits for the lock; `false` on file systems without locks. */
function lock(file: Deno.FsFile): boolean {
  try {
    file.lockSync(true);
    return true;
  } catch (cause) {
    if (cause instanceof Deno.errors.NotSupported) return false;
    throw cause;
  }
}
