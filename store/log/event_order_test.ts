import { assertMatch, assertStrictEquals } from "../../std/assert.ts";
import type { Event, OutcomeEvent, RunStarted } from "../../dvm/event/event.ts";
import { DEFAULT_LIMITS } from "../../dvm/base/limits.ts";
import { UNIT } from "../../dvm/value/value.ts";
import { MemoryFile } from "../file/byte_file.ts";
import { encodeLine } from "../codec/encode_event.ts";
import { LogRules } from "./event_order.ts";
import { programDigest } from "./header.ts";
import { CHECKPOINT_EVENTS } from "./log_tally.ts";
import { LogWriter } from "./writer.ts";
import { scanLog } from "./scan.ts";

type WithoutSeq<E = Event> = E extends Event ? Omit<E, "seq"> : never;

const STARTED: Omit<RunStarted, "seq"> = {
  kind: "run_started",
  format: "dustrun-log/2",
  version: "0",
  semantics: "spec",
  entry: "main",
  args: [],
  mode: "realize",
  limits: DEFAULT_LIMITS,
  seed: undefined,
  schedule: undefined,
  tick_us: 1,
  resources: undefined,
  realizers: undefined,
  artifacts: 1,
  inputs: undefined,
  program: programDigest([{ name: "p", text: "{}" }]),
};
const LOADED: WithoutSeq = { kind: "program_loaded", name: "p", text: "{}" };
const ENTERED: WithoutSeq = { kind: "enter_proc", proc: "main", args: [] };
const LEFT: WithoutSeq = { kind: "leave_proc", proc: "main", value: UNIT };
const EFFECT: WithoutSeq = {
  kind: "effect",
  at: "main.body[0]",
  index: 0,
  effect: "emit",
  value: UNIT,
  payload: "Unit",
};
const STMT: WithoutSeq = {
  kind: "stmt",
  at: "main.body[0]",
  control: undefined,
  set: undefined,
  range: undefined,
};
/** Its members are not checked by `LogRules`. */
const CHECKPOINT: WithoutSeq = {
  kind: "checkpoint",
  tick: 0,
  bytes: 0,
  effects: 0,
  constraints: 0,
  depth: 0,
  block: "",
  root: "",
  skip: [],
};
const HOST = { host: true, time: "2026-01-02T03:04:05.678Z" } as const;
const BEGUN: WithoutSeq = {
  kind: "realization_started",
  ...HOST,
  occurrence: "0".repeat(32),
  machine: undefined,
  sinks: [{ effect: "emit", sink: "stdout" }],
};
const PLACE = { ...HOST, first: 0, last: 0, sink: "stdout" } as const;
const INTENDED: WithoutSeq = { kind: "effect_intended", ...PLACE, position: -1 };
const REALIZED: WithoutSeq = { kind: "effect_realized", ...PLACE, position: -1 };
const PERFORMED_AGAIN: WithoutSeq = {
  kind: "effect_resolved",
  ...HOST,
  first: 0,
  last: 0,
  decision: "perform",
};
const OUTCOME: Omit<OutcomeEvent, "seq"> = {
  kind: "outcome",
  status: "returned",
  returned: UNIT,
  error: undefined,
  ticks: 1,
  effects: 1,
};
const ERROR = { code: "DR0001", kind: "Runtime", message: "m", where: "" } as const;
const FAILED: WithoutSeq = { ...OUTCOME, status: "failed", returned: undefined, error: ERROR };
const IN_DOUBT: WithoutSeq = { kind: "effect_in_doubt", ...PLACE, reason: "" };
const FINISHED: WithoutSeq = {
  kind: "realization_finished",
  ...HOST,
  status: "complete",
  performed: 1,
  reason: undefined,
};
const BROKEN: WithoutSeq = {
  kind: "realization_finished",
  ...HOST,
  status: "failed",
  performed: 0,
  reason: "full",
};
const RECOVERED: WithoutSeq = { kind: "recovered", ...HOST, cut: 1, sha256: "0".repeat(64) };
const PHI: WithoutSeq = {
  kind: "phi_resolved",
  proc: "main",
  gate: undefined,
  verdict: "admissible",
  configuration: undefined,
  canonical: undefined,
  conflict: undefined,
  minimal: undefined,
  bounds: undefined,
  work: 0,
  certificate: undefined,
};

