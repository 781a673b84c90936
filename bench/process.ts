/**
 * Whole processes: their time, processor time and memory. Processor time and memory are read from `/proc` on Linux; on other
 * systems only the time is known.
 *
 * @module
 */

/** The resources that one process used. */
export interface ProcessRun {
  readonly seconds: number;
  /** Time on all processors, in seconds, without the last 50 ms. It can exceed `seconds` because of threads. */
  readonly cpuSeconds: number | undefined;
  /** Peak resident memory in MB. */
  readonly peakMb: number | undefined;
}

const SAMPLE_EVERY_MS = 50;
const CLI = new URL("../cli.ts", import.meta.url).pathname;

/** Runs `dustrun` with these arguments, as users do. */
export async function runDustrun(
  words: readonly string[],
  accepted: readonly number[] = [0],
): Promise<ProcessRun> {
  return await runDeno(["run", "--allow-read", "--allow-write", CLI, ...words], accepted);
}

/** Runs the current Deno with these arguments, and samples the process until it exits, which must be with an accepted code. */
export async function runDeno(
  words: readonly string[],
  accepted: readonly number[] = [0],
): Promise<ProcessRun> {
  const start = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: [...words],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  let last: Usage | undefined;
  const timer = setInterval(() => {
    last = usageOf(child.pid) ?? last;
  }, SAMPLE_EVERY_MS);
  const { code } = await child.status;
  clearInterval(timer);
  if (!accepted.includes(code)) throw new Error(`deno ${words.join(" ")} ended with ${code}`);
  const seconds = (performance.now() - start) / 1_000;
  return { seconds, cpuSeconds: last?.cpuSeconds, peakMb: last?.peakMb };
}

/** Records a simulated run of about `ticks` ticks in a log; the program is written beside it. */
export async function recordRun(
  log: string,
  { program, ticks }: { readonly program: string; readonly ticks: number },
): Promise<ProcessRun> {
  const path = `${log}.dir.json`;
  Deno.writeTextFileSync(path, program);
  const limit = ["--max-ticks", String(2 * ticks)];
  return await runDustrun(["--simulate", "--quiet", ...limit, "--log", log, path]);
}

/** The time of a command, which must succeed. */
export async function secondsOf([command = "", ...args]: readonly string[]): Promise<number> {
  const start = performance.now();
  const { success } = await new Deno.Command(command, { args }).output();
  if (!success) throw new Error(`${command} ${args.join(" ")} failed`);
  return (performance.now() - start) / 1_000;
}

/** The resources that a process has used so far. */
interface Usage {
  readonly peakMb: number;
  readonly cpuSeconds: number;
}

/** The kernel counts processor time in hundredths of a second. */
const TICKS_A_SECOND = 100;

/** Processor time in seconds of all processes that this one has started and that have ended; `undefined` outside Linux. */
export function endedCpuSeconds(): number | undefined {
  try {
    const fields = statOf("self");
    return (Number(fields[13]) + Number(fields[14])) / TICKS_A_SECOND;
  } catch {
    return undefined;
  }
}

/** The fields of `/proc/PID/stat` from the third one on; the name before them, in parentheses, may contain spaces. */
function statOf(pid: number | "self"): readonly string[] {
  const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

function usageOf(pid: number): Usage | undefined {
  try {
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    const fields = statOf(pid);
    const megabytes = (field: string) =>
      Number(new RegExp(`^${field}:\\s+([0-9]+) kB`, "m").exec(status)?.[1] ?? Number.NaN) / 1_000;
    const cpuSeconds = (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
    const peakMb = megabytes("VmHWM");
    return Number.isNaN(peakMb) ? undefined : { peakMb, cpuSeconds };
  } catch {
    return undefined;
  }
}
