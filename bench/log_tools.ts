/**
 * The log's tools compared with common ones in the same run: `verify` with `sha256sum`, which hashes the same bytes without
 * parsing them, and with `jq`, which parses the same lines without checking them.
 *
 * `deno run -A bench/log_tools.ts [EVENTS]`, default 1,000,000.
 *
 * @module
 */
import {
  AppendableFile,
  executeToLog,
  LogWriter,
  ReadableFile,
  readLog,
  summarizeLog,
  verifyLog,
} from "../mod.ts";
import { whileLoop } from "./programs.ts";

/** One measurement. */
interface Timing {
  readonly name: string;
  readonly seconds: number;
}

const DUSTRUN = [
  "run",
  "--allow-read",
  "--allow-write",
  new URL("../cli.ts", import.meta.url).pathname,
];

/** Measures all tools over one log of about `events` events, and prints a table. */
export function benchLogTools(events: number): void {
  const folder = Deno.makeTempDirSync();
  const path = `${folder}/log.jsonl`;
  try {
    const written = measure("write: execute a while loop into a log", () => writeLog(path, events));
    const log = new ReadableFile(path);
    const verdict = verifyLog(log);
    if (verdict.status !== "complete") throw new Error(verdict.status);
    const timings = [
      written,
      measure("verify, in this process", () => verifyLog(log)),
      command("verify, as a command", Deno.execPath(), [...DUSTRUN, "verify", path]),
      command("sha256sum", "sha256sum", [path]),
      command("cat", "cat", [path]),
      command("jq -c .", "jq", ["-c", ".", path]),
      command("tools/verify_log.py", "python3", [
        new URL("../tools/verify_log.py", import.meta.url).pathname,
        path,
      ]),
      measure("read the event in the middle", () => [...readLog(log, {
        from: verdict.events >> 1,
        to: (verdict.events >> 1) + 1,
      })]),
      measure("summarize for a list of runs", () => summarizeLog(log)),
    ].filter((timing) => timing !== undefined);
    log.close();
    print(timings, verdict);
    const { rss } = Deno.memoryUsage();
    console.log(`resident memory at the end: ${Math.round(rss / 1e6)} MB`);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

function writeLog(path: string, events: number): void {
  const writer = new LogWriter(AppendableFile.create(path));
  const artifacts = [{ name: "bench", text: whileLoop(events) }];
  executeToLog({ artifacts, input: { limits: { max_ticks: 2 * events } } }, writer);
  writer.close();
}

function measure(name: string, act: () => unknown): Timing {
  const start = performance.now();
  act();
  return { name, seconds: (performance.now() - start) / 1_000 };
}

/** The time of a whole process; `undefined` if the command is not installed. */
function command(name: string, file: string, args: readonly string[]): Timing | undefined {
  try {
    return measure(name, () => {
      const { success } = new Deno.Command(file, { args: [...args], stdout: "null" }).outputSync();
      if (!success) throw new Error(`${name} failed`);
    });
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return undefined;
    throw cause;
  }
}

function print(
  timings: readonly Timing[],
  { events, bytes }: { readonly events: number; readonly bytes: number },
): void {
  console.log(`${events} events, ${Math.round(bytes / 1e6)} MB\n`);
  const width = timings.reduce((most, { name }) => Math.max(most, name.length), 0);
  for (const { name, seconds } of timings) {
    const rate = Math.round(events / seconds).toLocaleString("en").padStart(14);
    const shown = (seconds * 1_000).toFixed(1).padStart(10);
    console.log(`${name.padEnd(width)} ${shown} ms ${seconds > 0.02 ? `${rate} events/s` : ""}`);
  }
}

if (import.meta.main) benchLogTools(Number(Deno.args[0] ?? 1_000_000));
