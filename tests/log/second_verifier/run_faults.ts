/**
 * Violations of rules 7 to 18 of `docs/log-format.md`: the order of lines, counts and references.
 *
 * @module
 */
import type { Draft } from "./independent_writer.ts";
import {
  changed,
  events,
  type Fault,
  firstOf,
  inserted,
  missing,
  REALIZED,
  respelled,
} from "./damage.ts";
import { FAILED_RUN, REALIZATION, returnedRun } from "./sample_drafts.ts";

const SIMULATED = returnedRun("simulate");
const HOST = { host: true, time: "2026-11-29T03:04:05.006Z" };
const STMT: Draft = { kind: "stmt", at: "main.body[0]" };
const END = REALIZED.length - 1;

function draft(kind: string, drafts: readonly Draft[] = REALIZED): Draft {
  return drafts[firstOf(kind, drafts)] ?? STMT;
}

/** The last event of a kind in the simulated sample. */
function lastOf(kind: string): number {
  return SIMULATED.findLastIndex((entry) => entry.kind === kind);
}

/** The simulated sample in which an effect has another index. */
function withIndex(at: number, index: number): readonly Draft[] {
  return SIMULATED.with(at, { ...SIMULATED[at], kind: "effect", index });
}

/** A simulated run without effects, and the realization of nothing. */
const WITHOUT_EFFECTS = SIMULATED.filter(({ kind }) => kind !== "effect").map((entry) =>
  entry.kind === "outcome"
    ? { ...entry, effects: 0, ticks: Number(entry["ticks"]) - Number(entry["effects"]) }
    : entry
);
const REALIZATION_OF_NOTHING: readonly Draft[] = [
  { ...draft("realization_started"), sinks: [] },
  { kind: "realization_finished", ...HOST, status: "complete", performed: 0 },
];

/** An input of the sample. */
function input(name: string): Draft {
  return REALIZED.find((entry) => entry.kind === "input_loaded" && entry["name"] === name) ?? STMT;
}

/** The sample with one input more. */
function withInput(name: string, added: Draft): Fault {
  const drafts = REALIZED.map((entry) =>
    entry.kind === "run_started" ? { ...entry, inputs: Number(entry["inputs"]) + 1 } : entry
  );
  return events(9, name, drafts.toSpliced(firstOf("input_loaded", drafts), 0, added));
}

function stmtOf(thread: number): Draft {
  return { kind: "stmt", thread, at: "idle.body[0]" };
}

/** The sample in which the last join has other members. */
function lastJoin(members: object): Fault {
  const at = lastOf("thread_join");
  const drafts = SIMULATED.with(at, { ...SIMULATED[at], kind: "thread_join", ...members });
  return events(12, `the last join with ${JSON.stringify(members)}`, drafts);
}

/** The sample of a failed run, in which a write has other members. */
function writing(members: object): Fault {
  const drafts = FAILED_RUN.map((entry) =>
    "file" in entry && "payload" in entry ? { ...entry, ...members } : entry
  );
  return events(14, `a write with ${JSON.stringify(members)}`, drafts);
}

