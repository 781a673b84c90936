/**
 * The summary trace: exactly the form that other executors are compared by.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import {
  encodeEvent,
  executeText,
  judgeTrace,
  parseSummary,
  type RunInput,
  summaryTrace,
} from "../../mod.ts";
import { proc, program, shape } from "../support/program.ts";

function trace(text: string, input: RunInput = {}): string {
  return JSON.stringify(summaryTrace(executeText(text, input)));
}

// covers: TRC-01
Deno.test("a successful run has returned, effects and time, and nothing else", () => {
  assertStrictEquals(
    trace(program(proc("K::main() -> i64", 'emit "A"', "return 0"))),
    '{"returned":{"Int":0},"effects":{"events":[{"kind":"emit","payload":"A"}]},"time":{"tick":1}}',
  );
  assertStrictEquals(
    trace(program(proc("K::main()"))),
    '{"returned":null,"effects":{"events":[]},"time":{"tick":0}}',
  );
});

// covers: TRC-02, EFF-11
Deno.test("a failure during resolution has only its error", () => {
  assertStrictEquals(
    trace(program(proc("K::main()", 'emit "A"', "constrain false"))),
    '{"error":{"kind":"Inadmissible","message":"constraint failed: false"}}',
  );
});

// covers: TRC-03
Deno.test("values are tagged at every depth, with every digit", () => {
  const table: readonly (readonly [string, string, string])[] = [
    ["i64", "42", '{"Int":42}'],
    ["i64", "-9223372036854775808", '{"Int":-9223372036854775808}'],
    ["bool", "1 Lt 2", '{"Bool":true}'],
    ["string", '"a\\"b\\nΦ"', '{"String":"a\\"b\\nΦ"}'],
    ["char", "'Φ'", '{"Char":"Φ"}'],
    ["unit", "nothing()", '"Unit"'],
    ["f64", "1", '{"Float":1.0}'],
    ["f64", "-0.0", '{"Float":-0.0}'],
    ["f64", "0.1 Add 0.2", '{"Float":0.30000000000000004}'],
    ["f32", "0.1", '{"Float":0.10000000149011612}'],
    ["[[i64;1];2]", "[[1], [2]]", '{"Array":[{"Array":[{"Int":1}]},{"Array":[{"Int":2}]}]}'],
    ["[i64;0]", "[]", '{"Array":[]}'],
    ["P", "P{b: true, a: 1}", '{"Struct":{"ty":"P","fields":{"a":{"Int":1},"b":{"Bool":true}}}}'],
  ];
  for (const [type, expr, expected] of table) {
    const text = program(
      shape("P { a: i64, b: bool }"),
      proc(`K::main() -> ${type}`, `return ${expr}`),
      proc("K::nothing() -> unit"),
    );
    const { returned } = JSON.parse(`{"returned":${expected}}`);
    assertStrictEquals(
      trace(text),
      `{"returned":${expected},"effects":{"events":[]},"time":{"tick":0}}`,
    );
    assert(returned);
  }
});

// covers: TRC-04, TYP-08
Deno.test("fields are written in declaration order, not in the order of the literal or the argument", () => {
  const text = (fields: string) =>
    program(shape("P { z: i64, a: i64 }"), proc("K::main() -> P", `return P{${fields}}`));
  assertMatch(trace(text("a: 1, z: 2")), /"fields":\{"z":\{"Int":2\},"a":\{"Int":1\}\}/);
  assertStrictEquals(trace(text("a: 1, z: 2")), trace(text("z: 2, a: 1")));
  const given = program(shape("P { z: i64, a: i64 }"), proc("K::main(p: P) -> P", "return p"));
  assertStrictEquals(
    trace(given, { args: { p: { a: 1, z: 2 } } }),
    trace(given, { args: { p: { z: 2, a: 1 } } }),
  );
});

// covers: TRC-05
Deno.test("payloads: strings raw, scalars bare, other values in the tagged form", () => {
  const table: readonly (readonly [string, string])[] = [
    ["1055", "1055"],
    ["true", "true"],
    ['"a\\tb"', "a\tb"],
    ["'c'", "c"],
    ["2.0", "2.0"],
    ["[1]", '{"Array":[{"Int":1}]}'],
    ["P{a: 1}", '{"Struct":{"ty":"P","fields":{"a":{"Int":1}}}}'],
    ['"x = {x}"', "x = {x}"],
  ];
  for (const [expr, payload] of table) {
    const text = program(shape("P { a: i64 }"), proc("K::main()", `observe ${expr}`));
    assertEquals(executeText(text).effects.map(({ kind, payload }) => [kind, payload]), [
      ["observe", payload],
    ]);
  }
});

// covers: TRC-06
Deno.test("the log begins with its format and version", () => {
  const [first] = executeText(program(proc("K::main()"))).events;
  assertStrictEquals(first?.kind === "run_started" && first.format, "dustrun-log/2");
  assertMatch(first?.kind === "run_started" ? first.version : "", /^\d+\.\d+\.\d+/);
});

// covers: TRC-07
Deno.test("the log records what was admitted, and every effect in order, including those of callees", () => {
  const text = program(
    proc("K::main()", "emit 1", "call f()", "constrain 1 Lt 2", "emit 3"),
    proc("K::f()", "emit 2"),
  );
  const { events } = executeText(text);
  const told = events.flatMap((event) =>
    event.kind === "effect"
      ? [`${event.at} ${event.payload}`]
      : event.kind === "constraint_held" || event.kind === "outcome"
      ? [event.kind]
      : []
  );
  assertEquals(told, [
    "main.body[0] 1",
    "f.body[0] 2",
    "constraint_held",
    "main.body[3] 3",
    "outcome",
  ]);
});

// ── what is not in the form ────────────────────────────────────────────────────────────────────────────────────────

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

const FORM = {
  success: {
    returned: {
      Struct: { ty: "P", fields: { a: { Int: 1 }, b: { Array: [{ Char: "c" }, { Bool: true }] } } },
    },
    effects: { events: [{ kind: "emit", payload: "s", value: { String: "s" } }] },
    time: { tick: 3 },
  },
  failure: {
    error: { kind: "Runtime", message: "overflow" },
    effects: { events: [{ kind: "seal", payload: "1.5", value: { Float: 1.5 } }] },
    time: { tick: 3 },
  },
};

/** What a member or item may be missing or replaced by, and still be in the form. */
const ALLOWED = new Set([
  "success.returned = null",
  "success.effects.events[0].value deleted",
  "success.effects.events[0] deleted",
  "success.returned.Struct.fields.a deleted",
  "success.returned.Struct.fields.b deleted",
  "success.returned.Struct.fields.a renamed",
  "success.returned.Struct.fields.b renamed",
  "success.returned.Struct.fields.b.Array[0] deleted",
  "success.returned.Struct.fields.b.Array[1] deleted",
  "failure.effects deleted",
  "failure.effects.events[0].value deleted",
  "failure.time deleted",
]);

