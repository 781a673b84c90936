/**
 * Random events of every kind, for properties of code that reads or writes logs. Each is well formed; as a sequence
 * they are not a run.
 *
 * @module
 */
import { assert } from "../../std/assert.ts";
import { FAILURE_KINDS } from "../../dvm/diagnostic/failure.ts";
import { CLAUSE_OPERATORS } from "../../dvm/dir/model.ts";
import { type Event, type EventKind, isThreadKind } from "../../dvm/event/event.ts";
import type { ContractRefusal, OfferRefusal } from "../../dvm/event/refusal.ts";
import { INT64_MAX, INT64_MIN, int64FromBigInt } from "../../dvm/value/int64.ts";
import {
  boolValue,
  intValue,
  type NamedValue,
  stringValue,
  UNIT,
  type Value,
} from "../../dvm/value/value.ts";
import { anyCharacter } from "./any_character.ts";
import fc from "fast-check";
import type { Arbitrary } from "fast-check";

/** One of the values. */
function elementOf<T>(values: readonly T[]): Arbitrary<T> {
  return fc.nat(values.length - 1).map((index) => {
    const value = values[index];
    assert(value !== undefined);
    return value;
  });
}

const record = <T>(model: { [K in keyof T]: Arbitrary<T[K]> }) =>
  fc.record<T>(model, { noNullPrototype: true });
const count = fc.oneof(fc.nat(1_000), fc.maxSafeNat());
/** Texts with every character that JSON treats specially. */
const text = fc.oneof(
  fc.constantFrom(
    "main",
    "body[3].then_body[0]",
    "",
    "Φ::p",
    '"\\\u0000\n\u007f\u2028',
    "😀",
    "\ud800",
    "__proto__",
    "0",
  ),
  fc.string({ unit: anyCharacter, maxLength: 12 }),
);
/** A number is not a name: objects would not preserve its order. */
const name = text.filter((candidate) => !/^[0-9]/.test(candidate));
const digest = fc.stringMatching(/^[0-9a-f]{64}$/);

const textDigest = digest.map((hex) => `sha256:${hex}`);
const reference = fc.constantFrom(
  "main",
  "K::p",
  "Forge::Φ::p",
  '"my proc"',
  String.raw`Q::"\"\\\n.body[0]"`,
  '""',
);
const place = fc.tuple(reference, fc.constantFrom("body[0]", "body[3].then_body[0].body[12]"))
  .map(([proc, path]) => `${proc}.${path}`);

const scalar: Arbitrary<Value> = fc.oneof(
  fc.bigInt({ min: INT64_MIN, max: INT64_MAX }).map((exact) =>
    intValue(int64FromBigInt(exact) ?? 0)
  ),
  fc.constantFrom(INT64_MIN, INT64_MAX, 2n ** 53n, -(2n ** 53n)).map((exact) =>
    intValue(int64FromBigInt(exact) ?? 0)
  ),
  fc.integer().map(intValue),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value): Value => ({
    kind: "Float",
    value,
  })),
  fc.boolean().map(boolValue),
  text.map(stringValue),
  anyCharacter.map((value): Value => ({
    kind: "Char",
    value,
  })),
  fc.constant<Value>(UNIT),
  fc.integer({ min: 1, max: 99 }).map((k): Value => ({ kind: "Mem", value: `m${k}.${k}` })),
  fc.integer({ min: 1, max: 99 }).map((k): Value => ({ kind: "File", value: `f${k}` })),
  fc.integer({ min: 1, max: 99 }).map((k): Value => ({ kind: "Thread", value: `t${k}` })),
  fc.integer({ min: 1, max: 99 }).map((k): Value => ({ kind: "Mutex", value: `x${k}` })),
  fc.tuple(fc.constantFrom("Port", "Device", "Mapped"), text).map(([kind, value]): Value => ({
    kind,
    value,
  })),
);

const struct = (fields: Arbitrary<Value>) =>
  record({
    ty: text,
    named: fc.uniqueArray(fc.tuple(name, fields), { selector: ([name]) => name, maxLength: 3 }),
  })
    .map(({ ty, named }) => ({ kind: "Struct", ty, fields: new Map(named) } as const));

