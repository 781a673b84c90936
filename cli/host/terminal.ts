/**
 * A terminal in raw mode: whole screen, key by key. Its former mode is always restored.
 *
 * @module
 */
import { type Line, paintLines } from "../text/style.ts";
import { ClosedPipe, isFileError } from "./io.ts";
import { type Key, keysOf } from "./keys.ts";

/** The terminal while a command controls it. */
export interface Terminal {
  size(): { readonly columns: number; readonly rows: number };
  /** Replaces the content of the screen. */
  show(lines: readonly Line[], isColored: boolean): void;
  /** Keys as they are pressed; `resize` when the size has changed. Ends when the terminal is closed or cannot be read. */
  keys(): AsyncGenerator<Key, void>;
}

/** Switches the terminal to raw mode while `use` runs. */
export async function withTerminal<T>(use: (terminal: Terminal) => Promise<T>): Promise<T> {
  const terminal = new HostTerminal();
  terminal.take();
  try {
    return await use(terminal);
  } finally {
    terminal.giveBack();
  }
}

/** Whether both ends of the process are a terminal. */
export function hasTerminal(): boolean {
  return Deno.stdin.isTerminal() && Deno.stdout.isTerminal();
}

const ENTER = "\u001b[?1049h\u001b[?25l";
const LEAVE = "\u001b[?25h\u001b[?1049l";

class HostTerminal implements Terminal {
  #onResize: (() => void) | undefined;
  readonly #resized = () => this.#onResize?.();

  take(): void {
    Deno.stdin.setRaw(true);
    this.#write(ENTER);
    if (Deno.build.os !== "windows") Deno.addSignalListener("SIGWINCH", this.#resized);
  }

  /** A terminal that is gone has nothing to restore. */
  giveBack(): void {
    if (Deno.build.os !== "windows") Deno.removeSignalListener("SIGWINCH", this.#resized);
    try {
      this.#write(LEAVE);
      Deno.stdin.setRaw(false);
    } catch (cause) {
      if (!isGone(cause)) throw cause;
    }
  }

  /** A terminal without a size, such as one that `script` opens for a pipe, has the usual one. */
  size() {
    const { columns, rows } = Deno.consoleSize();
    return { columns: columns > 0 ? columns : 80, rows: rows > 0 ? rows : 24 };
  }

  show(lines: readonly Line[], isColored: boolean): void {
    const screen = paintLines(lines, isColored).slice(0, -1).replaceAll("\n", "\r\n");
    this.#write(`\u001b[H\u001b[2J${screen}`);
  }

  async *keys(): AsyncGenerator<Key, void> {
    const buffer = new Uint8Array(1_024);
    const decoder = new TextDecoder();
    const read = () => Deno.stdin.read(buffer).catch(endIfGone);
    let reading = read();
    for (;;) {
      const resize = new Promise<"resize">((resolve) => {
        this.#onResize = () => resolve("resize");
      });
      const next = await Promise.race([reading, resize]);
      if (next === "resize") {
        yield next;
        continue;
      }
      if (next === null || next === 0) return;
      yield* keysOf(decoder.decode(buffer.subarray(0, next), { stream: true }));
      reading = read();
    }
  }

  #write(text: string): void {
    const bytes = new TextEncoder().encode(text);
    try {
      for (let written = 0; written < bytes.length;) {
        const count = Deno.stdout.writeSync(bytes.subarray(written));
        if (count === 0) throw new ClosedPipe(); // it takes nothing any more
        written += count;
      }
    } catch (cause) {
      throw isFileError(cause) ? new ClosedPipe() : cause;
    }
  }
}

/** Whether an exception says that the terminal is closed, or was taken from this process. */
function isGone(cause: unknown): boolean {
  return cause instanceof ClosedPipe || isFileError(cause);
}

/** The end of input in place of the error of a terminal that is gone. */
function endIfGone(cause: unknown): null {
  if (isGone(cause)) return null;
  throw cause;
}
