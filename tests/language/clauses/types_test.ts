/**
 * Types, clause by clause: a program that obeys the rule, and one that breaks it.
 *
 * @module
 */
import { assertNotStrictEquals, assertStrictEquals } from "../../../std/assert.ts";
import { proc, program, shape, summary } from "../../support/program.ts";
import { accepted, fails, holds, refused } from "./verdict.ts";

const STATE = shape("QState { id: i64 }");
const MEASUREMENT = shape("Measurement { value: i64, valid: bool }");

/** A program whose `main` has this body and returns an i64. */
const main = (...body: readonly string[]) => program(proc("K::main() -> i64", ...body));

// covers: TYP-01
Deno.test("every type is a primitive or a shape in scope: held, and violated", () => {
  accepted(program(
    shape("Candidate { x: i32 }"),
    proc("K::f(c: Candidate, a: i32, b: i64, d: f32, e: f64, g: bool) -> i64", "return 1"),
  ));
  refused(program(proc("K::f(c: Missing) -> i64", "return 1")), "DR0206");
  refused(program(shape("S { x: Missing }")), "DR0206");
  refused(program(proc("K::f() -> Missing", "return 1")), "DR0206");
});

// covers: TYP-02
Deno.test("nothing is converted implicitly: held, and violated", () => {
  const f = proc("K::f(n: i64) -> i64", "return n"), g = proc("K::g(b: bool) -> i64", "return 1");
  holds(program(f, proc("K::main() -> i64", "let x = f(3)", "return x")), '{"Int":3}');
  refused(main("let x = 1 Add true", "return 0"), "DR0301");
  refused(program(g, proc("K::main() -> i64", "let x = g(1)", "return x")), "DR0302");
  refused(main("constrain 1", "return 0"), "DR0309");
});

// covers: TYP-03
Deno.test("arithmetic takes numbers of one type, logic takes bools: held, and violated", () => {
  holds(main("return 6 Mul 7"), '{"Int":42}');
  holds(program(proc("K::main() -> bool", "return true And false")), '{"Bool":false}');
  refused(main("let x = true Add 1", "return 0"), "DR0301");
  refused(main("let x = 1 Or 0", "return 0"), "DR0301");
  refused(main("let x = Not(1)", "return 0"), "DR0301");
  refused(main("let x = Neg(true)", "return 0"), "DR0301");
});

// covers: TYP-04
Deno.test("comparisons yield bools; ordering takes numbers, equality two operands of one type: held, and violated", () => {
  holds(program(proc("K::main() -> bool", "return 3 Lt 5")), '{"Bool":true}');
  holds(program(proc("K::main() -> bool", 'return "a" Eq "a"')), '{"Bool":true}');
  refused(main("let x = 1 Eq true", "return 0"), "DR0301");
  refused(main('let x = "a" Lt "b"', "return 0"), "DR0301");
  refused(main("let x = true Lt false", "return 0"), "DR0301");
});

// covers: TYP-05
Deno.test("a field is read only from a shape that declares it: held, and violated", () => {
  const f = (expr: string) => program(MEASUREMENT, proc("K::f(m: Measurement) -> i64", expr));
  holds(f("return m.value"), '{"Int":3}', { entry: "f", args: { m: { value: 3, valid: true } } });
  refused(f("return m.missing"), "DR0303");
  refused(main("let x = 1", "return x.id"), "DR0303");
});

// covers: TYP-06
Deno.test("a shape literal gives each field once, with a value of its type: held, and violated", () => {
  const m = (literal: string) =>
    program(MEASUREMENT, proc("K::main() -> i64", `let m = ${literal}`, "return m.value"));
  holds(m("Measurement{value: 3, valid: true}"), '{"Int":3}');
  refused(m("Measurement{value: 3}"), "DR0304");
  refused(m("Measurement{value: 3, valid: true, more: 1}"), "DR0304");
  refused(m("Measurement{value: 3, valid: true, value: 4}"), "DR0304");
  refused(m("Measurement{value: true, valid: true}"), "DR0302");
});

// covers: TYP-07
Deno.test("shapes are distinguished by name: held, and violated", () => {
  const call = (literal: string) =>
    program(
      STATE,
      shape("Other { id: i64 }"),
      proc("K::f(q: QState) -> i64", "return q.id"),
      proc("K::main() -> i64", `let x = f(${literal})`, "return x"),
    );
  holds(call("QState{id: 1}"), '{"Int":1}');
  refused(call("Other{id: 1}"), "DR0302");
});

// covers: TYP-08
Deno.test("the order of fields in a literal has no effect: held, and violated", () => {
  const emit = (literal: string) =>
    summary(program(shape("P { x: i64, y: i64 }"), proc("K::main()", `emit ${literal}`)));
  assertStrictEquals(emit("P{x: 1, y: 2}"), emit("P{y: 2, x: 1}"));
  assertNotStrictEquals(emit("P{x: 1, y: 2}"), emit("P{x: 2, y: 1}"));
});

