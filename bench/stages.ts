/**
 * Where the time of a logged run goes. Timing every step would cost more than the steps, so each stage runs alone, over the same
 * program and events; the time of deciding, which cannot run alone, is a difference.
 *
 * @module
 */
import { ALL_ENGINES } from "../dvm/api/all_engines.ts";
import { createHash } from "node:crypto";
import { check } from "../dvm/check/check.ts";
import { load } from "../dvm/load/load.ts";
import type { Program } from "../dvm/dir/model.ts";
import { analyze } from "../dvm/machine/analysis.ts";
import type { MachineEvent } from "../dvm/event/event.ts";
import { fold } from "../dvm/machine/evolve.ts";
import { run } from "../dvm/machine/run.ts";
import { encodeLine } from "../store/codec/encode_event.ts";
import { sha256 } from "../store/file/sha256.ts";

/** One stage and its time in seconds. */
export interface Stage {
  readonly name: string;
  readonly seconds: number;
}

/** Lines are encoded in blocks of this many characters, as by the writer of the log. */
const BLOCK_LENGTH = 256 * 1024;
const STAGE_RUNS = 5;
const MAX_TICKS = 1_000_000_000;

/** The stages of one program's run. */
export function measureStages(text: string): { readonly stages: Stage[]; readonly events: number } {
  const artifacts = [{ name: "bench", text }];
  const { value: program, seconds: loading } = fastest(() => loaded(artifacts));
  const { seconds: checking } = fastest(() => check(program));
  const analysis = analyze(program, { sha256, ...ALL_ENGINES });
  const input = { limits: { max_ticks: MAX_TICKS } };
  const events: MachineEvent[] = [];
  run(program, input, { ...analysis, analysis, sink: (event) => void events.push(event) });
  const { seconds: running } = fastest(() =>
    run(program, input, { ...analysis, analysis, sink: () => undefined })
  );
  const { seconds: evolving } = fastest(() => fold(program, events));
  const { value: blocks, seconds: encoding } = fastest(() => encodeAll(events));
  const { seconds: hashing } = fastest(() => {
    const hash = createHash("sha256");
    for (const block of blocks) hash.update(block);
    return hash.digest("hex");
  });
  const stages = [
    { name: "loading", seconds: loading },
    { name: "checking", seconds: checking },
    { name: "deciding", seconds: Math.max(0, running - evolving) },
    { name: "evolving", seconds: evolving },
    { name: "encoding", seconds: encoding },
    { name: "hashing", seconds: hashing },
  ];
  return { stages, events: events.length };
}

/** The result of a function, and its time in seconds. */
export function timed<T>(act: () => T): { readonly value: T; readonly seconds: number } {
  const start = performance.now();
  const value = act();
  return { value, seconds: (performance.now() - start) / 1_000 };
}

/** The fastest of a few runs, which is the least disturbed one, so that stages can be compared. */
function fastest<T>(act: () => T): { readonly value: T; readonly seconds: number } {
  let best = timed(act);
  for (let again = 1; again < STAGE_RUNS; again++) {
    const next = timed(act);
    if (next.seconds < best.seconds) best = next;
  }
  return best;
}

function loaded(artifacts: readonly { readonly name: string; readonly text: string }[]): Program {
  const result = load(artifacts);
  if (!result.ok) throw new Error(result.failure[0]?.message);
  return result.value;
}

function encodeAll(events: readonly MachineEvent[]): Uint8Array[] {
  const encoder = new TextEncoder();
  const blocks: Uint8Array[] = [];
  let pending = "";
  for (const event of events) {
    pending += `${encodeLine(event)}\n`;
    if (pending.length < BLOCK_LENGTH) continue;
    blocks.push(encoder.encode(pending));
    pending = "";
  }
  blocks.push(encoder.encode(pending));
  return blocks;
}
