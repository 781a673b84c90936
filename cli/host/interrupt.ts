/**
 * Interruption by the user (SIGINT) of work that has something to show so far.
 *
 * @module
 */

/** Whether the user has interrupted. */
export class Interrupt {
  #isAsked = false;
  readonly #note = () => {
    this.#isAsked = true;
  };

  /** From now on, an interruption no longer ends the process. */
  constructor() {
    Deno.addSignalListener("SIGINT", this.#note);
  }

  /** Lets a pending signal arrive; returns whether there was one. */
  async isAsked(): Promise<boolean> {
    await new Promise((resolve) => setTimeout(resolve));
    return this.#isAsked;
  }

  /** An interruption ends the process again. */
  end(): void {
    Deno.removeSignalListener("SIGINT", this.#note);
  }
}
