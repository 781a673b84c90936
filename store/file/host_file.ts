/**
 * Files in the host's file system. Errors of the host are thrown unchanged; the command line turns them into messages.
 *
 * @module
 */
import type { Appendable, Readable } from "./byte_file.ts";
import { folderOf } from "./path.ts";

/** A host file, open for reading. */
export class ReadableFile implements Readable {
  readonly #file: Deno.FsFile;

  /** Opens an existing file. */
  constructor(path: string) {
    this.#file = Deno.openSync(path, { read: true });
  }

  /** Length in bytes, found by seeking: `stat` would need a permission that may have been given up. */
  size(): number {
    return this.#file.seekSync(0, Deno.SeekMode.End);
  }

  /** Reads as {@link Readable} does. */
  read(into: Uint8Array, at: number): number {
    return readAt(this.#file, into, at);
  }

  /** Closes the file. */
  close(): void {
    this.#file.close();
  }
}

/** A host file, open for reading and appending, and locked against other writers. */
export class AppendableFile implements Appendable {
  readonly #file: Deno.FsFile;
  #size: number;
  /** Whether the host's cursor is known to be at the end. */
  #isAtEnd = false;
  /** The folder whose entry for this file is not durable yet; kept open, so that `sync` needs no permission. */
  #newIn: OpenFolder | undefined;

  private constructor(file: Deno.FsFile, newIn?: string) {
    this.#file = file;
    this.#size = file.statSync().size;
    this.#newIn = newIn === undefined ? undefined : new OpenFolder(newIn);
  }

  /** Creates a file; throws `AlreadyExists` if there is one. */
  static create(path: string): AppendableFile {
    const file = Deno.openSync(path, { read: true, write: true, createNew: true });
    return new AppendableFile(lock(file), folderOf(path));
  }

  /** Opens an existing file. */
  static open(path: string): AppendableFile {
    return new AppendableFile(lock(Deno.openSync(path, { read: true, write: true })));
  }

  /** Length in bytes, if no other process writes. */
  size(): number {
    return this.#size;
  }

  /** Reads as {@link Readable} does. */
  read(into: Uint8Array, at: number): number {
    this.#isAtEnd = false;
    return readAt(this.#file, into, at);
  }

  /** Appends bytes and returns how many were written. */
  write(bytes: Uint8Array): number {
    if (!this.#isAtEnd) this.#file.seekSync(this.#size, Deno.SeekMode.Start);
    this.#isAtEnd = false; // a write that throws may have moved the cursor
    const count = this.#file.writeSync(bytes);
    this.#size += count;
    this.#isAtEnd = true;
    return count;
  }

  /** Truncates to `size` bytes. */
  truncate(size: number): void {
    this.#isAtEnd = false;
    this.#file.truncateSync(size);
    this.#size = size;
  }

  /** Makes the content durable, and the name of a new file. */
  sync(): void {
    this.#file.syncDataSync();
    this.#newIn?.sync();
    this.#newIn?.close();
    this.#newIn = undefined;
  }

  /** Closes the file and so releases its lock. */
  close(): void {
    this.#newIn?.close();
    this.#file.close();
  }
}

/** An open folder. */
export class OpenFolder {
  /** `undefined` on Windows, where folders cannot be opened and need not be. */
  readonly #folder: Deno.FsFile | undefined;

  /** Opens an existing folder. */
  constructor(path: string) {
    this.#folder = Deno.build.os === "windows" ? undefined : Deno.openSync(path, { read: true });
  }

  /** Makes its entries durable; a new file is not durable before. */
  sync(): void {
    this.#folder?.syncSync();
  }

  /** Closes the folder. */
  close(): void {
    this.#folder?.close();
  }
}

/** Makes the entries of a folder durable. */
export function syncFolder(path: string): void {
  const folder = new OpenFolder(path);
  try {
    folder.sync();
  } finally {
    folder.close();
  }
}

/** Reads from an open file as {@link Readable} does. */
export function readAt(file: Deno.FsFile, into: Uint8Array, at: number): number {
  file.seekSync(at, Deno.SeekMode.Start);
  return file.readSync(into) ?? 0;
}

/**
 * Locks a file, since two writers of one log would interleave. The operating system releases the lock when the process ends. On
 * Windows a lock would exclude readers as well, so none is taken there.
 */
function lock(file: Deno.FsFile): Deno.FsFile {
  if (Deno.build.os === "windows") return file;
  try {
    lockOrThrow(file);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotSupported)) {
      file.close();
      throw cause;
    }
  }
  return file;
}

/** Takes the lock or throws `Busy`. Where the runtime can only wait for the lock, so does this. */
function lockOrThrow(file: Deno.FsFile): void {
  const isLocked = tryLock(file);
  if (isLocked === undefined) return file.lockSync(true);
  if (!isLocked) throw new Deno.errors.Busy("another process has it open for writing");
}

/** Takes the lock of a file unless another process has it; returns whether it did. `undefined`: this runtime has no `tryLockSync`. */
export function tryLock(file: Deno.FsFile): boolean | undefined {
  const tryLockSync: unknown = Reflect.get(file, "tryLockSync");
  return typeof tryLockSync === "function" ? tryLockSync.call(file, true) === true : undefined;
}
