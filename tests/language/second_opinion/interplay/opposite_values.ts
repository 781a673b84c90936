/**
 * A bind in each direction between two processes: values that it moves, witnesses that cross it, and gates.
 *
 * @module
 */
import {
  artifact,
  bind,
  branch,
  forge,
  loop,
  type Part,
  proc,
  type Statement,
} from "../../../support/program.ts";
import { H, MAKE, S } from "./handed.ts";
import { type Case, given, main } from "./table.ts";
import { CONTRACT, FALSE, ONE } from "./time.ts";
import { recorded } from "./witnesses.ts";
import * as q from "./quotes.ts";

const MOVED = "static Inadmissible";
const ENFORCED = "linearity_enforced == true", RELAXED = "linearity_enforced == false";
const GRANT = "witness_transfer == true", EFFECTS = "effects_allowed == true";

/** The binds `a -> b` and `b -> a`. */
const between = (a: string, b: string, forth: readonly string[], back: readonly string[]) => [
  bind(`${a} -> ${b}`, ...forth),
  bind(`${b} -> ${a}`, ...back),
];

export const OPPOSITE_VALUES: readonly Case[] = [
  ...moves(),
  ...witnesses(),
  ...handedWitnesses(),
  ...gates(),
  ...otherRegimes(),
];

/** Values that `K::main` hands to `K::g`; the bind back says what is moved, unless the case says otherwise. */
function moves(): readonly Case[] {
  const RULE = `${q.X_13} ${q.HANDED} ${q.NO_USE}`;
  const g = proc("K::g(s: S) -> i64", "return s.id");
  const parts = (body: readonly Statement[], back = ENFORCED, forth = RELAXED) => [
    ...[S, H, g, main(...body)],
    ...between("K::main", "K::g", [forth], [back]),
  ];
  const on = (id: string, outcome: string, ...body: readonly Statement[]) =>
    given(`opposite-${id}`, RULE, parts(body), outcome);
  const GIVE = "let r = g(q)";
  const again = [MAKE, GIVE, "return q.id"];
  const f = (...body: readonly string[]) => proc("K::f(s: S) -> i64", "let x = g(s)", ...body);
  const through = (id: string, outcome: string, ...last: readonly string[]) =>
    given(
      `opposite-${id}`,
      RULE,
      [
        ...[S, g, f("return x"), main(MAKE, "let y = f(q)", ...last)],
        ...between("K::f", "K::g", [], [ENFORCED]),
      ],
      outcome,
    );
  const linked = (id: string, outcome: string, ...last: readonly string[]) => {
    const a = artifact(forge("A", S, main(MAKE, GIVE, ...last), g, bind("K::main -> K::g")));
    const b = artifact(forge("B", bind("A::K::g -> A::K::main", ENFORCED)));
    return [
      given(`opposite-${id}-ab`, `${RULE} ${q.LINKED}`, [a, b], outcome),
      given(`opposite-${id}-ba`, `${RULE} ${q.LINKED}`, [b, a], outcome),
    ];
  };
  return [
    on("100", MOVED, ...again),
    given("opposite-101", RULE, parts(again, RELAXED, ENFORCED), MOVED),
    given("opposite-102", q.X_18, parts(again, RELAXED, RELAXED), ONE),
    given("opposite-103", `${q.X_13} ${q.X_18}`, parts(again, "effects_allowed == true"), ONE),
    on("104", ONE, MAKE, GIVE, "return r"),
    on("105", ONE, "let a = g(S{id: 1})", "let b = g(S{id: 1})", "return b"),
    on("106", MOVED, MAKE, "let p = q", GIVE, "return p.id"),
    on("107", MOVED, MAKE, "let h = H{s: q, k: 1}", GIVE, "return h.s.id"),
    on("108", ONE, MAKE, GIVE, "constrain q.id Eq 1", "return r"),
    on("109", FALSE, MAKE, GIVE, "constrain q.id Eq 2", "return r"),
    on("110", ONE, MAKE, GIVE, "prove w from q", "return r"),
    on("111", MOVED, MAKE, loop("g(q) Lt 0", []), "return 1"),
    on("112", MOVED, MAKE, branch("1 Lt 2", ["call g(q)"]), "return q.id"),
    on("113", ONE, MAKE, branch("1 Lt 2", [GIVE, "return r"]), "return q.id"),
    on("114", ONE, MAKE, "constrain g(q) Eq 1", "return q.id"),
    on("115", MOVED, MAKE, "return g(q) Add g(q)"),
    through("116", ONE, "return y"),
    through("117", MOVED, "return q.id"),
    ...linked("118", MOVED, "return q.id"),
    ...linked("119", ONE, "return r"),
  ];
}