/** Values that the type of a member allows, but not the form. */
const WRONG_VALUES: { readonly [path: string]: readonly Json[] | undefined } = {
  "success.returned.Struct.fields.a.Int": [1.5, 2 ** 63],
  "success.returned.Struct.fields.b.Array[0].Char": ["", "cc"],
  "success.effects.events[0].kind": ["Emit", "", "print"],
  "success.time.tick": [-1, 1.5],
  "failure.error.kind": ["Foo", "runtime", ""],
  "failure.effects.events": [[]],
  "failure.effects.events[0].kind": ["Seal"],
  "failure.time.tick": [0, -1],
};

const OTHERS: readonly Json[] = [null, true, 7, "text", [], {}];

/** Every change of one member or item of `json`, with its name. */
function* changesOf(json: Json, path: string): Generator<readonly [string, Json]> {
  for (
    const other of [
      ...OTHERS.filter((one) => typeName(one) !== typeName(json)),
      ...(WRONG_VALUES[path] ?? []),
    ]
  ) {
    yield [`${path} = ${JSON.stringify(other)}`, other];
  }
  if (json === null || typeof json !== "object") return;
  const isArray = Array.isArray(json);
  const parts: [string, Json][] = Object.entries(json);
  const join = (changed: [string, Json][]): Json =>
    isArray ? changed.map(([, part]) => part) : Object.fromEntries(changed);
  for (const [at, [name, part]] of parts.entries()) {
    const inner = isArray ? `${path}[${name}]` : `${path}.${name}`;
    yield [`${inner} deleted`, join(parts.toSpliced(at, 1))];
    if (!isArray) yield [`${inner} renamed`, join(parts.with(at, [`${name}_`, part]))];
    for (const [what, changed] of changesOf(part, inner)) {
      yield [what, join(parts.with(at, [name, changed]))];
    }
  }
}

