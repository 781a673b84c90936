import { assertMatch, assertStrictEquals } from "../../std/assert.ts";
import type { Event, OutcomeEvent, RunStarted } from "../../dvm/event/event.ts";
import { UNIT } from "../../dvm/value/value.ts";
import { MemoryFile } from "../file/byte_file.ts";
import { encodeLine } from "../codec/encode_event.ts";
import { LogRules } from "./event_order.ts";
import { CHECKPOINT_EVENTS, LogWriter } from "./writer.ts";
import { scanLog } from "./scan.ts";

type WithoutSeq<E = Event> = E extends Event ? Omit<E, "seq"> : never;

const STARTED: Omit<RunStarted, "seq"> = {
  kind: "run_started",
  format: "dustrun-log/1",
  version: "0",
  semantics: "spec",
  entry: "main",
  args: [],
  mode: "realize",
  limits: { max_ticks: 1, max_depth: 1, max_work: 1 },
  tick_us: 1,
  resources: undefined,
  realizers: undefined,
  artifacts: 1,
  program: "",
};
const LOADED: WithoutSeq = { kind: "program_loaded", name: "p", text: "{}" };
const LEFT: WithoutSeq = { kind: "leave_proc", proc: "main", value: UNIT };
const OUTCOME: Omit<OutcomeEvent, "seq"> = {
  kind: "outcome",
  status: "returned",
  returned: UNIT,
  error: undefined,
  ticks: 0,
  effects: 1,
};
const ERROR = { code: "DR0001", kind: "Runtime", message: "m", where: "" } as const;
const FAILED: WithoutSeq = { ...OUTCOME, status: "failed", returned: undefined, error: ERROR };
const IN_DOUBT: WithoutSeq = {
  kind: "effect_in_doubt",
  host: true,
  first: 0,
  last: 0,
  sink: "stdout",
  reason: "",
};
const FINISHED: WithoutSeq = {
  kind: "realization_finished",
  host: true,
  status: "complete",
  performed: 1,
  reason: "",
};
const RECOVERED: WithoutSeq = { kind: "recovered", host: true, cut: 1, sha256: "0".repeat(64) };

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
  const header = [STARTED, LOADED];
  const cases: readonly (readonly [string, readonly WithoutSeq[]])[] = [
    ["", [
      ...header,
      LEFT,
      OUTCOME,
      IN_DOUBT,
      { ...FINISHED, status: "failed" },
      IN_DOUBT,
      FINISHED,
    ]],
    ["", [...header, RECOVERED, LEFT, OUTCOME, RECOVERED]],
    ["a log begins with run_started", [LOADED]],
    ["the run has already started", [...header, STARTED]],
    ["the header declares fewer artifacts", [...header, LOADED]],
    ["an artifact is missing before this event", [STARTED, LEFT]],
    ["an artifact is missing before this event", [STARTED, OUTCOME]],
    ["the run already has an outcome", [...header, OUTCOME, LEFT]],
    ["the run already has an outcome", [...header, OUTCOME, OUTCOME]],
    ["effects are realized only after an outcome without error", [...header, IN_DOUBT]],
    ["effects are realized only after an outcome without error", [...header, FAILED, IN_DOUBT]],
    ["the realization is already complete", [...header, OUTCOME, FINISHED, IN_DOUBT]],
  ];
  for (const [expected, events] of cases) {
    assertStrictEquals(disorder(...events), expected, events.map(({ kind }) => kind).join());
  }
  const rules = new LogRules();
  assertStrictEquals(rules.accept({ ...STARTED, seq: 1 }), "seq is 1, expected 0");
});

/** The reason for which `scanLog` refuses the lines; "" if it does not. */
function scanReason(lines: readonly string[]): string {
  const text = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""));
  const scanned = scanLog(new MemoryFile(text));
  return scanned.ok ? "" : `${scanned.failure.line}: ${scanned.failure.reason}`;
}

Deno.test("scanLog() refuses checkpoints that are missing or do not match the lines before them", () => {
  const file = new MemoryFile();
  const writer = new LogWriter(file);
  const events: Event[] = [STARTED, LOADED, ...Array.from({ length: 1_100 }, () => LEFT)]
    .map((event, seq) => ({ ...event, seq }) as Event);
  const bare = events.map(encodeLine);
  assertStrictEquals(scanReason(bare.slice(0, CHECKPOINT_EVENTS)), "");
  assertStrictEquals(scanReason(bare), "1025: a checkpoint is missing before this line");
  for (const event of events) writer.append({ ...event, seq: writer.seq } as Event);
  writer.finish();
  const lines = new TextDecoder().decode(file.content()).trimEnd().split("\n");
  assertStrictEquals(scanReason(lines), "");
  const last = lines.at(-1) ?? "";
  const forged = (line: string) => scanReason([...lines.slice(0, -1), line]);
  assertMatch(
    forged(last.replace(/"bytes":\d/, '"bytes":9')),
    /^1104: \d+ bytes precede this line, not 9/,
  );
  assertMatch(forged(last.replace(/"skip":\[\d+/, '"skip":[1')), /^1104: skip must be \[\d+\]/);
  assertMatch(
    forged(last.replace(/"sha256":"./, '"sha256":"x')),
    /^1104: column \d+: expected a SHA-256/,
  );
  assertMatch(
    forged(last.replace(/"sha256":"(.)/, (_, digit) => `"sha256":"${digit === "0" ? 1 : 0}`)),
    /^1104: the bytes before this line do not match its digest; the change is in lines 1026 to 1103/,
  );
});
