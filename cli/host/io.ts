/**
 * The host as the command line uses it: three streams, files, the terminal. Commands get it as a parameter, so that tests
 * run them without a process.
 *
 * @module
 */
import type { Streams } from "../../api/realize.ts";
import { visible } from "../../api/visible.ts";
import type { Shown } from "../text/shown.ts";
import { Fault } from "./fault.ts";

/** Streams, files and the terminal of the host. */
export interface Io {
  /** Writes to standard output; ends the command without a message when the reader has closed the pipe. */
  readonly stdout: (text: Shown) => void;
  readonly stderr: (text: Shown) => void;
  /** The same streams as bytes, for what a program emits and for `--log -`: a write that fails throws the host's error. */
  readonly streams: Streams;
  readonly isStdoutTerminal: boolean;
  readonly isStderrTerminal: boolean;
  /** Width of the terminal in columns; 80 where there is none, or one that reports no size. */
  readonly columns: number;
  /** Whether colour is wanted: on a terminal, unless `NO_COLOR` is set. */
  readonly color: boolean;
  /** Shows a line on the terminal until something else is written; an empty text removes it. Control characters are shown. */
  readonly showProgress: (text: string) => void;
  /** The text of a file, or of standard input for `-`. Bytes that are not UTF-8 are a fault. */
  readonly readText: (path: string) => string;
  /** The same of an artifact: where it is not UTF-8, the text has a lone surrogate, which the loader refuses. */
  readonly readArtifact: (path: string) => string;
  /**
   * Gives up permissions for good. A command calls it as soon as its files are open; from then on no artifact and no log, whatever
   * its content, can make this process open anything. A run opens its log only once the program has been loaded and checked.
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
    if (isProgressShown || text !== "") writeAll(Deno.stderr, `\r${visible(text)}\x1b[K`);
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
    columns: isStdoutTerminal ? Deno.consoleSize().columns || 80 : 80,
    color: !Deno.noColor && Deno.stderr.isTerminal(),
    readText: (path) => {
      const text = decodeUtf8(readAll(path));
      if (text === undefined) throw notUtf8(path);
      return text;
    },
    readArtifact: (path) => {
      const bytes = readAll(path);
      return decodeUtf8(bytes) ?? decodeEscaped(bytes);
    },
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

function readAll(path: string): Uint8Array {
  return path === "-" ? readStdin() : readBytes(path);
}

/** The text of bytes, a byte order mark included; `undefined` where they are not UTF-8. */
function decodeUtf8(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  if (!text.includes("\ufffd")) return text; // several times as fast as decoding strictly
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * Bytes that are not UTF-8 as text: the first of them becomes one of U+DC80 to U+DCFF, none of which UTF-8 can hold, so that its
 * place can be reported.
 */
function decodeEscaped(bytes: Uint8Array): string {
  let clean = 0, unclean = bytes.length + 1;
  while (unclean - clean > 1) {
    const middle = (clean + unclean) >> 1;
    if (decodePrefix(bytes, middle) === undefined) unclean = middle;
    else clean = middle;
  }
  const before = decodePrefix(bytes, clean) ?? "";
  const at = new TextEncoder().encode(before).length;
  const rest = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(at + 1));
  return before + String.fromCharCode(0xdc00 + (bytes[at] ?? 0)) + rest;
}

/** The whole characters of the first bytes; `undefined` where those are not UTF-8. */
function decodePrefix(bytes: Uint8Array, length: number): string | undefined {
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    return decoder.decode(bytes.subarray(0, length), { stream: true });
  } catch {
    return undefined;
  }
}

function notUtf8(path: string): Fault {
  return new Fault({
    code: "DR1305",
    message: "the file is not UTF-8",
    place: path,
    help: "save it as UTF-8",
  });
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
