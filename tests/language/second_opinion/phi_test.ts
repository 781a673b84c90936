/**
 * Φ: existence, canonical configurations, conflicts, given and open parameters.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../../std/assert.ts";
import { createHash } from "node:crypto";
import { executeText, type RunInput } from "../../../mod.ts";
import { bind, branch, proc, program, shape } from "../../support/program.ts";
import { agree, type Case, main } from "./table.ts";

/** `Φ::v(params) -> ret` with this body, entered with these arguments. */
function v(head: string, body: readonly string[], outcome: string, args?: RunInput["args"]): Case {
  return [
    program(proc(`Φ::v${head}`, ...body)),
    outcome,
    args === undefined ? { entry: "v" } : { entry: "v", args },
  ];
}

/** The canonical values of `a: ty` and what is returned when `predicates` constrain it. */
function least(ty: string, outcome: string, ...predicates: readonly string[]): Case {
  return v(
    `(a: ${ty}) -> ${ty}`,
    [...predicates.map((p) => `constrain ${p}`), "return a"],
    outcome,
  );
}

const MIN = "-9223372036854775808";
const MAX = "9223372036854775807";

// covers: PHI-08, PHI-09, PHI-04
Deno.test("second opinion: the canonical configuration", () => {
  agree([
    v("()", [], "null"),
    v("()", ["constrain true"], "null"),
    v("()", ["constrain false"], "run DR0902"),
    least("i64", '{"Int":0}'),
    least("i64", '{"Int":-1}', "a Lt 0"),
    least("i64", '{"Int":6}', "a Gt 5"),
    least("i64", '{"Int":-6}', "a Lt -5"),
    least("i64", '{"Int":7}', "a Mul a Eq 49"),
    least("i64", '{"Int":5}', "a Gt 4 Or a Lt -4"),
    least("i64", '{"Int":-4}', "a Gt 4 Or a Lt -3"),
    least("i64", `{"Int":${MIN}}`, `a Le ${MIN}`),
    least("i64", `{"Int":${MAX}}`, `a Ge ${MAX}`),
    least("i64", `{"Int":${MIN}}`, `a Ge ${MAX} Or a Le ${MIN}`, `a Ne ${MAX}`),
    least("i64", `{"Int":${MAX}}`, `a Ge ${MAX} Or a Le ${MIN}`),
    least("i64", "run DR0902", "a Mul 2 Eq 7"),
    least("u8", '{"Int":255}', "a Gt 254"),
    least("u8", "run DR0902", "a Gt 255"),
    least("u8", "run DR0902", "a Lt 0"),
    least("i8", '{"Int":-128}', "a Lt -127"),
    least("i8", "run DR0902", "a Lt -128"),
    least("i32", '{"Int":-2147483648}', "a Lt -2147483647"),
    least("u64", '{"Int":1}', "a Ne 0"),
    least("bool", '{"Bool":false}'),
    least("bool", '{"Bool":true}', "a"),
    least("bool", "run DR0902", "a", "Not(a)"),
    least("bool", '{"Bool":true}', "a Eq true"),
    v("(a: i64, b: i64) -> i64", ["constrain a Add b Eq 10", "return b"], '{"Int":10}'),
    v("(a: i64, b: i64) -> i64", ["constrain a Add b Eq -1", "return b"], '{"Int":-1}'),
    v(
      "(a: u8, b: u8) -> i64",
      ["constrain a Mul b Eq 391", "return a Mul 100 Add b"],
      '{"Int":1723}',
    ),
    v("(a: i64, b: i64) -> i64", ["constrain a Mul b Eq 12", "return b"], '{"Int":12}'),
    v("(a: bool, b: bool) -> bool", ["constrain a Ne b", "return b"], '{"Bool":true}'),
    v(
      "(a: i64, b: i64) -> i64",
      ["constrain b Lt a", "constrain a Lt b Add 2", "return b"],
      '{"Int":-1}',
    ),
  ]);
});

