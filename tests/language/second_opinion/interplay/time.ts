/**
 * Time bounds decided tick by tick: `Timer`, `latency_us`, the tick limit, calls, Φ calls, failures and ties between them.
 *
 * @module
 */
import { bind, branch, loop, type Part, proc } from "../../../support/program.ts";
import { type Case, given, lets, main } from "./table.ts";
import * as q from "./quotes.ts";

export const TIME = "run TimeViolation";
export const CONTRACT = "run ContractViolation";
export const RUNTIME = "run Runtime";
export const FALSE = "run Inadmissible";
export const ONE = '{"Int":1}';

export const timer = (us: number) => `uses Timer(deadline_us=${us})`;
export const callee = (ticks: number, ...uses: readonly string[]) =>
  proc("K::g() -> i64", ...uses, ...lets(ticks), "return 1");
export const fails = (ticks: number) =>
  proc("K::g() -> i64", "let z = 0", ...lets(ticks - 1), "return 1 Div z");
export const calls = (...uses: readonly string[]) => main(...uses, "let x = g()", "return x");
const SECOND_FAILS = proc("K::g() -> i64", "let z = 0", "let b = 1 Div z", "return b");

/** `K::main` calls `K::g` once, under this contract. */
function under(
  id: string,
  rests: string,
  g: Part,
  outcome: string,
  ...clauses: readonly string[]
): Case {
  return given(id, rests, [g, calls(), bind("K::main -> K::g", ...clauses)], outcome);
}

