/**
 * Events of runs that together have every kind of event and every optional member, written by hand from `docs/log-format.md`.
 *
 * @module
 */
import { type Draft, hex, number, sha256 } from "./independent_writer.ts";

const ENCODER = new TextEncoder();
const digest = (bytes: Uint8Array) => `sha256:${hex(sha256(bytes))}`;
const int = (value: number) => ({ Int: value });

const ARTIFACTS = ["program one", "program\ntwo \ud83d\ude00 \u2028"];
const PROGRAM = digest(
  ENCODER.encode(ARTIFACTS.map((text) => hex(sha256(ENCODER.encode(text)))).join("\n")),
);
const LIMITS = {
  max_ticks: 1000,
  max_depth: 10,
  max_memory: 1 << 20,
  max_work: 100,
  max_configuration_work: 100,
  max_conflict_work: 100,
};

/** A header with the members that differ from the smallest one, and what it declares. */
function header(mode: "simulate" | "realize", optional: object, inputs: readonly Draft[] = []) {
  const started: Draft = {
    kind: "run_started",
    format: "dustrun-log/2",
    version: "0.2.0",
    semantics: "spec",
    entry: "main",
    args: { n: int(2), Decimal: { Struct: { ty: "", fields: { Decimal: { String: "1e400" } } } } },
    mode,
    limits: LIMITS,
    ...optional,
    artifacts: ARTIFACTS.length,
    ...(inputs.length > 0 ? { inputs: inputs.length } : {}),
    program: PROGRAM,
  };
  const loaded = ARTIFACTS.map((text, index): Draft => ({
    kind: "program_loaded",
    name: `${index}.dir.json`,
    text,
  }));
  return [started, ...loaded, ...inputs];
}

const BINARY = Uint8Array.of(0xff, 0x00, 0x80, 0x41);
/** The content of an input, with its digest. */
function content(text: string) {
  return { digest: digest(ENCODER.encode(text)), text };
}

/** Bytes that are UTF-8, and no text. */
const ZEROES = { digest: digest(new Uint8Array(8)), base64: btoa("\0".repeat(8)) };

const INPUTS: readonly Draft[] = [
  { kind: "input_loaded", input: "file", name: "words.txt", modes: "r", ...content("a\tb\n") },
  {
    kind: "input_loaded",
    input: "file",
    name: "raw",
    modes: "ra",
    sink: "file:raw.out",
    digest: digest(BINARY),
    base64: btoa("\xff\0\x80A"),
  },
  { kind: "input_loaded", input: "file", name: "new", modes: "wa" },
  { kind: "input_loaded", input: "port", name: "serial", number: 0, ...content("7\n-8\n") },
  { kind: "input_loaded", input: "device", name: "uart", base: 4096, ...ZEROES },
];
const OPTIONAL = {
  seed: 0,
  schedule: [0, 1],
  tick_us: 1,
  resources: [{ resource: "Console", args: { level: int(1) } }],
  realizers: [{ effect: "emit", realizer: "file:out.txt" }],
};

/** The rounds of a loop: two events each. */
function loop(rounds: number): Draft[] {
  return Array.from({ length: rounds }, (_, round): Draft[] => [
    {
      kind: "stmt",
      at: "main.body[1]",
      control: "body",
      set: { i: int(round) },
      ...(round === 0 ? { range: { start: int(0), end: int(rounds) } } : {}),
    },
    { kind: "stmt", at: "main.body[1].body[0]", set: { sum: int(round * round) } },
  ]).flat();
}

function effect(index: number, kind: string, [value, payload]: Shown): Draft {
  return {
    kind: "effect",
    at: `main.body[${index + 3}]`,
    index,
    effect: kind,
    value,
    payload,
  };
}

/** A value and its payload. */
type Shown = readonly [object | string, string];

