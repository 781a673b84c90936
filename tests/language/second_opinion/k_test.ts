/**
 * K: constraints over the whole process, arithmetic, loops, assignment, recursion.
 *
 * @module
 */
import {
  branch,
  count,
  type Json,
  loop,
  type Part,
  proc,
  program,
  shape,
} from "../../support/program.ts";
import { agree, main, returned } from "./table.ts";

/** The same program with a declared version. */
function versioned(version: string, ...parts: readonly Part[]): string {
  const tree: Json = JSON.parse(program(...parts));
  return JSON.stringify({ ...Object(tree), version });
}

// covers: CON-03, CON-04, CON-05, CON-06, CON-12, CON-14
Deno.test("second opinion: a constraint governs its process from any place in the body", () => {
  const noisy = proc("K::noisy(n: i64) -> i64", "emit n", "return n");
  const picky = proc("K::picky(n: i64) -> i64", "return n", "constrain n Gt 3");
  agree([
    [program(main('emit "a"', "constrain x Gt 5", "let x = 3", "return x")), "run DR0901"],
    [program(main("emit 1", "return 0", "constrain false")), "run DR0901"],
    [program(main("emit 1", "return 0", "emit 2")), "static DR0210"],
    [program(main("return 1", "return 2")), "static DR0210"],
    [program(main(branch("false", ["constrain false"]), "return 1")), '{"Int":1}'],
    [program(main("emit 1", branch("true", ["constrain false"]), "return 1")), "run DR0901"],
    [
      program(main("let x = 1", branch("true", ["constrain x Lt 5"]), "set x = 10", "return x")),
      "run DR0901",
    ],
    [
      program(main("let x = 1", branch("false", ["constrain x Lt 5"]), "set x = 10", "return x")),
      '{"Int":10}',
    ],
    [
      program(
        main(
          "let x = 1",
          branch("true", ["let y = 5", "constrain x Lt y"]),
          "set x = 9",
          "return x",
        ),
      ),
      "run DR0901",
    ],
    [program(main(count("i in 0..5", ["constrain i Lt 4"]), "return 0")), "run DR0901"],
    [program(main(count("i in 0..4", ["constrain i Lt 4"]), "return 0")), '{"Int":0}'],
    [
      program(main("let x = 0", count("i in 0..1", ["constrain x Lt 3"]), "set x = 5", "return x")),
      "run DR0901",
    ],
    [
      program(
        main("let x = 0", loop("x Lt 5", ["constrain x Lt 3", "set x = x Add 1"]), "return x"),
      ),
      "run DR0901",
    ],
    [
      program(main("let x = 1", "constrain x Eq 1", "set x = 2", "set x = 1", "return x")),
      "run DR0901",
    ],
    [program(noisy, main("let x = noisy(1)", "constrain x Gt 5", "return x")), "run DR0901"],
    [program(noisy, picky, main("let x = noisy(1)", "return picky(x)")), "run DR0901"],
    [program(noisy, picky, main("let x = noisy(4)", "return picky(x)")), 'emit 4; {"Int":4}'],
    [program(proc("K::ghost()", "constrain false"), main("return 1")), '{"Int":1}'],
    [program(main("constrain 1 Add 1", "return 0")), "static DR0309"],
    [program(noisy, main("constrain noisy(1) Eq 1", "return 0")), "static DR0504"],
    [program(picky, main("constrain picky(1) Eq 1", "return 0")), "run DR0901"],
  ]);
});

