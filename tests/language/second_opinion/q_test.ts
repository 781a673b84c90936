/**
 * Q, and processes marked linear: each name is used exactly once.
 *
 * @module
 */
import {
  bind,
  branch,
  loop,
  type Part,
  proc,
  program,
  shape,
  type Statement,
} from "../../support/program.ts";
import { agree, type Case, main } from "./table.ts";

const STATE = shape("S { id: i64 }");
const PAIR = shape("Pair { a: S, b: S }");
const STEP = proc("Q::step(q: S) -> S linear", "return q");
const SEVEN = { entry: "Q::f", args: { q: { id: 7 } } };
const TWO = { entry: "Q::f", args: { q: { id: 7 }, r: { id: 8 } } };

/** `Q::f(q: S) -> ret` with this body, run with `S{id: 7}`. */
function one(ret: string, outcome: string, ...body: readonly Statement[]): Case {
  return [program(STATE, PAIR, STEP, proc(`Q::f(q: S) -> ${ret} linear`, ...body)), outcome, SEVEN];
}

/** The same with a second parameter, `r`. */
function two(ret: string, outcome: string, ...body: readonly Statement[]): Case {
  const f = proc(`Q::f(q: S, r: S) -> ${ret} linear`, ...body);
  return [program(STATE, PAIR, STEP, f), outcome, TWO];
}

// covers, TYP-20
Deno.test("second opinion: a mention is a use of the whole", () => {
  agree([
    one("i64", '{"Int":7}', "let a = q.id", "return a"),
    one("i64", "static DR0401", "let a = q.id", "return a Add q.id"),
    one("i64", "static DR0401", "return q.id Add q.id"),
    one("S", "static DR0401", "let a = S{id: q.id}", "call step(a)", "return q"),
    one("i64", "static DR0402", "return 1"),
    one("i64", "static DR0402", "let a = 1", "return q.id"),
    one(
      "S",
      '{"Struct":{"ty":"S","fields":{"id":{"Int":7}}}}',
      "let a = q",
      "let b = a",
      "return b",
    ),
    one("i64", "static DR0401", "let n = q.id", "return n Add n"),
    one("i64", '{"Int":8}', "let n = q.id", "let m = n Add 1", "return m"),
    two("i64", '{"Int":15}', "return q.id Add r.id"),
    two("Pair", "Inadmissible", "return Pair{a: q, b: q}", "constrain r.id Gt 0"),
    two("i64", '{"Int":7}', "let p = Pair{a: q, b: r}", "return p.a.id"),
    two("i64", "Inadmissible", "let p = Pair{a: q, b: r}", "let a = p.a", "return p.b.id"),
    two("i64", "static DR0401", "let p = Pair{a: q, b: r}", "let a = p.a.id", "return q.id Add a"),
  ]);
});

//
Deno.test("second opinion: measurement", () => {
  const seen = 'observe {"Struct":{"ty":"S","fields":{"id":{"Int":7}}}}';
  agree([
    one("i64", `${seen}; {"Int":7}`, "observe q", "return q.id"),
    one("i64", `${seen}; {"Int":14}`, "observe q", "return q.id Add q.id"),
    one("i64", `${seen}; {"Int":0}`, "observe q", "return 0"),
    one("S", "static DR0404", "observe q", "return q"),
    one("i64", "Inadmissible", "observe q", "observe q", "return 0"),
    one("i64", "Inadmissible", "observe q", "call step(q)", "return 0"),
    one("i64", "Inadmissible", "let n = q.id", "observe q", "return n"),
    one("i64", "static DR0502", "observe q.id", "return 0"),
    one("i64", "DirValidate", "observe 5", "return q.id"),
    one("i64", "static DR0501", "emit q", "return 0"),
    one("i64", "static DR0501", 'emit "done"', "return q.id"),
    one("i64", "static DR0501", "seal q", "return 0"),
    one("i64", 'observe 7; {"Int":0}', "let n = q.id", "observe n", "return 0"),
    one("i64", "static DR0501", "observe q", "emit q.id", "return 0"),
    one("i64", "run DR0901", "observe q", "constrain q.id Lt 0", "return 0"),
    one("i64", `${seen}; {"Int":0}`, "constrain q.id Gt 0", "observe q", "return 0"),
  ]);
});

// covers: Q-14, WIT-01
Deno.test("second opinion: constraints and proofs mention, and do not use", () => {
  agree([
    one("i64", "static DR0402", "constrain q.id Gt 0", "return 0"),
    one("i64", '{"Int":7}', "constrain q.id Gt 0", "constrain q.id Lt 9", "return q.id"),
    one("i64", '{"Int":7}', "let n = q.id", "constrain q.id Add n Eq 14", "return n"),
    one("i64", "run DR0901", "constrain q.id Gt 7", "return q.id"),
    one("i64", '{"Int":7}', "prove w from q", "return q.id"),
    one("i64", '{"Int":7}', "prove w from q.id Gt 0", "return q.id"),
    one("i64", "run DR0904", "prove w from q.id Lt 0", "return q.id"),
    two("i64", '{"Int":15}', "constrain Not(q Eq r)", "return q.id Add r.id"),
    two("bool", "static DR0408", "return q Eq r"),
    two("bool", '{"Bool":false}', "return q.id Eq r.id"),
  ]);
});

