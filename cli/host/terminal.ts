/**
 * A terminal in raw mode: whole screen, key by key. Its former mode is always restored.
 *
 * @module
 */
import { type Line, paintLines } from "../text/style.ts";
import { type Key, keysOf } from "./keys.ts";

/** The terminal while a command controls it. */
export interface Terminal {
  size(): { readonly columns: number; readonly rows: number };
  /** Replaces the content of the screen. */
  show(lines: readonly Line[], isColored: boolean): void;
  /** Keys as they are pressed; `resize` when the size has changed. Ends when the terminal is closed. */
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

  giveBack(): void {
    if (Deno.build.os !== "windows") Deno.removeSignalListener("SIGWINCH", this.#resized);
    this.#write(LEAVE);
    Deno.stdin.setRaw(false);
  }

  size() {
    return Deno.consoleSize();
  }

  show(lines: readonly Line[], isColored: boolean): void {
    const screen = paintLines(lines, isColored).slice(0, -1).replaceAll("\n", "\r\n");
    this.#write(`\u001b[H\u001b[2J${screen}`);
  }

  async *keys(): AsyncGenerator<Key, void> {
    const buffer = new Uint8Array(1_024);
    const decoder = new TextDecoder();
    let reading = Deno.stdin.read(buffer);
    for (;;) {
      const resize = new Promise<"resize">((resolve) => {
        this.#onResize = () => resolve("resize");
      });
      const next = await Promise.race([reading, resize]);
      if (next === "resize") {
        yield next;
        continue;
      }
      if (next === null) return;
      yield* keysOf(decoder.decode(buffer.subarray(0, next), { stream: true }));
      reading = Deno.stdin.read(buffer);
    }
  }

  #write(text: string): void {
    const bytes = new TextEncoder().encode(text);
    for (let written = 0; written < bytes.length;) {
      written += Deno.stdout.writeSync(bytes.subarray(written));
    }
  }
}
