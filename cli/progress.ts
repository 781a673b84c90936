/**
 * A progress line on the terminal, for work that takes longer than a second. Nothing is shown anywhere else.
 *
 * @module
 */
import type { Io } from "./io.ts";

/** Work shorter than this shows nothing. */
const QUIET_MS = 1_000;
/** A line is drawn at most this often. */
const REDRAW_MS = 100;

/** Counts steps and draws the line now and then. */
export class Progress {
  readonly #io: Io;
  readonly #what: string;
  readonly #total: number;
  #done = 0;
  #drawnAt = performance.now() + QUIET_MS - REDRAW_MS;
  #isDrawn = false;

  constructor(io: Io, what: string, total: number) {
    this.#io = io;
    this.#what = what;
    this.#total = total;
  }

  /** One step is done. */
  step(): void {
    this.#done++;
    if (!this.#io.isStderrTerminal || performance.now() - this.#drawnAt < REDRAW_MS) return;
    this.#drawnAt = performance.now();
    this.#isDrawn = true;
    this.#io.stderr(`\r${this.#what}: ${this.#done} of ${this.#total}`);
  }

  /** Takes the line away. */
  end(): void {
    if (this.#isDrawn) this.#io.stderr("\r\x1b[K");
  }
}
