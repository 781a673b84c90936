/**
 * Interruption by the user (SIGINT) or the system (SIGTERM) of work that has something to leave in order. This work is synchronous, so
 * that a listener in its own thread would never be called: a worker listens, and the work looks at memory that both share.
 *
 * @module
 */

/** A signal that asks to stop. */
export type StopSignal = "SIGINT" | "SIGTERM";

/** Thrown by what watches the work, to stop it. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  readonly signal: StopSignal;

  constructor(signal: StopSignal) {
    super(signal);
    this.signal = signal;
  }
}

/** A signal ends a process that is younger than this at once: a worker costs more than what its work could lose. */
const UNWATCHED_MS = 1_000;

/** The number of a signal in the shared memory is its index, from 1. */
const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** The first signal is noted, so that the work stops in order; the next one ends the process. */
const LISTEN = `self.onmessage = ({ data: { memory, signals } }) => {
  for (const [index, signal] of signals.entries()) {
    const note = () => {
      Deno.removeSignalListener(signal, note);
      Atomics.store(memory, 0, index + 1);
    };
    Deno.addSignalListener(signal, note);
  }
};`;

/** Whether somebody has asked this process to stop. */
export class Interrupt {
  readonly #began = performance.now();
  /** The number of the signal that came, or 0; `undefined` until a worker listens. */
  #memory: Int32Array | undefined;

  /** The signal that came, if any. To be asked between two pieces of work, each of which is done whole. */
  asked(): StopSignal | undefined {
    if (this.#memory !== undefined) return SIGNALS[Atomics.load(this.#memory, 0) - 1];
    if (performance.now() - this.#began >= UNWATCHED_MS) this.#memory = listen();
    return undefined;
  }

  /** Throws if a signal came. @throws Interrupted */
  check(): void {
    const signal = this.asked();
    if (signal !== undefined) throw new Interrupted(signal);
  }
}

/** Why a realization stops that is interrupted: the reason that its log has. */
export function stopReason(signal: StopSignal): string {
  return `interrupted by ${signal}`;
}

/** Why a realization is to stop, if a signal came. */
export function stopReasonOf(interrupt: Pick<Interrupt, "asked">): string | undefined {
  const signal = interrupt.asked();
  return signal === undefined ? undefined : stopReason(signal);
}

/** From now on the first signal does not end the process. This needs no permission. */
function listen(): Int32Array {
  const memory = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const signals = Deno.build.os === "windows" ? SIGNALS.slice(0, 1) : SIGNALS;
  const url = `data:text/javascript,${encodeURIComponent(LISTEN)}`;
  new Worker(url, { type: "module" }).postMessage({ memory, signals });
  return memory;
}