/** Witnesses that `Φ::v` returns to `K::main`. */
function witnesses(): readonly Case[] {
  const holds = proc(
    "Φ::v(n: i64) -> PhiWitness",
    "constrain n Gt 0",
    "prove w from n",
    "return w",
  );
  const plain = proc("Φ::v(n: i64) -> i64", "constrain n Gt 0", "prove w from n", "return n");
  const seals = proc("Φ::v(n: i64) -> i64", "prove w from n", "seal w", "return n");
  const takes = (value: number) => main(`let r = v(${value})`, "return 5");
  const RULE = `${q.X_13} ${q.WIT_05} ${q.CTR_04}`;
  type Clauses = readonly string[];
  const parts = (v: Part, value: number, forth: Clauses, back: Clauses) => [
    ...[v, takes(value)],
    ...between("K::main", "Φ::v", forth, back),
  ];
  const on = (id: string, outcome: string, v: Part, value: number, forth: Clauses, back: Clauses) =>
    given(`opposite-${id}`, RULE, parts(v, value, forth, back), outcome);
  const RECORD = '["n Gt 0"] {"n":{"Int":5}}';
  const late = [GRANT, "latency_us <= 1"];
  return [
    on("120", CONTRACT, holds, 5, [GRANT], []),
    on("121", CONTRACT, holds, 5, [], [GRANT]),
    on("122", CONTRACT, holds, 5, [GRANT], ["witness_transfer == false"]),
    recorded("opposite-123", RULE, parts(holds, 5, [GRANT], [GRANT]), RECORD),
    recorded("opposite-124", RULE, parts(plain, 5, [], []), RECORD),
    on("125", FALSE, holds, 0, [GRANT], []),
    on("126", FALSE, holds, 0, [GRANT], ["latency_us <= 0"]),
    on("127", CONTRACT, holds, 5, [GRANT], late),
    on("128", CONTRACT, plain, 5, ["latency_us <= 9"], ["latency_us <= 1"]),
    on("129", CONTRACT, seals, 5, [EFFECTS], []),
    on("130", CONTRACT, seals, 5, [], [EFFECTS]),
  ];
}

/** A witness that `K::main` has from `Φ::p` and hands to `Φ::t`. */
function handedWitnesses(): readonly Case[] {
  const proves = proc("Φ::p(n: i64) -> PhiWitness", "prove w from n", "return w");
  const takes = proc("Φ::t(w: PhiWitness) -> i64", "return 1");
  const hands = main("let w = p(1)", "let x = t(w)", "return x");
  const from = bind("Φ::p -> K::main", GRANT);
  const on = (id: string, outcome: string, ...ends: readonly Part[]) =>
    given(
      `opposite-${id}`,
      `${q.X_13} ${q.WIT_05} ${q.BND_04_FLOW}`,
      [proves, takes, hands, from, ...ends],
      outcome,
    );
  const pair = (forth: readonly string[], back: readonly string[]) =>
    between("K::main", "Φ::t", forth, back);
  return [
    on("131", ONE, bind("K::main -> Φ::t", GRANT)),
    on("132", CONTRACT, bind("Φ::t -> K::main", GRANT)),
    on("133", ONE, ...pair([GRANT], [GRANT])),
    on("134", CONTRACT, ...pair([GRANT], [])),
    on("135", CONTRACT, ...pair([], [GRANT])),
  ];
}

