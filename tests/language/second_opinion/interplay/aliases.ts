/**
 * Aliases of types: used or not, in chains, and against ranges, shapes, arrays and literals.
 *
 * @module
 */
import { branch, type Json, type Part, proc, program, shape } from "../../../support/program.ts";
import { type Case, given, main } from "./table.ts";
import * as q from "./quotes.ts";

const REFUSED = "static DirValidate";

export const ALIASES: readonly Case[] = aliases();

/** The program of one forge, with these types declared beside it. */
function typed(
  types: readonly (readonly [name: string, kind: Json])[],
  ...parts: readonly Part[]
): string {
  const declared = types.map(([name, kind]) => ({ name, kind }));
  return JSON.stringify({ ...JSON.parse(program(...parts)), types: declared });
}

function alias(name: string, target: string): readonly [string, Json] {
  return [name, { Alias: { target } }];
}

function aliases(): readonly Case[] {
  const rule = q.ALIASES;
  const money = proc("K::main(n: Money) -> Money", "return n Add 1");
  const small = proc("K::f(n: Small) -> i64", "return 1");
  const P = shape("P { x: i64 }");
  const seven = { args: { n: 6 } };
  return [
    given("alias-01", rule, [typed([alias("Money", "i64")], money)], '{"Int":7}', seven),
    given("alias-02", rule, [typed([alias("Money", "Missing")], main("return 1"))], REFUSED),
    given("alias-03", rule, [typed([alias("A", "B"), alias("B", "A")], main("return 1"))], REFUSED),
    given("alias-04", rule, [typed([alias("A", "A")], main("return 1"))], REFUSED),
    given(
      "alias-05",
      `${rule} DIR-13`,
      [typed([alias("Money", "Cash"), alias("Cash", "Coin"), alias("Coin", "i64")], money)],
      '{"Int":7}',
      seven,
    ),
    given(
      "alias-06",
      `${rule} DIR-13`,
      [typed([alias("Coin", "i64"), alias("Cash", "Coin"), alias("Money", "Cash")], money)],
      '{"Int":7}',
      seven,
    ),
    given("alias-07", `${rule} ${q.TYP_15}`, [
      typed([alias("Small", "i8")], small, main("let n = 100", "let m = n Add 100", "return f(m)")),
    ], "run Runtime"),
    given("alias-08", `${rule} ${q.TYP_15}`, [
      typed([alias("Small", "i8")], small, main("let n = 100", "let m = n Add 27", "return f(m)")),
    ], '{"Int":1}'),
    given("alias-09", `${rule} TYP-07`, [
      typed(
        [alias("Pt", "P")],
        P,
        proc("K::f(p: Pt) -> i64", "return p.x"),
        main("return f(P{x: 4})"),
      ),
    ], '{"Int":4}'),
    given("alias-10", rule, [
      typed(
        [alias("Row", "[i64; 2]")],
        proc("K::f(r: Row) -> i64", "return r[1]"),
        main("return f([4, 5])"),
      ),
    ], '{"Int":5}'),
    given("alias-11", `${rule} ${q.UNSIZED}`, [
      typed(
        [alias("Row", "[i64; 0]")],
        proc("K::f(r: Row) -> i64", "return r[2]"),
        main("return f([4, 5, 6])"),
      ),
    ], '{"Int":6}'),
    given("alias-12", `${rule} ${q.LITERALS}`, [
      typed([alias("Real", "f64")], proc("K::main() -> Real", "let x = 7", "return x Div 2")),
    ], '{"Float":3.5}'),
    given(
      "alias-13",
      rule,
      [typed(
        [alias("Money", "i64"), alias("Cash", "Int")],
        proc("K::f(c: Cash) -> i64", "return c"),
        proc("K::main(n: Money) -> i64", "return f(n)"),
      )],
      '{"Int":6}',
      seven,
    ),
    given(
      "alias-14",
      rule,
      [typed(
        [alias("Flag", "bool")],
        proc("K::main(n: Flag) -> i64", branch("n", ["return 1"]), "return 2"),
      )],
      '{"Int":1}',
      { args: { n: true } },
    ),
    given("alias-15", rule, [
      typed(
        [alias("Pt", "Missing")],
        P,
        proc("K::f(p: P) -> i64", "return p.x"),
        main("return f(P{x: 4})"),
      ),
    ], REFUSED),
    given("alias-16", rule, [
      typed(
        [["T", { Struct: { fields: [{ name: "x", ty: "Money" }] } }], alias("Money", "i64")],
        proc("K::f(t: T) -> i64", "return t.x"),
        main("return f(T{x: 4})"),
      ),
    ], '{"Int":4}'),
    given("alias-17", rule, [typed([alias("Money", "i64")], main("return 1"))], '{"Int":1}'),
  ];
}