/** Rules 7 to 11. */
export const ORDER_FAULTS: readonly Fault[] = [
  events(7, "a gap in seq", REALIZED, { seqOf: (line) => line < 9 ? line : line + 1 }),
  events(7, "a repeated seq", REALIZED, { seqOf: (line) => line < 9 ? line : line - 1 }),
  events(7, "seq from 1", REALIZED, { seqOf: (line) => line + 1 }),
  missing(8, "run_started"),
  inserted(8, "outcome", [draft("run_started")]),
  changed(8, "run_started", { format: "dustrun-log/1" }),
  changed(8, "run_started", { format: "dustrun-log/3" }),
  missing(9, "program_loaded"),
  missing(9, "input_loaded"),
  changed(9, "run_started", { artifacts: 3 }),
  changed(9, "run_started", { artifacts: 9007199254740991 }),
  changed(9, "run_started", { inputs: undefined }),
  inserted(9, "run_started", [STMT]),
  inserted(9, "enter_proc", [draft("program_loaded")]),
  inserted(9, "run_started", [draft("input_loaded")]),
  withInput("a file twice", { ...input("new"), modes: "r" }),
  withInput("a port twice", { ...input("serial"), number: 1 }),
  withInput("a number twice", { ...input("serial"), name: "other" }),
  withInput("a device twice", { ...input("uart"), base: 0 }),
  withInput("an address twice", { ...input("uart"), name: "other", base: 4103 }),
  withInput("another address twice", { ...input("uart"), name: "other", base: 4089 }),
  withInput("a device without bytes", {
    ...input("uart"),
    name: "other",
    base: 0,
    base64: undefined,
    text: "",
    digest: "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  }),
  inserted(10, "outcome", [STMT]),
  inserted(10, "outcome", [draft("outcome")]),
  events(10, "a statement at the end", [...REALIZED, STMT]),
  events(11, "realization of a simulated run", [...SIMULATED, ...REALIZATION]),
  events(11, "realization of a simulated run without effects", [
    ...WITHOUT_EFFECTS,
    ...REALIZATION_OF_NOTHING,
  ]),
  events(11, "realization of a failed run", [...FAILED_RUN, ...REALIZATION]),
  inserted(11, "enter_proc", [draft("realization_started")]),
  missing(11, "realization_started"),
  inserted(11, "realization_started", [draft("realization_started")]),
  events(11, "an intent after the end", [...REALIZED, draft("effect_intended")]),
  events(11, "two ends", [...REALIZED, REALIZED[END] ?? STMT]),
];

/** Rules 12 to 16. */
export const REFERENCE_FAULTS: readonly Fault[] = [
  missing(12, "leave_proc"),
  missing(12, "enter_proc", SIMULATED),
  events(12, "the last leave_proc missing", SIMULATED.toSpliced(lastOf("leave_proc"), 1)),
  changed(12, "leave_proc", { proc: "other" }),
  inserted(12, "enter_proc", [{ kind: "enter_proc", proc: "other", args: {} }]),
  inserted(12, "enter_proc", [{ kind: "leave_proc", proc: "main" }]),
  changed(12, "enter_proc", { proc: "K::main" }),
  changed(12, "thread_spawn", { spawned: 2 }),
  changed(12, "thread_spawn", { spawned: 0 }),
  changed(12, "thread_spawn", { proc: "other" }),
  changed(12, "thread_spawn", { args: {} }),
  missing(12, "thread_spawn"),
  inserted(12, "mutex_lock", [stmtOf(2)]),
  inserted(12, "mutex_lock", [stmtOf(3)]),
  inserted(12, "thread_join", [stmtOf(2)]),
  changed(12, "thread_join", { joined: 1 }),
  changed(12, "thread_join", { joined: 3 }),
  changed(12, "thread_join", { ticks: 1 }),
  changed(12, "thread_join", { value: "Unit" }),
  inserted(12, "thread_join", [draft("thread_join")]),
  ...[{ ticks: 2 }, { value: { Int: 4 } }, { value: undefined }].map(lastJoin),
  events(
    12,
    "a thread that never begins",
    [...SIMULATED].toSpliced(lastOf("outcome"), 0, {
      ...draft("thread_spawn"),
      spawned: 3,
      args: {},
    }),
  ),
  changed(14, "thread_spawn", { args: { m: { Mem: "m4.3" }, x: { Mutex: "x1" } } }),
  changed(14, "mutex_new", { mutex: "x2" }),
  changed(14, "mutex_lock", { mutex: "x2" }),
  inserted(14, "mutex_lock", [draft("mutex_lock")]),
  changed(14, "mutex_unlock", { mutex: "x2" }),
  inserted(14, "mutex_unlock", [draft("mutex_unlock")]),
  missing(14, "mutex_unlock"),
  changed(13, "constraint_added", { id: "C2" }),
  changed(13, "constraint_added", { id: "C0" }),
  changed(13, "constraint_held", { id: "C2" }),
  changed(13, "constraint_held", { id: "C01" }),
  changed(13, "constraint_held", { id: "C9007199254740993" }),
  changed(13, "constraint_failed", { id: "C2" }, FAILED_RUN),
  changed(14, "q_alloc", { resource: "q2" }),
  changed(14, "q_alloc", { resource: "q01" }),
  changed(14, "q_move", { resource: "q2" }),
  changed(14, "q_use", { resource: "q7" }),
  changed(14, "q_consume", { resource: "q3" }),
  inserted(14, "q_consume", [draft("q_consume")]),
  inserted(14, "q_consume", [draft("q_use")]),
  inserted(14, "q_consume", [draft("q_move")]),
  inserted(14, "q_leak", [draft("q_leak", FAILED_RUN)], FAILED_RUN),
  inserted(14, "q_consume", [{ ...draft("q_alloc"), resource: "q2" }]),
  changed(14, "mem_alloc", { region: "m2", holder: "m2.1" }),
  changed(14, "mem_alloc", { holder: "m1.2" }),
  changed(14, "mem_copy", { holder: "m1.3" }),
  changed(14, "mem_copy", { from: "m1.3" }),
  changed(14, "mem_load", { holder: "m1.1" }),
  changed(14, "mem_store", { region: "m2" }),
  changed(14, "mem_free", { holder: "m1.3" }),
  changed(14, "mem_free", { released: true }),
  inserted(14, "q_alloc", [draft("mem_store")]),
  changed(14, "file_open", { file: "f2" }),
  changed(14, "file_open", { name: "other" }),
  changed(14, "file_open", { mode: "w" }),
  changed(14, "file_read", { file: "f2" }),
  changed(14, "file_read", { file: "f3" }),
  changed(14, "file_read", { offset: 1 }),
  changed(14, "file_read", { holder: "m1.1" }),
  changed(14, "file_close", { file: "f3" }),
  inserted(14, "file_close", [draft("file_close")]),
  changed(14, "port_read", { value: { Int: 8 } }),
  changed(14, "port_read", { port: "uart" }),
  changed(14, "device_read", { offset: 1 }),
  changed(14, "device_read", { device: "next" }),
  inserted(14, "port_read", [draft("port_read"), draft("port_read")]),
  changed(14, "device_read", { device: "serial" }),
  writing({ file: "f2" }),
  writing({ effect: "write:other" }),
  writing({ effect: "io_write:serial" }),
  writing({ holder: "m1.2" }),
  writing({ file: undefined, holder: undefined }),
  writing({ effect: "mmio_write:uart", file: undefined, holder: undefined }),
  changed(15, "effect", { index: 1 }),
  inserted(15, "effect", [draft("effect")]),
  events(15, "the last effect has the index of the one before it", withIndex(lastOf("effect"), 4)),
  changed(15, "effect", { payload: "another text" }),
  changed(15, "effect", { value: "Unit", payload: "unit" }),
  changed(15, "effect", { value: { String: "another text" } }),
  changed(15, "outcome", { effects: 5 }),
  changed(15, "outcome", { effects: 7 }),
  changed(15, "outcome", { ticks: 15 }),
  changed(15, "outcome", { ticks: 16 }),
  changed(15, "outcome", { effects: 9007199254740991 }),
  changed(15, "outcome", { status: "failed" }),
  changed(15, "outcome", { status: "returned" }, FAILED_RUN),
  changed(15, "outcome", { error: undefined }, FAILED_RUN),
  missing(15, "effect", SIMULATED.toSpliced(firstOf("effect", SIMULATED), 5)),
  missing(15, "stmt", SIMULATED),
  events(15, "an outcome with an error that returns", withReturnedError()),
  events(15, "counts of a failed run of host-0.1", hostRun()),
  changed(16, "phi_resolved", { verdict: "inadmissible" }),
  changed(16, "phi_resolved", { minimal: undefined }, FAILED_RUN),
  changed(16, "phi_resolved", { verdict: "undecided" }, FAILED_RUN),
  respelled(16, "phi_resolved", (line) => line.replace(',"work"', ',"canonical":false,"work"')),
  changed(16, "phi_resolved", { verdict: "admissible", minimal: undefined }, FAILED_RUN),
  changed(16, "phi_resolved", { verdict: "undecided", minimal: undefined }, FAILED_RUN),
  changed(16, "witness", { configuration: {} }),
  changed(16, "witness", { configuration: { other: { Int: 4 } } }),
  ...[{ verdict: "undecided" }, { configuration: { other: "Unit" } }, { configuration: undefined }]
    .map((members) => secondPhi(members)),
];

const SINKS = [{ effect: "emit", sink: "file:/srv/out.txt" }, { effect: "observe", sink: "log" }];

/** Rules 17 and 18. */
export const RECEIPT_FAULTS: readonly Fault[] = [
  changed(17, "realization_started", {
    sinks: [{ effect: "emit", sink: "a" }, { effect: "emit", sink: "b" }],
  }),
  changed(17, "realization_started", { sinks: [] }),
  ...SINKS.flatMap((sink, at) => [
    changed(17, "realization_started", { sinks: SINKS.toSpliced(at, 1) }),
    changed(17, "realization_started", { sinks: [...SINKS, { ...sink, effect: "seal" }] }),
    changed(17, "realization_started", { sinks: SINKS.with(at, { ...sink, effect: "other" }) }),
    changed(17, "realization_started", { sinks: SINKS.with(at, { ...sink, sink: "stderr" }) }),
  ]),
  changed(17, "realization_started", { sinks: SINKS.toReversed() }),
  redirected("stderr"),
  redirected("log"),
  changed(17, "effect_in_doubt", { sink: "stderr" }),
  changed(17, "effect_intended", { last: 1 }),
  changed(17, "effect_intended", { first: 1, last: 1 }),
  changed(17, "effect_intended", { first: 1, last: 0 }),
  changed(17, "effect_intended", { last: 6 }),
  changed(17, "effect_intended", { last: 9007199254740991 }),
  inserted(17, "effect_intended", [draft("effect_intended")]),
  missing(17, "effect_intended"),
  changed(17, "effect_realized", { sink: "file:/other" }),
  changed(17, "effect_realized", { last: 1 }),
  changed(17, "effect_realized", { sink: "log" }),
  inserted(17, "effect_realized", [draft("effect_realized")]),
  inserted(17, "effect_realized", [{
    ...draft("effect_realized"),
    first: 2,
    last: 2,
    sink: "log",
  }]),
  changed(17, "effect_in_doubt", { first: 1 }),
  inserted(17, "effect_in_doubt", [draft("effect_in_doubt")]),
  changed(17, "effect_resolved", { first: 1 }),
  inserted(17, "effect_resolved", [draft("effect_resolved")]),
  inserted(17, "realization_started", [draft("effect_resolved")]),
  inserted(17, "effect_in_doubt", [{ ...draft("effect_realized"), first: 2, last: 2 }]),
  changed(17, "realization_finished", { performed: 1 }),
  changed(17, "realization_finished", { performed: 3 }),
  changed(17, "realization_finished", { status: "complete", reason: undefined }),
  changed(17, "realization_finished", { reason: undefined }),
  events(
    17,
    "a reason for success",
    REALIZED.with(END, {
      kind: "realization_finished",
      ...HOST,
      status: "complete",
      performed: 5,
      reason: "x",
    }),
  ),
  changed(18, "run_started", { program: `sha256:${"0".repeat(64)}` }),
  changed(18, "program_loaded", { text: "program on" }),
  changed(18, "input_loaded", { digest: `sha256:${"0".repeat(64)}` }),
  changed(18, "input_loaded", { text: "other" }),
];

/** Every intent, receipt and doubt agrees on a sink, and it is not the one that was recorded. */
function redirected(sink: string): Fault {
  const drafts = REALIZED.map((entry) =>
    "sink" in entry && entry.kind !== "input_loaded" ? { ...entry, sink } : entry
  );
  return events(17, `everything goes to ${sink}`, drafts);
}

/** The second `phi_resolved` of the sample decides about the process that was entered last. */
function secondPhi(members: object): Fault {
  const at = REALIZED.findLastIndex((entry) => entry.kind === "phi_resolved");
  const changedDraft = { ...REALIZED[at], kind: "phi_resolved", ...members };
  return events(16, `phi_resolved ${JSON.stringify(members)}`, REALIZED.with(at, changedDraft));
}

/** The outcome with an error that also has a result. */
function withReturnedError(): readonly Draft[] {
  const at = firstOf("outcome", FAILED_RUN);
  const { kind, status, ...rest } = draft("outcome", FAILED_RUN);
  return FAILED_RUN.with(at, { kind, status, returned: "Unit", ...rest });
}

/** Upstream keeps all counts of a failed run or none; this one has others. */
function hostRun(): readonly Draft[] {
  const at = firstOf("outcome", FAILED_RUN);
  return FAILED_RUN
    .with(0, { ...draft("run_started", FAILED_RUN), semantics: "host-0.1" })
    .with(firstOf("effect", FAILED_RUN), { ...draft("effect", FAILED_RUN), payload: "unit" })
    .with(at, { ...draft("outcome", FAILED_RUN), ticks: 999 });
}