/** Why this order of events is invalid; "" if it is valid. */
function disorder(...events: readonly WithoutSeq[]): string {
  const rules = new LogRules();
  for (const [seq, event] of events.entries()) {
    const reason = rules.accept({ ...event, seq } as Event);
    if (reason !== undefined) return reason;
  }
  return "";
}

Deno.test("LogRules accepts the order of docs/log-format.md and reports every violation", () => {
  const header = [STARTED, LOADED, CHECKPOINT];
  const run = [...header, ENTERED, EFFECT, LEFT, OUTCOME, CHECKPOINT];
  const resource = { proc: "main", resource: "q1", name: "q" } as const;
  const cases: readonly (readonly [string, readonly WithoutSeq[]])[] = [
    ["", [
      ...run,
      BEGUN,
      INTENDED,
      BROKEN,
      IN_DOUBT,
      PERFORMED_AGAIN,
      INTENDED,
      REALIZED,
      FINISHED,
    ]],
    ["", [
      ...header,
      RECOVERED,
      ENTERED,
      STMT,
      EFFECT,
      CHECKPOINT,
      LEFT,
      {
        ...OUTCOME,
        ticks: 2,
      },
      CHECKPOINT,
      RECOVERED,
    ]],
    ["a log begins with run_started", [LOADED]],
    ["a log begins with run_started", [STMT]],
    ["the run has already started", [...header, STARTED]],
    ["a run has at least one artifact", [{ ...STARTED, artifacts: 0 }]],
    ["the header declares fewer artifacts", [...header, LOADED]],
    ["the digest in the header is not that of the artifacts", [
      { ...STARTED, program: "" },
      LOADED,
    ]],
    ["an artifact is missing before this event", [STARTED, ENTERED]],
    ["an artifact is missing before this event", [STARTED, STMT]],
    ["an artifact is missing before this event", [STARTED, OUTCOME]],
    ["a checkpoint is missing before this line", [STARTED, LOADED, ENTERED]],
    ["a checkpoint is missing before this line", [...run.slice(0, -1), RECOVERED]],
    ["a checkpoint stands after at least one event", [...header, CHECKPOINT]],
    ["the run already has an outcome", [...run, ENTERED]],
    ["the run already has an outcome", [...run, STMT]],
    ["the run already has an outcome", [...run, OUTCOME]],
    [NOT_REALIZED, [...header, IN_DOUBT]],
    [NOT_REALIZED, [...header, { ...FAILED, ticks: 0, effects: 0 }, CHECKPOINT, BEGUN]],
    [NOT_REALIZED, [{ ...STARTED, mode: "simulate" }, ...run.slice(1), BEGUN]],
    ["the realization has not begun", [...run, INTENDED]],
    ["the realization has already begun", [
      ...header,
      ENTERED,
      EFFECT,
      LEFT,
      OUTCOME,
      CHECKPOINT,
      BEGUN,
      BEGUN,
    ]],
    ["the realization is already complete", [
      ...run,
      BEGUN,
      INTENDED,
      REALIZED,
      FINISHED,
      IN_DOUBT,
    ]],
    ["the effect has index 1, expected 0", [...header, ENTERED, { ...EFFECT, index: 1 }]],
    ["the outcome reports 1 ticks and 1 effects; there are 0 and 0", [...header, OUTCOME]],
    ["no process is open", [...header, LEFT]],
    ["f is the innermost process, not main", [...header, ENTERED, { ...ENTERED, proc: "f" }, LEFT]],
    ["1 processes are open at the end of a run that succeeds", [
      ...header,
      ENTERED,
      EFFECT,
      OUTCOME,
    ]],
    ["no constraint C1 was added", [...header, { kind: "constraint_held", id: "C1" }]],
    ["the constraint is C2, expected C1", [...header, {
      kind: "constraint_added",
      at: "main.body[0]",
      id: "C2",
      predicate: "",
    }]],
    ["the resource is q2, expected q1", [...header, {
      kind: "q_alloc",
      ...resource,
      resource: "q2",
      origin: "bound",
    }]],
    ["no resource q1 is live", [
      ...header,
      { kind: "q_alloc", ...resource, origin: "bound" },
      { kind: "q_consume", ...resource, reason: "freed" },
      { kind: "q_use", ...resource },
    ]],
    ['the configuration lacks "n", a parameter of main', [
      ...header,
      { ...ENTERED, args: [{ name: "n", value: UNIT }] },
      PHI,
    ]],
  ];
  for (const [expected, events] of cases) {
    assertStrictEquals(disorder(...events), expected, events.map(({ kind }) => kind).join());
  }
  const rules = new LogRules();
  assertStrictEquals(rules.accept({ ...STARTED, seq: 1 }), "seq is 1, expected 0");
});

