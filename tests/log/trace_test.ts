/**
 * The summary trace: exactly the form that other executors are compared by.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { executeText, type RunInput, summaryTrace } from "../../mod.ts";
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
  assertStrictEquals(first?.kind === "run_started" && first.format, "dustrun-log/1");
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
      ? [`${event.proc} ${event.payload}`]
      : event.kind === "constraint_held" || event.kind === "outcome"
      ? [event.kind]
      : []
  );
  assertEquals(told, ["main 1", "f 2", "constraint_held", "main 3", "outcome"]);
});
