/**
 * The file interface that the log uses: random reads and appending. Host files (`host_file.ts`) and memory implement it, so logs
 * can be written, read, torn and damaged in tests without a disk.
 *
 * @module
 */

/** A file that can be read at any offset. Errors of the host are thrown unchanged. */
export interface Readable {
  /** Length in bytes. */
  size(): number;
  /** Reads up to `into.length` bytes from offset `at` and returns their number; 0 only at the end of the file. */
  read(into: Uint8Array, at: number): number;
  /** Closes the file. */
  close(): void;
}

/** A file that can also be appended to. Errors of the host are thrown unchanged. */
export interface Appendable extends Readable {
  /** Appends bytes and returns how many were written, which may be fewer than given. */
  write(bytes: Uint8Array): number;
  /** Truncates the file to `size` bytes. */
  truncate(size: number): void;
  /** Returns when everything written so far is durable (survives a loss of power). */
  sync(): void;
}

/** Reads the bytes from `at` up to `end`, exclusive; fewer where the file ends earlier. */
export function readRange(
  file: Readable,
  { at, end }: { readonly at: number; readonly end: number },
): Uint8Array {
  const bytes = new Uint8Array(end - at);
  let length = 0;
  while (length < bytes.length) {
    const count = file.read(bytes.subarray(length), at + length);
    if (count === 0) break;
    length += count;
  }
  return bytes.subarray(0, length);
}

/** Appends all bytes, in as many calls as it takes. */
export function writeAll(file: Pick<Appendable, "write">, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) {
    const count = file.write(bytes.subarray(written));
    if (count === 0) throw new Deno.errors.WriteZero("the file accepts no more bytes");
    written += count;
  }
}

/** A file in memory. */
export class MemoryFile implements Appendable {
  #bytes: Uint8Array;
  #size: number;

  /** A file with a copy of `content`; empty by default. */
  constructor(content: Uint8Array = new Uint8Array()) {
    this.#bytes = content.slice();
    this.#size = content.length;
  }

  /** Length in bytes. */
  size(): number {
    return this.#size;
  }

  /** Reads as {@link Readable} does. */
  read(into: Uint8Array, at: number): number {
    const end = Math.min(at + into.length, this.#size);
    if (end <= at) return 0;
    into.set(this.#bytes.subarray(at, end));
    return end - at;
  }

  /** Appends all bytes. */
  write(bytes: Uint8Array): number {
    const end = this.#size + bytes.length;
    if (end > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(end, 2 * this.#bytes.length));
      grown.set(this.#bytes.subarray(0, this.#size));
      this.#bytes = grown;
    }
    this.#bytes.set(bytes, this.#size);
    this.#size = end;
    return bytes.length;
  }

  /** Truncates to `size` bytes. */
  truncate(size: number): void {
    this.#size = Math.min(size, this.#size);
  }

  /** Does nothing: memory is never durable. */
  sync(): void {}

  /** Does nothing. */
  close(): void {}

  /** Returns a copy of the content. */
  content(): Uint8Array {
    return this.#bytes.slice(0, this.#size);
  }
}
