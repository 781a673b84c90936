/**
 * A disk with a page cache, for crash tests. What is written can be read at once and survives a killed process; what was not synced may
 * be lost, in whole or in part, when the power fails: of each file any prefix of the operations since its last sync remains, of
 * each folder any prefix of the names made or removed since its last sync.
 *
 * Every operation that changes something or makes it durable has a number. At a chosen one the process dies or the host refuses.
 *
 * @module
 */
import { dirname } from "../../../std/path.ts";
import type { Random } from "../../../campaign/random.ts";
import type { Appendable, Readable } from "../../../store/file/byte_file.ts";
import type { ByteStream } from "../../../store/file/device.ts";
import type { Disk } from "../../../store/file/disk.ts";
import type { SinkFile } from "../../../store/file/sink_file.ts";
import type { TornTails } from "../../../store/log/recover.ts";

/** Thrown where the process dies, and by everything that it would do afterwards. */
export class Crash extends Error {}

/** What happens at the chosen operation. */
export type PlannedFault =
  /** The process dies before the operation; with `torn`, half of a write gets out first. */
  | { readonly kind: "die"; readonly torn: boolean }
  /** The host refuses with `error`; with `torn`, it takes half of a write and refuses what comes next. */
  | { readonly kind: "refuse"; readonly error: Error; readonly torn: boolean };

type FileChange =
  | { readonly kind: "write"; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: "cut"; readonly size: number };

let inodes = 0;

/** The bytes of a file. They grow in place: a log of a few hundred lines would otherwise be copied for each of them. */
class Content {
  #bytes = new Uint8Array(256);
  #length = 0;

  /** A view, valid until the next change. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  change(change: FileChange): void {
    if (change.kind === "write") return this.#write(change.bytes, change.at);
    if (change.size >= this.#length) return;
    this.#bytes.fill(0, change.size, this.#length);
    this.#length = change.size;
  }

  /** A gap before `at` is filled with zeros. */
  #write(bytes: Uint8Array, at: number): void {
    const end = at + bytes.length;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(2 * end);
      larger.set(this.bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(bytes, at);
    this.#length = Math.max(end, this.#length);
  }
}

/** A file, apart from its name. */
class Inode {
  readonly number = ++inodes;
  #current = new Content();
  #durable = new Content();
  #pending: FileChange[] = [];
  lockedBy: Session | undefined;

  /** What a reader finds. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#current.bytes;
  }

  /** Appends; returns where the bytes end. */
  append(bytes: Uint8Array): number {
    const at = this.bytes.length;
    this.change({ kind: "write", at, bytes: bytes.slice() });
    return at + bytes.length;
  }

  change(change: FileChange): void {
    this.#current.change(change);
    this.#pending.push(change);
  }

