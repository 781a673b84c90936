/**
 * A log that shows on the terminal how far it has been read.
 *
 * @module
 */
import type { Readable } from "../mod.ts";
import type { Io } from "./io.ts";
import { Progress } from "./progress.ts";

const MEGABYTE = 1_000_000;

/** A log being read from its beginning to its end. */
export class WatchedLog implements Readable {
  readonly #log: Readable;
  readonly #progress: Progress;
  #megabytes = 0;

  /** `what` is being done with it. */
  constructor(log: Readable, io: Io, what: string) {
    this.#log = log;
    this.#progress = new Progress(io, `${what}, MB`, Math.floor(log.size() / MEGABYTE));
  }

  size(): number {
    return this.#log.size();
  }

  read(into: Uint8Array, at: number): number {
    const count = this.#log.read(into, at);
    for (; this.#megabytes < Math.floor((at + count) / MEGABYTE); this.#megabytes++) {
      this.#progress.step();
    }
    return count;
  }

  /** Takes the line away; the log itself stays open. */
  close(): void {
    this.#progress.end();
  }
}

/** Does something with a log while its progress is shown. */
export function watching<T>(
  log: Readable,
  { io, what }: { readonly io: Io; readonly what: string },
  act: (log: Readable) => T,
): T {
  const watched = new WatchedLog(log, io, what);
  try {
    return act(watched);
  } finally {
    watched.close();
  }
}
