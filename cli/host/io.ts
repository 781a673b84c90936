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
import { Interrupt } from "./interrupt.ts";
import { readStream, TEXT_BYTES_MAX } from "./read_stream.ts";

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
  /** Whether colour is wanted: on a terminal, unless `NO_COLOR` is set or the terminal is dumb. */
  readonly color: boolean;
  /** Whether colour is asked for although the output may not be a terminal. */
  readonly isColorForced: boolean;
  /** Shows a line on the terminal until something else is written; an empty text removes it. Control characters are shown. */
  readonly showProgress: (text: string) => void;
  /**
   * The bytes of a file of text, or of standard input for `-`, which is read once. A file without end or over the limit is a fault; of
   * one that is not text, the bytes may end after its first zero byte.
   */
  readonly readBytes: (path: string) => Uint8Array;
  /** Whether somebody has asked this process to stop. */
  readonly interrupt: Pick<Interrupt, "asked" | "check">;
  /**
   * Gives up permissions for good. A command calls it as soon as its files are open; from then on no artifact and no log, whatever
   * its content, can make this process open anything. A run opens its log only once the program has been loaded and checked.
   */
  readonly drop: (...permissions: readonly ("read" | "write")[]) => void;
}

/** Whether standard output is coloured. */
export function isColored(io: Io): boolean {
  return io.color && (io.isStdoutTerminal || io.isColorForced);
}

/** The same host with the colours that the command line asks for. */
export function withColor(io: Io, when: "auto" | "always" | "never" | undefined): Io {
  if (when === undefined || when === "auto") return io;
  return { ...io, color: when === "always", isColorForced: when === "always" };
}

/** Thrown when the reader of standard output has closed the pipe: the command ends, without a failure. */
export class ClosedPipe extends Error {
  override readonly name = "ClosedPipe";
}

/** The host of this process; files of text have at most `most` bytes. */
export function hostIo(most: number = TEXT_BYTES_MAX): Io {
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
    color: !Deno.noColor && Deno.stderr.isTerminal() && !isDumb(),
    isColorForced: false,
    readBytes: readerOf(most),
    interrupt: new Interrupt(),
    drop: (...permissions) => {
      for (const name of permissions) Deno.permissions.revokeSync({ name });
    },
  };
}

/** Whether the terminal says that it understands no commands; where the environment may not be read, it is not asked. */
function isDumb(): boolean {
  const { state } = Deno.permissions.querySync({ name: "env", variable: "TERM" });
  return state === "granted" && Deno.env.get("TERM") === "dumb";
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

/** Reads files, and standard input once. */
function readerOf(most: number): Io["readBytes"] {
  let isStdinRead = false;
  return (path) => {
    if (path !== "-") return readFile(path, most);
    if (isStdinRead) {
      throw new Fault({
        code: "DR1303",
        message: "standard input is named twice, and can be read once",
        place: "-",
        help: "name a file for one of the two",
      });
    }
    isStdinRead = true;
    return readStream(Deno.stdin, path, most);
  };
}

function readFile(path: string, most: number): Uint8Array {
  try {
    return withFile(path, (file) => readStream(file, path, most));
  } catch (cause) {
    throw cause instanceof Fault ? cause : unreadable(path, cause);
  }
}

/** Opens a file for reading while `use` runs. The keyword `using` would stop Node before it can say that it is the wrong runtime. */
export function withFile<T>(path: string, use: (file: Deno.FsFile) => T): T {
  const file = Deno.openSync(path);
  try {
    return use(file);
  } finally {
    file.close();
  }
}

/** The fault for a file that cannot be read. */
export function unreadable(path: string, cause: unknown): Fault {
  return new Fault({
    code: "DR1305",
    message: reasonOf(cause),
    place: path,
    help: unreadableHelp(path, cause),
  });
}

function unreadableHelp(path: string, cause: unknown): string {
  if (cause instanceof Deno.errors.IsADirectory) {
    return "name a file; dustrun check takes folders of programs, dustrun conformance of fixtures";
  }
  return cause instanceof Deno.errors.NotCapable && /^\/(dev|proc)\//.test(path)
    ? "an operand - is standard input; the runtime opens no other file of the system"
    : "check the path and its permissions";
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

/** The operating system's reason in a few words, without paths and codes that differ between hosts. Anything else is a bug, and rethrown. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error) || !isFileError(cause)) throw cause;
  if (cause instanceof Deno.errors.NotFound) return "there is no such file";
  if (cause instanceof Deno.errors.PermissionDenied) return "permission denied";
  if (cause instanceof Deno.errors.NotCapable) return "this process has no permission for it";
  if (cause instanceof Deno.errors.AlreadyExists) return "it exists already";
  if (cause instanceof Deno.errors.IsADirectory) return "it is a folder";
  if (cause instanceof Deno.errors.NotADirectory) return "it is not a folder, or not in one";
  return cause.message.replace(/ \(os error .*$/s, "");
}

/** Whether an exception is an error of the operating system about a file. */
export function isFileError(cause: unknown): boolean {
  return Object.values(Deno.errors).some((kind) => cause instanceof kind) ||
    (cause instanceof Error && /\(os error [0-9]+\)/.test(cause.message));
}