const VALUES: readonly Shown[] = [
  [{ Float: number("1.0") }, "1.0"],
  [{ Float: number("-0.0") }, "-0.0"],
  [
    {
      Array: [
        { Int: number("-9223372036854775808") },
        { Bool: true },
        "Unit",
        { Mem: "m1.2" },
        { File: "f1" },
        { Port: "serial" },
        { Device: "uart" },
        { Mapped: "uart" },
      ],
    },
    '{"Array":[{"Int":-9223372036854775808},{"Bool":true},"Unit",{"Mem":"m1.2"},' +
    '{"File":"f1"},{"Port":"serial"},{"Device":"uart"},{"Mapped":"uart"}]}',
  ],
  [
    { Struct: { ty: "T", fields: { "0": { Char: "\ud83d\ude00" }, "10": int(1), a: int(2) } } },
    '{"Struct":{"ty":"T","fields":{"0":{"Char":"\ud83d\ude00"},"10":{"Int":1},"a":{"Int":2}}}}',
  ],
  [
    { String: 'tab\t"\\\u0000\u007f\u2028\ud800/' },
    'tab\t"\\\u0000\u007f\u2028\ud800/',
  ],
  [{ Float: number("1e+300") }, "1e+300"],
];

const Q: readonly Draft[] = [
  { kind: "q_alloc", proc: "Q::measure", resource: "q1", name: "a", origin: "allocated" },
  { kind: "q_move", proc: "Q::measure", resource: "q1", from: "a", to: "b" },
  { kind: "q_use", proc: "Q::measure", resource: "q1", name: "b" },
  { kind: "q_alloc", proc: "Q::measure", resource: "q2", name: "c", origin: "received" },
  { kind: "q_consume", proc: "Q::measure", resource: "q1", name: "b", reason: "measured" },
  { kind: "q_consume", proc: "Q::measure", resource: "q2", name: "c", reason: "freed" },
];

const HELD = { at: "main.body[2]", region: "m1", holder: "m1.1" };
const MEMORY: readonly Draft[] = [
  { kind: "mem_alloc", ...HELD, size: 16 },
  { kind: "mem_store", ...HELD, offset: 0, width: 8, value: int(-5) },
  { kind: "mem_copy", ...HELD, holder: "m1.2", from: "m1.1" },
  { kind: "mem_free", ...HELD, released: false },
  { kind: "mem_load", ...HELD, holder: "m1.2", offset: 0, width: 8, value: int(-5) },
  { kind: "mem_alloc", at: "main.body[2]", region: "m2", holder: "m2.1", size: 0 },
  { kind: "mem_free", ...HELD, holder: "m1.2", released: true },
];

const HERE = { at: "main.body[2]" };
const IO: readonly Draft[] = [
  { kind: "mem_alloc", ...HERE, region: "m3", holder: "m3.1", size: 4 },
  { kind: "file_open", ...HERE, file: "f1", name: "words.txt", mode: "r" },
  { kind: "file_open", ...HERE, file: "f2", name: "new", mode: "w" },
  { kind: "file_read", ...HERE, file: "f1", region: "m3", holder: "m3.1", offset: 0, count: 4 },
  { kind: "file_read", ...HERE, file: "f1", region: "m3", holder: "m3.1", offset: 4, count: 0 },
  { kind: "file_close", ...HERE, file: "f1" },
  { kind: "port_read", ...HERE, port: "serial", value: int(7) },
  { kind: "port_read", ...HERE, port: "serial", value: int(-8) },
  { kind: "device_read", ...HERE, device: "uart", offset: 0, width: 8, value: int(0) },
  { kind: "file_close", ...HERE, file: "f2" },
];

