/**
 * `deno task bench`: measures the speed of dustrun on this machine and prints one table. It does not pass or fail; the targets
 * are in `docs/performance.md`.
 *
 * `deno task bench quick` measures a tenth of everything except existence.
 *
 * @module
 */
import { ALL_ENGINES } from "../dvm/api/all_engines.ts";
import { measureStartUp, noteOf } from "./startup.ts";
import { AppendableFile, executeToLog, LogWriter, ReadableFile, verifyLog } from "../mod.ts";
import { load } from "../dvm/load/load.ts";
import { analyze } from "../dvm/machine/analysis.ts";
import { run } from "../dvm/machine/run.ts";
import { sha256 } from "../store/file/sha256.ts";
import { benchLogTools } from "./log_tools.ts";
import { benchDiff } from "./diff_bench.ts";
import { benchLongLogs } from "./long_logs.ts";
import { measurePhi } from "./phi_bench.ts";
import { type ProcessRun, runDustrun } from "./process.ts";
import { benchRealize } from "./realize_bench.ts";
import { straightLine, whileLoop } from "./programs.ts";
import { measureStages, timed } from "./stages.ts";
import { benchHistory } from "./store_bench.ts";
import { peak, row } from "./table.ts";

const SIZE = Deno.args.includes("quick") ? 0.1 : 1;
const MILLION = 1_000_000 * SIZE;
const START_RUNS = 15;
const ARTIFACT_RUNS = 5;

/** Runs every measurement. */
async function main(): Promise<void> {
  const folder = Deno.makeTempDirSync();
  try {
    heading("whole processes"); // first, while this process is small and the disk is idle
    await benchArtifact(folder);
    await benchStart(folder);
    heading("long logs, beside what must be done at least");
    await benchLongLogs(MILLION);
    heading("comparing the logs of nearly equal programs");
    await benchDiff(MILLION);
    heading("in this process");
    benchLoop(folder);
    benchStages("straight line", straightLine(Math.round(0.3 * MILLION)));
    benchStages("while loop", whileLoop(Math.round(0.3 * MILLION)));
    heading("realization, compared with plain appends and the same number of syncs");
    for (const [groupSize, effects] of [[1, 400], [16, 4_000], [256, 40_000]] as const) {
      await benchGroups(folder, groupSize, Math.ceil(effects * SIZE));
    }
    heading("existence, default budget");
    benchExistence();
    heading("queries over a long log");
    benchHistory(MILLION);
    heading("log tools, compared with common tools");
    benchLogTools(MILLION);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** A `While` loop without a log and with one, and verifying that log. */
function benchLoop(folder: string): void {
  const ticks = 3 * MILLION;
  const artifacts = [{ name: "bench", text: whileLoop(ticks) }];
  const input = { limits: { max_ticks: 2 * ticks } };
  const program = load(artifacts);
  if (!program.ok) throw new Error("the program does not load");
  const analysis = analyze(program.value, { sha256, ...ALL_ENGINES });
  const bare = timed(() =>
    run(program.value, input, { ...analysis, analysis, sink: () => undefined })
  );
  row("while loop, no log", bare.seconds, rate(ticks, bare.seconds, "statements"));
  const path = `${folder}/loop.jsonl`;
  const logged = timed(() => {
    const writer = new LogWriter(AppendableFile.create(path));
    executeToLog({ artifacts, input }, writer);
    writer.close();
  });
  row("while loop, log to a file", logged.seconds, rate(ticks, logged.seconds, "statements"));
  const log = new ReadableFile(path);
  const verified = timed(() => verifyLog(log));
  log.close();
  if (verified.value.status !== "complete") throw new Error(verified.value.status);
  row("verify that log", verified.seconds, rate(verified.value.events, verified.seconds, "events"));
  Deno.removeSync(path);
}

/** Effects per second, for a group size. */
async function benchGroups(folder: string, groupSize: number, effects: number): Promise<void> {
  const { realized, ceiling, share } = await benchRealize(folder, { groupSize, effects });
  const reached = `${(100 * share).toFixed(0)} % of ${count(Math.round(ceiling))}`;
  row(
    `${count(effects)} effects, groups of ${groupSize}`,
    effects / realized,
    `${count(Math.round(realized))} effects/s, ${reached}`,
  );
}

/** Φ problems with their solver steps; the same in a quick run, since they take only a few seconds. */
function benchExistence(): void {
  for (const { name, verdict, work, milliseconds } of measurePhi()) {
    row(name, milliseconds / 1_000, `${verdict}, ${count(work)} steps`);
  }
}

/** The share of each stage. */
function benchStages(name: string, text: string): void {
  const { stages, events } = measureStages(text);
  const whole = stages.reduce((sum, { seconds }) => sum + seconds, 0);
  console.log(`\n  ${name}, ${count(events)} events, ${megabytes(text.length)} of artifact`);
  for (const stage of stages) {
    row(stage.name, stage.seconds, `${(100 * stage.seconds / whole).toFixed(0).padStart(3)} %`);
  }
}

/** A large artifact with its full log: the median of a few runs, and the fastest. */
async function benchArtifact(folder: string): Promise<void> {
  const text = straightLine(MILLION);
  const path = `${folder}/line.dir.json`;
  Deno.writeTextFileSync(path, text);
  const log = `${folder}/line.jsonl`;
  const runs: ProcessRun[] = [];
  for (let turn = 0; turn < ARTIFACT_RUNS; turn++) {
    runs.push(await runDustrun(["--simulate", "--quiet", "--log", log, path]));
    Deno.removeSync(log);
  }
  runs.sort((a, b) => a.seconds - b.seconds);
  const middle = runs[Math.floor(runs.length / 2)], fastest = runs[0];
  if (middle === undefined || fastest === undefined) throw new Error("nothing was run");
  const name = `${count(MILLION)} statements, ${megabytes(text.length)}, full log`;
  const best = `best ${(fastest.seconds * 1_000).toFixed(0)} ms`;
  row(name, middle.seconds, `${best}, ${cpu(middle)}, ${peak(middle)}`);
}

/** Start-up of small commands beside an empty program started in the same way. */
async function benchStart(folder: string): Promise<void> {
  for (const result of await measureStartUp(folder, START_RUNS)) {
    row(result.name, result.seconds, noteOf(result));
  }
}

// ── the table ────────────────────────────────────────────────────────────────────────────────────────────────────────

function heading(text: string): void {
  console.log(`\n${text}`);
}

function rate(amount: number, seconds: number, what: string): string {
  return `${count(Math.round(amount / seconds))} ${what}/s`;
}

function cpu({ cpuSeconds }: ProcessRun): string {
  return cpuSeconds === undefined ? "processor time unknown here" : `${cpuSeconds} s of processors`;
}

function count(amount: number): string {
  return amount.toLocaleString("en");
}

function megabytes(length: number): string {
  return `${(length / 1e6).toFixed(0)} MB`;
}

await main();
