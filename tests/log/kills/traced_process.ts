/**
 * Real processes under `strace`: which file operations a command line does, SIGKILL at one of them, or an error of the host there. The
 * kernel keeps what the process has written: what a loss of power does is tested on a simulated disk (`tests/log/crash/`).
 *
 * `strace` stops a process at every system call, also where it is told to look at few of them; and a process that loads hundreds of
 * modules does thousands. So these processes are the bundle, which is one file.
 *
 * @module
 */
import { assertNotStrictEquals } from "../../../std/assert.ts";
import { bundle } from "../../support/bundle.ts";

let script: Promise<string> | undefined;

/** dustrun in one file, which other users may read, too. It is made once, and removed in the end. */
export function bundled(): Promise<string> {
  return script ??= makeBundle();
}

async function makeBundle(): Promise<string> {
  const folder = Deno.makeTempDirSync();
  globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
  Deno.chmodSync(folder, 0o755);
  await bundle(`${folder}/dustrun.js`);
  return `${folder}/dustrun.js`;
}

/** The n-th call of one system call on the watched paths. */
export interface FileOperation {
  /** The name of the system call. */
  readonly call: string;
  /** From 1. */
  readonly n: number;
  /** The file, where the trace names it. */
  readonly path: string;
  /** Whether it changes something or makes it durable. A process that is killed at another one leaves what it leaves at the next that does. */
  readonly isChange: boolean;
}

/** Chooses at which operations of a command to strike. */
export type Choice = (
  operations: readonly FileOperation[],
  command: "run" | "resume" | "audit" | "abandon" | "runs",
) => readonly FileOperation[];

/** A command line of dustrun, and what is watched. */
export interface TracedCommand {
  /** The bundle. */
  readonly script: string;
  readonly words: readonly string[];
  /** The working folder. */
  readonly folder: string;
  /** Absolute. Calls on other files, such as the modules of dustrun, are neither counted nor struck. */
  readonly paths: readonly string[];
  /** Standard output goes to the end of this file. */
  readonly stdout: string;
}

/** How a process ended. */
export interface Ended {
  /** Whether SIGKILL ended it. */
  readonly isKilled: boolean;
  readonly code: number;
  readonly stderr: string;
}

/** Runs a command to its end; returns every file operation that it did, in order. */
export async function operationsOf(
  command: TracedCommand,
): Promise<{ readonly ended: Ended; readonly operations: readonly FileOperation[] }> {
  const trace = Deno.makeTempFileSync();
  const ended = await underStrace(command, ["-y", "-o", trace, "-e", "trace=file,desc"]);
  const lines = Deno.readTextFileSync(trace).split("\n");
  Deno.removeSync(trace);
  const counts = new Map<string, number>();
  const operations = lines.flatMap((line): FileOperation[] => {
    // `4711  write(23</tmp/out.txt>, "…", 11) = 11`; the interrupted rest of a call, and the end of a process, have another form.
    const [, call = "", rest = ""] = /^[0-9]+ +([a-z0-9_]+)\((.*)$/.exec(line) ?? [];
    if (call === "") return [];
    const n = (counts.get(call) ?? 0) + 1;
    counts.set(call, n);
    const path = /^[0-9]+<([^>]*)>/.exec(rest)?.[1] ?? /"([^"]*)"/.exec(rest)?.[1] ?? "";
    return [{ call, n, path, isChange: CHANGES.has(call) || rest.includes("O_CREAT") }];
  });
  return { ended, operations };
}

/** System calls that change a file or a folder, take a lock, or make something durable. */
const CHANGES = new Set(
  "write pwrite64 writev ftruncate fallocate fsync fdatasync mkdir rmdir unlink unlinkat rename symlink link chmod flock"
    .split(" "),
);

/** Runs a command that is killed when it is about to do an operation. */
export async function killedAt(
  command: TracedCommand,
  operation: FileOperation,
): Promise<Ended> {
  return await struckAt(command, operation, "signal=KILL");
}

/** Runs a command for which an operation fails with an error, such as `EIO`. */
export async function refusedAt(
  command: TracedCommand,
  operation: FileOperation,
  error: string,
): Promise<Ended> {
  return await struckAt(command, operation, `error=${error}`);
}

async function struckAt(
  command: TracedCommand,
  { call, n }: FileOperation,
  how: string,
): Promise<Ended> {
  return await underStrace(command, [
    ...["-o", "/dev/null", "-e", `trace=${call}`],
    ...["-e", `inject=${call}:${how}:when=${n}`],
  ]);
}

async function underStrace(
  { script, words, folder, paths, stdout }: TracedCommand,
  options: readonly string[],
): Promise<Ended> {
  const watched = [...paths, stdout].flatMap((path) => ["-P", path]);
  const child = new Deno.Command("sh", {
    args: ["-c", 'out=$1; shift; exec "$@" >> "$out"', "sh", stdout].concat(
      ["strace", "-f", ...options, ...watched],
      [Deno.execPath(), "run", "--no-check", "--no-prompt", "-R", "-W", script, ...words],
    ),
    cwd: folder,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  }).spawn();
  const guard = setTimeout(() => child.kill("SIGTERM"), PATIENCE_MS);
  const { code, signal, stderr } = await child.output();
  clearTimeout(guard);
  assertNotStrictEquals(signal, "SIGTERM", `it hangs: dustrun ${words.join(" ")}`);
  return { isKilled: signal === "SIGKILL", code, stderr: new TextDecoder().decode(stderr) };
}

/** Far longer than any of these processes takes, also where the machine is busy. */
const PATIENCE_MS = 120_000;

/** Names the kill in what is thrown after it. */
export async function named(
  words: readonly string[],
  { call, n }: FileOperation,
  check: () => Promise<void>,
): Promise<void> {
  try {
    await check();
  } catch (cause) {
    throw new Error(`killed at ${call} ${n} of ${words.join(" ")}`, { cause });
  }
}