const GIVEN = { m: { Mem: "m4.2" }, x: { Mutex: "x1" } };
const WORKER = { thread: 1, at: "K::work.body[0]" };
const THREADS: readonly Draft[] = [
  { kind: "mutex_new", ...HERE, mutex: "x1" },
  { kind: "mem_alloc", ...HERE, region: "m4", holder: "m4.1", size: 8 },
  { kind: "mem_copy", ...HERE, region: "m4", holder: "m4.2", from: "m4.1" },
  { kind: "thread_spawn", ...HERE, spawned: 1, proc: "K::work", args: GIVEN, seed: int(-7) },
  { kind: "thread_spawn", ...HERE, spawned: 2, proc: "idle", args: {} },
  { kind: "enter_proc", thread: 1, proc: "K::work", args: GIVEN },
  { kind: "mutex_lock", ...WORKER, mutex: "x1" },
  { kind: "stmt", ...WORKER, set: { t: { Thread: "t2" } } },
  { kind: "enter_proc", thread: 2, proc: "idle", args: {} },
  { kind: "mutex_unlock", ...WORKER, mutex: "x1" },
  { kind: "mem_free", ...WORKER, region: "m4", holder: "m4.2", released: false },
  { kind: "leave_proc", thread: 2, proc: "idle" },
  { kind: "thread_join", ...WORKER, joined: 2, ticks: 0 },
  { kind: "leave_proc", thread: 1, proc: "K::work", value: int(3) },
  { kind: "thread_join", ...HERE, joined: 1, ticks: 1, value: int(3) },
  { kind: "mem_free", ...HERE, region: "m4", holder: "m4.1", released: true },
];

const CONFIGURATION = { plan: int(4) };
const PHI: readonly Draft[] = [
  {
    kind: "bind_checked",
    source: "K::main",
    target: "Φ::slots",
    stage: "enter",
    holds: true,
    ticks: 0,
    reason: "",
  },
  { kind: "enter_proc", proc: 'Plan::Φ::"free slots"', args: { plan: int(4) } },
  {
    kind: "phi_resolved",
    proc: 'Plan::Φ::"free slots"',
    verdict: "admissible",
    configuration: CONFIGURATION,
    work: 7,
  },
  {
    kind: "constraint_added",
    at: 'Plan::Φ::"free slots".body[0]',
    id: "C1",
    predicate: "plan Gt 0",
  },
  { kind: "constraint_held", id: "C1" },
  {
    kind: "witness",
    at: 'Plan::Φ::"free slots".body[1]',
    proc: 'Plan::Φ::"free slots"',
    constraints: ["plan Gt 0"],
    from: "plan",
    configuration: CONFIGURATION,
    name: "w",
    value: { Struct: { ty: "PhiWitness", fields: { kind: { String: "Admissible" } } } },
  },
  { kind: "leave_proc", proc: 'Plan::Φ::"free slots"' },
];

/** A run with a loop of some rounds that returns, up to its outcome. */
export function returnedRun(
  mode: "simulate" | "realize",
  { rounds = 3, isSmall = false } = {},
): readonly Draft[] {
  const head = isSmall ? header(mode, { tick_us: 1 }) : header(mode, OPTIONAL, INPUTS);
  return [
    ...head,
    { kind: "phi_resolved", proc: "possible", gate: true, verdict: "undecided", work: 100 },
    {
      kind: "resource_granted",
      proc: "main",
      resource: "Console",
      args: {},
    },
    { kind: "enter_proc", proc: "main", args: { n: int(2) } },
    { kind: "stmt", at: "main.body[0]", control: "then", set: { "0 of any name": "Unit" } },
    ...loop(rounds),
    { kind: "stmt", at: "main.body[1]", control: "none" },
    { kind: "enter_proc", proc: "Q::measure", args: {} },
    ...Q,
    ...MEMORY,
    ...isSmall ? [] : IO,
    { kind: "leave_proc", proc: "Q::measure", value: "Unit" },
    ...PHI,
    ...isSmall ? [] : THREADS,
    ...VALUES.map((value, index) => effect(index, index === 1 ? "observe" : "emit", value)),
    { kind: "leave_proc", proc: "main", value: int(0) },
    {
      kind: "outcome",
      status: "returned",
      returned: int(0),
      ticks: 2 + 2 * rounds + 2 + (isSmall ? 0 : 1) + VALUES.length,
      effects: VALUES.length,
    },
  ];
}

const HOST = { host: true, time: "2026-11-29T03:04:05.006Z" };
const OUT = "file:/srv/out.txt";

function receipt(kind: string, first: number, last: number, rest: object): Draft {
  return { kind, ...HOST, first, last, ...rest };
}

