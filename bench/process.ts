/**
 * Whole processes: how long they take, and how much memory they hold while they run.
 *
 * @module
 */

/** What one process took. */
export interface ProcessRun {
  readonly seconds: number;
  /** The most memory that was resident, in MB; `undefined` where the host does not tell. */
  readonly peakMb: number | undefined;
  /** Resident memory in MB, at even intervals. */
  readonly samples: readonly number[];
}

const SAMPLE_EVERY_MS = 50;
const CLI = new URL("../cli.ts", import.meta.url).pathname;

/** Runs `dustrun` with these words, as its users do. */
export async function runDustrun(words: readonly string[]): Promise<ProcessRun> {
  return await runDeno(["run", "--allow-read", "--allow-write", CLI, ...words]);
}

/** Runs this very Deno with these words, and watches the process until it ends. */
export async function runDeno(words: readonly string[]): Promise<ProcessRun> {
  const start = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: [...words],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const samples: number[] = [];
  let peakMb: number | undefined;
  const timer = setInterval(() => {
    const memory = memoryOf(child.pid);
    if (memory === undefined) return;
    samples.push(memory.now);
    peakMb = memory.peak;
  }, SAMPLE_EVERY_MS);
  const { success, code } = await child.status;
  clearInterval(timer);
  if (!success) throw new Error(`deno ${words.join(" ")} ended with ${code}`);
  return { seconds: (performance.now() - start) / 1_000, peakMb, samples };
}

/** Resident memory of a process now and at most so far, in MB. Linux tells; elsewhere nothing is known. */
function memoryOf(pid: number): { readonly now: number; readonly peak: number } | undefined {
  try {
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    const megabytes = (field: string) =>
      Number(new RegExp(`^${field}:\\s+([0-9]+) kB`, "m").exec(status)?.[1] ?? Number.NaN) / 1_000;
    const now = megabytes("VmRSS");
    return Number.isNaN(now) ? undefined : { now, peak: megabytes("VmHWM") };
  } catch {
    return undefined;
  }
}
