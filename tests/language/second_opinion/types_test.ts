/**
 * Static types: literals by context, narrow integers, floats, shapes across forges, aliases, arrays.
 *
 * @module
 */
import { artifact, branch, count, forge, proc, program, shape } from "../../support/program.ts";
import { agree, main, returned } from "./table.ts";

const POINT = shape("P { a: i64, b: i64 }");
const OTHER = shape("R { a: i64, b: i64 }");

// covers: TYP-15, DIR-20
Deno.test("second opinion: narrow integers are checked where a value enters a declared type", () => {
  const add = proc("K::main(a: i32, b: i64) -> i64", "return a Add b");
  const passes = [proc("K::f(n: u8) -> u8", "return n"), proc("K::main(n: i64)", "let x = f(n)")];
  const wide = proc("K::main(a: i32) -> i32", "return (a Add 1) Sub 1");
  agree([
    [program(returned("2147483647", "i32")), '{"Int":2147483647}'],
    [program(returned("2147483648", "i32")), "static DR0310"],
    [program(returned("-2147483648", "i32")), '{"Int":-2147483648}'],
    [program(returned("-2147483649", "i32")), "static DR0310"],
    [program(returned("2147483647 Add 1", "i32")), "run DR0807"],
    [program(wide), '{"Int":2147483647}', { args: { a: 2147483647 } }],
    [program(add), '{"Int":2147483648}', { args: { a: 2147483647, b: 1 } }],
    [program(proc("K::main(a: u8) -> u8", "return a")), "run DR1003", { args: { a: 256 } }],
    [program(proc("K::main(a: u8) -> u8", "return a")), "run DR1003", { args: { a: -1 } }],
    [program(proc("K::main(a: u8) -> u8", "return a Add 1")), "run DR0807", { args: { a: 255 } }],
    [program(returned("-1", "u64")), "static DR0310"],
    [program(returned("9223372036854775807", "u64")), '{"Int":9223372036854775807}'],
    [program(...passes), "null", { args: { n: 255 } }],
    [program(...passes), "run DR0807", { args: { n: 256 } }],
    [program(passes[0] ?? POINT, main("return f(300)")), "static DR0310"],
    [program(shape("S { a: u8 }"), main("let s = S{a: 300}", "return s.a")), "static DR0310"],
    [
      program(shape("S { a: u8 }"), proc("K::main(n: i64) -> u8", "return S{a: n}.a")),
      "run DR0807",
      { args: { n: 300 } },
    ],
    [program(main("local mut x: u8", "let x = 255", "set x = x Add 1", "return x")), "run DR0807"],
    [program(main("local mut x: u8", "let x = 256", "return x")), "static DR0310"],
    [program(main("local mut x: u8", "let x = 255", "set x = 256", "return x")), "static DR0310"],
    [
      program(main("local i: u8", count("i in 254..256", ["emit i"]), "return 0")),
      'emit 254; emit 255; {"Int":0}',
    ],
    [program(main("local i: u8", count("i in 255..257", ["emit i"]), "return 0")), "run DR0807"],
    [program(shape("S { a: [u8; 2] }"), main("return S{a: [1, 256]}.a[0]")), "static DR0310"],
    [program(returned("9223372036854775808")), "load DR0113"],
    [program(returned("0 Sub 9223372036854775808")), "load DR0113"],
    [program(returned("-9223372036854775808")), '{"Int":-9223372036854775808}'],
  ]);
});