// covers: TYP-16, TYP-17, K-01
Deno.test("second opinion: arithmetic that has no result, and what comes first", () => {
  const max = "9223372036854775807";
  agree([
    [program(main(`let x = ${max} Add 1`, "return 0")), "run DR0801"],
    [program(main(`let x = ${max} Add 1`, "constrain false", "return 0")), "run DR0801"],
    [program(main("constrain false", `let x = ${max} Add 1`, "return 0")), "run DR0901"],
    [program(main("let z = 0", "constrain 1 Div z Eq 1", "return 0")), "run DR0802"],
    [program(main(`let z = ${max}`, "constrain true Or z Mul z Gt 0", "return 0")), "run DR0801"],
    [program(returned("false And 1 Div 0 Eq 0", "bool")), "run DR0802"],
    [program(returned("1 Div 0 Add 9223372036854775807 Add 1")), "run DR0802"],
    [program(returned("-7 Div 2")), '{"Int":-3}'],
    [program(returned("7 Div -2")), '{"Int":-3}'],
    [program(returned("-9223372036854775808 Div -1")), "run DR0801"],
    [program(returned("Neg(-9223372036854775808)")), "run DR0801"],
    [program(returned("-9223372036854775808 Mul -1")), "run DR0801"],
    [program(returned("1 Shl 62")), '{"Int":4611686018427387904}'],
    [program(returned("1 Shl 63")), "Runtime"],
    [program(returned("3 Shl 62")), "Runtime"],
    [program(returned("-1 Shl 63")), '{"Int":-9223372036854775808}'],
    [program(returned("-1 Shl 64")), "run DR0803"],
    [program(returned("0 Shl 64")), "run DR0803"],
    [program(returned("1 Shl -1")), "run DR0803"],
    [program(returned("-1 Shr 63")), '{"Int":-1}'],
    [program(returned("-5 Shr 1")), '{"Int":-3}'],
    [program(returned("-1 BitAnd 255")), '{"Int":255}'],
    [program(returned("-1 BitXor 0")), '{"Int":-1}'],
    [program(main("expr 1 Div 0", "return 0")), "run DR0802"],
    [program(main("expr 1 Div 1", "return 0")), '{"Int":0}'],
  ]);
});

// covers: K-11, K-12, K-13, TYP-11
Deno.test("second opinion: branches and loops", () => {
  agree([
    [program(main(count("i in 3..0", ["emit i"]), "return 0")), '{"Int":0}'],
    [
      program(main(count("i in -2..1", ["emit i"]), "return 0")),
      'emit -2; emit -1; emit 0; {"Int":0}',
    ],
    [
      program(
        main("let n = 2", count("i in 0..n", ["set n = 9", "emit i"]), "return n"),
      ),
      'emit 0; emit 1; {"Int":9}',
    ],
    [
      program(main(count("i in 9223372036854775806..9223372036854775807", ["emit i"]), "return 0")),
      'emit 9223372036854775806; {"Int":0}',
    ],
    [
      program(main("let i = 5", count("i in 0..2", ["emit i"]), "return i")),
      'emit 0; emit 1; {"Int":5}',
    ],
    [program(main(count("i in 0..2", ["emit i"]), "return i")), "static DR0203"],
    [program(main(count("i in 0..true", []), "return 0")), "DirValidate"],
    [program(main(loop("1", []), "return 0")), "static DR0308"],
    [program(main(branch("1", []), "return 0")), "static DR0308"],
    [program(main("break", "return 0")), "static DR0209"],
    [program(main(branch("true", ["continue"]), "return 0")), "static DR0209"],
    [program(main(loop("true", [branch("true", ["break"])]), "return 0")), '{"Int":0}'],
    [program(main(loop("true", ["break", "emit 1"]), "return 0")), '{"Int":0}'],
    [
      program(main(count("i in 0..3", [branch("i Eq 1", ["continue"]), "emit i"]), "return 0")),
      'emit 0; emit 2; {"Int":0}',
    ],
    [
      program(
        main(
          count("i in 0..2", [count("j in 0..9", [branch("j Eq 1", ["break"]), "emit j"])]),
          "return 0",
        ),
      ),
      'emit 0; emit 0; {"Int":0}',
    ],
    [program(main(branch("true", ["return 1"], ["return 2"]))), '{"Int":1}'],
    [program(main(branch("true", ["return 1"]))), "static DR0306"],
    [program(main(branch("true", ["return 1"], ["return 2"]), "emit 1")), "static DR0210"],
    [program(main(branch("true", ["return 1"], ["return 2"]), "constrain false")), "run DR0901"],
    [program(main("return")), "static DR0307"],
    [program(proc("K::main()", "return")), "null"],
    [program(proc("K::main()", "emit 1", branch("true", ["return"]), "emit 2")), "emit 1; null"],
    [program(main(count("i in 0..3", [branch("i Eq 1", ["return i"])]), "return 7")), '{"Int":1}'],
  ]);
});

