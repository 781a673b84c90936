/**
 * Logs in the host's file system. Errors of the host are thrown as it gives them; the command line knows what to make of them.
 *
 * @module
 */
import type { Appendable, Readable } from "./byte_file.ts";
import { folderOf } from "./path.ts";

/** A host file, open for reading. */
export class ReadableFile implements Readable {
  readonly #file: Deno.FsFile;

  constructor(path: string) {
    this.#file = Deno.openSync(path, { read: true });
  }

  /** Asked of the open file by seeking: looking at its state would need a permission that may be given up by now. */
  size(): number {
    return this.#file.seekSync(0, Deno.SeekMode.End);
  }

  read(into: Uint8Array, at: number): number {
    return readAt(this.#file, into, at);
  }

  close(): void {
    this.#file.close();
  }
}

/** A host file, open for reading and appending. */
export class AppendableFile implements Appendable {
  readonly #file: Deno.FsFile;
  #size: number;
  /** Whether the host's cursor is known to stand at the end. */
  #isAtEnd = false;
  /** The folder whose entry for this file is not durable yet: open, so that `sync` needs no permission. */
  #newIn: HeldFolder | undefined;

  private constructor(file: Deno.FsFile, newIn?: string) {
    this.#file = file;
    this.#size = file.statSync().size;
    this.#newIn = newIn === undefined ? undefined : new HeldFolder(newIn);
  }

  /** A new file. One of that name must not exist yet. */
  static create(path: string): AppendableFile {
    const file = Deno.openSync(path, { read: true, write: true, createNew: true });
    return new AppendableFile(lock(file), folderOf(path));
  }

  /** An empty file, whatever was there before. */
  static replace(path: string): AppendableFile {
    const file = Deno.openSync(path, { read: true, write: true, create: true });
    lock(file).truncateSync();
    return new AppendableFile(file, folderOf(path));
  }

  /** A file that exists. */
  static open(path: string): AppendableFile {
    return new AppendableFile(lock(Deno.openSync(path, { read: true, write: true })));
  }

  size(): number {
    return this.#size;
  }

  read(into: Uint8Array, at: number): number {
    this.#isAtEnd = false;
    return readAt(this.#file, into, at);
  }

  write(bytes: Uint8Array): number {
    if (!this.#isAtEnd) this.#file.seekSync(this.#size, Deno.SeekMode.Start);
    this.#isAtEnd = false; // a write that throws may have moved the cursor
    const count = this.#file.writeSync(bytes);
    this.#size += count;
    this.#isAtEnd = true;
    return count;
  }

  truncate(size: number): void {
    this.#isAtEnd = false;
    this.#file.truncateSync(size);
    this.#size = size;
  }

  sync(): void {
    this.#file.syncDataSync();
    this.#newIn?.sync();
    this.#newIn?.close();
    this.#newIn = undefined;
  }

  close(): void {
    this.#newIn?.close();
    this.#file.close();
  }
}

/** A folder that is open. */
export class HeldFolder {
  /** `undefined` on Windows, where folders cannot be opened and need not be. */
  readonly #folder: Deno.FsFile | undefined;

  constructor(path: string) {
    this.#folder = Deno.build.os === "windows" ? undefined : Deno.openSync(path, { read: true });
  }

  /** Makes its entries survive a loss of power; a new file is not durable before. */
  sync(): void {
    this.#folder?.syncSync();
  }

  close(): void {
    this.#folder?.close();
  }
}

/** Makes the entries of a folder durable. */
export function syncFolder(path: string): void {
  const folder = new HeldFolder(path);
  try {
    folder.sync();
  } finally {
    folder.close();
  }
}

function readAt(file: Deno.FsFile, into: Uint8Array, at: number): number {
  file.seekSync(at, Deno.SeekMode.Start);
  return file.readSync(into) ?? 0;
}

/**
 * Two writers of one log would interleave. The lock is the system's and goes with the process, however it ends. On Windows it
 * would keep readers out as well, so there it is not taken.
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

/** Takes the lock, or throws `Busy`. Runtimes before `tryLockSync` can only wait for it. */
function lockOrThrow(file: Deno.FsFile): void {
  const tryLock: unknown = Reflect.get(file, "tryLockSync");
  if (typeof tryLock !== "function") return file.lockSync(true);
  if (tryLock.call(file, true) !== true) {
    throw new Deno.errors.Busy("another process has it open for writing");
  }
}
