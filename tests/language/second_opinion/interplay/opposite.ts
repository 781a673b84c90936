/**
 * A bind in each direction between two processes: both contracts apply to each of their calls. Here bounds on time, constraints
 * and effects; values are in `opposite_values.ts`.
 *
 * @module
 */
import { artifact, bind, branch, forge, loop, type Part, proc } from "../../../support/program.ts";
import { type Case, given, main } from "./table.ts";
import { callee, calls, CONTRACT, fails, FALSE, ONE, RUNTIME, TIME, timer } from "./time.ts";
import * as q from "./quotes.ts";

const GRANT = "effects_allowed == true";
const TWICE = "static DirValidate";
const forth = (...clauses: readonly string[]) => bind("K::main -> K::g", ...clauses);
const back = (...clauses: readonly string[]) => bind("K::g -> K::main", ...clauses);

export const OPPOSITE: readonly Case[] = [
  ...bounds(),
  ...bothCall(),
  ...constraints(),
  ...effects(),
  ...linked(),
];

/** `K::main` calls `K::g`, with these bounds on `main -> g` and on `g -> main`. */
function bounds(): readonly Case[] {
  const between = (id: string, text: string, g: Part, outcome: string, ...ends: readonly Part[]) =>
    given(`opposite-${id}`, `${q.X_13} ${text}`, [g, calls(), ...ends], outcome);
  const endless = proc("K::g() -> i64", loop("true", []), "return 1");
  const middle = proc("K::f() -> i64", "let x = g()", "return x");
  const top = main("let y = f()", "return y");
  const chain = (id: string, outcome: string, ...ends: readonly Part[]) =>
    given(`opposite-${id}`, q.X_13, [callee(2), middle, top, ...ends], outcome);
  const slow = { environment: { tick_us: 3 } };
  const under = (clause: string) => [callee(2), calls(), forth(), back(clause)];
  return [
    between("01", q.BOUND, callee(2), CONTRACT, back("latency_us <= 1")),
    between("02", q.BOUND, callee(2), ONE, back("latency_us <= 2")),
    between("03", q.BOUND, callee(2), CONTRACT, forth("latency_us <= 5"), back("latency_us <= 1")),
    between("04", q.BOUND, callee(2), CONTRACT, forth("latency_us <= 1"), back("latency_us <= 5")),
    between("05", q.BOUND, callee(2), ONE, forth("latency_us <= 2"), back("latency_us < 3")),
    between("06", q.LOWER, callee(2), CONTRACT, forth("latency_us >= 3"), back("latency_us <= 5")),
    between("07", q.LOWER, callee(2), CONTRACT, forth("latency_us <= 5"), back("latency_us >= 3")),
    between("08", q.LOWER, callee(2), ONE, forth("latency_us >= 1"), back("latency_us > 1")),
    between("09", q.CTR_01, callee(2), ONE, forth("latency_us == 2"), back("latency_us == 2")),
    between("10", q.CTR_01, callee(2), CONTRACT, forth("latency_us == 2"), back("latency_us == 3")),
    between("11", q.CTR_01, callee(2), CONTRACT, forth("latency_us == 1"), back("latency_us == 2")),
    between("12", q.TIES, callee(2, timer(1)), TIME, forth(), back("latency_us <= 1")),
    between("13", q.BOUND, callee(2, timer(2)), CONTRACT, forth(), back("latency_us <= 1")),
    between("14", q.WITHIN, fails(2), RUNTIME, forth("latency_us <= 5"), back("latency_us <= 2")),
    between("15", q.BOUND, fails(2), CONTRACT, forth("latency_us <= 5"), back("latency_us <= 1")),
    between("16", q.WITHIN, fails(1), RUNTIME, forth("latency_us <= 9"), back("latency_us >= 9")),
    between("17", q.BOUND, endless, CONTRACT, forth("latency_us >= 1"), back("latency_us <= 7")),
    between("18", q.LOWER, callee(0), CONTRACT, forth("latency_us <= 0"), back("latency_us >= 1")),
    between("19", q.BOUND, callee(0), ONE, forth("latency_us <= 0"), back("latency_us == 0")),
    given(
      "opposite-20",
      `${q.X_13} ${q.TIES}`,
      [callee(2), calls(timer(1)), forth(), back("latency_us <= 1")],
      CONTRACT,
    ),
    given(
      "opposite-21",
      `${q.X_13} ${q.TIES}`,
      [callee(2), calls(), forth(), back("latency_us <= 1")],
      CONTRACT,
      { limits: { max_ticks: 1 } },
    ),
    given(
      "opposite-22",
      `${q.X_13} ${q.TIES}`,
      [callee(2), calls(), forth(), back("latency_us <= 2")],
      RUNTIME,
      { limits: { max_ticks: 1 } },
    ),
    given("opposite-23", `${q.X_13} ${q.TICK_US}`, under("latency_us <= 5"), CONTRACT, slow),
    given("opposite-24", `${q.X_13} ${q.TICK_US}`, under("latency_us <= 6"), ONE, slow),
    chain("25", CONTRACT, bind("K::f -> K::g"), bind("K::g -> K::f", "latency_us <= 1")),
    chain("26", ONE, bind("K::f -> K::g"), bind("K::g -> K::main", "latency_us <= 0")),
    chain("27", CONTRACT, bind("K::main -> K::f"), bind("K::f -> K::main", "latency_us <= 2")),
    chain("28", ONE, bind("K::main -> K::f"), bind("K::f -> K::main", "latency_us <= 3")),
    given(
      "opposite-29",
      `${q.X_13} ${q.BOUND}`,
      [callee(1), calls(timer(1)), forth(), back("latency_us <= 1")],
      TIME,
    ),
  ];
}