const value: Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalar,
    struct(tie("value")),
    fc.array(tie("value"), { maxLength: 3 }).map((items): Value => ({ kind: "Array", items })),
  ),
})).value;

const named: Arbitrary<NamedValue[]> = fc.uniqueArray(record({ name, value }), {
  selector: ({ name }) => name,
  maxLength: 3,
});
const constraint = count.filter((number) => number > 0).map((number) => `C${number}`);
const qubit = count.filter((number) => number > 0).map((number) => `q${number}`);
const region = count.filter((number) => number > 0).map((number) => `m${number}`);
const holderName = region.chain((name) =>
  fc.integer({ min: 1, max: 99 }).map((k) => `${name}.${k}`)
);
const holder = { at: place, region, holder: holderName };
const access = { offset: count, width: count, value: fc.integer().map(intValue) };
const optional = <T>(content: Arbitrary<T>) => fc.option(content, { nil: undefined });
const nothing = fc.constant(undefined);
const environment = {
  name: text,
  modes: nothing,
  number: nothing,
  base: nothing,
  sink: optional(fc.constantFrom("stdout", "file:out.txt")),
};
const file = {
  ...environment,
  input: fc.constant("file" as const),
  modes: fc.constantFrom("r", "w", "ra", "rwa"),
};
const noContent = { digest: nothing, text: nothing, base64: nothing };
const textContent = {
  digest: textDigest,
  text: text.map((any) => any.replace(/[\p{Cc}]/gu, "\n")),
  base64: nothing,
};
const binaryContent = {
  digest: textDigest,
  text: nothing,
  base64: fc.constantFrom("/w==", "gIA=", "/////wAA", "AA==", "QQs="),
};
const script = {
  digest: textDigest,
  text: fc.array(fc.integer(), { maxLength: 3 }).map((all) =>
    all.map((one) => `${one}\n`).join("")
  ),
  base64: nothing,
};
const opened = {
  at: place,
  file: count.filter((number) => number > 0).map((number) => `f${number}`),
};
const linear = { proc: reference, resource: qubit, name: text };
const host = {
  host: fc.constant<true>(true),
  time: fc.date({
    min: new Date("0001-01-01T00:00:00Z"),
    max: new Date("9999-12-31T00:00:00Z"),
    noInvalidDate: true,
  }).map((date) => date.toISOString()),
};
const range = { ...host, first: count, last: count };
const sink = { ...range, sink: text };
const someText = text.filter((content) => content !== "");
const someTexts = fc.array(text, { minLength: 1, maxLength: 2 });
const position = fc.oneof(fc.constant(-1), count);

const clause = record({
  index: count,
  attribute: text,
  operator: elementOf(CLAUSE_OPERATORS),
  bound: text,
});
const optionalClause = fc.option(clause.map((stated) => ({ clause: stated })), { nil: {} });

const contractRefusal: Arbitrary<ContractRefusal> = fc.oneof(
  record({ kind: fc.constant("unusable"), clause }),
  fc.tuple(optionalClause, text).map(([stated, proc]): ContractRefusal => ({
    kind: "effects",
    ...stated,
    proc,
  })),
  fc.tuple(optionalClause, fc.constantFrom("argument", "result")).map((
    [stated, carrier],
  ): ContractRefusal => ({ kind: "witness", ...stated, carrier })),
  optionalClause.map((stated): ContractRefusal => ({ kind: "direction", ...stated })),
  record({ kind: fc.constant("latency"), clause, actual_us: count }),
);

const offerRefusal: Arbitrary<OfferRefusal> = fc.oneof(
  fc.constant({ kind: "absent" } as const),
  record({ kind: fc.constant("argument_missing"), argument: text }),
  record({
    kind: fc.constant("argument_differs"),
    argument: text,
    declared: value,
    offered: value,
  }),
);

const mutex = fc.integer({ min: 1, max: 99 }).map((number) => `x${number}`);

