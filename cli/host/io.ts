/**
 * The host as the command line uses it: three streams, files, the terminal. Commands get it as a parameter, so that tests
 * run them without a process.
 *
 * @module
 */
import type { Streams } from "../../api/realize.ts";
import { Fault } from "./fault.ts";

/** Streams, files and the terminal of the host. */
export interface Io {
  /** Writes to standard output; ends the command without a message when the reader has closed the pipe. */
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** The same streams as bytes, as sinks of effects: a write that fails throws the host's error. */
  readonly streams: Streams;
  readonly isStdoutTerminal: boolean;
  readonly isStderrTerminal: boolean;
  /** Width of the terminal in columns; 80 where there is none. */
  readonly columns: number;
  /** Whether colour is wanted: on a terminal, unless `NO_COLOR` is set. */
  readonly color: boolean;
  /** Shows a line on the terminal until something else is written; an empty text removes it. */
  readonly showProgress: (text: string) => void;
  /** The text of a file, or of standard input for `-`. */
  readonly readText: (path: string) => string;
  /**
   * Gives up permissions for good. A command calls it as soon as its files are open, before it looks at what is in them: from
   * then on no artifact and no log, whatever it holds, can make this process open anything.
   */
  readonly drop: (...permissions: readonly ("read" | "write")[]) => void;
}

/** Whether standard output is coloured. */
export function isColored(io: Io): boolean {
  return io.color && io.isStdoutTerminal;
}

/** Thrown when the reader of standard output has closed the pipe: the command ends, without a failure. */
export class ClosedPipe extends Error {
  override readonly name = "ClosedPipe";
}

/** The host of this process. */
export function hostIo(): Io {
  const isStdoutTerminal = Deno.stdout.isTerminal();
  let isProgressShown = false;
  const showProgress = (text: string) => {
    if (isProgressShown || text !== "") writeAll(Deno.stderr, `\r${text}\x1b[K`);
    isProgressShown = text !== "";
  };
  const write = (stream: typeof Deno.stdout, text: string) => {
    showProgress("");
    writeAll(stream, text);
  };
  return {
    stdout: (text) => write(Deno.stdout, text),
    stderr: (text) => write(Deno.stderr, text),
    showProgress,
    streams: { stdout: Deno.stdout, stderr: Deno.stderr },
    isStdoutTerminal,
    isStderrTerminal: Deno.stderr.isTerminal(),
    columns: isStdoutTerminal ? Deno.consoleSize().columns : 80,
    color: !Deno.noColor && Deno.stderr.isTerminal(),
    readText: (path) => decodeUtf8(path === "-" ? readStdin() : readBytes(path), path),
    drop: (...permissions) => {
      for (const name of permissions) Deno.permissions.revokeSync({ name });
    },
  };
}

function writeAll(stream: { writeSync(bytes: Uint8Array): number }, text: string): void {
  const bytes = new TextEncoder().encode(text);
  let written = 0;
  try {
    while (written < bytes.length) written += stream.writeSync(bytes.subarray(written));
  } catch (cause) {
    if (cause instanceof Deno.errors.BrokenPipe) throw new ClosedPipe();
    throw cause;
  }
}

function readBytes(path: string): Uint8Array {
  try {
    return Deno.readFileSync(path);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function readStdin(): Uint8Array {
  const parts: Uint8Array[] = [];
  const buffer = new Uint8Array(65_536);
  for (;;) {
    const count = Deno.stdin.readSync(buffer);
    if (count === null) break;
    parts.push(buffer.slice(0, count));
  }
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Bytes that are not UTF-8 are reported, never replaced. A byte order mark is kept: the loader refuses it. */
function decodeUtf8(bytes: Uint8Array, path: string): string {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  if (!text.includes("\ufffd")) return text; // several times as fast as decoding strictly
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Fault({
      code: "DR1305",
      message: "the file is not UTF-8",
      place: path,
      help: "save it as UTF-8",
    });
  }
}

/** The fault for a file that cannot be read. */
export function unreadable(path: string, cause: unknown): Fault {
  return new Fault({
    code: "DR1305",
    message: reasonOf(cause),
    place: path,
    help: "check the path and its permissions",
  });
}

/** The fault for a file that cannot be written. */
export function unwritable(path: string, cause: unknown): Fault {
  return new Fault({
    code: "DR1306",
    message: reasonOf(cause),
    place: path,
    help: "check the path, its permissions and the free space",
  });
}

/** The operating system's reason in a few words, without paths and codes that differ between hosts. */
function reasonOf(cause: unknown): string {
  if (cause instanceof Deno.errors.NotFound) return "there is no such file";
  if (cause instanceof Deno.errors.PermissionDenied) return "permission denied";
  if (cause instanceof Deno.errors.NotCapable) return "this process has no permission for it";
  if (cause instanceof Deno.errors.AlreadyExists) return "it exists already";
  if (cause instanceof Deno.errors.IsADirectory) return "it is a folder";
  if (cause instanceof Error) return cause.message.replace(/ \(os error .*$/s, "");
  return String(cause);
}

/** Whether an exception is an error of the operating system about a file. */
export function isFileError(cause: unknown): boolean {
  return Object.values(Deno.errors).some((kind) => cause instanceof kind) ||
    (cause instanceof Error && /\(os error [0-9]+\)/.test(cause.message));
}
