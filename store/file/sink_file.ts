/**
 * A host file that receives effects. Other programs may append to it, replace it or cut it at any time, so it is opened for appending
 * only, and what matters is asked of the host again each time.
 *
 * @module
 */
import { type Readable, writeAll } from "./byte_file.ts";
import { readAt, tryLock } from "./host_file.ts";
import { fileAt, type FileNumber, identityOf, isOtherFile } from "./identity.ts";

/** What to do while another process has the lock. */
export interface LockWait {
  /** Refuse instead of waiting. */
  readonly noWait?: boolean;
  /** Called once, after a second of waiting. */
  readonly onWait?: () => void;
  /** Asked now and then: whether to wait no longer. */
  readonly isStopped?: () => boolean;
}

/** A regular file, open for reading and appending. Errors of the host are thrown unchanged. */
export interface SinkFile extends Readable {
  /** Which file it is, whatever its name. */
  readonly identity: FileNumber;
  /** Appends bytes at the present end, in one operation of the host. Returns how many it took, which may be fewer than given. */
  append(bytes: Uint8Array): number;
  /** Offset after the last byte that was appended. It is asked of the host, which may fail when the bytes are in the file already. */
  appendedEnd(): number;
  /** Writes bytes that are in the file already once more: a failed `sync` may have dropped them. */
  rewrite(bytes: Uint8Array, at: number): void;
  /** Cuts the file. Only for files that nobody but dustrun writes. */
  truncate(size: number): void;
  /** Makes everything written so far durable. */
  sync(): void;
  /** Waits for the lock; the end of the process releases it. `false`: another process has it, and this one waits no longer. */
  lock(wait: LockWait): Promise<boolean>;
}

/** Opens or creates a regular file to append to. Returns the reason if something else has this name. */
export function openSinkFile(path: string): SinkFile | string {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const opened = tryOpen(path);
    if (opened !== undefined) return opened;
  }
  return "it was replaced while it was opened";
}

/** A name whose file is replaced each time before it can be opened is no sink. */
const ATTEMPTS_MAX = 8;

/** `undefined` if the name changed between two looks. */
function tryOpen(path: string): SinkFile | string | undefined {
  const info = fileAt(path);
  if (info === "other") return "it is not a regular file";
  const file = openOrUndefined(path, info === undefined);
  if (file === undefined) return undefined;
  const opened = file.statSync(); // opening to read and append never blocks, not even on a pipe
  const identity = identityOf(opened);
  const isExpected = opened.isFile && (info === undefined || !isOtherFile(info, identity));
  if (isExpected) return new HostSinkFile({ file, path, identity });
  file.close();
  return undefined;
}

function openOrUndefined(path: string, createNew: boolean): Deno.FsFile | undefined {
  try {
    return Deno.openSync(path, { read: true, append: true, createNew });
  } catch (cause) {
    const hasChanged = createNew
      ? cause instanceof Deno.errors.AlreadyExists
      : cause instanceof Deno.errors.NotFound;
    if (hasChanged) return undefined;
    throw cause;
  }
}

/** After how long a wait for a lock is mentioned. */
const NOTICE_MS = 1_000;
/** How often a wait for a lock looks whether to go on. */
const LOOK_MS = 100;
/** How long a runtime that can only wait for a lock is given before the lock counts as taken. */
const PATIENCE_MS = 200;

class HostSinkFile implements SinkFile {
  readonly identity: FileNumber;
  readonly #file: Deno.FsFile;
  readonly #path: string;

  constructor(
    { file, path, identity }: {
      readonly file: Deno.FsFile;
      readonly path: string;
      readonly identity: FileNumber;
    },
  ) {
    this.identity = identity;
    this.#file = file;
    this.#path = path;
  }

  size(): number {
    return this.#file.seekSync(0, Deno.SeekMode.End);
  }

  read(into: Uint8Array, at: number): number {
    return readAt(this.#file, into, at);
  }

  append(bytes: Uint8Array): number {
    return this.#file.writeSync(bytes);
  }

  appendedEnd(): number {
    return this.#file.seekSync(0, Deno.SeekMode.Current);
  }

  rewrite(bytes: Uint8Array, at: number): void {
    const other = Deno.openSync(this.#path, { read: true, write: true });
    try {
      if (isOtherFile(identityOf(other.statSync()), this.identity)) {
        throw new Deno.errors.NotFound("the file was replaced");
      }
      other.seekSync(at, Deno.SeekMode.Start);
      writeAll({ write: (part) => other.writeSync(part) }, bytes);
    } finally {
      other.close();
    }
  }

  truncate(size: number): void {
    this.#file.truncateSync(size);
  }

  sync(): void {
    this.#file.syncDataSync();
  }

  async lock({ noWait = false, onWait, isStopped }: LockWait): Promise<boolean> {
    if (Deno.build.os === "windows") return true; // there a lock excludes readers as well
    try {
      const isLocked = tryLock(this.#file);
      if (isLocked === true) return true;
      if (noWait) return isLocked === undefined && await this.#lockWithin(PATIENCE_MS);
      return await this.#lockUnlessStopped({ onWait, isStopped });
    } catch (cause) {
      if (!(cause instanceof Deno.errors.NotSupported)) throw cause;
    }
    return true;
  }

  async #lockUnlessStopped(
    { onWait, isStopped }: {
      readonly onWait: LockWait["onWait"];
      readonly isStopped: LockWait["isStopped"];
    },
  ): Promise<boolean> {
    const { promise: stopped, resolve } = Promise.withResolvers<boolean>();
    const notice = setTimeout(() => onWait?.(), NOTICE_MS);
    const look = setInterval(() => isStopped?.() === true && resolve(false), LOOK_MS);
    try {
      return await this.#lockUnless(stopped);
    } finally {
      clearTimeout(notice);
      clearInterval(look);
    }
  }

  async #lockWithin(patience: number): Promise<boolean> {
    const { promise: stopped, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => resolve(false), patience);
    try {
      return await this.#lockUnless(stopped);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Waits for the lock; `false` if the promise ends first. */
  #lockUnless(stopped: Promise<boolean>): Promise<boolean> {
    return Promise.race([stopped, this.#file.lock(true).then(() => true)]);
  }

  close(): void {
    this.#file.close();
  }
}