function typeName(json: Json): string {
  return json === null ? "null" : Array.isArray(json) ? "array" : typeof json;
}

// covers: TRC-01, TRC-02, TRC-03, TRC-05
Deno.test("a summary trace with any member missing, renamed or of another type is refused, not judged", () => {
  const execution = executeText(program(proc("K::main()")));
  let count = 0;
  const allowed = new Set<string>();
  for (const [name, whole] of Object.entries<Json>(FORM)) {
    assert(parseSummary(JSON.stringify(whole)).ok, name);
    assertStrictEquals(judgeTrace(execution, JSON.stringify(whole)).verdict, "different");
    for (const [what, changed] of changesOf(whole, name)) {
      const { verdict, reasons } = judgeTrace(execution, JSON.stringify(changed));
      const expected = ALLOWED.has(what) ? "different" : "unreadable";
      assertStrictEquals(verdict, expected, `${what}: ${reasons.join("; ")}`);
      if (expected === "different") allowed.add(what);
      count++;
    }
  }
  assertEquals(allowed, ALLOWED);
  assert(count > 150, String(count));
});

Deno.test("an event log with any member that counts missing, renamed or of another value is refused, not judged", () => {
  const runs = [
    [program(proc("K::main() -> i64", "emit 1", "return 1")), ["effect", "payload", "status"]],
    [program(proc("K::main() -> i64", "return 1 / 0")), ["status", "error", "error.kind"]],
  ] as const;
  for (const [text, members] of runs) {
    const execution = executeText(text);
    const log = `${execution.events.map(encodeEvent).join("\n")}\n`;
    assertStrictEquals(judgeTrace(execution, log).verdict, "equivalent");
    for (const member of members) {
      const name = member.split(".").at(-1) ?? "";
      // The last member of this name, since an event may have the same name as its kind.
      const key = new RegExp(`"${name}":(?!.*"${name}":)(?=[^]*$)`);
      const spots = log.split("\n").filter((line) =>
        /"kind":"(effect|outcome)"/.test(line) && key.test(line)
      );
      for (const line of spots) {
        const changes = [
          line.replace(key, `"${name}_":`),
          line.replace(new RegExp(`"${name}":"[^"]*"(?!.*"${name}":)`), `"${name}":"Foo"`),
          line.replace(new RegExp(`"${name}":(?!.*"${name}":)`), `"${name}":[],"x":`),
        ];
        for (const changed of changes) {
          if (changed === line) continue;
          const { verdict } = judgeTrace(execution, log.replace(line, changed));
          const isFree = member === "payload" && changed.includes('"Foo"');
          assertStrictEquals(verdict, isFree ? "different" : "unreadable", changed);
        }
      }
      assert(spots.length > 0, member);
    }
  }
});

// covers: EFF-01
Deno.test("under host-0.1 an effect may be of any kind, in the summary trace too", () => {
  const text = program(proc("K::main()", { Effect: { kind: "print", payload: "1" } }));
  const execution = executeText(text, { semantics: "host-0.1" });
  assertStrictEquals(execution.effects[0]?.kind, "print");
  const given = JSON.stringify(summaryTrace(execution));
  assertStrictEquals(judgeTrace(execution, given).verdict, "equivalent");
});
