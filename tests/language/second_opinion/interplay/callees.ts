/**
 * Constraints of callees and callers, and early exits of either.
 *
 * @module
 */
import { branch, count, proc } from "../../../support/program.ts";
import { type Case, given, main } from "./table.ts";
import * as q from "./quotes.ts";

const FALSE = "run Inadmissible";

export const CALLEES: readonly Case[] = [...callees()];

function callees(): readonly Case[] {
  const guarded = proc(
    "K::f(n: i64) -> i64",
    branch("n Gt 0", ["return n"]),
    "constrain n Lt 5",
    "return 0",
  );
  const noisy = proc(
    "K::f(n: i64) -> i64",
    "emit n",
    branch("n Gt 0", ["return n"]),
    "constrain n Lt 5",
    "return 0",
  );
  const calls = (arg: number) => main("emit 1", `let x = f(${arg})`, "return x");
  const recursive = proc(
    "K::f(n: i64) -> i64",
    branch("n Le 0", ["return 0"]),
    "let r = f(n Sub 1)",
    "constrain n Lt 3",
    "return r Add 1",
  );
  const divides = proc("K::f(n: i64) -> i64", "return 1 Div n");
  return [
    given("exit-40", q.CALLEE_EXIT, [guarded, calls(3)], 'emit 1; {"Int":3}', {}, { ticks: 4 }),
    given("exit-41", q.CALLEE_EXIT, [guarded, calls(7)], FALSE),
    given("exit-42", q.CALLEE_EXIT, [noisy, calls(7)], FALSE),
    given("exit-43", q.CALLEE_EXIT, [noisy, calls(2)], 'emit 1; emit 2; {"Int":2}'),
    given(
      "exit-44",
      q.CON_12,
      [noisy, main(`let x = f(3)`, "constrain x Gt 5", "return x")],
      FALSE,
    ),
    given("exit-45", q.CALLEE_EXIT, [recursive, main("return f(2)")], '{"Int":2}'),
    given("exit-46", q.CALLEE_EXIT, [recursive, main("return f(3)")], FALSE),
    given("exit-47", q.AFTER_FAILURE, [
      divides,
      main("let z = 0", "let x = f(z)", "constrain false", "return x"),
    ], "run Runtime"),
    given("exit-48", q.EXIT, [
      noisy,
      main(branch("true", ["return f(2)"]), "constrain false", "return 1"),
    ], FALSE),
    given("exit-49", q.EXIT, [
      divides,
      main("let z = 0", branch("true", ["return f(z)"]), "constrain z Gt 0", "return 1"),
    ], FALSE),
    given("exit-50", q.CALLEE_EXIT, [
      guarded,
      main(count("i in 3..7", ["let x = f(i)", "emit x"]), "return 0"),
    ], FALSE),
    given("exit-51", q.CALLEE_EXIT, [
      guarded,
      main(count("i in 3..5", ["let x = f(i)", "emit x"]), "return 0"),
    ], 'emit 3; emit 4; {"Int":0}'),
    given("exit-52", q.EXIT, [
      guarded,
      main(branch("true", ["return 1"]), "constrain f(2) Gt 5", "return 2"),
    ], FALSE),
    given("exit-53", q.EXIT, [
      guarded,
      main(branch("true", ["return 1"]), "constrain f(6) Gt 5", "return 2"),
    ], FALSE),
  ];
}
