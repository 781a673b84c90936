/**
 * A second round: `match`, scopes of constraints, sealed names, measurements in callees, and what Φ solves.
 *
 * @module
 */
import { bind, branch, count, loop, proc, program, shape } from "../../support/program.ts";
import { agree, type Case, main, returned } from "./table.ts";

// covers: K-11, FAI-11, TYP-13
Deno.test("second opinion: match, and names of inner bodies", () => {
  agree([
    [program(returned("match 3 { 1 | 2 => 10, x => x Add 1 }")), '{"Int":4}'],
    [program(returned("match 3 { 1 | 2 => 10 }")), "run DR0806"],
    [program(returned("match 1 { 1 => 10, _ => 1 Div 0 }")), '{"Int":10}'],
    [program(returned("match -1 { -1 => 1, _ => 2 }")), '{"Int":1}'],
    [
      program(
        main(
          "let x = 1",
          branch("true", ["let x = 5", "constrain x Eq 5"]),
          "constrain x Eq 1",
          "return x",
        ),
      ),
      '{"Int":1}',
    ],
    [
      program(main("let y = 1", branch("true", ["constrain y Eq 5", "let y = 5"]), "return 0")),
      '{"Int":0}',
    ],
    [
      program(main("let y = 1", branch("true", ["emit y", "let y = 5", "emit y"]), "return 0")),
      'emit 1; emit 5; {"Int":0}',
    ],
    [
      program(
        main("let n = 0", loop("n Lt 2", ["set n = n Add 1", "let z = n", "emit z"]), "return n"),
      ),
      'emit 1; emit 2; {"Int":2}',
    ],
  ]);
});

// covers: EFF-16, EFF-15, Q-10, CTR-03
Deno.test("second opinion: sealed names, and measurements in callees", () => {
  const state = shape("S { id: i64 }");
  const meas = proc("Q::meas(q: S) -> i64 linear", "observe q", "return q.id");
  const seen = (id: number) =>
    `observe {"Struct":{"ty":"S","fields":{"id":{"Int":${id}}}}}; {"Int":${id}}`;
  const granted = bind("K::main -> Q::meas", "effects_allowed == true");
  const q: Case[2] = { entry: "f", args: { q: { id: 3 } } };
  agree([
    [
      program(main("let x = 0", count("i in 0..2", ["set x = i", "seal x"]), "return x")),
      "static DR0215",
    ],
    [
      program(main("let x = 0", branch("false", ["seal x"]), "set x = 1", "return x")),
      "static DR0215",
    ],
    [
      program(main("let x = 0", branch("true", ["seal x"], ["set x = 1"]), "return x")),
      'seal 0; {"Int":0}',
    ],
    [program(state, meas, main("return meas(S{id: 1}) Add 1"), granted), "static DR0504"],
    [program(state, meas, main("return meas(S{id: 1})"), granted), seen(1)],
    [program(state, meas, main("return meas(S{id: 1})"), bind("K::main -> Q::meas")), "run DR0690"],
    [program(state, meas, proc("Q::f(q: S) -> i64 linear", "return meas(q)")), seen(3), q],
    [
      program(state, meas, proc("Q::f(q: S) -> i64 linear", "return meas(q) Add 1")),
      "static DR0504",
      q,
    ],
  ]);
});

// covers: PHI-09, PHI-08, PHI-12, CTR-05
Deno.test("second opinion: what Φ solves", () => {
  const v = (head: string, outcome: string, ...body: readonly string[]): Case => [
    program(proc(`Φ::v${head}`, ...body)),
    outcome,
    { entry: "v" },
  ];
  const n = "(n: i64) -> i64";
  const h = proc("K::h(n: i64) -> i64", "let a = n Add 1", "return a");
  const calls = (clause: string, outcome: string): Case => [
    program(
      h,
      proc("Φ::v(n: i64) -> i64", "constrain h(n) Gt 5", "return n"),
      bind("Φ::v -> K::h", clause),
    ),
    outcome,
    { entry: "v" },
  ];
  agree([
    v(n, '{"Int":-1}', "constrain match n { 0 => false, 1 => false, _ => true }", "return n"),
    v(n, '{"Int":3}', "constrain match n { 3 => true }", "return n"),
    v(n, '{"Int":-2}', "constrain n Shl 2 Eq -8", "return n"),
    v(n, '{"Int":-6}', "constrain n Div 3 Eq -2", "return n"),
    v(
      "(n: u8) -> i64",
      '{"Int":24}',
      "constrain n BitAnd 12 Eq 8",
      "constrain n Gt 16",
      "return n",
    ),
    v("(n: i8) -> i64", '{"Int":-97}', "constrain n BitXor 5 Lt -100", "return n"),
    v(
      "(n: i64, d: i8) -> i64",
      '{"Int":-2}',
      "constrain n Eq 7",
      "constrain n Div d Eq -3",
      "return d",
    ),
    v(
      "(a: bool, b: bool, n: u8) -> u8",
      '{"Int":0}',
      "constrain (a Eq b) Eq (n Gt 200)",
      "constrain a Or b",
      "return n",
    ),
    v("(n: [i64; 2]) -> i64", "run DR1002", "return n[0]"),
    v(n, "run DR0791", "uses Timer(deadline_us=0)", "constrain n Gt 1", "return n"),
    calls("latency_us <= 1", '{"Int":5}'),
    calls("latency_us < 1", "run DR0691"),
    calls("colour == 1", "run DR0693"),
  ]);
});