/** The fields of every resolution, and those that a verdict may leave out. */
const resolved = {
  proc: reference,
  gate: optional(fc.constant<true>(true)),
  configuration: fc.constant(undefined),
  canonical: fc.constant(undefined),
  conflict: fc.constant(undefined),
  minimal: fc.constant(undefined),
  bounds: fc.constant(undefined),
  work: count,
  certificate: fc.constant(undefined),
};

/** The fields of each kind. The mapped type asks for a new kind here as soon as the union has it. */
const FIELDS: {
  readonly [K in EventKind]: Arbitrary<Omit<Extract<Event, { kind: K }>, "seq" | "kind">>;
} = {
  run_started: record({
    format: fc.constant("dustrun-log/2" as const),
    version: text,
    semantics: fc.constantFrom("spec", "host-0.1"),
    entry: text,
    args: named,
    mode: fc.constantFrom("simulate", "realize"),
    limits: record({
      max_ticks: count,
      max_depth: count,
      max_memory: count,
      max_work: count,
      max_configuration_work: count,
      max_conflict_work: count,
    }),
    seed: optional(count),
    schedule: optional(fc.array(count, { minLength: 1, maxLength: 4 })),
    tick_us: count,
    resources: fc.option(fc.array(record({ resource: text, args: named }), { maxLength: 2 }), {
      nil: undefined,
    }),
    realizers: fc.option(
      fc.array(
        record({ effect: fc.constantFrom("emit", "observe", "seal"), realizer: text }),
        { minLength: 1, maxLength: 3 },
      ),
      { nil: undefined },
    ),
    artifacts: count,
    inputs: optional(count.filter((inputs) => inputs > 0)),
    program: textDigest,
  }),
  program_loaded: record({ name: text, text }),
  input_loaded: fc.oneof(
    record({ ...file, ...noContent }),
    record({ ...file, ...textContent }),
    record({ ...file, ...binaryContent }),
    record({
      ...environment,
      input: fc.constant("port" as const),
      number: optional(count),
      ...script,
    }),
    record({
      ...environment,
      input: fc.constant("device" as const),
      base: count,
      ...binaryContent,
    }),
  ),
  resource_granted: record({ proc: reference, resource: text, args: named }),
  resource_denied: record({
    proc: reference,
    resource: text,
    args: named,
    reason: text,
    refusal: offerRefusal,
  }),
  bind_checked: record({
    source: text,
    target: text,
    stage: fc.constantFrom("enter", "during", "leave"),
    holds: fc.boolean(),
    ticks: count,
    reason: text,
    refusal: fc.option(contractRefusal, { nil: undefined }),
  }),
  constraint_added: record({ at: place, id: constraint, predicate: text }),
  constraint_held: record({ id: constraint }),
  constraint_failed: record({ id: constraint, reason: text }),
  enter_proc: record({ proc: reference, args: named }),
  stmt: record({
    at: place,
    control: optional(
      fc.constantFrom("then", "else", "body", "none", "break", "continue"),
    ),
    set: fc.option(record({ name: text, value }), { nil: undefined }),
    range: fc.option(record({ start: value, end: value }), { nil: undefined }),
  }),
  leave_proc: record({ proc: reference, value: fc.option(value, { nil: undefined }) }),
  q_alloc: record({
    ...linear,
    origin: fc.constantFrom("allocated", "parameter", "bound", "received"),
  }),
  q_move: record({ proc: reference, resource: qubit, from: text, to: text }),
  q_use: record(linear),
  q_consume: record({
    ...linear,
    reason: fc.constantFrom("measured", "returned", "passed", "projected", "freed"),
  }),
  q_leak: record(linear),
  mem_alloc: record({ ...holder, size: count }),
  mem_copy: record({ ...holder, from: holderName }),
  mem_load: record({ ...holder, ...access }),
  mem_store: record({ ...holder, ...access }),
  mem_free: record({ ...holder, released: fc.boolean() }),
  thread_spawn: record({
    at: place,
    spawned: count,
    proc: reference,
    args: named,
    seed: optional(fc.integer().map(intValue)),
  }),
  thread_join: record({ at: place, joined: count, ticks: count, value: optional(value) }),
  mutex_new: record({ at: place, mutex }),
  mutex_lock: record({ at: place, mutex }),
  mutex_unlock: record({ at: place, mutex }),
  file_open: record({ ...opened, name: text, mode: fc.constantFrom("r", "w", "a") }),
  file_read: record({ ...opened, region, holder: holderName, offset: count, count }),
  file_close: record(opened),
  port_read: record({ at: place, port: text, value: fc.integer().map(intValue) }),
  device_read: record({ at: place, device: text, ...access }),
  phi_resolved: fc.oneof(
    record({
      ...resolved,
      verdict: fc.constant("admissible" as const),
      configuration: optional(named.filter((values) => values.length > 0)),
    }),
    record({
      ...resolved,
      gate: fc.constant(undefined),
      verdict: fc.constant("admissible" as const),
      configuration: optional(named.filter((values) => values.length > 0)),
      canonical: fc.constant(false as const),
    }),
    record({ ...resolved, verdict: fc.constant("undecided" as const) }),
    record({
      ...resolved,
      verdict: fc.constant("inadmissible" as const),
      conflict: optional(someTexts),
      minimal: fc.boolean(),
      bounds: optional(someTexts),
      certificate: optional(someText),
    }),
  ),
  witness: record({
    at: place,
    proc: reference,
    constraints: fc.array(text, { maxLength: 2 }),
    from: text,
    configuration: named,
    name: text,
    value: struct(scalar),
  }),
  effect: fc.oneof(
    record({ at: place, index: count, effect: text, value, payload: text }),
    record({
      at: place,
      index: count,
      effect: text,
      value,
      payload: text,
      file: opened.file,
      holder: holderName,
    }),
  ),
  outcome: fc.oneof(
    record({
      status: fc.constantFrom("returned", "admissible"),
      returned: optional(value),
      error: fc.constant(undefined),
      ticks: count,
      effects: count,
    }),
    record({
      status: fc.constantFrom("inadmissible", "failed"),
      returned: fc.constant(undefined),
      error: record({
        code: text,
        kind: elementOf(FAILURE_KINDS),
        message: text,
        where: text,
      }),
      ticks: count,
      effects: count,
    }),
  ),
  realization_started: record({
    ...host,
    occurrence: fc.stringMatching(/^[0-9a-f]{32}$/),
    machine: optional(someText),
    sinks: fc.array(record({ effect: text, sink: text }), { maxLength: 2 }),
  }),
  effect_intended: record({ ...sink, position }),
  effect_realized: record({ ...sink, position }),
  effect_in_doubt: record({ ...sink, reason: text }),
  effect_resolved: record({
    ...range,
    decision: fc.constantFrom("perform", "skip"),
  }),
  realization_finished: fc.oneof(
    record({
      ...host,
      status: fc.constant("complete" as const),
      performed: count,
      reason: fc.constant(undefined),
    }),
    record({ ...host, status: fc.constant("failed" as const), performed: count, reason: someText }),
  ),
  checkpoint: record({
    tick: count,
    bytes: count,
    effects: count,
    constraints: count,
    depth: count,
    block: digest,
    root: digest,
    skip: fc.array(count, { maxLength: 3 }),
  }),
  recovered: record({ ...host, cut: count, sha256: digest }),
};

/** Any event. */
export function anyEvent(): Arbitrary<Event> {
  const thread = fc.option(fc.integer({ min: 1, max: 99 }), { freq: 4 });
  const kinds = Object.entries(FIELDS).map(([kind, fields]) =>
    fc.tuple(count, thread, fields as Arbitrary<object>).map(([seq, thread, rest]) => {
      const isThreaded = thread !== null && isThreadKind(kind);
      return { seq, kind, ...(isThreaded ? { thread } : {}), ...rest } as Event;
    })
  );
  return elementOf(kinds).chain((kind) => kind);
}
