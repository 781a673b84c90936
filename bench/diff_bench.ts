/**
 * `diff` of the logs of two nearly equal programs, beside what must be done at least: `cmp` of two equal files of the same size, and an
 * empty program started in the same way. Whole processes, alternating within one run.
 *
 * `deno run -A bench/diff_bench.ts [quick]`
 *
 * @module
 */
import { median } from "./median.ts";
import { type ProcessRun, recordRun, runDeno, runDustrun, secondsOf } from "./process.ts";
import { whileLoop } from "./programs.ts";
import { milliseconds, row } from "./table.ts";

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
      const program = whileLoop(ticks);
      await recordRun(`${folder}/loop.jsonl`, { program, ticks });
      for (const [name, change] of Object.entries(VARIANTS)) {
        await recordRun(`${folder}/other.jsonl`, { program: change(program), ticks });
        await compare(folder, `diff --level trace, ${ticks} ticks, ${name}`);
        for (const made of ["", ".snapshots"]) Deno.removeSync(`${folder}/other.jsonl${made}`);
      }
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  }
}

async function compare(folder: string, name: string): Promise<void> {
  const [log, other] = [`${folder}/loop.jsonl`, `${folder}/other.jsonl`];
  const [same, empty] = [`${folder}/same.jsonl`, `${folder}/empty.ts`];
  Deno.copyFileSync(log, same);
  Deno.writeTextFileSync(empty, "");
  const runs: ProcessRun[] = [];
  const floors: number[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    const floor = await secondsOf(["cmp", log, same]) + (await runDeno(["run", empty])).seconds;
    const run = await runDustrun(["diff", "--level", "trace", log, other], [1]);
    floors.push(floor);
    runs.push(run);
  }
  const ours = median(runs.map(({ seconds }) => seconds));
  const ratio = median(runs.map(({ seconds }, pair) => seconds / (floors[pair] ?? Number.NaN)));
  const peak = median(runs.map(({ peakMb = Number.NaN }) => peakMb));
  const floor = `cmp and an empty start ${milliseconds(median(floors))}`;
  row(name, ours, `${ratio.toFixed(2)} times ${floor}, ${peak.toFixed(0)} MB peak`, 60);
}

if (import.meta.main) await benchDiff(Deno.args[0] === "quick" ? 100_000 : 1_000_000);