/** Two processes that call each other: each bind bounds the calls of both. */
function bothCall(): readonly Case[] {
  const turn = (name: string, other: string) =>
    proc(
      `K::${name}(n: i64) -> i64`,
      branch("n Lt 1", ["return 0"]),
      `let x = ${other}(n Sub 1)`,
      "return x",
    );
  // g(1) takes 3 ticks: its condition, f(0) with one, and the statement of the call.
  const each = (id: string, outcome: string, fg: string, gf: string) =>
    given(
      `opposite-${id}`,
      q.X_13,
      [
        turn("f", "g"),
        turn("g", "f"),
        main("let x = f(2)", "return x"),
        bind("K::f -> K::g", `latency_us ${fg}`),
        bind("K::g -> K::f", `latency_us ${gf}`),
      ],
      outcome,
    );
  const itself = (id: string, outcome: string, clause: string) =>
    given(
      `opposite-${id}`,
      q.X_13,
      [turn("f", "f"), main("let x = f(2)", "return x"), bind("K::f -> K::f", clause)],
      outcome,
    );
  return [
    each("30", '{"Int":0}', "<= 3", "<= 3"),
    each("31", CONTRACT, "<= 9", "<= 2"),
    each("32", CONTRACT, "<= 2", "<= 9"),
    each("33", CONTRACT, ">= 1", ">= 2"),
    each("34", CONTRACT, ">= 2", ">= 1"),
    each("35", '{"Int":0}', ">= 1", ">= 1"),
    each("36", CONTRACT, "== 3", "== 1"),
    itself("37", '{"Int":0}', "latency_us <= 3"),
    itself("38", CONTRACT, "latency_us <= 2"),
  ];
}

function constraints(): readonly Case[] {
  const refuses = proc("K::g() -> i64", "constrain false", "return 1");
  const on = (id: string, text: string, outcome: string, ...parts: readonly Part[]) =>
    given(`opposite-${id}`, `${q.X_13} ${text}`, parts, outcome);
  const predicate = main("let a = 1", "constrain g() Eq 1", "return a");
  const late = main(branch("true", ["return 1"]), "constrain g() Eq 1", "return 2");
  const result = (value: number) => main("let x = g()", `constrain x Eq ${value}`, "return x");
  const one = back("latency_us <= 1"), none = back("latency_us <= 0");
  return [
    on("40", q.WITHIN, FALSE, refuses, calls(), forth(), one),
    on("41", q.BOUND, CONTRACT, refuses, calls(), forth(), none),
    on("42", q.WITHIN, FALSE, refuses, calls(), forth("latency_us <= 3"), back("latency_us >= 3")),
    on("43", q.CON_03, ONE, callee(1), result(1), forth(), one),
    on("44", q.CON_03, FALSE, callee(1), result(2), forth(), one),
    on("45", q.BOUND, CONTRACT, callee(1), result(2), forth(), none),
    on("46", q.BOUND, ONE, callee(1), predicate, forth(), one),
    on("47", q.BOUND, CONTRACT, callee(1), predicate, forth(), none),
    on("48", q.EXIT, ONE, callee(1), late, forth(), one),
    on("49", q.EXIT, CONTRACT, callee(1), late, forth(), none),
    on("50", q.AFTER_FAILURE, FALSE, callee(1), main("constrain false", "return g()"), none),
    on("51", q.CALLEE_EXIT, CONTRACT, leaves(), calls(), forth(), one),
    on("52", q.CALLEE_EXIT, ONE, leaves(), calls(), forth(), back("latency_us == 2")),
  ];
}

