/**
 * Constraints against assignment, inner blocks, `break` and `continue`, hidden names, and unreachable statements.
 *
 * @module
 */
import { branch, count, loop, proc } from "../../../support/program.ts";
import { type Case, given, main } from "./table.ts";
import * as q from "./quotes.ts";

const FALSE = "run Inadmissible";
const ADD = "set n = n Add 1";
const SHOUT = proc("K::f(n: i64) -> i64", "emit n", "return n Add 1");

export const ASSIGNED: readonly Case[] = [
  given(
    "assign-01",
    q.ASSIGNED,
    [main("let n = 7", "set n = 2", "constrain n Lt 3", "emit n", "return n")],
    'emit 2; {"Int":2}',
    {},
    { ticks: 4 },
  ),
  given("assign-02", q.ASSIGNED, [
    main("let n = 1", "constrain n Le 3", "set n = 5", "set n = 2", "return n"),
  ], FALSE),
  given(
    "assign-03",
    q.ASSIGNED,
    [main("let n = 1", "constrain n Le 3", "set n = 3", "return n")],
    '{"Int":3}',
    {},
    { ticks: 3 },
  ),
  given("assign-04", q.ASSIGNED, [
    main("let n = 9", branch("true", ["set n = 2", "return n"]), "constrain n Le 3", "return n"),
  ], '{"Int":2}'),
  given("assign-05", q.ASSIGNED, [
    main("let n = 2", branch("true", ["set n = 9", "return n"]), "constrain n Le 3", "return n"),
  ], FALSE),
  given("assign-06", q.ASSIGNED, [
    main("let n = 9", branch("n Gt 3", ["return n"]), "constrain n Le 3", "set n = 1", "return n"),
  ], FALSE),
  given("assign-07", q.ASSIGNED, [
    main(
      "let n = 0",
      loop("true", [ADD, branch("n Ge 3", ["return n"])]),
      "constrain n Lt 3",
      "return 0",
    ),
  ], FALSE),
  given(
    "assign-08",
    q.ASSIGNED,
    [main(
      "let n = 0",
      loop("true", [ADD, branch("n Ge 3", ["return n"])]),
      "constrain n Le 3",
      "return 0",
    )],
    '{"Int":3}',
    {},
    { ticks: 11 },
  ),
  given("assign-09", q.ASSIGNED, [
    main("let n = 0", "constrain n Lt 3", loop("n Lt 4", [ADD]), "return n"),
  ], FALSE),
  given(
    "assign-10",
    q.ASSIGNED,
    [main("let n = 0", "constrain n Lt 5", loop("n Lt 4", [ADD]), "return n")],
    '{"Int":4}',
    {},
    { ticks: 11 },
  ),
  given("assign-11", q.ASSIGNED, [
    main("let n = 1", "constrain (6 Div n) Gt 0", "set n = 0", "return n"),
  ], "run Runtime"),
  given("assign-12", q.ASSIGNED, [
    SHOUT,
    main("let n = 1", "constrain n Le 3", "set n = f(5)", "return n"),
  ], FALSE),
  given("assign-13", q.ASSIGNED, [
    SHOUT,
    main("let n = 1", "constrain n Le 6", "set n = f(5)", "return n"),
  ], 'emit 5; {"Int":6}'),
  given("assign-14", q.ASSIGNED, [
    main("let n = 1", "let m = 5", "constrain n Lt m", "set m = 1", "return n"),
  ], FALSE),
  given("assign-15", q.ASSIGNED, [
    main("let n = 1", "let m = 5", "constrain n Lt m", "set m = 3", "set n = 2", "return n"),
  ], '{"Int":2}'),
  given("assign-16", q.ASSIGNED, [
    main("let n = 1", "let m = 5", "constrain n Lt m", "set n = 6", "set m = 9", "return n"),
  ], FALSE),
  given("assign-17", q.BINDINGS, [
    main(
      "let n = 1",
      "constrain n Le 3",
      branch("true", ["let n = 9", "set n = 10", "emit n"]),
      "return n",
    ),
  ], 'emit 10; {"Int":1}'),
  given("assign-18", q.BINDINGS, [
    main("let i = 1", "constrain i Le 1", count("i in 0..5", ["expr i"]), "return i"),
  ], '{"Int":1}'),
  given("assign-19", q.BINDINGS, [
    main(
      "let n = 1",
      branch("true", ["let n = 9", "set n = 2", "return n"]),
      "constrain n Le 1",
      "return n",
    ),
  ], '{"Int":2}'),
  given("inner-01", q.INNER, [main(branch("false", ["constrain false"]), "return 1")], '{"Int":1}'),
  given(
    "inner-02",
    q.INNER,
    [main("emit 1", branch("true", ["constrain false"]), "return 1")],
    FALSE,
  ),
  given(
    "inner-03",
    q.INNER,
    [main(branch("true", ["return 1", "constrain false"]), "return 2")],
    FALSE,
  ),
  given(
    "inner-04",
    q.INNER,
    [main(branch("false", ["return 1", "constrain false"]), "return 2")],
    '{"Int":2}',
  ),
  given("inner-05", q.INNER, [
    main("let n = 1", branch("true", ["constrain n Le 3"]), "set n = 4", "return n"),
  ], FALSE),
  given("inner-06", q.INNER, [
    main("let n = 1", branch("false", ["constrain n Le 3"]), "set n = 4", "return n"),
  ], '{"Int":4}'),
  given("inner-07", q.INNER, [
    main("let n = 0", loop("n Lt 4", ["constrain n Lt 3", ADD]), "return n"),
  ], FALSE),
  given("inner-08", q.INNER, [
    main("let n = 0", loop("n Lt 4", ["constrain n Lt 5", ADD]), "return n"),
  ], '{"Int":4}'),
  given("inner-09", q.INNER, [
    main("let n = 0", loop("n Lt 4", [branch("n Eq 2", ["constrain n Lt 4"]), ADD]), "return n"),
  ], FALSE),
  given("inner-10", q.INNER, [
    main(branch("true", [branch("true", ["return 1"]), "constrain false"]), "return 2"),
  ], '{"Int":1}'),
  given("inner-11", q.INNER, [
    main(branch("true", [branch("false", ["return 1"]), "constrain false"]), "return 2"),
  ], FALSE),
  given("inner-12", q.INNER, [main(count("i in 0..4", ["constrain i Lt 3"]), "return 1")], FALSE),
  given(
    "inner-13",
    q.INNER,
    [main(count("i in 0..4", ["constrain i Lt 4"]), "return 1")],
    '{"Int":1}',
  ),
  given("inner-14", q.INNER, [
    main(count("i in 0..4", [branch("i Eq 2", ["return i"]), "constrain i Lt 2"]), "return 9"),
  ], '{"Int":2}'),
  given(
    "inner-15",
    q.INNER,
    [main(branch("false", ["emit 1"], ["constrain false"]), "return 2")],
    FALSE,
  ),
  given(
    "inner-16",
    q.BREAK,
    [main(loop("true", ["break", "constrain false"]), "return 1")],
    '{"Int":1}',
    {},
    { ticks: 2 },
  ),
  given(
    "inner-17",
    q.BREAK,
    [main("let n = 0", loop("n Lt 2", [ADD, "continue", "constrain false"]), "return n")],
    '{"Int":2}',
    {},
    { ticks: 8 },
  ),
  given("inner-18", q.BREAK, [
    main(
      loop("true", [branch("true", ["break"]), "constrain false"]),
      "constrain true",
      "return 1",
    ),
  ], '{"Int":1}'),
  given("inner-19", q.BREAK, [
    main(count("i in 0..3", [branch("i Lt 5", ["continue"]), "constrain i Gt 9"]), "return 1"),
  ], '{"Int":1}'),
  given("inner-20", q.BREAK, [
    main("let n = 1", loop("true", ["constrain n Le 3", "break"]), "set n = 4", "return n"),
  ], FALSE),
  given("inner-21", q.BREAK, [
    main("let n = 1", loop("true", ["break", "constrain n Le 3"]), "set n = 4", "return n"),
  ], '{"Int":4}'),
  given("inner-22", q.BREAK, [main(loop("true", ["break"]), "constrain false", "return 1")], FALSE),
];