// covers, K-14
Deno.test("second opinion: what a Q process may do and call", () => {
  const pure = proc("K::pure(s: S) -> i64", "return s.id");
  const noisy = proc("K::noisy(s: S) -> i64", "emit s.id", "return s.id");
  const calls = (name: string) => proc("Q::f(q: S) -> i64 linear", `return ${name}(q)`);
  agree([
    one(
      "S",
      '{"Struct":{"ty":"S","fields":{"id":{"Int":7}}}}',
      "let r = step(step(q))",
      "return r",
    ),
    one("S", "static DR0401", "let r = step(q)", "call step(q)", "return r"),
    one("i64", "static DR0402", "let r = step(q)", "return 0"),
    [program(STATE, proc("Q::f(q: S) -> S", "return q")), "static DR0403", SEVEN],
    [program(STATE, pure, calls("pure")), "static DR0602", SEVEN],
    [program(STATE, pure, calls("pure"), bind("Q::f -> K::pure")), '{"Int":7}', SEVEN],
    [program(STATE, pure, calls("pure"), bind("K::pure -> Q::f")), '{"Int":7}', SEVEN],
    [
      program(STATE, noisy, calls("noisy"), bind("Q::f -> K::noisy", "effects_allowed == true")),
      "static DR0603",
      SEVEN,
    ],
    one("i64", "static DR0211", branch("true", ["expr 1"]), "return q.id"),
    one("i64", "static DR0211", loop("false", []), "return q.id"),
    one("i64", "DirValidate", "let n = q.id", "set n = 2", "return n"),
    [
      program(STATE, STEP, proc("Q::bad(q: S) -> i64 linear", "return 0"), main("return 1")),
      "static DR0402",
    ],
    [
      program(
        PAIR,
        STATE,
        STEP,
        proc("Q::f(q: S) -> i64 linear", "return g(q, q)"),
        proc("Q::g(a: S, b: S) -> i64 linear", "return a.id Add b.id"),
      ),
      "static DR0401",
      SEVEN,
    ],
  ]);
});

// covers, DIR-26
Deno.test("second opinion: the operations on quantum resources", () => {
  const f = (...body: readonly Statement[]): string =>
    program(shape("B {}"), proc("Q::f() -> i64 linear", ...body));
  const entry = { entry: "Q::f" };
  const made = "let a = q_alloc(B)";
  agree([
    [f(made, "call q_consume(a)", "return 0"), '{"Int":0}', entry],
    [
      f(made, "call q_use(a)", "call q_use(a)", "call q_consume(a)", "return 0"),
      '{"Int":0}',
      entry,
    ],
    [f(made, "let b = q_move(a)", "call q_consume(b)", "return 0"), '{"Int":0}', entry],
    [f(made, "let b = q_move(a)", "call q_consume(a)", "return 0"), "Inadmissible", entry],
    [f(made, "call q_consume(a)", "call q_use(a)", "return 0"), "static DR0401", entry],
    [f(made, "call q_consume(a)", "call q_consume(a)", "return 0"), "static DR0401", entry],
    [f(made, "return 0"), "static DR0402", entry],
    [f(made, "call q_use(a)", "return 0"), "static DR0402", entry],
    [f(made, made, "call q_consume(a)", "return 0"), "DirValidate", entry],
    [f("call q_alloc(B)", "return 0"), "static DR0316", entry],
    [program(shape("B {}"), main(made, "return 0")), "static DR0407"],
    [program(proc("K::q_use(n: i64) -> i64", "return n"), main("return q_use(4)")), '{"Int":4}'],
  ]);
});

//
Deno.test("second opinion: linear processes of K and Φ", () => {
  const k = (...body: readonly Statement[]): Part => proc("K::main() -> i64 linear", ...body);
  const pure = proc("K::f(n: i64) -> i64", "return n");
  agree([
    [program(k("let x = 5", "return x")), '{"Int":5}'],
    [program(k("let x = 5", "return x Add x")), "static DR0401"],
    [program(k("let x = 5", "return 1")), "static DR0402"],
    [program(k("let x = 5", "emit x", "return 0")), 'emit 5; {"Int":0}'],
    [program(k("let x = 5", "emit x", "return x")), "static DR0401"],
    [
      program(k("let x = 5", branch("true", ["emit x"], ["emit x"]), "return 0")),
      'emit 5; {"Int":0}',
    ],
    [program(k("let x = 5", branch("true", ["emit x"]), "return 0")), "static DR0406"],
    [program(k("let x = 5", loop("false", ["emit x"]), "return 0")), "Inadmissible"],
    [program(k("let x = 5", branch("true", ["return x"]), "return x")), '{"Int":5}'],
    [program(k("let x = 5", branch("true", ["return 1"]), "return x")), "Inadmissible"],
    [program(k("let x = 5", "set x = 6", "return x")), "Inadmissible"],
    [program(k("let x = 5", "set x = x Add 1", "return x")), '{"Int":6}'],
    [program(k("constrain x Gt 0", "let x = 5", "return x")), '{"Int":5}'],
    [program(pure, k("let x = 5", "let y = f(x)", "return y")), '{"Int":5}'],
    [program(k("let a = [1, 2]", "return a[0] Add a[1]")), "static DR0401"],
    [program(proc("Φ::v(n: i64) -> i64 linear", "constrain n Gt 0", "return n")), '{"Int":1}', {
      entry: "v",
    }],
    [program(proc("Φ::v(n: i64) -> i64 linear", "return n Add n")), "static DR0401", {
      entry: "v",
    }],
    [program(proc("Φ::v(n: i64) -> i64 linear", "constrain n Gt 0", "return 1")), "static DR0402", {
      entry: "v",
    }],
  ]);
});
