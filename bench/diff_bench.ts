/**
 * `diff` of the logs of two nearly equal programs, beside what must be done at least: `cmp` of two equal files of the same size, and an
 * empty program started in the same way. Whole processes, alternating within one run.
 *
 * `deno run -A bench/diff_bench.ts [quick]`
 *
 * @module
 */
import { median } from "./median.ts";
import { type ProcessRun, runDeno, runDustrun } from "./process.ts";
import { whileLoop } from "./programs.ts";

const PAIRS = 7;

/** Variants of the loop, by what is different. */
const VARIANTS: { readonly [name: string]: (program: string) => string } = {
  "another expression": (program) => program.replace("sum Add i", "i Add sum"),
  "a statement in front": (program) =>
    program.replace('"body":[', '"body":[{"Let":{"name":"extra","expr":"7"}},'),
};

/** Measures logs of `million` events, and ten times as long ones for the growth. */
export async function benchDiff(million: number): Promise<void> {
  for (const ticks of [million, 10 * million]) {
    const folder = Deno.makeTempDirSync();
    try {
      await write(folder, "loop", whileLoop(ticks), ticks);
      for (const [name, change] of Object.entries(VARIANTS)) {
        await write(folder, "other", change(whileLoop(ticks)), ticks);
        await compare(folder, `diff --level trace, ${ticks} ticks, ${name}`);
        for (const made of ["", ".snapshots"]) Deno.removeSync(`${folder}/other.jsonl${made}`);
      }
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  }
}

async function write(folder: string, name: string, text: string, ticks: number): Promise<void> {
  const [program, log] = [`${folder}/${name}.dir.json`, `${folder}/${name}.jsonl`];
  Deno.writeTextFileSync(program, text);
  const limit = ["--max-ticks", String(2 * ticks)];
  await runDustrun(["--simulate", "--quiet", ...limit, "--log", log, program]);
}

async function compare(folder: string, name: string): Promise<void> {
  const [log, other] = [`${folder}/loop.jsonl`, `${folder}/other.jsonl`];
  const [same, empty] = [`${folder}/same.jsonl`, `${folder}/empty.ts`];
  Deno.copyFileSync(log, same);
  Deno.writeTextFileSync(empty, "");
  const runs: ProcessRun[] = [];
  const floors: number[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    const floor = await secondsOf("cmp", log, same) + (await runDeno(["run", empty])).seconds;
    const run = await runDustrun(["diff", "--level", "trace", log, other], [1]);
    floors.push(floor);
    runs.push(run);
  }
  const ours = median(runs.map(({ seconds }) => seconds));
  const ratio = median(runs.map(({ seconds }, pair) => seconds / (floors[pair] ?? Number.NaN)));
  const peak = median(runs.map(({ peakMb = Number.NaN }) => peakMb));
  console.log(
    `  ${name.padEnd(60)} ${shown(ours)}  ${ratio.toFixed(2)} times cmp and an empty start ${
      shown(median(floors)).trim()
    }, ${peak.toFixed(0)} MB peak`,
  );
}

async function secondsOf(program: string, ...args: readonly string[]): Promise<number> {
  const start = performance.now();
  await new Deno.Command(program, { args: [...args], stdout: "null" }).output();
  return (performance.now() - start) / 1_000;
}

function shown(seconds: number): string {
  return `${(1_000 * seconds).toFixed(0).padStart(7)} ms`;
}

if (import.meta.main) await benchDiff(Deno.args[0] === "quick" ? 100_000 : 1_000_000);
