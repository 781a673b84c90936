/**
 * Constraints of a process body and early exits: returns in blocks and loops, callees, failures on the way.
 *
 * @module
 */
import { branch, count, loop, proc } from "../../../support/program.ts";
import { type Case, given, lets, main } from "./table.ts";
import * as q from "./quotes.ts";

const FALSE = "run Inadmissible";
const LEAVES = branch("true", ["return 7"]);

export const EXITS: readonly Case[] = [
  given("exit-01", q.EXIT, [
    main("let n = 1", branch("n Gt 0", ["return 7"]), "constrain n Gt 5", "return 1"),
  ], FALSE),
  given(
    "exit-02",
    q.EXIT,
    [main("let n = 1", branch("n Gt 0", ["return 7"]), "constrain n Lt 5", "return 1")],
    '{"Int":7}',
    {},
    { ticks: 3 },
  ),
  given("exit-03", q.CON_03, [
    main("let n = 1", branch("n Gt 5", ["return 7"]), "constrain n Gt 5", "return 1"),
  ], FALSE),
  given(
    "exit-04",
    q.UNMADE,
    [main(LEAVES, "let m = 0", "constrain m Gt 5", "return m")],
    '{"Int":7}',
  ),
  given("exit-05", q.CON_03, [
    main(branch("false", ["return 7"]), "let m = 0", "constrain m Gt 5", "return m"),
  ], FALSE),
  given("exit-06", q.UNMADE, [
    main(branch("true", ["let m = 0", "return m"]), "let m = 9", "constrain m Gt 5", "return m"),
  ], '{"Int":0}'),
  given("exit-07", q.UNMADE, [
    main(branch("true", ["let m = 9", "return m"]), "let m = 0", "constrain m Gt 5", "return m"),
  ], '{"Int":9}'),
  given("exit-08", q.CON_06, [main("emit 1", LEAVES, "constrain false", "return 1")], FALSE),
  given("exit-09", q.EXIT, [
    main("let z = 0", branch("true", ["return 1 Div z"]), "constrain z Gt 0", "return 1"),
  ], FALSE),
  given("exit-10", q.EXIT, [
    main("let z = 0", branch("true", ["return 1 Div z"]), "constrain z Ge 0", "return 1"),
  ], "run Runtime"),
  given("exit-11", q.EVALUATION, [
    main("let z = 0", LEAVES, "constrain (1 Div z) Gt 0", "return 2"),
  ], "run Runtime"),
  given("exit-12", q.AFTER_FAILURE, [
    main("let z = 0", LEAVES, "constrain z Gt 0", "constrain (1 Div z) Gt 0", "return 2"),
  ], FALSE),
  given("exit-13", q.AFTER_FAILURE, [
    main("let z = 0", LEAVES, "constrain (1 Div z) Gt 0", "constrain z Gt 0", "return 2"),
  ], "run Runtime"),
  given("exit-14", q.UNMADE, [
    main("let n = 0", LEAVES, "let m = 3", "constrain (m Gt 0) And (n Gt 5)", "return m"),
  ], '{"Int":7}'),
  given("exit-15", q.UNMADE, [
    main(
      "let n = 0",
      LEAVES,
      "let m = 3",
      "constrain (m Gt 0) And (n Gt 5)",
      "constrain n Gt 5",
      "return m",
    ),
  ], FALSE),
  given("exit-16", q.UNMADE, [
    main("constrain b Gt 0", branch("true", ["return 1"]), "let b = 0", "return b"),
  ], '{"Int":1}'),
  given("exit-17", q.CON_03, [
    main("constrain b Gt 0", branch("false", ["return 1"]), "let b = 0", "return b"),
  ], FALSE),
  given("exit-18", q.EXIT, [
    main(branch("true", [branch("true", ["return 1"])]), "constrain false", "return 2"),
  ], FALSE),
  given("exit-19", q.EXIT, [
    main(count("i in 0..5", [branch("i Eq 3", ["return i"])]), "constrain false", "return 9"),
  ], FALSE),
  given("exit-20", q.EXIT, [
    main(count("i in 0..5", [branch("i Eq 3", ["return i"])]), "constrain true", "return 9"),
  ], '{"Int":3}'),
  given("exit-21", q.EXIT, [
    main(
      count("i in 0..5", [count("j in 0..5", [branch("(i Add j) Eq 4", ["return j"])])]),
      "constrain false",
      "return 9",
    ),
  ], FALSE),
  given(
    "exit-22",
    q.EXIT,
    [main(loop("1 Lt 2", ["return 5"]), "constrain 1 Gt 2", "return 9")],
    FALSE,
  ),
  given("exit-23", q.EXIT, [
    proc("K::main()", "let n = 1", branch("true", ["return"]), "constrain n Gt 5", "emit n"),
  ], FALSE),
  given(
    "exit-24",
    q.EXIT,
    [proc("K::main()", "let n = 1", branch("true", ["return"]), "constrain n Lt 5", "emit n")],
    "null",
    {},
    { ticks: 3 },
  ),
  given(
    "exit-25",
    q.EXIT,
    [proc("K::main()", "let n = 1", branch("false", ["return"]), "constrain n Lt 5", "emit n")],
    "emit 1; null",
    {},
    { ticks: 4 },
  ),
  given("exit-26", q.EXIT, [main("let n = 1", "return n", "constrain n Gt 5")], FALSE),
  given("exit-27", q.EXIT, [main("let z = 0", "return 1 Div z", "constrain false")], FALSE),
  given(
    "exit-28",
    q.EXIT,
    [main("let z = 1", "return 1 Div z", "constrain z Lt 5")],
    '{"Int":1}',
    {},
    { ticks: 2 },
  ),
  given(
    "exit-29",
    q.EXIT,
    [main(branch("true", ["return 1"], ["return 2"]), "constrain false")],
    FALSE,
  ),
  given(
    "exit-30",
    q.EXIT,
    [main(branch("true", ["return 1"], ["return 2"]), "constrain true")],
    '{"Int":1}',
    {},
    { ticks: 2 },
  ),
  given(
    "exit-31",
    q.EXIT,
    [proc(
      "K::main(n: i64) -> i64",
      branch("n Eq 0", ["return 0"]),
      "constrain n Gt 10",
      "return n",
    )],
    FALSE,
    { args: { n: 0 } },
  ),
  given(
    "exit-32",
    q.EXIT,
    [proc(
      "K::main(n: i64) -> i64",
      branch("n Eq 0", ["return 0"]),
      "constrain n Gt 10",
      "return n",
    )],
    '{"Int":11}',
    { args: { n: 11 } },
  ),
  given("exit-33", q.EXIT, [
    main(
      "let a = 1",
      "let b = 2",
      branch("a Lt b", ["return a"]),
      "constrain a Lt b",
      "constrain b Lt 9",
      "constrain a Gt b",
      "return b",
    ),
  ], FALSE),
  given(
    "exit-34",
    q.EXIT,
    [main(...lets(2), LEAVES, "constrain a0 Eq a1", "constrain a0 Gt 0", "return 1")],
    '{"Int":7}',
    {},
    { ticks: 5 },
  ),
  given("exit-35", q.AFTER_FAILURE, [
    main("let z = 0", "let x = 1 Div z", "constrain false", "return x"),
  ], "run Runtime"),
  given("exit-36", q.AFTER_FAILURE, [
    main(
      "let z = 0",
      branch("true", ["let x = 1 Div z", "return x"]),
      "constrain false",
      "return 1",
    ),
  ], "run Runtime"),
  given("exit-37", q.EXIT, [
    main("let ok = false", branch("Not(ok)", ["emit 1", "return 1"]), "constrain ok", "return 2"),
  ], FALSE),
];
