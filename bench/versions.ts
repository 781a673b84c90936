/**
 * `deno task bench:versions FOLDER [PAIRS] [TICKS]`: whether sequential programs have become slower since another checkout of dustrun,
 * which FOLDER names. Whole processes in alternating pairs; processor time, user and system, so that other work on the machine matters little.
 *
 * The median ratio lies between the two bounds with a probability of 97 % (order statistics of 31 pairs). If the lower one is above 1,
 * this version is slower beyond the noise.
 *
 * @module
 */
import { median } from "./median.ts";
import { endedCpuSeconds } from "./process.ts";
import { effectLoop, straightLine, whileLoop } from "./programs.ts";
import { row } from "./table.ts";

const [other = "", pairs = "31", ticks = "600000"] = Deno.args;
const OWN = new URL("../cli.ts", import.meta.url).pathname;
const OTHER = `${Deno.realPathSync(other)}/cli.ts`;

const PROGRAMS: readonly (readonly [name: string, text: string])[] = [
  ["while loop", whileLoop(Number(ticks))],
  ["straight line", straightLine(Math.ceil(Number(ticks) / 8))],
  ["loop of effects", effectLoop(Math.ceil(Number(ticks) / 8))],
];

const folder = Deno.makeTempDirSync();
try {
  for (const [name, text] of PROGRAMS) {
    const program = `${folder}/p.dir.json`;
    Deno.writeTextFileSync(program, text);
    for (const cli of [OWN, OTHER]) used(cli, program); // fills the caches
    const own: number[] = [];
    const ratios = Array.from({ length: Number(pairs) }, (_, pair) => {
      const [first, second] = pair % 2 === 0 ? [OWN, OTHER] : [OTHER, OWN];
      const times = new Map([[first, used(first, program)], [second, used(second, program)]]);
      own.push(times.get(OWN) ?? Number.NaN);
      return (times.get(OWN) ?? Number.NaN) / (times.get(OTHER) ?? Number.NaN);
    }).sort((a, b) => a - b);
    const at = (part: number) => (ratios[Math.round(part * (ratios.length - 1))] ?? 0).toFixed(3);
    const bounds = `between ${at(0.3)} and ${at(0.7)}`;
    row(name, median(own), `${median(ratios).toFixed(3)} times the other, ${bounds}`);
  }
} finally {
  Deno.removeSync(folder, { recursive: true });
}

/** The processor seconds of a simulated run with a log. */
function used(cli: string, program: string): number {
  const before = endedCpuSeconds() ?? Number.NaN;
  const log = `${folder}/p.jsonl`;
  const words = ["--simulate", "--quiet", "--max-ticks", "100000000", "--log", log, program];
  const { success } = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "--allow-read", "--allow-write", cli, ...words],
    stdout: "null",
    stderr: "inherit",
  }).outputSync();
  if (!success) throw new Error(`${cli} failed`);
  Deno.removeSync(log);
  return (endedCpuSeconds() ?? Number.NaN) - before;
}
