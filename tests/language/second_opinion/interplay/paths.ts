/**
 * Linear use counted along paths: `match` arms, branches, loops that leave, measurement, mentions that are no uses.
 *
 * @module
 */
import { branch, loop, type Part, proc, shape, type Statement } from "../../../support/program.ts";
import { type Case, given, main } from "./table.ts";
import * as q from "./quotes.ts";

const REFUSED = "static Inadmissible";
const RULE = `${q.PATHS} ${q.X_30}`;
const S = shape("S { id: i64 }");
const P = shape("P { a: i64, b: i64 }");
const STEP = proc("Q::step(q: S) -> S linear", "let n = q.id", "return S{id: n Add 1}");

/** `Q::f(q: S) -> i64` with this body and `q.id` 7. */
function quantum(id: string, outcome: string, ...body: readonly Statement[]): Case {
  const f = proc("Q::f(q: S) -> i64 linear", ...body);
  return given(id, `${RULE} ${q.X_09}`, [S, STEP, f], outcome, {
    entry: "Q::f",
    args: { q: { id: 7 } },
  });
}

/** `Q::f(q: P) -> i64` with this body and `q` 1, 2. */
function pair(id: string, outcome: string, ...body: readonly Statement[]): Case {
  const f = proc("Q::f(q: P) -> i64 linear", ...body);
  return given(id, `${RULE} ${q.X_09}`, [P, f], outcome, {
    entry: "Q::f",
    args: { q: { a: 1, b: 2 } },
  });
}

/** `K::main() -> i64 linear` with `let x = 5`, then this body. */
function linear(id: string, outcome: string, ...body: readonly Statement[]): Case {
  return given(id, RULE, [proc("K::main() -> i64 linear", "let x = 5", ...body)], outcome);
}

const N = "let n = q.id";