  sync(): void {
    for (const change of this.#pending) this.#durable.change(change);
    this.#pending = [];
  }

  /** A failed sync leaves the pages readable and clean: no later one writes them. */
  failSync(): void {
    this.#pending = [];
  }

  lose(random: Random | "all"): void {
    const kept = random === "all" ? 0 : random.below(this.#pending.length + 1);
    for (const change of this.#pending.slice(0, kept)) this.#durable.change(change);
    const next = this.#pending[kept];
    if (random !== "all" && next?.kind === "write") {
      const bytes = next.bytes.subarray(0, random.below(next.bytes.length));
      this.#durable.change({ ...next, bytes });
    }
    this.#current = new Content();
    this.#current.change({ kind: "write", at: 0, bytes: this.#durable.bytes });
    this.#pending = [];
  }
}

/** A symbolic link. */
class Link {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What a name refers to. */
type Entry = Inode | Link | "folder";

type NameChange = { readonly path: string; readonly inode: Entry | undefined };

/** The disk, and the terminal beside it. Sessions come and go. */
export class SimDisk {
  readonly current = new Map<string, Entry>();
  #durable = new Map<string, Entry>();
  #pending: NameChange[] = [];
  /** What the terminal shows. It forgets nothing. */
  terminal = "";

  constructor(folders: readonly string[]) {
    for (const folder of folders) this.current.set(folder, "folder");
    this.#durable = new Map(this.current);
  }

  name(path: string, inode: Entry | undefined): void {
    if (inode === undefined) this.current.delete(path);
    else this.current.set(path, inode);
    this.#pending.push({ path, inode });
  }

  syncFolder(folder: string): void {
    const here = this.#pending.filter(({ path }) => dirname(path) === folder);
    for (const change of here) this.#keep(change);
    this.#pending = this.#pending.filter(({ path }) => dirname(path) !== folder);
  }

  /** The power fails: of what was not synced, `random` decides how much is kept. */
  losePower(random: Random | "all"): void {
    const folders = new Set(this.#pending.map(({ path }) => dirname(path)));
    for (const folder of folders) {
      const here = this.#pending.filter(({ path }) => dirname(path) === folder);
      const kept = random === "all" ? 0 : random.below(here.length + 1);
      for (const change of here.slice(0, kept)) this.#keep(change);
    }
    this.#pending = [];
    this.current.clear();
    for (const [path, inode] of this.#durable) {
      if (!this.#isReachable(path)) continue;
      if (inode instanceof Inode) inode.lose(random);
      this.current.set(path, inode);
    }
    this.#durable = new Map(this.current);
  }

  #isReachable(path: string): boolean {
    const above = dirname(path);
    return above === path || (this.#durable.has(above) && this.#isReachable(above));
  }

  #keep({ path, inode }: NameChange): void {
    if (inode === undefined) this.#durable.delete(path);
    else this.#durable.set(path, inode);
  }

  inode(path: string): Inode | undefined {
    const found = this.current.get(path);
    return found instanceof Inode ? found : undefined;
  }

  /** The text of a file; `undefined` if there is none. */
  text(path: string): string | undefined {
    const inode = this.inode(path);
    return inode === undefined ? undefined : new TextDecoder().decode(inode.bytes);
  }

  /** The text of a link; `undefined` if there is none. */
  link(path: string): string | undefined {
    const found = this.current.get(path);
    return found instanceof Link ? found.text : undefined;
  }

  /** A file to read, outside of any session. */
  openToRead(path: string): Readable | undefined {
    const inode = this.inode(path);
    return inode === undefined ? undefined : readerOf(inode);
  }

  /** Everything on the disk, to compare. */
  snapshot(): string {
    const paths = [...this.current.keys()].sort();
    return JSON.stringify(paths.map((path) => [path, this.text(path) ?? this.link(path)]));
  }
}

/** The disk as one process sees it: it counts operations, and the process dies or is refused at the chosen one. */
export class Session {
  readonly simDisk: SimDisk;
  readonly #fault: PlannedFault | undefined;
  readonly #faultAt: number;
  /** Every write writes half of its bytes. */
  areWritesShort = false;
  operations = 0;
  isDead = false;
  #refusedNext: Error | undefined;

  constructor(simDisk: SimDisk, fault?: { readonly at: number; readonly fault: PlannedFault }) {
    this.simDisk = simDisk;
    this.#fault = fault?.fault;
    this.#faultAt = fault?.at ?? Infinity;
  }

  /**
   * Counts an operation. `half` does half of a write: a process that dies may get so far; a host that refuses takes it, and
   * refuses the next operation. Returns whether that happened.
   */
  step(half?: () => void): boolean {
    if (this.isDead) throw new Crash();
    if (this.#refusedNext !== undefined) {
      const error = this.#refusedNext;
      this.#refusedNext = undefined;
      throw error;
    }
    if (this.operations++ !== this.#faultAt || this.#fault === undefined) return false;
    const isHalf = this.#fault.torn && half !== undefined;
    if (isHalf) half();
    if (this.#fault.kind === "die") {
      this.isDead = true;
      throw new Crash();
    }
    if (!isHalf) throw this.#fault.error;
    this.#refusedNext = this.#fault.error;
    return true;
  }

  /** The process ends, and its locks with it. */
  end(): void {
    this.isDead = true;
    for (const inode of this.simDisk.current.values()) {
      if (inode instanceof Inode && inode.lockedBy === this) inode.lockedBy = undefined;
    }
  }

  readonly stdout: ByteStream = {
    writeSync: (bytes) =>
      this.#write(bytes, (part) => {
        this.simDisk.terminal += new TextDecoder().decode(part);
      }),
  };

  /** A new log, or an existing one. */
  openLog(path: string, { isNew = false } = {}): Appendable {
    const inode = isNew ? this.#create(path) : this.simDisk.inode(path);
    if (inode === undefined) throw new Deno.errors.NotFound(path);
    this.#lock(inode);
    return {
      ...this.#fileOf(inode),
      write: (bytes) =>
        this.#write(bytes, (part) => {
          inode.append(part);
        }),
    };
  }

  readonly disk: Disk = {
    kindOf: (path) => {
      const found = this.simDisk.current.get(path);
      if (found === undefined) return "absent";
      return found === "folder" ? "folder" : "file";
    },
    identityOf: (path) => {
      const inode = this.simDisk.inode(path);
      return inode === undefined ? undefined : { device: 1, inode: inode.number };
    },
    resolve: (path) => path,
    openSink: (path) => {
      if (this.simDisk.link(path) !== undefined) return "it is not a regular file";
      return this.#sinkOf(this.simDisk.inode(path) ?? this.#create(path));
    },
    openDevice: (path) => {
      throw new Deno.errors.NotFound(path);
    },
    openToRead: (path) => this.simDisk.openToRead(path),
    readLink: (path) => this.simDisk.link(path),
    makeLink: (path, text) => {
      this.step();
      if (this.simDisk.current.has(path)) throw new Deno.errors.AlreadyExists(path);
      this.simDisk.name(path, new Link(text));
    },
    remove: (path) => {
      this.step();
      this.simDisk.name(path, undefined);
    },
    makeFolder: (path) => {
      this.step();
      this.simDisk.name(path, "folder");
    },
    syncFolder: (path) => {
      this.step();
      this.simDisk.syncFolder(path);
    },
  };

  #create(path: string): Inode {
    this.step();
    if (this.simDisk.current.has(path)) throw new Deno.errors.AlreadyExists(path);
    const inode = new Inode();
    this.simDisk.name(path, inode);
    return inode;
  }

  #sinkOf(inode: Inode): SinkFile {
    let end = 0;
    return {
      ...this.#fileOf(inode),
      identity: { device: 1, inode: inode.number },
      append: (bytes) => {
        end = inode.bytes.length;
        return this.#write(bytes, (part) => {
          end = inode.append(part);
        });
      },
      appendedEnd: () => {
        this.step();
        return end;
      },
      rewrite: (bytes, at) => {
        this.step();
        inode.change({ kind: "write", at, bytes: bytes.slice() });
      },
      lock: () => {
        this.#lock(inode);
        return Promise.resolve(true);
      },
    };
  }

  /** Torn tails beside a log. */
  tornTailsOf(path: string): TornTails {
    const beside = (number: number) => `${path}.${number}.torn`;
    const kept = () => {
      const tails: Uint8Array[] = [];
      for (let number = 1;; number++) {
        const inode = this.simDisk.inode(beside(number));
        if (inode === undefined) return tails;
        tails.push(inode.bytes);
      }
    };
    return {
      kept,
      keep: (tail) => {
        // Written under another name, synced and renamed: it exists whole or not at all.
        this.step();
        const inode = new Inode();
        inode.change({ kind: "write", at: 0, bytes: tail.slice() });
        inode.sync();
        this.simDisk.name(beside(kept().length + 1), inode);
        this.step();
        this.simDisk.syncFolder(dirname(path));
      },
    };
  }

  #write(bytes: Uint8Array, take: (part: Uint8Array) => void): number {
    const half = Math.ceil(bytes.length / 2);
    const isHalf = this.step(() => take(bytes.subarray(0, half)));
    if (isHalf) return half;
    const count = this.areWritesShort ? half : bytes.length;
    take(bytes.subarray(0, count));
    return count;
  }

  #lock(inode: Inode): void {
    if (inode.lockedBy !== undefined && inode.lockedBy !== this) {
      throw new Deno.errors.Busy("another process has it open for writing");
    }
    inode.lockedBy = this;
  }

  #fileOf(inode: Inode) {
    const reader = readerOf(inode);
    return {
      size: reader.size,
      read: reader.read,
      truncate: (size: number) => {
        this.step();
        inode.change({ kind: "cut", size });
      },
      sync: () => {
        try {
          this.step();
        } catch (cause) {
          if (!(cause instanceof Crash)) inode.failSync();
          throw cause;
        }
        inode.sync();
      },
      close: () => {
        if (inode.lockedBy === this) inode.lockedBy = undefined;
      },
    };
  }
}

function readerOf(inode: Inode): Readable {
  return {
    size: () => inode.bytes.length,
    read(into, at) {
      const part = inode.bytes.subarray(at, at + into.length);
      into.set(part);
      return part.length;
    },
    close: () => {},
  };
}