// covers: PHI-10, PHI-02
Deno.test("second opinion: a predicate without a value is not satisfied", () => {
  agree([
    least("i64", '{"Int":0}', "a Add 1 Gt a"),
    least("i64", "run DR0902", "Not(a Add 1 Gt a)"),
    least("i64", "run DR0902", "a Add 1 Lt a Or true", `a Ge ${MAX}`),
    least("i64", '{"Int":2}', "10 Div a Eq 5 Or a Eq 0"),
    least("i64", "run DR0902", "10 Div a Eq 5 Or true", "a Eq 0"),
    least("i64", "run DR0902", "Not(10 Div a Eq 5)", "a Eq 0"),
    least("i64", '{"Int":1}', "10 Div a Eq 10 Or 10 Div a Eq -10"),
    least("i64", "run DR0902", `a Div -1 Gt 0`, `a Le ${MIN}`),
    least("i64", "run DR0902", "1 Shl a Eq 1 Or true", "a Lt 0"),
    least("i64", '{"Int":6}', "1 Shl a Eq 64"),
    v("(a: i64) -> i64", ["let d = 10 Div a", "constrain d Eq 10", "return a"], '{"Int":1}'),
    v("(a: i64) -> i64", ["let d = 10 Div a", "return a"], '{"Int":1}'),
    v("(a: i64) -> i64", ["let d = 10 Div a", "return a"], "Inadmissible", { a: 0 }),
    v("(a: i64) -> i64", ["constrain 10 Div a Gt 0", "return a"], "Inadmissible", { a: 0 }),
    v("(a: i64) -> i64", ["constrain 10 Div a Gt 0 Or true", "return a"], "Inadmissible", { a: 0 }),
    v(
      "(a: i64) -> i64",
      ["let s = a Mul a", "constrain a Gt 4000000000", "return a"],
      "run DR0902",
    ),
    v("(a: i64) -> i64", ["return 10 Div a"], '{"Int":10}'),
    v("(a: i64) -> i64", ["return 10 Div a"], "Inadmissible", { a: 0 }),
    v("(a: i64) -> u8", ["constrain a Gt 255", "return a"], "run DR0902"),
  ]);
});

// covers: PHI-07, PHI-09
Deno.test("second opinion: given and open parameters", () => {
  const sum = ["constrain a Add b Eq 10", "return b"];
  const p = shape("P { n: Inner, b: bool }");
  const inner = shape("Inner { x: i8, y: u8 }");
  const shaped = (body: string[], outcome: string, args?: RunInput["args"]): Case => [
    program(p, inner, proc("Φ::v(p: P) -> i64", ...body)),
    outcome,
    args === undefined ? { entry: "v" } : { entry: "v", args },
  ];
  agree([
    v("(a: i64, b: i64) -> i64", sum, '{"Int":7}', { a: 3 }),
    v("(a: i64, b: i64) -> i64", sum, '{"Int":3}', { b: 3 }),
    v("(a: i64, b: i64) -> i64", sum, '{"Int":3}', { a: 7, b: 3 }),
    v("(a: i64, b: i64) -> i64", sum, "Inadmissible", { a: 7, b: 4 }),
    v("(a: i64, b: u8) -> i64", sum, "Inadmissible", { a: 11 }),
    v("(a: u8) -> i64", ["return a"], "run DR1003", { a: 256 }),
    v("(a: i64) -> i64", ["return a"], "run DR1003", { c: 1 }),
    v("(x: f64) -> i64", ["constrain x Gt 0", "return 1"], "run DR1002"),
    v("(x: f64) -> i64", ["constrain x Gt 0", "return 1"], '{"Int":1}', { x: 0.5 }),
    v("(x: f64) -> i64", ["constrain x Gt 0", "return 1"], "Inadmissible", { x: 0 }),
    v("(x: string) -> i64", ["return 1"], "run DR1002"),
    v("(x: string) -> i64", ['constrain x Eq "a"', "return 1"], '{"Int":1}', { x: "a" }),
    v(
      "(x: f64, a: i64) -> i64",
      ["constrain a Gt 3", "constrain x Gt 0", "return a"],
      '{"Int":4}',
      { x: 1 },
    ),
    shaped(["constrain p.n.x Add p.n.y Eq 3", "return p.n.y"], '{"Int":3}'),
    shaped(["constrain p.b", "constrain p.n.x Lt -127", "return p.n.x"], '{"Int":-128}'),
    shaped(["constrain p.n.y Gt 255", "return 0"], "run DR0902"),
    shaped(["constrain p.b", "return p.n.y"], '{"Int":9}', { p: { n: { x: 1, y: 9 }, b: true } }),
    shaped(["constrain p.b", "return p.n.y"], "run DR1003", { p: { n: { x: 1 }, b: true } }),
  ]);
});

