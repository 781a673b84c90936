/**
 * A command in a real terminal of a given size, which tmux draws.
 *
 * @module
 */

const TRIES = 400, WAIT_MS = 50;

/** A terminal with one command in it. */
export class Tmux {
  readonly #socket = `dustrun-${crypto.randomUUID()}`;

  /** Starts the command; each word is quoted for the shell. */
  constructor(
    words: readonly string[],
    { columns, rows }: { readonly columns: number; readonly rows: number },
  ) {
    const command = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
    const [x, y] = [String(columns), String(rows)];
    const shell = `NO_COLOR=1 exec ${command}`;
    this.#tmux("-f", "/dev/null", "new-session", "-d", "-x", x, "-y", y, shell);
  }

  /** Types keys, by their names or as text. */
  type(...keys: readonly string[]): void {
    for (const key of keys) this.#tmux("send-keys", key);
  }

  /** Gives the terminal another size. */
  resize({ columns, rows }: { readonly columns: number; readonly rows: number }): void {
    this.#tmux("resize-window", "-x", String(columns), "-y", String(rows));
  }

  /** What the terminal shows, once that matches; fails with what it shows instead. */
  async until(expected: RegExp): Promise<string> {
    let shown = "";
    for (let tried = 0; tried < TRIES; tried++) {
      shown = this.#tmux("capture-pane", "-p").text;
      if (expected.test(shown)) return shown;
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    }
    throw new Error(`the terminal does not show ${expected} but\n${shown}`);
  }

  /** Waits until the command has ended, and with it the terminal. */
  async ended(): Promise<void> {
    for (let tried = 0; tried < TRIES; tried++) {
      if (!this.#tmux("has-session").isSuccess) return;
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    }
    throw new Error("the command does not end");
  }

  /** Ends the terminal, whatever is in it. */
  close(): void {
    this.#tmux("kill-server");
  }

  #tmux(...args: readonly string[]): { readonly isSuccess: boolean; readonly text: string } {
    const { success, stdout } = new Deno.Command("tmux", {
      args: ["-L", this.#socket, ...args],
      env: { TERM: "xterm-256color", LC_ALL: "C.UTF-8" },
    }).outputSync();
    return { isSuccess: success, text: new TextDecoder().decode(stdout) };
  }
}