// covers: TYP-01, TYP-21
Deno.test("second opinion: types have aliases, and arrays a length", () => {
  agree([
    [program(proc("K::main(x: K[Int]) -> Q[i64]", "return x")), '{"Int":5}', { args: { x: 5 } }],
    [program(proc("K::main(x: K[UInt8]) -> u8", "return x")), "run DR1003", { args: { x: 256 } }],
    [program(proc("K::main(x: Int32) -> I32", "return x")), '{"Int":5}', { args: { x: 5 } }],
    [program(proc("K::main(x: Int33) -> i64", "return x")), "static DR0206"],
    [program(returned("[1, 2, 3]", "[i64;3]")), '{"Array":[{"Int":1},{"Int":2},{"Int":3}]}'],
    [program(returned("[1, 2, 3]", "i64[3]")), '{"Array":[{"Int":1},{"Int":2},{"Int":3}]}'],
    [program(returned("[1, 2]", "[i64;3]")), "static DR0302"],
    [program(returned("[1, 256]", "[u8;2]")), "static DR0310"],
    [program(returned("[1, true]", "[i64;2]")), "DirValidate"],
    [program(main("let a = [1, 2, 3]", "return a[2]")), '{"Int":3}'],
    [program(main("let a = [1, 2, 3]", "return a[3]")), "run DR0804"],
    [program(main("let a = [1, 2, 3]", "return a[-1]")), "run DR0804"],
    [program(main("let a = 5", "return a[0]")), "static DR0312"],
    [program(main("let a = [1, 2]", "return a[true]")), "DirValidate"],
    [program(returned("[1, 2] Eq [1, 2]", "bool")), '{"Bool":true}'],
    [program(returned("[1, 2] Eq [1, 2, 3]", "bool")), "static DR0301"],
    [program(proc("K::main(a: [u8; 2]) -> u8", "return a[1]")), "run DR1003", {
      args: { a: [1, 256] },
    }],
    [program(proc("K::main(a: [u8; 2]) -> u8", "return a[1]")), "run DR1003", {
      args: { a: [1] },
    }],
    [program(shape("A { b: B }"), shape("B { a: [A; 2] }"), main("return 0")), "DirValidate"],
  ]);
});

// covers: TYP-06, TYP-07, TYP-08
Deno.test("second opinion: shapes are identified by name, and so are their fields", () => {
  const takes = proc("K::f(p: P) -> i64", "return p.a");
  agree([
    [
      program(POINT, main("emit P{b: 2, a: 1}", "return P{b: 2, a: 1}.b")),
      'emit {"Struct":{"ty":"P","fields":{"a":{"Int":1},"b":{"Int":2}}}}; {"Int":2}',
    ],
    [program(POINT, main("return P{a: 1, a: 2, b: 3}.a")), "static DR0304"],
    [program(POINT, main("return P{a: 1}.a")), "static DR0304"],
    [program(POINT, main("return P{a: 1, b: 2, c: 3}.a")), "static DR0304"],
    [program(POINT, main("return P{a: 1, b: 2}.c")), "static DR0303"],
    [program(POINT, returned("P{a: 1, b: 2} Eq P{b: 2, a: 1}", "bool")), '{"Bool":true}'],
    [program(POINT, OTHER, returned("P{a: 1, b: 2} Eq R{a: 1, b: 2}", "bool")), "static DR0301"],
    [program(POINT, OTHER, takes, main("return f(R{a: 1, b: 2})")), "static DR0302"],
    [program(main("return Ghost{a: 1}.a")), "static DR0216"],
    [
      artifact(forge("A", main("return P{a: 7, b: 8}.a")), forge("B", POINT)),
      '{"Int":7}',
    ],
    [
      artifact(
        forge("A", POINT, main("return B::K::f(P{a: 7, b: 8})")),
        forge("B", POINT, takes),
      ),
      "static DR0302",
    ],
    [
      artifact(forge("A", main("return f(P{a: 7, b: 8})")), forge("B", POINT, takes)),
      '{"Int":7}',
    ],
    [
      artifact(forge("A", main("return P{a: 7, b: 8}.a")), forge("B", POINT), forge("C", POINT)),
      "DirValidate",
    ],
  ]);
});

// covers: TYP-02, TYP-03, TYP-04, TYP-18
Deno.test("second opinion: operators accept operands of their types only", () => {
  agree([
    [program(returned("1 Eq true", "bool")), "static DR0301"],
    [program(returned('"a" Lt "b"', "bool")), "static DR0301"],
    [program(returned('"a" Add "b"', "string")), "static DR0301"],
    [program(returned("true Lt false", "bool")), "static DR0301"],
    [program(returned("1 And 2", "bool")), "static DR0301"],
    [program(returned("Not(1)", "bool")), "static DR0301"],
    [program(returned("Neg(true)")), "static DR0301"],
    [program(returned('"1" Eq 1', "bool")), "static DR0301"],
    [program(returned('"é" Eq "é"', "bool")), '{"Bool":true}'],
    [program(returned('"e\u0301" Eq "é"', "bool")), '{"Bool":false}'],
    [program(returned("1 Lt 2 Lt 3", "bool")), "static DR0301"],
    [program(returned("1.5 BitAnd 1")), "static DR0301"],
    [program(returned("true")), "static DR0302"],
    [program(main("return 0"), proc("K::f()", "let x = main Add 1")), "static DR0207"],
  ]);
});