export const TIME_BOUNDS: readonly Case[] = [
  given("time-01", q.BOUND, [main(timer(2), ...lets(2), "return 1")], ONE, {}, { ticks: 2 }),
  given("time-02", q.BOUND, [main(timer(1), ...lets(2), "return 1")], TIME),
  given("time-03", q.BOUND, [
    main(timer(2), "let z = 0", "let a = 1", "let b = 1 Div z", "return b"),
  ], TIME),
  given("time-04", q.BOUND, [
    main(timer(3), "let z = 0", "let a = 1", "let b = 1 Div z", "return b"),
  ], RUNTIME),
  given(
    "time-05",
    `${q.BOUND} ${q.TICK}`,
    [main(timer(1), "let z = 0", "return 1 Div z")],
    RUNTIME,
  ),
  given("time-06", q.BOUND, [main(timer(1), "let n = 1", "constrain n Gt 5", "return n")], TIME),
  given("time-07", q.BOUND, [main(timer(2), "let n = 1", "constrain n Gt 5", "return n")], FALSE),
  given("time-08", `${q.BOUND} ${q.EXIT}`, [
    main(timer(1), branch("true", ["return 1"]), "constrain true", "return 2"),
  ], TIME),
  given(
    "time-09",
    `${q.BOUND} ${q.EXIT}`,
    [main(timer(2), branch("true", ["return 1"]), "constrain true", "return 2")],
    ONE,
    {},
    { ticks: 2 },
  ),
  given("time-10", `${q.BOUND} ${q.EXIT}`, [
    main(timer(1), branch("true", ["return 1"]), "constrain false", "return 2"),
  ], TIME),
  given("time-11", q.BOUND, [
    main(timer(3), "emit 1", branch("1 Lt 2", ["emit 2"]), "emit 3", "return 1"),
  ], TIME),
  given(
    "time-12",
    `${q.BOUND} ${q.TICK}`,
    [main(timer(8), "let n = 0", loop("n Lt 3", ["set n = n Add 1"]), "return 1")],
    ONE,
    {},
    { ticks: 8 },
  ),
  given("time-13", `${q.BOUND} ${q.TICK}`, [
    main(timer(7), "let n = 0", loop("n Lt 3", ["set n = n Add 1"]), "return 1"),
  ], TIME),
  given("time-14", q.BOUND, [proc("K::main()", timer(5), loop("true", []))], TIME),
  under("time-20", q.BOUND, SECOND_FAILS, CONTRACT, "latency_us <= 1"),
  under("time-21", q.WITHIN, SECOND_FAILS, RUNTIME, "latency_us <= 2"),
  under("time-22", q.BOUND, callee(2), CONTRACT, "latency_us < 2"),
  under("time-23", q.BOUND, callee(2), ONE, "latency_us < 3"),
  under("time-24", q.BOUND, callee(2), ONE, "latency_us == 2"),
  under("time-25", q.BOUND, callee(3), CONTRACT, "latency_us == 2"),
  under("time-26", q.LOWER, callee(1), CONTRACT, "latency_us == 2"),
  under("time-27", q.BOUND, SECOND_FAILS, CONTRACT, "latency_us == 1"),
  under("time-28", q.WITHIN, SECOND_FAILS, RUNTIME, "latency_us == 3"),
  under("time-29", q.WITHIN, fails(1), RUNTIME, "latency_us > 5"),
  under("time-30", q.LOWER, callee(2), ONE, "latency_us >= 2"),
  under("time-31", q.LOWER, callee(2), CONTRACT, "latency_us > 2"),
  under("time-32", q.LOWER, callee(2), ONE, "latency_us > 1", "latency_us < 3"),
  under(
    "time-33",
    q.WITHIN,
    proc("K::g() -> i64", "constrain false", "return 1"),
    FALSE,
    "latency_us >= 5",
  ),
  under(
    "time-34",
    q.BOUND,
    proc("K::g() -> i64", "let a = 1", "constrain false", "return 1"),
    CONTRACT,
    "latency_us <= 1",
  ),
  under("time-35", q.BOUND, callee(0), ONE, "latency_us <= 0"),
  under("time-36", `${q.LOWER} ${q.BOUND}`, callee(0), CONTRACT, "latency_us < 0"),
  under("time-37", q.LOWER, callee(0), CONTRACT, "latency_us >= 1"),
  under(
    "time-38",
    `${q.BOUND} ${q.CALLEE_EXIT}`,
    proc("K::g() -> i64", branch("true", ["return 1"]), "constrain true", "return 2"),
    CONTRACT,
    "latency_us <= 1",
  ),
  under(
    "time-39",
    `${q.BOUND} ${q.CALLEE_EXIT}`,
    proc("K::g() -> i64", branch("true", ["return 1"]), "constrain true", "return 2"),
    ONE,
    "latency_us == 2",
  ),
  given("time-40", q.LOWER, [
    callee(1),
    main("let x = g()", "let z = 0", "let y = x Div z", "return y"),
    bind("K::main -> K::g", "latency_us > 5"),
  ], CONTRACT),
  given("time-41", q.BOUND, [
    callee(2),
    main("emit 1", "let x = g()", "return x"),
    bind("K::main -> K::g", "latency_us < 2"),
  ], CONTRACT),
  given("time-42", q.X_13, [
    callee(2),
    calls(),
    bind("K::g -> K::main", "latency_us < 1", "effects_allowed == true"),
  ], CONTRACT),
  given(
    "time-43",
    `${q.BOUND} ${q.TICK}`,
    [
      callee(2),
      main("let x = g()", "let y = g()", "return x"),
      bind("K::main -> K::g", "latency_us <= 2"),
    ],
    ONE,
    {},
    { ticks: 6 },
  ),
  given("time-44", `${q.BOUND} ${q.TICK}`, [callee(2), main(timer(2), "return g()")], ONE, {}, {
    ticks: 2,
  }),
  given("time-45", `${q.BOUND} ${q.TICK}`, [callee(2), main(timer(1), "return g()")], TIME),
  given(
    "time-46",
    `${q.BOUND} ${q.TICK}`,
    [callee(2), main(timer(5), "let x = g() Add g()", "return x")],
    '{"Int":2}',
    {},
    { ticks: 5 },
  ),
  given("time-47", `${q.BOUND} ${q.TICK}`, [
    callee(2),
    main(timer(4), "let x = g() Add g()", "return x"),
  ], TIME),
  given(
    "time-48",
    q.BOUND,
    [callee(2, timer(2)), main("let x = g()", "let y = g()", "return x")],
    ONE,
    {},
    { ticks: 6 },
  ),
];
