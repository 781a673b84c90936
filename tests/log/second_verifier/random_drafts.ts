/**
 * Random runs that keep all rules of `docs/log-format.md`, and random damage to them.
 *
 * @module
 */
import type { Random } from "../../../campaign/random.ts";
import { type Draft, logBytes } from "./independent_writer.ts";
import { REALIZATION, returnedRun } from "./sample_drafts.ts";

/** The header of the samples. */
const HEADER = returnedRun("simulate", { isSmall: true }).slice(0, 3);
const REALIZED_HEADER = returnedRun("realize", { isSmall: true }).slice(0, 3);

/** A run with what its rules count. */
interface Run {
  readonly drafts: Draft[];
  readonly frames: string[];
  readonly live: string[];
  allocated: number;
  constraints: number;
  ticks: number;
  effects: number;
}

/** Events of a valid run: closed or interrupted, returned or failed, realized or not. */
export function randomRun(random: Random): Draft[] {
  const isRealized = random.below(3) === 0;
  const run: Run = {
    drafts: [...(isRealized ? REALIZED_HEADER : HEADER)],
    frames: [],
    live: [],
    allocated: 0,
    constraints: 0,
    ticks: 0,
    effects: 0,
  };
  for (let left = random.below(60); left > 0; left--) step(run, random);
  if (random.below(4) === 0) return run.drafts; // interrupted
  const hasError = random.below(3) === 0;
  if (!hasError) { while (run.frames.length > 0) leave(run); }
  run.drafts.push({
    kind: "outcome",
    status: hasError ? "failed" : "returned",
    ...(hasError ? { error: { code: "DR0801", kind: "Runtime", message: "", where: "" } } : {}),
    ticks: run.ticks,
    effects: run.effects,
  });
  if (isRealized && !hasError && random.below(4) > 0) realize(run, random);
  return run.drafts;
}

function step(run: Run, random: Random): void {
  const proc = run.frames.at(-1) ?? "main";
  switch (random.below(9)) {
    case 0: {
      const entered = random.pick(["main", "K::step", "Φ::slots"]);
      run.frames.push(entered);
      run.drafts.push({ kind: "enter_proc", proc: entered, args: { n: { Int: random.below(9) } } });
      return;
    }
    case 1:
      if (run.frames.length > 0) leave(run);
      return;
    case 2:
      run.ticks++;
      run.drafts.push({
        kind: "effect",
        at: `${proc}.body[0]`,
        index: run.effects++,
        effect: "emit",
        value: "Unit",
        payload: "Unit",
      });
      return;
    case 3:
      run.ticks++;
      run.drafts.push({
        kind: "constraint_added",
        at: `${proc}.body[1]`,
        id: `C${++run.constraints}`,
        predicate: "n Gt 0",
      });
      return;
    case 4:
      if (run.constraints === 0) return;
      run.drafts.push({ kind: "constraint_held", id: `C${random.below(run.constraints) + 1}` });
      return;
    case 5:
      run.live.push(`q${++run.allocated}`);
      run.drafts.push({
        kind: "q_alloc",
        proc,
        resource: `q${run.allocated}`,
        name: "a",
        origin: "allocated",
      });
      return;
    case 6: {
      const [resource] = run.live.splice(random.below(run.live.length + 1), 1);
      if (resource === undefined) return;
      run.drafts.push({ kind: "q_consume", proc, resource, name: "a", reason: "freed" });
      return;
    }
    default:
      run.ticks++;
      run.drafts.push({
        kind: "stmt",
        at: `${proc}.body[${random.below(4)}]`,
        ...(random.below(2) === 0 ? { set: { x: { Int: random.below(1000) } } } : {}),
      });
  }
}

function leave(run: Run): void {
  run.drafts.push({ kind: "leave_proc", proc: run.frames.pop() ?? "main", value: "Unit" });
}

function realize(run: Run, random: Random): void {
  const [started] = REALIZATION;
  if (started === undefined) return;
  run.drafts.push(started);
  const place = { host: true, time: "2026-11-29T03:04:05.006Z" };
  let next = 0;
  while (next < run.effects) {
    if (random.below(12) === 0) return; // interrupted
    const last = Math.min(run.effects - 1, next + random.below(3));
    const range = { ...place, first: next, last };
    run.drafts.push({ kind: "effect_intended", ...range, sink: "stdout", position: -1 });
    run.drafts.push({ kind: "effect_realized", ...range, sink: "stdout", position: -1 });
    next = last + 1;
  }
  run.drafts.push({
    kind: "realization_finished",
    ...place,
    status: "complete",
    performed: run.effects,
  });
}

/** One thing wrong, or nothing: lines moved, repeated or changed and the checkpoints made anew, or bytes changed after that. */
export function spoil(drafts: readonly Draft[], random: Random): Uint8Array {
  const at = random.below(drafts.length);
  const draft = drafts[at] ?? { kind: "stmt" };
  switch (random.below(6)) {
    case 0:
      return logBytes(drafts.toSpliced(at, 1));
    case 1:
      return logBytes(drafts.toSpliced(random.below(drafts.length + 1), 0, draft));
    case 2:
      return logBytes(drafts.with(at, withChangedMember(draft, random)));
    case 3:
      return logBytes(drafts.toSpliced(at, 0, { kind: "checkpoint" }));
    case 4: {
      const bytes = logBytes(drafts);
      bytes[random.below(bytes.length)] = random.below(256);
      return bytes;
    }
    default: {
      const bytes = logBytes(drafts);
      return bytes.subarray(0, random.below(bytes.length + 1));
    }
  }
}

/** An event with another number, name or text in one member. */
function withChangedMember(draft: Draft, random: Random): Draft {
  const [name, old] = random.pick(Object.entries(draft));
  const others: readonly unknown[] = [
    typeof old === "number" ? old + random.below(3) - 1 : `${old}x`,
    random.pick(["main", "q1", "C1", "log", "failed", "", 0, 1, true, false, {}, [], "Unit"]),
  ];
  return { ...draft, [name]: random.pick(others) };
}