// covers: PHI-12, CON-10, CON-12
Deno.test("second opinion: Φ calls", () => {
  const half = proc("K::half(n: i64) -> i64", "constrain n Gt 3", "return n Div 2");
  const inner = proc("Φ::inner(n: i64) -> i64", "constrain n Gt 3", "return n Mul 2");
  const body = (call: string) => proc("Φ::v(a: i64) -> i64", `let h = ${call}`, "return a");
  const open = { entry: "v" };
  const one = { entry: "v", args: { a: 1 } };
  const licence = bind("Φ::v -> K::half");
  const float = proc("K::f(n: i64) -> i64", branch("n Gt 3", ["return 1"]), "return 0");
  agree([
    [program(half, body("half(a)")), "static DR0602", open],
    [program(half, body("half(a)"), licence), '{"Int":4}', open],
    [program(half, body("half(a)"), licence), "Inadmissible", one],
    [program(inner, body("inner(a)")), '{"Int":4}', open],
    [program(inner, body("inner(a)")), "Inadmissible", one],
    [
      program(inner, proc("Φ::v(a: i64) -> i64", "constrain inner(a) Gt 20", "return a")),
      '{"Int":11}',
      open,
    ],
    [program(inner, main("return inner(4)"), bind("K::main -> Φ::inner")), '{"Int":8}'],
    [program(inner, main("return inner(3)"), bind("K::main -> Φ::inner")), "Inadmissible"],
    [program(inner, main("return inner()"), bind("K::main -> Φ::inner")), "static DR0305"],
    [
      program(
        float,
        proc("Φ::v(a: i64) -> i64", "constrain f(a) Eq 1", "return a"),
        bind("Φ::v -> K::f"),
      ),
      '{"Int":4}',
      open,
    ],
    [program(proc("Φ::v(a: i64) -> i64", branch("true", []), "return a")), "static DR0211", open],
  ]);
});

// covers: WIT-02, WIT-04
Deno.test("second opinion: proofs", () => {
  const n = "(a: i64) -> i64";
  agree([
    v(n, ["prove w from a", "return a"], '{"Int":0}'),
    v(n, ["prove w from a Gt 3", "return a"], "Inadmissible", { a: 1 }),
    v(n, ["prove w from a Gt 3", "return a"], '{"Int":5}', { a: 5 }),
    v(n, ["prove w from a", "return a", "constrain a Gt 3"], "Inadmissible", { a: 1 }),
    v(n, ["prove w from a Gt 3", "return a"], '{"Int":4}'),
    v(n, ["prove w from a Gt 3", "constrain a Lt 4", "return a"], "run DR0902"),
    v(n, ["constrain a Gt 3", "prove w from a Gt 3", "return a"], '{"Int":4}'),
    [program(main("prove w from 1 Eq 2", "return 0")), "run DR0904"],
    [program(main("prove w from 5", "return 0")), '{"Int":0}'],
  ]);
});

// covers: CON-09, PHI-05
Deno.test("second opinion: the preferred minimal conflict", () => {
  const conflict = (head: string, ...body: string[]): string => {
    const { events } = executeText(program(proc(`Φ::v${head}`, ...body)), { entry: "v" });
    for (const event of events) {
      if (event.kind === "phi_resolved") {
        const conflict = (event.conflict ?? []).map((at) => /\d+/.exec(at)?.[0]);
        return JSON.stringify([conflict, event.bounds ?? []]);
      }
    }
    return "none";
  };
  const c = (...predicates: string[]) => predicates.map((p) => `constrain ${p}`);
  assertStrictEquals(
    conflict("(a: i64)", ...c("a Gt 5", "a Lt 10", "a Lt 3", "a Eq 2")),
    '[["0","2"],[]]',
  );
  assertStrictEquals(conflict("(a: i64)", ...c("a Eq a", "a Gt 5", "a Lt 3")), '[["1","2"],[]]');
  assertStrictEquals(conflict("(a: i64)", ...c("a Gt 5", "false", "a Lt 3")), '[["1"],[]]');
  assertStrictEquals(conflict("(a: u8)", ...c("a Gt 300", "a Lt 0")), '[["0"],["a"]]');
  assertStrictEquals(conflict("(a: u8)", ...c("a Gt 3", "a Lt 0")), '[["1"],["a"]]');
  assertStrictEquals(
    conflict("(a: i64, b: i64)", ...c("a Lt b", "b Lt a", "a Eq 1")),
    '[["0","1"],[]]',
  );
  assertStrictEquals(conflict("(a: bool)", ...c("a", "Not(a)")), '[["0","1"],[]]');
});

// covers: WIT-09, WIT-10, WIT-11
Deno.test("second opinion: the digest of a witness can be recomputed", () => {
  const text = program(
    proc(
      "Φ::v(a: i64, b: bool) -> i64",
      "constrain a Gt 3",
      "prove w from a",
      "prove x from b Eq b",
      "constrain b",
      "return a",
    ),
  );
  const { events } = executeText(text, { entry: "v" });
  const seen = events.flatMap((event) => {
    if (event.kind !== "witness") return [];
    const { proc, constraints, from, configuration, value } = event;
    const json = JSON.stringify({ proc, constraints, from, configuration });
    const digest = `sha256:${createHash("sha256").update(json).digest("hex")}`;
    assert(JSON.stringify(value).includes(digest), json);
    assertEquals(constraints, ["a Gt 3", "b"]);
    return [JSON.stringify(configuration)];
  });
  assertEquals(seen, [
    '{"a":{"Int":4},"b":{"Bool":true}}',
    '{"a":{"Int":4},"b":{"Bool":true}}',
  ]);
});
