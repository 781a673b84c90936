/**
 * A progress line on the terminal, for work that takes longer than a second. Without a terminal nothing is shown.
 *
 * @module
 */
import type { ConfigurationQuery } from "../../api/configurations.ts";
import type { Readable } from "../../api/files.ts";
import type { RunProgress } from "../../api/record.ts";
import type { WireEvent } from "../../api/values.ts";
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

/** Shows how far a run has come, and stops it when somebody asks for that: it then throws `Interrupted`. */
export function watchRun(io: Io): { readonly at: (progress: RunProgress) => void } {
  let kind: RunProgress["kind"] = "ticks";
  const progress = new Progress(
    io,
    (done) => kind === "ticks" ? `running: ${done} ticks` : `resolving: ${done} solver steps`,
  );
  return {
    at(come) {
      io.interrupt.check();
      kind = come.kind;
      progress.at(come.kind === "ticks" ? come.tick : come.steps);
    },
  };
}

/** The same query; shows how much work it has taken. */
export function watchQuery(query: ConfigurationQuery, io: Io): ConfigurationQuery {
  const progress = new Progress(io, (spent) => `${spent} solver steps`);
  return { ...query, observe: (spent) => progress.at(spent) };
}

/** Shows how many effects are performed, unless some go to a stream, which may be the same terminal. */
export function watchRealization(
  sinks: readonly string[],
  io: Io,
): ((event: WireEvent) => void) | undefined {
  if (sinks.some((sink) => sink === "stdout" || sink === "stderr")) return undefined;
  const progress = new Progress(io, (done) => `realizing: ${done} effects`);
  return (event) => {
    if (event.kind === "effect_realized") progress.at(event.last + 1);
    if (event.kind === "realization_finished") progress.end();
  };
}