export const PATHS: readonly Case[] = [
  quantum("path-01", '{"Int":1}', "return match q.id { 7 => 1, _ => 2 }"),
  quantum("path-02", '{"Int":7}', N, "return match 1 Lt 2 { true => n, false => n }"),
  quantum("path-03", REFUSED, N, "return match 1 Lt 2 { true => n, false => 0 }"),
  quantum(
    "path-04",
    '{"Int":10}',
    N,
    "let m = 3",
    "return match 1 Lt 2 { true => n Add m, false => n Sub m }",
  ),
  quantum("path-05", REFUSED, N, "return match 1 Lt 2 { true => n Add n, false => n }"),
  quantum(
    "path-06",
    REFUSED,
    N,
    "let k = match 1 Lt 2 { true => n, false => n }",
    "return k Add n",
  ),
  quantum(
    "path-07",
    '{"Int":8}',
    N,
    "let k = match 1 Lt 2 { true => 1, false => 2 }",
    "return k Add n",
  ),
  quantum("path-08", '{"Int":7}', "return match 1 Lt 2 { true => q.id, false => q.id Add 1 }"),
  quantum("path-09", REFUSED, "return match q.id { 7 => q.id, _ => 1 }"),
  quantum(
    "path-10",
    '{"Int":8}',
    N,
    "return match 2 Lt 1 { true => n, false => match 1 Lt 2 { true => n Add 1, false => n } }",
  ),
  quantum(
    "path-11",
    REFUSED,
    N,
    "return match 2 Lt 1 { true => n, false => match 1 Lt 2 { true => n Add 1, false => 4 } }",
  ),
  quantum("path-12", REFUSED, N, "let m = 3", "return match 1 Lt 2 { true => n, false => m }"),
  quantum("path-13", REFUSED, N, "return match 1 Lt 2 { true => 1, false => 2 }"),
  quantum(
    "path-14",
    '{"Int":7}',
    "constrain q.id Gt 0",
    "return match 1 Lt 2 { true => q.id, false => q.id }",
  ),
  quantum(
    "path-15",
    "run Inadmissible",
    "constrain q.id Gt 7",
    "return match 1 Lt 2 { true => q.id, false => q.id }",
  ),
  quantum(
    "path-16",
    'observe {"Struct":{"ty":"S","fields":{"id":{"Int":7}}}}; {"Int":7}',
    "observe q",
    "return match q.id { 7 => q.id, _ => 0 }",
  ),
  quantum(
    "path-17",
    'observe {"Struct":{"ty":"S","fields":{"id":{"Int":7}}}}; {"Int":14}',
    "observe q",
    "return q.id Add q.id",
  ),
  quantum("path-18", REFUSED, "observe q", "observe q", "return 0"),
  quantum(
    "path-19",
    '{"Int":8}',
    "let s = step(q)",
    "return match 1 Lt 2 { true => s.id, false => s.id }",
  ),
  quantum(
    "path-20",
    '{"Int":8}',
    "let s = match 1 Lt 2 { true => step(q), false => q }",
    "return s.id",
  ),
  quantum(
    "path-21",
    REFUSED,
    "let s = match 1 Lt 2 { true => step(q), false => S{id: 1} }",
    "return s.id",
  ),
  quantum(
    "path-22",
    REFUSED,
    "let s = match 1 Lt 2 { true => step(q), false => q }",
    "return s.id Add q.id",
  ),
  pair("path-23", '{"Int":1}', "return match 1 Lt 2 { true => q.a, false => q.b }"),
  pair("path-24", REFUSED, "return match q.a { 1 => q.b, _ => 0 }"),
  pair("path-25", REFUSED, "return match 1 Lt 2 { true => q.a Add q.b, false => q.b }"),
  pair("path-26", '{"Int":0}', "constrain q.a Lt q.b", "return match q.a { 2 => 1, _ => 0 }"),
  linear("path-30", '{"Int":5}', branch("1 Lt 2", ["return x"], ["return x Add 1"])),
  linear("path-31", 'emit 5; {"Int":0}', branch("1 Lt 2", ["emit x"], ["expr x"]), "return 0"),
  linear("path-32", REFUSED, branch("1 Lt 2", ["emit x"]), "return x"),
  linear("path-33", 'emit 5; {"Int":0}', branch("1 Lt 2", ["emit x", "return 0"]), "return x"),
  linear("path-34", 'emit 5; {"Int":0}', loop("1 Lt 2", ["emit x", "return 0"]), "return x"),
  linear("path-35", REFUSED, loop("1 Lt 2", ["emit x", "break"]), "return 0"),
  linear("path-36", REFUSED, loop("1 Lt 2", ["emit x", "break"]), "return x"),
  linear(
    "path-37",
    'emit 1; {"Int":5}',
    loop("1 Lt 2", ["let y = 1", "emit y", "break"]),
    "return x",
  ),
  linear(
    "path-38",
    REFUSED,
    loop("1 Lt 2", ["let y = 1", branch("2 Lt 1", ["break"]), "emit y", "break"]),
    "return x",
  ),
  linear(
    "path-39",
    'emit 1; {"Int":5}',
    loop("1 Lt 2", ["let y = 1", branch("1 Lt 2", ["emit y", "break"]), "emit y"]),
    "return x",
  ),
  linear("path-40", '{"Int":5}', loop("true", ["return x"])),
  linear("path-41", REFUSED, loop("2 Lt 1", ["let y = 1", "continue"]), "return x"),
  linear("path-42", REFUSED, loop("2 Lt 1", ["emit x"]), "return 0"),
  linear(
    "path-43",
    '{"Int":5}',
    branch("1 Lt 2", ["return match 1 Lt 2 { true => x, false => x Add 1 }"]),
    "return x",
  ),
  linear(
    "path-44",
    REFUSED,
    branch("1 Lt 2", ["return match 1 Lt 2 { true => x, false => 1 }"]),
    "return x",
  ),
  linear("path-45", '{"Int":6}', "set x = x Add 1", "return x"),
  linear("path-46", '{"Int":6}', branch("1 Lt 2", ["set x = x Add 1"]), "return x"),
  linear(
    "path-47",
    "run Inadmissible",
    branch("1 Lt 2", ["return x"]),
    "constrain x Gt 9",
    "return x",
  ),
  linear("path-48", '{"Int":5}', branch("1 Lt 2", ["return x"]), "constrain x Gt 1", "return x"),
  linear("path-49", REFUSED, branch("1 Lt 2", ["return x"], ["emit 1"]), "return 0"),
  linear("path-50", '{"Int":5}', branch("2 Lt 1", ["let y = 2", "return x Add y"]), "return x"),
  linear("path-51", REFUSED, branch("2 Lt 1", ["let y = 2", "return x"]), "return x"),
  ...reached(),
];

/** Linearity is checked whether reached or not, and before everything that happens. */
function reached(): readonly Case[] {
  const copies = (): Part =>
    proc("Q::bad(q: S) -> i64 linear", "return match 1 Lt 2 { true => q.id, false => 0 }");
  const kept = proc("K::f(n: i64) -> i64 linear", "return match n { 0 => n, _ => 1 }");
  return [
    given("path-60", `${RULE} ${q.X_38}`, [S, copies(), main("emit 1", "return 0")], REFUSED),
    given("path-61", `${RULE} ${q.X_38}`, [kept, main("emit 1", "return 0")], REFUSED),
    given("path-62", `${RULE} Q-04`, [S, copies(), main("constrain false", "return 0")], REFUSED),
    given("path-63", RULE, [
      proc("K::f(n: i64) -> i64 linear", "return match n { 0 => 1, _ => 2 }"),
      main("return f(0)"),
    ], '{"Int":1}'),
    given("path-64", RULE, [
      proc("Φ::v(n: i64) -> i64 linear", "return match 1 Lt 2 { true => n, false => 1 }"),
      main("return 0"),
    ], REFUSED),
  ];
}
