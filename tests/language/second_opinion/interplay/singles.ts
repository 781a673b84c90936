/**
 * `f32`, and decimal text in one rounding.
 *
 * @module
 */
import { proc, shape, type Statement } from "../../../support/program.ts";
import { type Case, given } from "./table.ts";
import * as q from "./quotes.ts";

export const SINGLES: readonly Case[] = [...singles()];

/** `f32`, and decimal text in one rounding. */
function singles(): readonly Case[] {
  const f32 = (
    id: string,
    rests: string,
    outcome: string,
    p: number | bigint,
    ...body: readonly Statement[]
  ): Case => given(id, rests, [proc("K::main(p: f32) -> bool", ...body)], outcome, { args: { p } });
  const both = (id: string, outcome: string, ...body: readonly Statement[]): Case =>
    given(id, q.UNDECIDED, [proc("K::main(p: f32, d: f64) -> bool", ...body)], outcome, {
      args: { p: 16777216, d: 0.5 },
    });
  const TRUE = '{"Bool":true}';
  const FALSE = '{"Bool":false}';
  const STEP = "1.000000059604644775390626";
  const WHOLE = "1152921573326323713";
  return [
    f32("single-01", q.LITERALS, TRUE, 16777216, "let x = 1", "return (p Add x) Eq p"),
    f32(
      "single-02",
      q.LITERALS,
      TRUE,
      16777216,
      "let x = 1",
      "let y = x",
      "let s = p Add y",
      "return s Eq p",
    ),
    f32("single-03", q.LITERALS, FALSE, 16777216, "let x = 2", "return (p Add x) Eq p"),
    f32("single-04", q.ROUNDING, TRUE, 1, `return p Lt ${STEP}`),
    f32("single-05", q.ROUNDING, FALSE, 1, "return p Lt 1.000000059604644775390625"),
    f32("single-06", q.ROUNDING, TRUE, 1, `let x = ${STEP}`, "return p Lt x"),
    f32("single-07", q.ROUNDING, TRUE, 1152921504606846976n, `return p Lt ${WHOLE}`),
    f32("single-08", q.ROUNDING, FALSE, 1152921504606846976n, "return p Lt 1152921573326323712"),
    f32("single-09", q.ROUNDING, TRUE, 1152921504606846976n, `let x = ${WHOLE}`, "return p Lt x"),
    both("single-10", TRUE, "return (p Add d) Eq 16777216.5"),
    both("single-11", TRUE, "return (p Add d) Gt 16777216.25"),
    both("single-12", TRUE, "let s = p Add d", "let x = 16777216", "return s Gt x"),
    given(
      "single-13",
      q.ROUNDING,
      [proc("K::main() -> f64", "return 9007199254740993")],
      '{"Float":9007199254740992.0}',
    ),
    given("single-14", q.ROUNDING, [
      proc(
        "K::main() -> bool",
        "let x = 9007199254740993",
        "let y = x Add 0.0",
        "return x Eq 9007199254740992.0",
      ),
    ], TRUE),
    given("single-15", q.UNDECIDED, [
      proc("K::main() -> bool", "let x = 9007199254740993", "return x Eq 9007199254740992"),
    ], FALSE),
    given("single-16", q.ROUNDING, [
      proc("K::f(x: f32) -> bool", "return x Gt 1.0"),
      proc("K::main() -> bool", `let x = ${STEP}`, "return f(x)"),
    ], TRUE),
    given("single-17", q.ROUNDING, [
      shape("W { v: f32 }"),
      proc("K::f(w: W) -> bool", "return w.v Gt 1.0"),
      proc("K::main() -> bool", `return f(W{v: ${STEP}})`),
    ], TRUE),
    given("single-18", q.ROUNDING, [
      proc("K::f(xs: [f32;1]) -> bool", "return xs[0] Gt 1.0"),
      proc("K::main() -> bool", `return f([${STEP}])`),
    ], TRUE),
    given(
      "single-19",
      `${q.ROUNDING} ${q.EXACT}`,
      [proc("K::main(d: f64) -> f64", "return d")],
      '{"Float":-0.0}',
      { args: { d: -0 } },
    ),
    given("single-20", q.EXACT, [proc("K::main(d: i64) -> i64", "return d")], '{"Int":0}', {
      args: { d: -0 },
    }),
  ];
}
