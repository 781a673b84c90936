/**
 * Random events of every kind, for properties of code that reads or writes logs. Each is well formed; as a sequence
 * they are not a run.
 *
 * @module
 */
import { assert } from "../../std/assert.ts";
import { FAILURE_KINDS } from "../../dvm/diagnostic/failure.ts";
import { CLAUSE_OPERATORS } from "../../dvm/dir/model.ts";
import type { Event, EventKind } from "../../dvm/event/event.ts";
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
const atStatement = { proc: text, stmt_index: count, at: text };
const linear = { proc: text, resource: text, name: text };
const sink = { host: fc.constant<true>(true), first: count, last: count, sink: text };
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

/** The fields of each kind. The mapped type asks for a new kind here as soon as the union has it. */
const FIELDS: {
  readonly [K in EventKind]: Arbitrary<Omit<Extract<Event, { kind: K }>, "seq" | "kind">>;
} = {
  run_started: record({
    format: fc.constant("dustrun-log/1" as const),
    version: text,
    semantics: fc.constantFrom("spec", "host-0.1"),
    entry: text,
    args: named,
    mode: fc.constantFrom("simulate", "realize"),
    limits: record({ max_ticks: count, max_depth: count, max_work: count }),
    tick_us: count,
    resources: fc.option(fc.array(record({ resource: text, args: named }), { maxLength: 2 }), {
      nil: undefined,
    }),
    realizers: fc.option(
      fc.array(
        record({ effect: fc.constantFrom("emit", "observe", "seal"), realizer: text }),
        { maxLength: 3 },
      ),
      { nil: undefined },
    ),
    artifacts: count,
    program: text,
  }),
  program_loaded: record({ name: text, text }),
  resource_granted: record({ proc: text, resource: text, args: named }),
  resource_denied: record({
    proc: text,
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
  constraint_added: record({ ...atStatement, id: text, predicate: text, tick: count }),
  constraint_held: record({ ...atStatement, id: text }),
  constraint_failed: record({ ...atStatement, id: text, reason: text }),
  enter_proc: record({
    proc: text,
    forge: text,
    regime: fc.constantFrom("K", "Q", "Φ"),
    args: named,
  }),
  stmt_exec: record({
    ...atStatement,
    tick: count,
    control: fc.oneof(
      fc.constantFrom(
        { kind: "next" } as const,
        { kind: "break" } as const,
        { kind: "continue" } as const,
      ),
      record({
        kind: fc.constant("branch" as const),
        taken: fc.constantFrom("then", "else", "body", "none"),
      }),
    ),
    bound: fc.option(record({ name: text, value }), { nil: undefined }),
    range: fc.option(record({ start: value, end: value }), { nil: undefined }),
  }),
  leave_proc: record({ proc: text, value: fc.option(value, { nil: undefined }) }),
  q_alloc: record({
    ...linear,
    origin: fc.constantFrom("allocated", "parameter", "bound", "received"),
  }),
  q_move: record({ proc: text, resource: text, from: text, to: text }),
  q_use: record(linear),
  q_consume: record({
    ...linear,
    reason: fc.constantFrom("measured", "returned", "passed", "projected", "freed"),
  }),
  q_leak: record(linear),
  phi_resolved: record({
    proc: text,
    gate: fc.boolean(),
    verdict: fc.constantFrom("admissible", "inadmissible", "undecided"),
    configuration: named,
    conflict: fc.array(text, { maxLength: 2 }),
    bounds: fc.array(text, { maxLength: 2 }),
    work: count,
    certificate: text,
  }),
  witness: record({
    stmt_index: count,
    at: text,
    tick: count,
    proc: text,
    constraints: fc.array(text, { maxLength: 2 }),
    from: text,
    configuration: named,
    name: text,
    value: struct(scalar),
  }),
  effect: record({
    ...atStatement,
    index: count,
    effect: text,
    value,
    payload: text,
    tick: count,
  }),
  outcome: record({
    status: fc.constantFrom("returned", "admissible", "inadmissible", "failed"),
    returned: fc.option(value, { nil: undefined }),
    error: fc.option(
      record({
        code: text,
        kind: elementOf(FAILURE_KINDS),
        message: text,
        where: text,
      }),
      { nil: undefined },
    ),
    ticks: count,
    effects: count,
  }),
  effect_intended: record({ ...sink, position, key: text }),
  effect_realized: record({ ...sink, position, key: text }),
  effect_in_doubt: record({ ...sink, reason: text }),
  effect_resolved: record({
    host: fc.constant<true>(true),
    first: count,
    last: count,
    decision: fc.constantFrom("perform", "skip"),
  }),
  realization_finished: record({
    host: fc.constant<true>(true),
    status: fc.constantFrom("complete", "failed"),
    performed: count,
    reason: text,
  }),
  checkpoint: record({ bytes: count, sha256: digest, skip: fc.array(count, { maxLength: 3 }) }),
  recovered: record({ host: fc.constant<true>(true), cut: count, sha256: digest }),
};

/** Any event. */
export function anyEvent(): Arbitrary<Event> {
  const kinds = Object.entries(FIELDS).map(([kind, fields]) =>
    fc.tuple(count, fields as Arbitrary<object>).map(([seq, rest]) =>
      ({ seq, kind, ...rest }) as Event
    )
  );
  return elementOf(kinds).chain((kind) => kind);
}
