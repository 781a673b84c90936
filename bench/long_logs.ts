/**
 * Long logs: writing, verifying and replaying them beside what must be done at least, and how time and memory grow. Whole processes,
 * alternating within one run.
 *
 * `deno run -A bench/long_logs.ts [quick]`
 *
 * @module
 */
import { hashAndWrite } from "./hash_and_write.ts";
import { median } from "./median.ts";
import {
  endedCpuSeconds,
  type ProcessRun,
  recordRun,
  runDeno,
  runDustrun,
  secondsOf,
} from "./process.ts";
import { effectLine, effectLoop, whileLoop } from "./programs.ts";
import { milliseconds, peak, row } from "./table.ts";

const PAIRS = 7;
const HASH_AND_WRITE = [import.meta.filename ?? "", "hash-and-write"];

/** Measures all rows over logs of about `million` events and more, and prints a table. */
export async function benchLongLogs(million: number): Promise<void> {
  const folder = Deno.makeTempDirSync();
  try {
    await besideTheirBytes(folder, 3 * million);
    await besideSha256sum(folder, million);
    for (const [where, run] of Object.entries(effectRuns(million))) {
      await besideItsRun(folder, where, run);
    }
    for (const size of [million, 10 * million]) await growth(folder, size);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** The processor time of a logged run, in units of hashing and writing the same bytes. */
async function besideTheirBytes(folder: string, ticks: number): Promise<void> {
  const log = `${folder}/loop.jsonl`;
  const [runs, floors]: [number[], number[]] = [[], []];
  for (let pair = 0; pair < PAIRS; pair++) {
    runs.push(await cpuOf(() => recordLoop(log, ticks)));
    const copy = `${folder}/copy`;
    floors.push(await cpuOf(() => runDeno(["run", "-A", ...HASH_AND_WRITE, log, copy])));
    Deno.removeSync(copy);
    remove(log);
  }
  compare(`run of ${ticks} ticks, processor time`, runs, "hashing and writing its log", floors);
}

/** `verify` beside `sha256sum`, and `replay` beside `verify`. */
async function besideSha256sum(folder: string, ticks: number): Promise<void> {
  const log = `${folder}/loop.jsonl`;
  await recordLoop(log, ticks);
  const [sums, verified, replayed]: [number[], number[], number[]] = [[], [], []];
  for (let pair = 0; pair < PAIRS; pair++) {
    sums.push(await secondsOf(["sha256sum", log]));
    verified.push((await runDustrun(["verify", log])).seconds);
    replayed.push((await runDustrun(["replay", log])).seconds);
  }
  remove(log);
  compare(`verify, ${ticks} ticks`, verified, "sha256sum", sums);
  compare(`replay, ${ticks} ticks`, replayed, "verify", verified);
}

/** A run of many effects, all of which go to one sink. */
interface EffectRun {
  readonly effects: number;
  readonly text: string;
  readonly sink: "file" | "ledger";
}

function effectRuns(effects: number): Readonly<Record<string, EffectRun>> {
  return {
    "in a file": { effects, text: effectLoop(effects), sink: "file" },
    "in a file, a statement each": { effects, text: effectLine(effects), sink: "file" },
    "in a ledger": { effects, text: effectLoop(effects), sink: "ledger" },
  };
}

/** The processor time of an audit, in units of the run that performed the effects in groups of 1,000. */
async function besideItsRun(
  folder: string,
  where: string,
  { effects, text, sink }: EffectRun,
): Promise<void> {
  const log = `${folder}/effects.jsonl`, path = `${folder}/effects.txt`;
  const program = `${folder}/effects.dir.json`;
  Deno.writeTextFileSync(program, text);
  const words = ["--quiet", "--group", "1000", "--max-ticks", `${4 * effects}`, "--log", log];
  const realize = ["--realize", `emit=${sink}:${path}`];
  const [runs, audits]: [number[], number[]] = [[], []];
  for (let pair = 0; pair < PAIRS; pair++) {
    runs.push(await cpuOf(() => runDustrun(["run", ...words, ...realize, program])));
    audits.push(await cpuOf(() => runDustrun(["audit", log])));
    remove(log);
    Deno.removeSync(path);
  }
  compare(`audit of ${effects} effects ${where}, processor time`, audits, "the run", runs);
}

/** The time and the peak memory of everything that reads a log from its beginning to its end. */
async function growth(folder: string, ticks: number): Promise<void> {
  const log = `${folder}/loop.jsonl`;
  const rows: (readonly [name: string, run: ProcessRun])[] = [
    ["run", await recordLoop(log, ticks)],
  ];
  for (const words of [["verify"], ["replay"], ["state"], ["export"]]) {
    rows.push([words.join(" "), await runDustrun([...words, log])]);
  }
  remove(log);
  for (const [name, run] of rows) row(`${name}, ${ticks} ticks`, run.seconds, peak(run));
}

async function recordLoop(log: string, ticks: number): Promise<ProcessRun> {
  return await recordRun(log, { program: whileLoop(ticks), ticks });
}

function remove(log: string): void {
  Deno.removeSync(log);
  Deno.removeSync(`${log}.snapshots`);
}

async function cpuOf(act: () => Promise<unknown>): Promise<number> {
  const before = endedCpuSeconds() ?? Number.NaN;
  await act();
  return (endedCpuSeconds() ?? Number.NaN) - before;
}

/** One row: the median of the ratios of pairs, and the median times. */
function compare(
  name: string,
  ours: readonly number[],
  floorName: string,
  floors: readonly number[],
): void {
  const ratios = ours.map((seconds, pair) => seconds / (floors[pair] ?? Number.NaN));
  const floor = `${floorName} ${milliseconds(median(floors))}`;
  row(name, median(ours), `${median(ratios).toFixed(2)} times ${floor}`);
}

if (import.meta.main) {
  const [word, from = "", to = ""] = Deno.args;
  if (word === "hash-and-write") hashAndWrite(from, to);
  else await benchLongLogs(word === "quick" ? 100_000 : 1_000_000);
}
