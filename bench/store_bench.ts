/**
 * Queries over a long log compared with common tools in the same run: `diff` with `cmp`, which must read both files; `state` and
 * `replay` with reading the file. Every row is a whole process, the median of several.
 *
 * `deno run -A bench/store_bench.ts [EVENTS]`, default 1,000,000.
 *
 * @module
 */
import {
  AppendableFile,
  executeToLog,
  LogWriter,
  ReadableFile,
  readLog,
  snapshotFile,
  snapshotsOf,
  summarizeLog,
  type WireEvent,
} from "../mod.ts";
import { wireToEvent } from "../dvm/event/wire_event.ts";
import { median } from "./median.ts";
import { whileLoop } from "./programs.ts";

const RUNS = 7;
const CLI = new URL("../cli.ts", import.meta.url).pathname;

/** Measures all queries over logs of about `events` events, and prints a table. */
export function benchHistory(events: number): void {
  const folder = Deno.makeTempDirSync();
  const path = (name: string) => `${folder}/${name}.jsonl`;
  try {
    write(path("tiny"), 100);
    const kept = write(path("one"), events);
    Deno.copyFileSync(path("one"), path("same"));
    writeChanged(path("one"), path("late"), Math.floor(kept * 0.999));
    const middle = String(kept >> 1);
    for (const name of ["one", "same", "late"]) Deno.readFileSync(path(name));
    console.log(`${kept} events, ${Math.round(Deno.statSync(path("one")).size / 1e6)} MB\n`);
    row("dustrun diff, two tiny logs: start-up", () => dustrun("diff", path("tiny"), path("tiny")));
    row("cmp, one late event differs", () => command("cmp", path("one"), path("late")));
    row(
      "dustrun diff --level trace, late event",
      () => dustrun("diff", "--level", "trace", path("one"), path("late")),
    );
    row("cmp, identical", () => command("cmp", path("one"), path("same")));
    row("dustrun diff, identical", () => dustrun("diff", path("one"), path("same")));
    row(
      "dustrun diff --full, identical",
      () => dustrun("diff", "--full", path("one"), path("same")),
    );
    row("dustrun state --at the middle", () => dustrun("state", path("one"), "--at", middle));
    row("the same without snapshots", () => {
      Deno.removeSync(snapshotsOf(path("one")));
      dustrun("state", path("one"), "--at", middle);
    });
    row("wc -l", () => command("wc", "-l", path("one")));
    row("sha256sum", () => command("sha256sum", path("one")));
    row("dustrun replay", () => dustrun("replay", path("one")), 3);
    row("dustrun diff, headers differ", () => dustrun("diff", path("one"), path("tiny")), 3);
    row("jq -c .kind", () => command("jq", "-c", ".kind", path("one")), 1);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** Writes a log with its snapshots; returns its number of lines. */
function write(path: string, events: number): number {
  const writer = new LogWriter(AppendableFile.create(path));
  const artifacts = [{ name: "bench", text: whileLoop(events) }];
  const input = { limits: { max_ticks: 2 * events } };
  executeToLog({ artifacts, input, snapshots: snapshotFile(path) }, writer);
  writer.close();
  const log = new ReadableFile(path);
  const summary = summarizeLog(log);
  log.close();
  return summary.ok ? summary.value?.events ?? 0 : 0;
}

/** Copies a log event by event, with another value in the first `stmt` from `seq` on that binds one, and new checkpoints. */
function writeChanged(from: string, to: string, seq: number): void {
  const log = new ReadableFile(from);
  const writer = new LogWriter(AppendableFile.create(to));
  let isChanged = false;
  for (const read of readLog(log)) {
    if (!read.ok) throw new Error(read.failure.reason);
    let event: WireEvent = read.value;
    if (event.kind === "checkpoint") continue;
    if (!isChanged && event.seq >= seq && event.kind === "stmt" && event.set !== undefined) {
      event = {
        ...event,
        set: Object.fromEntries(Object.keys(event.set).map((name) => [name, { Int: 7 }])),
      };
      isChanged = true;
    }
    writer.append(wireToEvent(event));
  }
  writer.finish();
  writer.close();
  log.close();
  if (!isChanged) throw new Error(`no value is bound after event ${seq}`);
}

function row(name: string, act: () => void, runs = RUNS): void {
  const times: number[] = [];
  try {
    for (let run = 0; run < runs; run++) {
      const start = performance.now();
      act();
      times.push(performance.now() - start);
    }
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) {
      return console.log(`${name.padEnd(42)} not installed`);
    }
    throw cause;
  }
  const best = times.reduce((a, b) => Math.min(a, b));
  console.log(
    `${name.padEnd(42)} ${median(times).toFixed(0).padStart(7)} ms   best ${
      best.toFixed(0).padStart(6)
    } ms`,
  );
}

/** Runs dustrun; any verdict is accepted, a failure is not. */
function dustrun(...words: readonly string[]): void {
  const { code } = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "--allow-read", "--allow-write", CLI, ...words],
    stdout: "null",
    stderr: "null",
  }).outputSync();
  if (code !== 0 && code !== 1) throw new Error(`${words.join(" ")}: exit ${code}`);
}

function command(name: string, ...words: readonly string[]): void {
  new Deno.Command(name, { args: [...words], stdout: "null", stderr: "null" }).outputSync();
}

if (import.meta.main) benchHistory(Number(Deno.args[0] ?? 1_000_000));