// covers: TYP-19
Deno.test("second opinion: floats", () => {
  const one = (ty: string, expr: string, ret = "bool") =>
    program(proc(`K::main(x: ${ty}) -> ${ret}`, `return ${expr}`));
  agree([
    [one("f64", "x Mul 2", "f64"), '{"Float":3.5}', { args: { x: 1.75 } }],
    [one("f64", "x Eq 2"), '{"Bool":true}', { args: { x: 2 } }],
    [
      program(proc("K::main(x: f64) -> f64", "let n = 2", "return x Mul n")),
      '{"Float":2.0}',
      { args: { x: 1 } },
    ],
    [program(proc("K::main() -> f64", "let n = 2", "return n")), '{"Float":2.0}'],
    [
      program(proc("K::main() -> f64", "let x = 1.5", "set x = 2", "return x Add 0.5")),
      '{"Float":2.5}',
    ],
    [program(returned("1.5", "i64")), "static DR0302"],
    [
      program(proc("K::main() -> f64", "local mut x: f64", "let x = 2", "return x Add 0.5")),
      '{"Float":2.5}',
    ],
    [
      program(
        proc("K::main() -> f64", "local x: [f64; 2]", "let x = [1, 2.5]", "return x[0] Add x[1]"),
      ),
      '{"Float":3.5}',
    ],
    [
      program(
        proc("K::main(a: f32, b: f64) -> bool", "let xs = [a, b]", "return xs[1] Add 0.0 Eq b"),
      ),
      '{"Bool":true}',
      { args: { a: 0.1, b: 0.1 } },
    ],
    [one("f32", "x Eq 0.1"), '{"Bool":true}', { args: { x: 0.1 } }],
    [one("f32", "x Mul 10", "f32"), "run DR0805", { args: { x: 3e38 } }],
    [one("f32", "x", "f32"), "run DR1003", { args: { x: 1e39 } }],
    [one("f64", "x Mul 10", "f64"), "run DR0805", { args: { x: 1e308 } }],
    [one("f64", "x Div 0", "f64"), "Runtime", { args: { x: 1 } }],
    [one("f64", "x Div 4", "f64"), '{"Float":0.25}', { args: { x: 1 } }],
    [one("f64", "x", "f32"), '{"Float":0.10000000149011612}', { args: { x: 0.1 } }],
    [
      program(proc("K::main(a: f32, b: f64) -> bool", "return a Eq b")),
      '{"Bool":false}',
      { args: { a: 0.1, b: 0.1 } },
    ],
    [program(proc("K::main()", "emit 1.5", "emit 16777217.0")), "emit 1.5; emit 16777217.0; null"],
  ]);
});

// covers: TYP-12, TYP-13, TYP-14
Deno.test("second opinion: names and what is bound to them", () => {
  const plain = proc("K::f()", "return 5");
  agree([
    [program(plain), '{"Int":5}', { entry: "f" }],
    [program(plain, main("let x = f()", "return 0")), "static DR0311"],
    [program(plain, main("return f()")), "static DR0311"],
    [program(plain, main("call f()", "return 0")), '{"Int":0}'],
    [program(plain, main("let x = call f()", "return 0")), "static DR0311"],
    [program(plain, main("let x = f", "return 0")), "static DR0207"],
    [program(plain, main("let f = 1", "return f")), '{"Int":1}'],
    [program(main("let x = 1", "let x = 2", "return x")), "static DR0204"],
    [program(proc("K::main(x: i64) -> i64", "let x = 2", "return x")), "static DR0204"],
    [program(main("let w = 1", "prove w from true", "return 0")), "static DR0204"],
    [program(proc("K::main(x: i64, x: i64) -> i64", "return x")), "static DR0205"],
    [
      program(main("let x = 1", branch("true", ["let x = 2", "emit x"]), "return x")),
      'emit 2; {"Int":1}',
    ],
    [program(main(branch("true", ["let x = 2"]), "return x")), "static DR0203"],
    [program(main("let a = b", "let b = 1", "return a")), "static DR0203"],
    [program(main("let a = a", "return 0")), "static DR0203"],
    [program(main("constrain a Lt b", "let b = 2", "let a = 1", "return a")), '{"Int":1}'],
    [program(main("constrain a Lt ghost", "let a = 1", "return a")), "static DR0203"],
  ]);
});
