/**
 * A progress line on the terminal, for work that takes longer than a second. Without a terminal nothing is shown.
 *
 * @module
 */
import type { Appendable, Readable } from "../../api/files.ts";
import type { Io } from "./io.ts";

/** Work shorter than this shows nothing. */
const QUIET_MS = 1_000;
/** A line is drawn at most this often. */
const REDRAW_MS = 100;

/** Counts the work done, and draws the line from time to time. */
export class Progress {
  readonly #io: Io;
  readonly #describe: (done: number) => string;
  #done = 0;
  #drawnAt = performance.now() + QUIET_MS - REDRAW_MS;

  /** `describe` renders the progress as text. */
  constructor(io: Io, describe: (done: number) => string) {
    this.#io = io;
    this.#describe = describe;
  }

  /** Counts one more step. */
  step(): void {
    this.at(this.#done + 1);
  }

  /** Sets how much of the work is done. */
  at(done: number): void {
    this.#done = done;
    if (!this.#io.isStderrTerminal || performance.now() - this.#drawnAt < REDRAW_MS) return;
    this.#drawnAt = performance.now();
    this.#io.showProgress(this.#describe(done));
  }

  /** Removes the line. */
  end(): void {
    this.#io.showProgress("");
  }
}

/** The same log; reports how much of it has been read. */
export function watchReading(log: Readable, io: Io): Readable {
  const size = Math.max(log.size(), 1);
  const progress = new Progress(
    io,
    (done) => `reading the log: ${Math.floor(100 * done / size)} %`,
  );
  return {
    size: () => log.size(),
    read(into, at) {
      progress.at(Math.min(at, size));
      return log.read(into, at);
    },
    close() {
      progress.end();
      log.close();
    },
  };
}

/** The same file; reports how much has been written to it. */
export function watchWriting(file: Appendable, io: Io): Appendable {
  const progress = new Progress(io, (done) => `running: ${(done / 1e6).toFixed(1)} MB of log`);
  return {
    size: () => file.size(),
    read: (into, at) => file.read(into, at),
    write(bytes) {
      const count = file.write(bytes);
      progress.at(file.size());
      return count;
    },
    truncate: (size) => file.truncate(size),
    sync: () => file.sync(),
    close() {
      progress.end();
      file.close();
    },
  };
}
