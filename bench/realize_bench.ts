/**
 * The cost of realization apart from its syncs: effects per second, compared with plain appends of the same number of bytes to two
 * files with the same number of syncs. Nothing equally durable can be faster than that.
 *
 * @module
 */
import { median } from "./median.ts";
import { AppendableFile, executeToLog, HOST_DISK, LogWriter, realizeResolved } from "../mod.ts";

/** The measurement of one group size. */
export interface RealizeFigure {
  readonly groupSize: number;
  readonly effects: number;
  /** Effects per second, the median of all rounds; `ceiling` is that of the plain appends. */
  readonly realized: number;
  readonly ceiling: number;
  /** The median over all rounds of `realized / ceiling`, since the speed of the disk changes from second to second. */
  readonly share: number;
}

const ROUNDS = 15;
const SETTLE_MS = 150;

/** Measures one group size: rounds of both in turn, so that both have the same conditions. */
export async function benchRealize(
  folder: string,
  { groupSize, effects }: { readonly groupSize: number; readonly effects: number },
): Promise<RealizeFigure> {
  const realized: number[] = [], ceiling: number[] = [], share: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const names = { log: `${folder}/${groupSize}.jsonl`, sink: `${folder}/${groupSize}.txt` };
    const run = await timeRealization(names, { groupSize, effects });
    const plain = timeAppends(folder, run);
    realized.push(effects / run.seconds);
    ceiling.push(effects / plain);
    share.push(plain / run.seconds);
    for (const path of Object.values(names)) Deno.removeSync(path);
  }
  return {
    groupSize,
    effects,
    realized: median(realized),
    ceiling: median(ceiling),
    share: median(share),
  };
}

/** The time of a realization, and the bytes that it wrote. */
interface MeasuredRun {
  readonly seconds: number;
  readonly groups: number;
  /** Length of the log before the first effect is realized, in bytes. */
  readonly logStart: number;
  readonly logBytes: number;
  readonly sinkBytes: number;
}

async function timeRealization(
  { log, sink }: { readonly log: string; readonly sink: string },
  { groupSize, effects }: { readonly groupSize: number; readonly effects: number },
): Promise<MeasuredRun> {
  const effectsToRealize = Array.from({ length: effects }, (_, index) => ({
    index,
    kind: "emit",
    payload: `line ${index} of a program's output`,
  }));
  const body = effectsToRealize.map(({ payload }) => ({
    Effect: { kind: "emit", payload: JSON.stringify(payload) },
  }));
  const main = { regime: "K", name: "main", params: [], uses: [], ret: null, qualifiers: [], body };
  const text = JSON.stringify({ forges: [{ name: "B", shapes: [], binds: [], procs: [main] }] });
  const file = AppendableFile.create(log);
  const writer = new LogWriter(file);
  const input = { mode: "realize" as const };
  const { outcome } = executeToLog({ artifacts: [{ name: "bench", text }], input }, writer);
  if (outcome.effects !== effects) throw new Error(outcome.error?.message ?? "effects are missing");
  writer.sync(); // syncing the resolved run belongs to resolution, and its log may be long
  const before = file.size();
  const recorded = { kind: "log" } as const;
  settle();
  const started = performance.now();
  const result = await realizeResolved({
    path: HOST_DISK.resolve(log),
    writer,
    disk: HOST_DISK,
    streams: { stdout: Deno.stdout, stderr: Deno.stderr },
    effects: effectsToRealize,
    routes: { emit: { kind: "file", path: sink }, observe: recorded, seal: recorded },
    groupSize,
  });
  const seconds = (performance.now() - started) / 1_000;
  if (result.status !== "complete") throw new Error(result.reason);
  const logBytes = file.size() - before;
  writer.close();
  const sinkBytes = Deno.statSync(sink).size;
  return {
    seconds,
    groups: Math.ceil(effects / groupSize),
    logStart: before,
    logBytes,
    sinkBytes,
  };
}

/** Waits until garbage collection on another processor and the disk's own work no longer disturb the measurement. */
function settle(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SETTLE_MS);
}

/** For each group: an append and a sync of a file that is initially as long as the log, then of an initially empty file. */
function timeAppends(folder: string, run: MeasuredRun): number {
  const { groups, logStart, logBytes, sinkBytes } = run;
  const parts = [logBytes, sinkBytes].map((bytes, index) => ({
    file: Deno.openSync(`${folder}/plain${index}`, { create: true, append: true }),
    part: new Uint8Array(Math.round(bytes / groups)).fill(0x61),
  }));
  parts[0]?.file.writeSync(new Uint8Array(logStart).fill(0x61));
  parts[0]?.file.syncDataSync();
  settle();
  const started = performance.now();
  for (let group = 0; group < groups; group++) {
    for (const { file, part } of parts) {
      file.writeSync(part);
      file.syncDataSync();
    }
  }
  const seconds = (performance.now() - started) / 1_000;
  for (const [index, { file }] of parts.entries()) {
    file.close();
    Deno.removeSync(`${folder}/plain${index}`);
  }
  return seconds;
}