const NOT_REALIZED = "effects are realized only after an outcome without error, in mode realize";

/** The reason for which `scanLog` refuses the lines; "" if it does not. */
function scanReason(lines: readonly string[]): string {
  const text = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""));
  const scanned = scanLog(new MemoryFile(text));
  return scanned.ok ? "" : `${scanned.failure.line}: ${scanned.failure.reason}`;
}

Deno.test("scanLog() refuses checkpoints that are missing or do not match the lines before them", () => {
  const file = new MemoryFile();
  const writer = new LogWriter(file);
  const events = [STARTED, LOADED, ...Array.from({ length: 1_100 }, () => ENTERED)];
  for (const event of events) writer.append({ ...event, seq: writer.seq } as Event);
  writer.finish();
  const lines = new TextDecoder().decode(file.content()).trimEnd().split("\n");
  assertStrictEquals(scanReason(lines), "");
  const without = lines.toSpliced(CHECKPOINT_EVENTS + 3, 1)
    .map((line, seq) => line.replace(/"seq":[0-9]+/, `"seq":${seq}`));
  assertStrictEquals(scanReason(without), "1028: a checkpoint is missing before this line");
  const last = lines.at(-1) ?? "";
  const forged = (member: string, value: string) =>
    scanReason([
      ...lines.slice(0, -1),
      last.replace(new RegExp(`"${member}":[^,}\\]]+`), `"${member}":${value}`),
    ]);
  const other = `"${"0".repeat(64)}"`;
  assertMatch(forged("bytes", "9"), /^1105: \d+ bytes precede this line, not 9/);
  assertMatch(forged("skip", "[1"), /^1105: skip must be \[\d+,\d+\]/);
  assertMatch(forged("block", '"x"'), /^1105: column \d+: expected a SHA-256/);
  assertMatch(
    forged("block", other),
    /^1105: the block before this line does not match its hash; the change is in lines 1029 to 1104/,
  );
  assertStrictEquals(
    forged("root", other),
    "1105: the root does not match the blocks before this line",
  );
  assertStrictEquals(forged("tick", "1"), "1105: tick is 1, and 0 before this line");
  assertStrictEquals(forged("effects", "1"), "1105: effects is 1, and 0 before this line");
  assertStrictEquals(forged("constraints", "1"), "1105: constraints is 1, and 0 before this line");
  assertStrictEquals(forged("depth", "1"), "1105: depth is 1, and 1100 before this line");
});

Deno.test("scanLog() refuses a log of the first form by name", () => {
  const line = encodeLine({ ...STARTED, seq: 0 }).replace("dustrun-log/2", "dustrun-log/1");
  assertStrictEquals(
    scanReason([line]),
    "1: the log has the form dustrun-log/1, which dustrun 0 wrote and can read",
  );
});
