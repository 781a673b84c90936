/**
 * The entry and its arguments, linking, artifacts that do not load, limits, the summary trace, and what comes first.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../../std/assert.ts";
import { check, executeText, load, type RunInput, summaryTrace } from "../../../mod.ts";
import {
  artifact,
  bind,
  branch,
  codes,
  count,
  forge,
  loop,
  proc,
  program,
  shape,
  type Statement,
} from "../../support/program.ts";
import { agree, type Case, main } from "./table.ts";

// covers: FAI-16, DIR-13
Deno.test("second opinion: which process is the entry", () => {
  const both = program(main("return 1"), proc("Q::main() -> i64 linear", "return 2"));
  const twice = artifact(forge("A", main("return 1")), forge("B", main("return 2")));
  agree([
    [both, "run DR1001"],
    [both, '{"Int":1}', { entry: "K::main" }],
    [both, '{"Int":2}', { entry: "Q::main" }],
    [both, '{"Int":2}', { entry: "Test::Q::main" }],
    [both, "run DR1001", { entry: "Test::main" }],
    [both, "run DR1001", { entry: "Φ::main" }],
    [both, "run DR1001", { entry: "" }],
    [both, "run DR1001", { entry: "Main" }],
    [both, "run DR1001", { entry: " K::main" }],
    [both, "run DR1001", { entry: "X::Test::K::main" }],
    [twice, "run DR1001"],
    [twice, "run DR1001", { entry: "K::main" }],
    [twice, '{"Int":2}', { entry: "B::K::main" }],
    [program(proc("K::other()")), "run DR1001"],
  ]);
});

// covers: TYP-09, TYP-15, DIR-15
Deno.test("second opinion: arguments", () => {
  const one = (ty: string, x: NonNullable<RunInput["args"]>[string], outcome: string): Case => [
    program(
      shape("P { a: i64, b: bool }"),
      shape("E {}"),
      proc(`K::main(x: ${ty})`, "let y = x", "emit y"),
    ),
    outcome,
    { args: { x } },
  ];
  const p = 'emit {"Struct":{"ty":"P","fields":{"a":{"Int":1},"b":{"Bool":true}}}}; null';
  agree([
    [program(proc("K::main(x: i64)")), "run DR1002"],
    [program(proc("K::main(x: i64)")), "run DR1002", { args: {} }],
    [program(proc("K::main(x: i64)")), "run DR1003", { args: { x: 1, y: 2 } }],
    [program(proc("K::main(toString: i64)")), "run DR1002"],
    [program(proc("K::main(__proto__: i64)")), "run DR1002", { args: {} }],
    one("i64", 1, "emit 1; null"),
    one("i64", -0, "emit 0; null"),
    one("i64", 9223372036854775807n, "emit 9223372036854775807; null"),
    one("i64", 9223372036854775808n, "run DR1003"),
    one("i64", 1.5, "run DR1003"),
    one("i64", "1", "run DR1003"),
    one("i64", true, "run DR1003"),
    one("i64", null, "run DR1003"),
    one("i64", [1], "run DR1003"),
    one("i64", Number.NaN, "run DR1003"),
    one("i64", { Int: 5 }, "emit 5; null"),
    one("i64", { Float: 5 }, "run DR1003"),
    one("bool", 1, "run DR1003"),
    one("f64", 1, "emit 1.0; null"),
    one("f64", Infinity, "run DR1003"),
    one("f64", "1", "run DR1003"),
    one("string", "\ud800", "run DR1003"),
    one("string", "1", "emit 1; null"),
    one("string", 1, "run DR1003"),
    one("char", "ab", "run DR1003"),
    one("char", "😀", "emit 😀; null"),
    one("P", { b: true, a: 1 }, p),
    one("P", { Struct: { ty: "P", fields: { b: true, a: 1 } } }, p),
    one("P", { a: 1 }, "run DR1003"),
    one("P", { a: 1, b: true, c: 1 }, "run DR1003"),
    one("P", { a: true, b: true }, "run DR1003"),
    one("P", [1, true], "run DR1003"),
    one("E", { "": "x" }, "run DR1003"),
    one(
      "PhiWitness",
      { kind: "Admissible", id: "a", constraint_digest: "b", note: "c" },
      "run DR1003",
    ),
  ]);
});

// covers: DIR-25
Deno.test("second opinion: linked artifacts", () => {
  const codesOf = (...texts: string[]): string => {
    const loaded = load(texts.map((text, index) => ({ name: `${index}.dir.json`, text })));
    return (loaded.ok ? check(loaded.value) : loaded.failure).map(({ code }) => code).join(" ");
  };
  const f = (value: number) => proc("K::f() -> i64", `return ${value}`);
  const calls = artifact(forge("A", main("return f()")));
  assertStrictEquals(codesOf(calls), "DR0201");
  assertStrictEquals(codesOf(calls, artifact(forge("B", f(1)))), "");
  assertStrictEquals(
    codesOf(calls, artifact(forge("B", f(1))), artifact(forge("C", f(2)))),
    "DR0202",
  );
  assertStrictEquals(
    codesOf(artifact(forge("A", main("return f()"), f(0))), artifact(forge("B", f(1)))),
    "",
  );
  assertStrictEquals(
    codesOf(
      artifact(forge("A", main("return C::K::f()"))),
      artifact(forge("B", f(1)), forge("C", f(2))),
    ),
    "",
  );
  assertStrictEquals(
    codesOf(artifact(forge("A", main("return C::K::f()"))), artifact(forge("B", f(1)))),
    "DR0201",
  );
  const ends = bind("K::main -> K::f");
  assertStrictEquals(
    codesOf(artifact(forge("A", main("return f()"), ends)), artifact(forge("B", f(1)))),
    "",
  );
  const bare = bind("main -> f");
  assertStrictEquals(
    codesOf(artifact(forge("A", main("return f()"), bare)), artifact(forge("B", f(1)))),
    "DR0601",
  );
});

// covers: DIR-01, DIR-04, DIR-09, DIR-10, DIR-22
Deno.test("second opinion: artifacts that do not load", () => {
  const good = program(main("return 0"));
  const put = (from: string, to: string): string => {
    assert(good.includes(from), from);
    return good.replace(from, to);
  };
  const table: readonly (readonly [string, string])[] = [
    [good, ""],
    [` \n\t${good}\n \r\n`, ""],
    [`\ufeff${good}`, "DR0101"],
    [`${good}x`, "DR0101"],
    [`${good}{}`, "DR0101"],
    ["", "DR0101"],
    ["null", "DR0104"],
    ["[]", "DR0104"],
    ["{}", "DR0105"],
    ['{"forges":[]}', "DR0108"],
    [put('"forges"', '"version": "0.1", "forges"'), ""],
    [put('"forges"', '"version": "0.2", "forges"'), ""],
    [put('"forges"', '"version": "1", "forges"'), "DR0122"],
    [put('"forges"', '"version": 0.1, "forges"'), "DR0104"],
    [put('"forges"', '"note": 1, "forges"'), "DR0106"],
    [put('"forges"', '"__proto__": 1, "forges"'), "DR0106"],
    [put('"forges"', '"span": {"x": [1]}, "forges"'), ""],
    [put('"ret": "i64"', '"ret": "i64", "ret": "i64"'), "DR0102"],
    [put('"ret": "i64"', '"ret": "i64", "\\u0072et": "i64"'), "DR0102"],
    [put('"ret": "i64",', ""), "DR0105"],
    [put('"ret": "i64"', '"ret": 64'), "DR0104"],
    [put('"regime": "K"', '"regime": "k"'), "DR0117"],
    [put('"regime": "K"', '"regime": "Phi"'), "DR0117"],
    [put('"qualifiers": []', '"qualifiers": ["fast"]'), "DR0118"],
    [put('"name": "main"', '"name": ""'), "DR0108"],
    [put('"name": "main"', '"name": "a b"'), "DR0208"],
    [put('"name": "main"', '"name": "let"'), "DR0208"],
    [put('"name": "main"', '"name": "\\ud800"'), "DR0107"],
    [put('"name": "main"', '"name": "\\ud83d\\ude00"'), "DR0208"],
    [put('"name": "main"', '"name": "1a"'), "DR0208"],
    [put('"Return"', '"Yield"'), "DR0120"],
    [put('{ "Return": { "expr": "0" } }', '"Pause"'), "DR0120"],
    [put('"expr": "0"', '"expr": "0", "span": 1'), ""],
    [put('"expr": "0"', '"expr": 0'), "DR0104"],
    [
      put(
        '"uses": []',
        '"uses": [{"resource": "R", "args": [["n", {"Int": 9223372036854775808}]]}]',
      ),
      "DR0107",
    ],
    [put('"uses": []', '"uses": [{"resource": "R", "args": [["n", {"Int": 1.0}]]}]'), "DR0107"],
    [put('"uses": []', '"uses": [{"resource": "R", "args": [["n", {"Int": 01}]]}]'), "DR0101"],
    [put('"uses": []', '"uses": [{"resource": "R", "args": [["n", {"Long": 1}]]}]'), "DirLoad"],
  ];
  const differing = table.filter(([text, code]) => {
    const [found = ""] = codes(text);
    const kind = found === "" ? "" : executeText(text).outcome.error?.kind;
    return found !== code && kind !== code;
  }).map(([text, code]) =>
    `${code} expected, ${codes(text).join(" ")} found: ${text.slice(0, 300)}`
  );
  assertEquals(differing, []);
});

// covers: FAI-11, TIM-02
Deno.test("second opinion: exact limits and ticks", () => {
  const three = program(main("let a = 1", "emit a", "constrain a Eq 1", "return a"));
  const g = proc("K::g() -> i64", "return 1");
  const f = proc("K::f() -> i64", "return g()");
  const deep = program(g, f, main("return f()"));
  const ticks = (...body: readonly Statement[]): number =>
    executeText(program(main(...body))).ticks;
  agree([
    [three, 'emit 1; {"Int":1}', { limits: { max_ticks: 3 } }],
    [three, "run DR1101", { limits: { max_ticks: 2 } }],
    [deep, '{"Int":1}', { limits: { max_depth: 3 } }],
    [deep, "run DR1102", { limits: { max_depth: 2 } }],
    [program(main(loop("true", []))), "run DR1101", { limits: { max_ticks: 1000 } }],
    [program(main(loop("true", []), "return 0")), "run DR1101", { limits: { max_ticks: 1000 } }],
    [
      program(
        proc("Φ::v(a: i64, b: i64) -> i64", "constrain a Mul b Mul b Eq 123456789123", "return a"),
      ),
      "run DR0903",
      { entry: "v", limits: { max_work: 1 } },
    ],
  ]);
  assertStrictEquals(ticks("return 0"), 0);
  assertStrictEquals(
    ticks("let a = 1", "constrain true", "prove w from true", "expr 1", "return 0"),
    4,
  );
  assertStrictEquals(ticks(branch("true", ["emit 1"], ["emit 2"]), "return 0"), 2);
  assertStrictEquals(ticks(branch("false", ["emit 1"]), "return 0"), 1);
  assertStrictEquals(ticks("let x = 0", loop("x Lt 3", ["set x = x Add 1"]), "return 0"), 8);
  assertStrictEquals(ticks(count("i in 0..3", ["emit i"]), "return 0"), 7);
  assertStrictEquals(ticks(count("i in 0..0", ["emit i"]), "return 0"), 1);
  assertStrictEquals(ticks(loop("true", ["break"]), "return 0"), 2);
  assertStrictEquals(
    executeText(
      program(
        proc("K::f() -> i64", "let a = 1", "return a"),
        main("let b = f()", "call f()", "return b"),
      ),
    ).ticks,
    4,
  );
});

// covers: TRC-01, TRC-02
Deno.test("second opinion: the summary trace", () => {
  const trace = (text: string, input: RunInput = {}) =>
    JSON.stringify(summaryTrace(executeText(text, input)));
  assertStrictEquals(
    trace(program(proc("K::main()", 'emit "7"', "seal 7"))),
    '{"returned":null,"effects":{"events":[{"kind":"emit","payload":"7"},{"kind":"seal","payload":"7"}]},"time":{"tick":2}}',
  );
  assertStrictEquals(
    trace(program(proc("K::main()"))),
    '{"returned":null,"effects":{"events":[]},"time":{"tick":0}}',
  );
  assertStrictEquals(
    trace(program(main("emit 1", "constrain 1 Eq 2", "return 0"))),
    '{"error":{"kind":"Inadmissible","message":"constraint failed: 1 Eq 2"}}',
  );
  assertStrictEquals(
    trace(program(proc("Φ::v(n: i64) -> i64", "constrain n Gt 4", "return n")), { entry: "v" }),
    '{"returned":{"Int":5},"effects":{"events":[]},"time":{"tick":1}}',
  );
});

// covers: FAI-05, RES-05, BND-06
Deno.test("second opinion: which of several failures is reported", () => {
  const no = proc("Φ::v(n: i64) -> i64", "constrain n Gt 0", "constrain n Lt 0", "return n");
  const gate = bind("Φ::v -> K::main");
  const none: RunInput = { environment: { resources: [] } };
  const uses = proc("K::main(x: i64) -> i64", "uses Console", "constrain false", "return x");
  const broken = proc("K::broken() -> i64", "return true");
  agree([
    [program(uses, broken, no, gate), "static DR0302", { ...none, entry: "ghost" }],
    [program(uses, no, gate), "run DR1001", { ...none, entry: "ghost" }],
    [program(uses, no, gate), "run DR1002", none],
    [program(uses, no, gate), "run DR1003", { ...none, args: { x: true } }],
    [program(uses, no, gate), "run DR0790", { ...none, args: { x: 1 } }],
    [program(uses, no, gate), "run DR0902", { args: { x: 1 } }],
    [program(uses), "run DR0901", { args: { x: 1 } }],
    [program(main("let a = 1 Div 0", "constrain false", "return 0")), "run DR0802"],
    [program(main("constrain false", "let a = 1 Div 0", "return 0")), "run DR0901"],
    [program(main("constrain a Eq 1", "let a = 2", "let b = 1 Div 0", "return 0")), "run DR0901"],
    [
      program(main("uses Timer(deadline_us=0)", "emit 1", "constrain false", "return 0")),
      "run DR0791",
    ],
    [
      program(main("uses Timer(deadline_us=2)", "emit 1", "constrain false", "return 0")),
      "run DR0901",
    ],
  ]);
});