// covers: K-10, TYP-13, EFF-16
Deno.test("second opinion: assignment", () => {
  const pure = proc("K::f() -> i64", "return 4");
  agree([
    [program(main("let x = 1", "set x = x Add 1", "return x")), '{"Int":2}'],
    [program(pure, main("let x = call f()", "set x = x Add 1", "return x")), '{"Int":5}'],
    [program(pure, main("let x = 1", "set x = f()", "return x")), '{"Int":4}'],
    [program(proc("K::main(x: i64) -> i64", "set x = 1", "return x")), "static DR0214"],
    [program(main("local mut x: i64", "let x = 1", "set x = 2", "return x")), '{"Int":2}'],
    [program(main("local x: i64", "let x = 1", "set x = 2", "return x")), "static DR0214"],
    [program(main("local mut y: i64", "let x = 1", "set x = 2", "return x")), "static DR0214"],
    [
      program(proc("K::main(x: i64) -> i64", "local mut x: i64", "set x = 1", "return x")),
      "DirValidate",
    ],
    [program(main("let x = 1", "set x = true", "return x")), "static DR0302"],
    [program(main("set ghost = 1", "return 0")), "DirValidate"],
    [program(main("prove w from true", "set w = w", "return 0")), "static DR0214"],
    [program(main("let x = 1", "seal x", "set x = 2", "return x")), "static DR0215"],
    [
      program(main("let x = 1", "set x = 2", "seal x", "seal x", "return x")),
      'seal 2; seal 2; {"Int":2}',
    ],
    [program(main("let x = 1", branch("true", ["set x = 2"]), "return x")), '{"Int":2}'],
    [
      program(main("let x = 1", branch("true", ["let x = 5", "set x = 6"]), "return x")),
      '{"Int":1}',
    ],
  ]);
});

// covers: K-09, FAI-11, DIR-10
Deno.test("second opinion: recursion needs DIR 0.2 and K", () => {
  const forever = proc("K::main() -> i64", "return main()");
  const fact = proc(
    "K::fact(n: i64) -> i64",
    branch("n Le 1", ["return 1"], ["let m = fact(n Sub 1)", "return n Mul m"]),
  );
  const odd = proc(
    "K::odd(n: i64) -> bool",
    branch("n Eq 0", ["return false"]),
    "return even(n Sub 1)",
  );
  const even = proc(
    "K::even(n: i64) -> bool",
    branch("n Eq 0", ["return true"]),
    "return odd(n Sub 1)",
  );
  agree([
    [program(forever), "static DR0212"],
    [versioned("0.1", forever), "static DR0212"],
    [versioned("0.2", forever), "run DR1102"],
    [versioned("0.2", proc("Q::main() -> i64 linear", "return main()")), "static DR0212"],
    [versioned("0.2", proc("Φ::main(n: i64) -> i64", "return main(n)")), "static DR0212"],
    [program(fact), '{"Int":120}', { entry: "fact", args: { n: 5 } }],
    [program(fact), '{"Int":2432902008176640000}', { entry: "fact", args: { n: 20 } }],
    [program(fact), "run DR0801", { entry: "fact", args: { n: 21 } }],
    [versioned("0.1", fact), "load DR0122", { entry: "fact", args: { n: 5 } }],
    [versioned("0.3", main("return 0")), "load DR0122"],
    [program(odd, even), '{"Bool":false}', { entry: "even", args: { n: 7 } }],
  ]);
});

// covers: K-04, K-08, TYP-09, DIR-08
Deno.test("second opinion: calls and small forms", () => {
  const peek = proc("K::peek() -> i64", "return secret");
  const add = proc("K::add(a: i64, b: i64) -> i64", "return a Sub b");
  agree([
    [program(proc("K::main()")), "null"],
    [program(peek, main("let secret = 1", "return peek()")), "static DR0203"],
    [program(add, main("return add(5, add(4, 1))")), '{"Int":2}'],
    [program(add, main("return add(1)")), "static DR0305"],
    [program(add, main("return add(1, 2, 3)")), "static DR0305"],
    [program(add, main("return add(1, true)")), "static DR0302"],
    [program(main("return ghost()")), "static DR0201"],
    [
      program(
        shape("P { a: i64 }"),
        main("let p = P{a: 4}", { Field: { target: "p", field: "a", result: "v" } }, "return v"),
      ),
      '{"Int":4}',
    ],
    [
      program(
        main("let p = [4, 5]", { Index: { target: "p", index: "1", result: "v" } }, "return v"),
      ),
      '{"Int":5}',
    ],
    [
      program(
        main("let p = [4, 5]", { Index: { target: "p", index: "2", result: "v" } }, "return v"),
      ),
      "run DR0804",
    ],
    [program(main({ Alloc: { name: "m", size: "8" } }, "return 0")), "DirLoad"],
  ]);
});
