/**
 * Ties between time bounds, the length of a tick, and bounds on Φ calls.
 *
 * @module
 */
import { bind, loop, proc, shape } from "../../../support/program.ts";
import { type Case, given, lets, main } from "./table.ts";
import { callee, calls, CONTRACT, fails, FALSE, ONE, RUNTIME, TIME, timer } from "./time.ts";
import * as q from "./quotes.ts";

export const TIES: readonly Case[] = [...ties(), ...scaled(), ...phiCalls()];

function ties(): readonly Case[] {
  const under1 = bind("K::main -> K::g", "latency_us <= 1");
  const limit = (max_ticks: number) => ({ limits: { max_ticks } });
  const middle = (...uses: readonly string[]) =>
    proc("K::f() -> i64", ...uses, "let x = g()", "return x");
  const top = main("let y = f()", "return y");
  return [
    given("tie-01", q.TIES, [callee(2), calls(timer(1)), under1], CONTRACT),
    given("tie-02", q.TIES, [callee(2, timer(1)), calls(), under1], TIME),
    given("tie-03", q.TIES, [callee(2, timer(2)), calls(), under1], CONTRACT),
    given("tie-04", q.BOUND, [
      callee(1),
      calls(timer(1)),
      bind("K::main -> K::g", "latency_us <= 5"),
    ], TIME),
    given("tie-05", q.BOUND, [callee(1), calls(timer(2)), under1], ONE, {}, { ticks: 2 }),
    given("tie-06", `${q.BOUND} ${q.WITHIN}`, [fails(1), calls(timer(1))], RUNTIME),
    given("tie-07", q.BOUND, [
      proc("K::g() -> i64", "constrain false", "return 1"),
      calls(timer(0)),
    ], TIME),
    given("tie-08", q.TIES, [main(timer(1), ...lets(2), "return 1")], TIME, limit(1)),
    given("tie-09", q.TIES, [main(timer(2), ...lets(2), "return 1")], RUNTIME, limit(1)),
    given("tie-10", q.TIES, [callee(2), calls(), under1], CONTRACT, limit(1)),
    given(
      "tie-11",
      q.TIES,
      [callee(3), calls(), bind("K::main -> K::g", "latency_us <= 2")],
      RUNTIME,
      limit(1),
    ),
    given("tie-12", q.TIES, [main(...lets(2), "return 1")], ONE, limit(2)),
    given("tie-13", q.TIES, [proc("K::main()", timer(5), loop("true", []))], TIME, limit(5)),
    given("tie-14", q.TIES, [proc("K::main()", timer(5), loop("true", []))], RUNTIME, limit(4)),
    given("tie-15", q.TIES, [
      callee(2),
      middle(timer(1)),
      top,
      bind("K::main -> K::f", "latency_us <= 2"),
      bind("K::f -> K::g", "latency_us <= 9"),
    ], TIME),
    given("tie-16", q.TIES, [
      callee(2),
      middle(timer(1)),
      top,
      bind("K::f -> K::g", "latency_us <= 1"),
    ], CONTRACT),
    given("tie-17", q.TIES, [
      callee(2, timer(1)),
      middle(),
      top,
      bind("K::main -> K::f", "latency_us <= 1"),
    ], TIME),
    given("tie-18", q.BOUND, [
      callee(2, timer(2)),
      middle(),
      top,
      bind("K::main -> K::f", "latency_us <= 1"),
    ], CONTRACT),
    given(
      "tie-19",
      q.BOUND,
      [callee(1), middle(), top, bind("K::main -> K::f", "latency_us <= 1")],
      CONTRACT,
    ),
    given(
      "tie-20",
      q.BOUND,
      [callee(1), middle(), top, bind("K::main -> K::f", "latency_us <= 2")],
      ONE,
      {},
      { ticks: 3 },
    ),
    given("tie-21", q.LOWER, [
      callee(1),
      calls(timer(1)),
      bind("K::main -> K::g", "latency_us > 5"),
    ], CONTRACT),
  ];
}

function scaled(): readonly Case[] {
  const slow = { environment: { tick_us: 10 } };
  const on = (id: string, outcome: string, clause: string): Case =>
    given(id, q.TICK_US, [callee(2), calls(), bind("K::main -> K::g", clause)], outcome, slow);
  return [
    given("scale-01", q.TICK_US, [main(timer(20), ...lets(2), "return 1")], ONE, slow),
    given("scale-02", q.TICK_US, [main(timer(19), ...lets(2), "return 1")], TIME, slow),
    on("scale-03", CONTRACT, "latency_us < 20"),
    on("scale-04", ONE, "latency_us < 21"),
    on("scale-05", ONE, "latency_us == 20"),
    on("scale-06", CONTRACT, "latency_us == 21"),
    on("scale-07", CONTRACT, "latency_us > 20"),
    on("scale-08", ONE, "latency_us > 19"),
  ];
}

function phiCalls(): readonly Case[] {
  const rejects = proc("Φ::v(n: i64) -> i64", "let m = n Add 1", "constrain n Gt 10", "return m");
  const admits = (...uses: readonly string[]) =>
    proc("Φ::v(n: i64) -> i64", ...uses, "constrain n Gt 0", "let m = n Add 1", "return m");
  const caller = (...uses: readonly string[]) => main(...uses, "let x = v(5)", "return x");
  const on = (...clauses: readonly string[]) => bind("K::main -> Φ::v", ...clauses);
  const S = shape("S { id: i64 }");
  const tag = proc("Q::v(q: S) -> i64 linear", "let n = q.id", "return n");
  const measures = main("let x = v(S{id: 1})", "return x");
  return [
    given("phi-01", q.PHI_CALL, [rejects, caller(), on("latency_us < 1")], FALSE),
    given("phi-02", q.PHI_CALL, [admits(), caller(), on("latency_us < 2")], CONTRACT),
    given("phi-03", q.PHI_CALL, [admits(), caller(), on("latency_us <= 2")], '{"Int":6}', {}, {
      ticks: 3,
    }),
    given("phi-04", q.LOWER, [admits(), caller(), on("latency_us > 5")], CONTRACT),
    given("phi-05", q.PHI_CALL, [admits(timer(1)), caller(), on()], TIME),
    given("phi-06", q.TIES, [admits(timer(1)), caller(), on("latency_us <= 1")], TIME),
    given("phi-07", q.BOUND, [admits(), caller(timer(2)), on()], TIME),
    given("phi-08", q.BOUND, [admits(), caller(timer(3)), on()], '{"Int":6}', {}, { ticks: 3 }),
    given("phi-09", q.PHI_CALL, [rejects, caller(timer(1)), on()], FALSE),
    given("phi-10", q.BOUND, [rejects, caller(timer(0)), on()], TIME),
    given("phi-11", q.PHI_CALL, [rejects, caller(), on()], FALSE, { limits: { max_ticks: 1 } }),
    given("phi-12", q.PHI_CALL, [
      proc("Φ::v(n: i64) -> i64", timer(0), "constrain n Gt 10", "return n"),
      caller(),
      on(),
    ], FALSE),
    given(
      "phi-13",
      q.BOUND,
      [S, tag, measures, bind("K::main -> Q::v", "latency_us < 1")],
      CONTRACT,
    ),
    given(
      "phi-14",
      q.BOUND,
      [S, tag, measures, bind("K::main -> Q::v", "latency_us == 1")],
      ONE,
      {},
      { ticks: 2 },
    ),
  ];
}