/** The realization of six effects that meets every event: a crash, a doubt, decisions, a failure and its repair. */
export const REALIZATION: readonly Draft[] = [
  {
    kind: "realization_started",
    ...HOST,
    occurrence: "0123456789abcdef0123456789abcdef",
    machine: "press",
    sinks: [{ effect: "emit", sink: OUT }, { effect: "observe", sink: "log" }],
  },
  receipt("effect_intended", 0, 0, { sink: OUT, position: 0 }),
  receipt("effect_realized", 0, 0, { sink: OUT, position: 4 }),
  receipt("effect_realized", 1, 1, { sink: "log", position: -1 }),
  receipt("effect_intended", 2, 3, { sink: OUT, position: 4 }),
  { kind: "recovered", ...HOST, cut: 3, sha256: "a".repeat(64) },
  receipt("effect_in_doubt", 2, 3, { sink: OUT, reason: "the sink cannot be read" }),
  receipt("effect_resolved", 2, 2, { decision: "skip" }),
  receipt("effect_resolved", 3, 3, { decision: "perform" }),
  { kind: "realization_finished", ...HOST, status: "failed", performed: 2, reason: "disk full" },
  receipt("effect_intended", 3, 5, { sink: OUT, position: 4 }),
  receipt("effect_realized", 3, 5, { sink: OUT, position: 9 }),
  { kind: "realization_finished", ...HOST, status: "complete", performed: 5 },
];

/** A run that ends with an error, with the events of refusals. */
export const FAILED_RUN: readonly Draft[] = [
  ...header("realize", { tick_us: 1 }, [
    { kind: "input_loaded", input: "file", name: "new", modes: "w", sink: "stdout" },
    { kind: "input_loaded", input: "port", name: "serial", ...content("") },
  ]),
  {
    kind: "phi_resolved",
    proc: "slots",
    gate: true,
    verdict: "inadmissible",
    conflict: ["body[0]"],
    minimal: false,
    bounds: ["plan"],
    work: 9,
    certificate: `sha256:${"b".repeat(64)}`,
  },
  {
    kind: "resource_denied",
    proc: "main",
    resource: "Timer",
    args: { deadline_us: int(2) },
    reason: "the offer differs",
    refusal: {
      kind: "argument_differs",
      argument: "deadline_us",
      declared: int(2),
      offered: int(1),
    },
  },
  { kind: "enter_proc", proc: "main", args: {} },
  { kind: "constraint_added", at: "main.body[0]", id: "C1", predicate: "1 Gt 2" },
  { kind: "constraint_failed", id: "C1", reason: "1 Gt 2 does not hold" },
  { kind: "effect", at: "main.body[1]", index: 0, effect: "emit", value: "Unit", payload: "Unit" },
  { kind: "mem_alloc", at: "main.body[1]", region: "m1", holder: "m1.1", size: 4 },
  { kind: "file_open", at: "main.body[1]", file: "f1", name: "new", mode: "w" },
  {
    ...effect(1, "write:new", [{ String: "four" }, "four"]),
    file: "f1",
    holder: "m1.1",
  },
  effect(2, "io_write:serial", [int(1), "1"]),
  { kind: "q_alloc", proc: "main", resource: "q1", name: "a", origin: "bound" },
  { kind: "q_leak", proc: "main", resource: "q1", name: "a" },
  {
    kind: "bind_checked",
    source: "K::main",
    target: "K::slow",
    stage: "during",
    holds: false,
    ticks: 3,
    reason: "too slow",
    refusal: {
      kind: "latency",
      clause: { index: 0, attribute: "latency_us", operator: "<", bound: "3" },
      actual_us: 3,
    },
  },
  {
    kind: "outcome",
    status: "inadmissible",
    error: { code: "DR0902", kind: "Inadmissible", message: "no", where: "forges[0]" },
    ticks: 2,
    effects: 3,
  },
];

/** A realized run, as {@link returnedRun} and {@link REALIZATION} make it. */
export function realizedRun(rounds = 3): readonly Draft[] {
  return [...returnedRun("realize", { rounds }), ...REALIZATION];
}