/** `Φ::v` is bound to `K::main` in both directions, and is called or not. */
function gates(): readonly Case[] {
  const open = (...uses: readonly string[]) =>
    proc("Φ::v(n: i64) -> i64", ...uses, "constrain n Gt 0", "return n");
  const shut = (...uses: readonly string[]) =>
    proc("Φ::v(n: i64) -> i64", ...uses, "constrain n Gt 5", "constrain n Lt 5", "return n");
  const silent = main("return 1"), asks = main("return v(1)");
  const on = (
    id: string,
    outcome: string,
    [v, k]: readonly Part[],
    forth: readonly string[] | undefined,
    back: readonly string[] | undefined,
    input: Parameters<typeof given>[4] = {},
  ) =>
    given(
      `opposite-${id}`,
      `${q.X_12} ${q.X_14}`,
      [
        ...[v, k].flatMap((part) => part === undefined ? [] : [part]),
        ...(forth === undefined ? [] : [bind("K::main -> Φ::v", ...forth)]),
        ...(back === undefined ? [] : [bind("Φ::v -> K::main", ...back)]),
      ],
      outcome,
      input,
    );
  const SENSOR = "uses Sensor(id=1)";
  const none = { environment: { resources: [] } };
  return [
    on("140", FALSE, [shut(), silent], [], []),
    on("141", ONE, [open(), silent], [], []),
    on("142", ONE, [shut(), silent], [], undefined),
    on("143", FALSE, [shut(), silent], undefined, []),
    on("144", CONTRACT, [open(), asks], [], ["latency_us <= 0"]),
    on("145", CONTRACT, [open(), asks], ["latency_us <= 0"], []),
    on("146", ONE, [open(), asks], ["latency_us <= 1"], ["latency_us <= 1"]),
    on("147", FALSE, [shut(), asks], ["latency_us <= 0"], ["latency_us <= 0"]),
    on("148", ONE, [open(), silent], ["jitter_us < 5"], []),
    on("149", CONTRACT, [open(), asks], [], ["jitter_us < 5"]),
    on("150", "run ResourceUnavailable", [open(SENSOR), silent], [], [], none),
    on("151", ONE, [open(SENSOR), silent], [], undefined, none),
    on("152", "run ResourceUnavailable", [shut(SENSOR), silent], [], [], none),
  ];
}

/** Calls within Q and within Φ, and from K into Q. */
function otherRegimes(): readonly Case[] {
  const inner = proc("Q::b(q: S) -> i64 linear", "let n = q.id", "return n");
  const outer = proc("Q::a(q: S) -> i64 linear", "let m = b(q)", "return m");
  const runs = main("return a(S{id: 1})");
  const quantum = (id: string, outcome: string, back: string) =>
    given(
      `opposite-${id}`,
      `${q.X_13} ${q.BOUND}`,
      [S, inner, outer, runs, bind("K::main -> Q::a"), ...between("Q::a", "Q::b", [], [back])],
      outcome,
    );
  const logical = (id: string, outcome: string, value: number, back: string) =>
    given(
      `opposite-${id}`,
      `${q.X_13} ${q.PHI_CALL}`,
      [
        proc("Φ::u(n: i64) -> i64", "constrain n Gt 0", "return n"),
        proc("Φ::v(n: i64) -> i64", "let m = u(n)", "return m"),
        main(`return v(${value})`),
        bind("K::main -> Φ::v"),
        ...between("Φ::v", "Φ::u", [], [back]),
      ],
      outcome,
    );
  const tag = proc("Q::tag(q: S) -> i64 linear", "return q.id");
  const crosses = (id: string, outcome: string, back: string, last: string) =>
    given(
      `opposite-${id}`,
      `${q.X_13} ${q.HANDED} ${q.X_18}`,
      [S, tag, main(MAKE, "let r = tag(q)", last), ...between("K::main", "Q::tag", [], [back])],
      outcome,
    );
  return [
    quantum("160", CONTRACT, "latency_us <= 0"),
    quantum("161", ONE, "latency_us <= 1"),
    logical("162", CONTRACT, 1, "latency_us <= 0"),
    logical("163", ONE, 1, "latency_us <= 1"),
    logical("164", FALSE, 0, "latency_us <= 0"),
    crosses("165", MOVED, ENFORCED, "return q.id"),
    crosses("166", ONE, RELAXED, "return q.id"),
    crosses("167", ONE, ENFORCED, "return r"),
    crosses("168", CONTRACT, "latency_us >= 1", "return r"),
  ];
}