/** Leaves early, and takes a tick for its condition and one for the constraint that it has not reached. */
function leaves(): Part {
  return proc("K::g() -> i64", branch("true", ["return 1"]), "constrain true", "return 2");
}

function effects(): readonly Case[] {
  const loud = proc("K::g() -> i64", "emit 7", "return 1");
  const louder = main("emit 8", "let x = g()", "return x");
  const through = [proc("K::h()", "emit 7"), proc("K::g() -> i64", "call h()", "return 1")];
  const branched = proc("K::g() -> i64", branch("2 Lt 1", ["emit 7"]), "return 1");
  const unused = main("emit 8", branch("2 Lt 1", ["call g()"]), "return 1");
  const on = (id: string, text: string, outcome: string, ...parts: readonly Part[]) =>
    given(`opposite-${id}`, `${q.X_13} ${text}`, parts, outcome);
  const off = "effects_allowed == false";
  const emitted = `emit 7; ${ONE}`;
  return [
    on("60", q.CTR_04, CONTRACT, loud, calls(), forth(GRANT), back()),
    on("61", q.CTR_04, CONTRACT, loud, calls(), forth(), back(GRANT)),
    on("62", q.X_16, emitted, loud, calls(), forth(GRANT), back(GRANT)),
    on("63", q.CTR_01, CONTRACT, loud, calls(), forth(GRANT), back(off)),
    on("64", q.X_16, CONTRACT, callee(1), louder, forth(GRANT), back()),
    on("65", q.X_16, `emit 8; ${ONE}`, callee(1), louder, forth(), back(GRANT)),
    on("66", q.X_16, `emit 8; ${ONE}`, callee(1), louder, forth()),
    on("67", q.X_16, CONTRACT, callee(1), louder, back()),
    on("68", q.X_16, CONTRACT, ...through, calls(), forth(GRANT), back()),
    on("69", q.X_16, emitted, ...through, calls(), forth(GRANT), back(GRANT)),
    on("70", q.X_16, CONTRACT, branched, calls(), forth(GRANT), back()),
    on("71", q.BND_14, `emit 8; ${ONE}`, loud, unused, forth(), back()),
    on("72", q.X_16, ONE, callee(1), calls(), forth(), back()),
    on("73", q.CTR_10, CONTRACT, callee(1), calls(), forth(), back("jitter_us < 5")),
    on("74", q.CTR_10, CONTRACT, callee(1), calls(), forth("jitter_us < 5"), back()),
    on("75", q.BND_14, `emit 8; ${ONE}`, loud, unused, forth(), back("jitter_us < 5")),
  ];
}

/** The binds in two linked artifacts: they mean the same there, in either order of linking. */
function linked(): readonly Case[] {
  const both = (id: string, outcome: string, a: readonly Part[], b: readonly Part[]) =>
    ["ab", "ba"].map((order) => {
      const [first, second] = [artifact(forge("A", ...a)), artifact(forge("B", ...b))];
      const texts = order === "ab" ? [first, second] : [second, first];
      return given(`opposite-${id}-${order}`, `${q.X_13} ${q.BIND_ENDS}`, texts, outcome);
    });
  const own = [callee(2), calls()];
  const far = (...clauses: readonly string[]) => bind("K::main -> B::K::g", ...clauses);
  const toA = (...clauses: readonly string[]) => bind("K::g -> A::K::main", ...clauses);
  const inA = (...clauses: readonly string[]) => bind("A::K::g -> A::K::main", ...clauses);
  return [
    both("80", CONTRACT, [...own, forth()], [inA("latency_us <= 1")]),
    both("81", ONE, [...own, forth("latency_us <= 2")], [inA("latency_us >= 2")]),
    both("82", CONTRACT, [calls(), far()], [callee(2), toA("latency_us <= 1")]),
    both("83", CONTRACT, [calls(), far("latency_us <= 2")], [callee(2), toA("latency_us > 2")]),
    both("84", ONE, [...own, forth()], [callee(2), toA("latency_us <= 1")]),
    both("85", TWICE, [...own, forth()], [bind("A::K::main -> A::K::g", "latency_us <= 9")]),
    both("86", CONTRACT, [calls(), far(GRANT)], [
      proc("K::g() -> i64", "emit 7", "return 1"),
      toA(),
    ]),
    both("87", CONTRACT, [...own, forth()], [back("latency_us <= 1")]),
  ].flat();
}
