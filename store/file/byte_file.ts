/**
 * What the log needs of a file: something that grows at its end. The host's files implement it (`file_appendable.ts`), and so
 * does memory, so that logs can be written, read, torn and damaged without a disk.
 *
 * @module
 */

/** Bytes that can be read from anywhere. Where the host refuses, its own error is thrown. */
export interface Readable {
  /** Length in bytes. */
  size(): number;
  /** Reads up to `into.length` bytes from offset `at`; answers how many, 0 at the end only. */
  read(into: Uint8Array, at: number): number;
  close(): void;
}

/** Bytes that can also be added at the end. Where the host refuses, its own error is thrown. */
export interface Appendable extends Readable {
  /** Adds bytes at the end; answers how many, which may be fewer than given. */
  write(bytes: Uint8Array): number;
  /** Cuts everything from offset `size` on. */
  truncate(size: number): void;
  /** Returns once everything written survives a loss of power. */
  sync(): void;
}

/** Reads exactly the bytes from `at` up to `end`, or fewer where the file ends before. */
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

/** Adds all bytes, however many calls it takes. */
export function writeAll(file: Appendable, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) {
    const count = file.write(bytes.subarray(written));
    if (count === 0) throw new Error("the file takes no more bytes (os error 28)");
    written += count;
  }
}

/** A file in memory. */
export class MemoryFile implements Appendable {
  #bytes: Uint8Array;
  #size: number;

  constructor(content: Uint8Array = new Uint8Array()) {
    this.#bytes = content.slice();
    this.#size = content.length;
  }

  size(): number {
    return this.#size;
  }

  read(into: Uint8Array, at: number): number {
    const end = Math.min(at + into.length, this.#size);
    if (end <= at) return 0;
    into.set(this.#bytes.subarray(at, end));
    return end - at;
  }

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

  truncate(size: number): void {
    this.#size = Math.min(size, this.#size);
  }

  sync(): void {}

  close(): void {}

  /** A copy of the content. */
  content(): Uint8Array {
    return this.#bytes.slice(0, this.#size);
  }
}
