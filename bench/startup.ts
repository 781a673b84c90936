/**
 * How long small commands take from start to exit, beside an empty program started the same way. Both run in turn, and each
 * ratio is of two neighbouring runs, so that a machine that changes its speed changes both. Processor time depends less on other
 * load; the kernel counts it so coarsely that only the ratio of the sums over all runs is exact enough.
 *
 * @module
 */
import { bundle } from "../tests/support/bundle.ts";
import { compileBoth } from "./executable.ts";
import { median } from "./median.ts";
import { endedCpuSeconds, secondsOf } from "./process.ts";
import { fromFileUrl } from "../std/path.ts";

/** What one command took. */
export interface StartUp {
  /** `sources: check`. */
  readonly name: string;
  /** Median wall-clock time of the command. */
  readonly seconds: number;
  /** Command divided by empty program: the median of all pairs, the least and the greatest. */
  readonly ratio: { readonly median: number; readonly least: number; readonly most: number };
  /** The processor time of all runs of the command divided by that of all runs of the empty program; `undefined` outside Linux. */
  readonly cpuRatio: number | undefined;
}

/** The ratios as one text for a reader. */
export function noteOf({ ratio, cpuRatio }: StartUp): string {
  const spread = `${ratio.least.toFixed(2)} to ${ratio.most.toFixed(2)}`;
  const cpu = cpuRatio === undefined ? "" : `, processor time ${cpuRatio.toFixed(2)} times`;
  return `${ratio.median.toFixed(2)} times empty (${spread})${cpu}`;
}

/** A way to start dustrun, and an empty program in the same way. */
interface Form {
  readonly name: string;
  readonly command: readonly string[];
  readonly empty: readonly string[];
}

const CLI = fromFileUrl(new URL("../cli.ts", import.meta.url));
const PROGRAM = fromFileUrl(
  new URL("../fixtures/programs/hello/program.dir.json", import.meta.url),
);

/** Measures plain sources, the bundle and, where it compiles, the executable; `runs` pairs for each command. */
export async function measureStartUp(folder: string, runs: number): Promise<readonly StartUp[]> {
  const log = `${folder}/hello.jsonl`;
  const commands: readonly (readonly string[])[] = [
    ["--version"],
    ["check", PROGRAM],
    ["run", "--simulate", "--quiet", "--store", `${folder}/store`, PROGRAM],
    ["verify", log],
  ];
  const results: StartUp[] = [];
  for (const form of await formsIn(folder)) {
    await secondsOf([...form.command, "run", "--simulate", "--quiet", "--log", log, PROGRAM]);
    for (const words of commands) {
      results.push(await compare(form, words, runs));
    }
  }
  return results;
}

async function formsIn(folder: string): Promise<readonly Form[]> {
  const script = `${folder}/empty.ts`;
  Deno.writeTextFileSync(script, "");
  const bundled = `${folder}/dustrun.js`;
  await bundle(bundled);
  const deno = [Deno.execPath(), "run", "--allow-read", "--allow-write"];
  const empty = [Deno.execPath(), "run", script];
  const executables = await compileBoth(folder);
  return [
    { name: "sources", command: [...deno, CLI], empty },
    { name: "bundle", command: [...deno, bundled], empty },
    ...("reason" in executables
      ? []
      : [{ name: "executable", command: [executables.ours], empty: [executables.empty] }]),
  ];
}

async function compare(form: Form, words: readonly string[], runs: number): Promise<StartUp> {
  const command = [...form.command, ...words];
  await secondsOf(command); // the first start fills Deno's caches
  const seconds: number[] = [], ratios: number[] = [];
  let [emptyCpu, ourCpu] = [0, 0];
  for (let turn = 0; turn < runs; turn++) {
    const before = endedCpuSeconds() ?? Number.NaN;
    const empty = await secondsOf(form.empty);
    const between = endedCpuSeconds() ?? Number.NaN;
    const ours = await secondsOf(command);
    emptyCpu += between - before;
    ourCpu += (endedCpuSeconds() ?? Number.NaN) - between;
    seconds.push(ours);
    ratios.push(ours / empty);
  }
  return {
    name: `${form.name}: ${words[0]}`,
    seconds: median(seconds),
    ratio: {
      median: median(ratios),
      least: ratios.reduce((a, b) => Math.min(a, b)),
      most: ratios.reduce((a, b) => Math.max(a, b)),
    },
    cpuRatio: Number.isNaN(ourCpu) ? undefined : ourCpu / emptyCpu,
  };
}

if (import.meta.main) {
  const folder = Deno.makeTempDirSync();
  try {
    for (const result of await measureStartUp(folder, 15)) {
      const milliseconds = (result.seconds * 1_000).toFixed(0).padStart(5);
      console.log(`${result.name.padEnd(22)} ${milliseconds} ms  ${noteOf(result)}`);
    }
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}