// covers: TYP-09
Deno.test("a call gives exactly the declared parameters: held, and violated", () => {
  const call = (expr: string) =>
    program(
      proc("K::f(a: i64, b: bool) -> i64", "return a"),
      proc("K::main() -> i64", `let x = ${expr}`, "return x"),
    );
  holds(call("f(1, true)"), '{"Int":1}');
  refused(call("f(1)"), "DR0305");
  refused(call("f(true, 1)"), "DR0302", "DR0302");
});

// covers: TYP-10
Deno.test("a returned value has the declared type: held, and violated", () => {
  holds(program(proc("K::main() -> i32", "return 7")), '{"Int":7}');
  refused(program(proc("K::main() -> bool", "return 7")), "DR0302");
  refused(program(proc("K::main() -> bool", "return")), "DR0307");
});

// covers: TYP-11
Deno.test("a process with a return type returns exactly once on every path: held, and violated", () => {
  holds(program(proc("K::main() -> i32", "return 1")), '{"Int":1}');
  refused(program(proc("K::main() -> i32", "emit 1")), "DR0306");
  refused(program(proc("K::main() -> i32", "return 1", "return 2")), "DR0210");
});

// covers: TYP-12
Deno.test("a process without a return type returns no value: held, and violated", () => {
  const logger = proc("K::logger()", 'emit "A"');
  holds(program(logger, proc("K::main()", "call logger()")), "emit A; null");
  refused(program(logger, proc("K::main()", "let x = logger()")), "DR0311");
  refused(
    program(logger, proc("K::main()", "emit 1", "constrain logger() Eq 1")),
    "DR0311",
    "DR0504",
  );
});

// covers: TYP-13
Deno.test("a name is bound once, parameters included: held, and violated", () => {
  holds(main("let x = 1", "let y = x", "return y"), '{"Int":1}');
  refused(main("let x = 1", "let x = 2", "return x"), "DR0204");
  refused(program(proc("K::f(x: i64) -> i64", "let x = 2", "return x")), "DR0204");
});

// covers: TYP-14
Deno.test("a statement mentions earlier names only: held, and violated", () => {
  holds(main("let x = 1", "let y = x Add 1", "return y"), '{"Int":2}');
  refused(main("let y = x Add 1", "let x = 1", "return y"), "DR0203");
});

// covers: TYP-15
Deno.test("a value lies in the range of the type that it enters: held, and violated", () => {
  const f = program(proc("K::f(n: i64) -> i32", "return n"));
  holds(f, '{"Int":2147483647}', { entry: "f", args: { n: 2147483647 } });
  fails(f, "DR0807", { entry: "f", args: { n: 2147483648 } });
  refused(program(proc("K::main() -> i32", "return 2147483648")), "DR0310");
});

// covers: TYP-16, TYP-17
Deno.test("arithmetic that leaves its range fails; division truncates: held, and violated", () => {
  holds(main("return 20 Div 2"), '{"Int":10}');
  holds(main("return (0 Sub 7) Div 2"), '{"Int":-3}');
  fails(main("return 9223372036854775807 Add 1"), "DR0801");
  fails(main("return 1 Div 0"), "DR0802");
});

// covers: TYP-18
Deno.test("strings are opaque: held, and violated", () => {
  holds(main("let x = 1", 'emit "x = {x}"', "return x"), 'emit x = {x}; {"Int":1}');
  refused(main('let x = "a" Add "b"', "return 0"), "DR0301");
  refused(main('let x = "a" Ge "b"', "return 0"), "DR0301");
});

// covers: TYP-19
Deno.test("floats are binary64, one operation at a time, and finite: held, and violated", () => {
  holds(program(proc("K::main() -> f64", "return 0.1 Add 0.2")), '{"Float":0.30000000000000004}');
  const square = program(proc("K::f(x: f64) -> f64", "return x Mul x"));
  fails(square, "DR0805", { entry: "f", args: { x: 1e200 } });
});

// covers: TYP-15, TYP-19
Deno.test("a literal takes the type of the local that it enters: held, and violated", () => {
  const local = (ty: string, literal: string) =>
    program(proc(`K::main() -> ${ty}`, `local x: ${ty}`, `let x = ${literal}`, "return x"));
  holds(local("f64", "1"), '{"Float":1}');
  holds(local("u8", "255"), '{"Int":255}');
  refused(local("u8", "256"), "DR0310");
  refused(local("bool", "1"), "DR0302");
});

// covers: TYP-20
Deno.test("a shape that holds a linear value is linear itself: held, and violated", () => {
  const pair = shape("Pair { q: QState, n: i64 }");
  const f = (...body: readonly string[]) =>
    program(STATE, pair, proc("Q::f(p: Pair) -> i64 linear", ...body));
  accepted(f("let q = p.q", "return q.id"));
  refused(f("let a = p.n", "let b = p.n", "return a Add b"), "DR0401");
});

// covers: TYP-22
Deno.test("processes are not values: held, and violated", () => {
  const f = proc("K::f(n: i64) -> i64", "return n");
  holds(program(f, proc("K::main() -> i64", "let x = f(1)", "return x")), '{"Int":1}');
  refused(program(f, proc("K::main() -> i64", "let g = f", "return 0")), "DR0207");
  refused(program(f, proc("K::main() -> i64", "let x = f(f)", "return x")), "DR0207");
});
