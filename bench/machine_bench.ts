/**
 * The stages of a run one by one, for `deno bench`: like `bench/main.ts`, with the variation between runs.
 *
 * @module
 */
import { ALL_ENGINES } from "../dvm/api/all_engines.ts";
import { createHash } from "node:crypto";
import { load } from "../dvm/load/load.ts";
import { analyze } from "../dvm/machine/analysis.ts";
import type { MachineEvent } from "../dvm/event/event.ts";
import { fold } from "../dvm/machine/evolve.ts";
import { run } from "../dvm/machine/run.ts";
import { MemoryFile } from "../store/file/byte_file.ts";
import { encodeLine } from "../store/codec/encode_event.ts";
import { LogWriter } from "../store/log/writer.ts";
import { executeToLog } from "../store/runs/logged_execution.ts";
import { sha256 } from "../store/file/sha256.ts";
import { straightLine, whileLoop } from "./programs.ts";

const STATEMENTS = 30_000;
const LINE = [{ name: "line", text: straightLine(STATEMENTS) }];
const LOOP = [{ name: "loop", text: whileLoop(STATEMENTS) }];

const loaded = load(LOOP);
if (!loaded.ok) throw new Error("the program does not load");
const program = loaded.value;
const analysis = analyze(program, { sha256, ...ALL_ENGINES });
const events: MachineEvent[] = [];
run(program, {}, { ...analysis, analysis, sink: (event) => void events.push(event) });
const lines = new TextEncoder().encode(events.map((event) => `${encodeLine(event)}\n`).join(""));

Deno.bench("load 30,000 statements", { group: "loading" }, () => {
  load(LINE);
});

Deno.bench("execute 30,000 statements, no log", { group: "running", baseline: true }, () => {
  run(program, {}, { ...analysis, analysis, sink: () => undefined });
});

Deno.bench("execute 30,000 statements, log in memory", { group: "running" }, () => {
  executeToLog({ artifacts: LOOP, input: {} }, new LogWriter(new MemoryFile()));
});

Deno.bench("evolve 30,000 events", { group: "stages" }, () => {
  fold(program, events);
});

Deno.bench("encode 30,000 events", { group: "stages" }, () => {
  for (const event of events) encodeLine(event);
});

Deno.bench("hash the lines of 30,000 events", { group: "stages" }, () => {
  createHash("sha256").update(lines).digest("hex");
});
