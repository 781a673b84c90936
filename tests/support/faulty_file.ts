/**
 * A disk that fails on demand, at its n-th operation, and determines what survives. Appends are assumed to reach the disk in
 * order: after a crash, what was synced is there, and some prefix of what was written since.
 *
 * @module
 */
import { type Appendable, MemoryFile } from "../../store/file/byte_file.ts";

/** What goes wrong. */
export type Fault = "short-write" | "disk-full" | "io-error" | "crash";

/** The process has died: nothing that it does after this counts. */
export class Crash extends Error {
  override readonly name = "Crash";
}

/** The state of a disk that outlives the processes which use it. */
export class Disk {
  readonly #file = new MemoryFile();
  #syncedSize = 0;
  #operations = 0;
  #plan: { readonly fault: Fault; readonly at: number } | undefined;
  /** A fraction of what was not synced, which survives a crash. */
  readonly #survives: number;

  constructor(survives: number) {
    this.#survives = survives;
  }

  /** From here on, the `at`-th operation (from 1) goes wrong. */
  plan(fault: Fault, at: number): void {
    this.#plan = { fault, at };
    this.#operations = 0;
  }

  /** Disables the planned fault. Returns whether it had occurred. */
  heal(): boolean {
    const happened = this.#plan !== undefined && this.#operations >= this.#plan.at;
    this.#plan = undefined;
    return happened;
  }

  /** What is on the disk. */
  content(): Uint8Array {
    return this.#file.content();
  }

  /** One operation of something else on the same disk, such as keeping a torn tail. */
  operate(act: () => void): void {
    const fault = this.#next();
    if (fault === "disk-full" || fault === "io-error") throw new Error(`${fault} (os error)`);
    if (fault === "crash") {
      if (this.#survives > 0.5) act();
      this.#crash();
    }
    act();
  }

  /** The disk's one file, as a process sees it. */
  open(): Appendable {
    return {
      size: () => this.#file.size(),
      read: (into, at) => this.#file.read(into, at),
      close: () => {},
      write: (bytes) => this.#write(bytes),
      truncate: (size) => this.#truncate(size),
      sync: () => this.#sync(),
    };
  }

  #next(): Fault | undefined {
    this.#operations++;
    return this.#operations === this.#plan?.at ? this.#plan.fault : undefined;
  }

  #write(bytes: Uint8Array): number {
    const fault = this.#next();
    const half = bytes.subarray(0, Math.floor(bytes.length / 2));
    switch (fault) {
      case undefined:
        return this.#file.write(bytes);
      case "short-write":
        return this.#file.write(bytes.subarray(0, Math.max(1, half.length)));
      case "disk-full":
        this.#file.write(half);
        throw new Error("no space left on device (os error 28)");
      case "io-error":
        throw new Error("input/output error (os error 5)");
      case "crash":
        this.#file.write(bytes);
        return this.#crash();
    }
  }

  /** A failed sync has lost data, and a second sync would not report it. */
  #sync(): void {
    const fault = this.#next();
    if (fault === "crash") this.#crash();
    if (fault === "io-error" || fault === "disk-full") {
      this.#lose();
      throw new Error("input/output error (os error 5)");
    }
    this.#syncedSize = this.#file.size();
  }

  #truncate(size: number): void {
    const fault = this.#next();
    if (fault === "io-error" || fault === "disk-full") {
      throw new Error("input/output error (os error 5)");
    }
    if (fault === "crash") {
      if (this.#survives > 0.5) this.#cut(size);
      this.#crash();
    }
    this.#cut(size);
  }

  #cut(size: number): void {
    this.#file.truncate(size);
    this.#syncedSize = Math.min(this.#syncedSize, size);
  }

  #crash(): never {
    this.#lose();
    throw new Crash();
  }

  #lose(): void {
    const unsynced = this.#file.size() - this.#syncedSize;
    this.#file.truncate(this.#syncedSize + Math.floor(unsynced * this.#survives));
  }
}
