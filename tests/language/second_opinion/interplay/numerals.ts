/**
 * One type for a literal from all its uses: against lets, branches, assignment, arrays, calls, shapes, demands for integers;
 * and the rounding of number text.
 *
 * @module
 */
import {
  branch,
  count,
  loop,
  type Part,
  proc,
  shape,
  type Statement,
} from "../../../support/program.ts";
import { type Case, given, main } from "./table.ts";
import * as q from "./quotes.ts";

const STATIC = "static DirValidate";
const HALF = '{"Float":3.5}';

/** `K::main() -> f64` with this body. */
function float(
  id: string,
  rests: string,
  outcome: string,
  body: readonly Statement[],
  ...parts: readonly Part[]
): Case {
  return given(id, rests, [...parts, proc("K::main() -> f64", ...body)], outcome);
}

/** `K::main() -> i64` with this body. */
function whole(
  id: string,
  rests: string,
  outcome: string,
  body: readonly Statement[],
  ...parts: readonly Part[]
): Case {
  return given(id, rests, [...parts, main(...body)], outcome);
}

const SEVEN = "let x = 7";
const F = proc("K::f(x: f64) -> f64", "return x");
const V = shape("V { v: f64 }");

export const NUMERALS: readonly Case[] = [
  float("num-01", q.LITERALS, HALF, [SEVEN, "return x Div 2"]),
  whole("num-02", `${q.UNDECIDED} ${q.TYP_17}`, '{"Int":3}', [SEVEN, "return x Div 2"]),
  float("num-03", q.LITERALS, HALF, ["let x = 3", "let y = x Add 0.5", "return y"]),
  float("num-04", q.LITERALS, HALF, [SEVEN, "let y = x Div 2", "let z = y", "return z"]),
  float("num-05", q.LITERALS, 'emit 3.5; {"Float":3.5}', [
    SEVEN,
    "let y = x Div 2",
    "emit y",
    "return y",
  ]),
  whole("num-06", q.DEMANDS, 'emit 3; {"Int":0}', [SEVEN, "let y = x Div 2", "emit y", "return 0"]),
  float("num-07", q.LITERALS, '{"Float":2.5}', [
    "let x = 1",
    branch("1 Lt 2", ["set x = 2.5"]),
    "return x",
  ]),
  float("num-08", q.LITERALS, '{"Float":0.5}', [
    "let x = 1",
    branch("2 Lt 1", ["set x = 2.5"]),
    "return x Div 2",
  ]),
  whole("num-09", q.LITERALS, 'emit 0.5; {"Int":0}', [
    "let x = 1",
    branch("2 Lt 1", ["set x = 2.5"]),
    "emit x Div 2",
    "return 0",
  ]),
  float("num-10", q.LITERALS, HALF, [SEVEN, "let y = x Div 2", "return f(y)"], F),
  whole("num-11", q.LITERALS, 'emit 3.5; {"Int":0}', [
    SEVEN,
    "let y = x Div 2",
    "emit y",
    "let z = f(y)",
    "return 0",
  ], F),
  float("num-12", q.LITERALS, HALF, [SEVEN, "let p = V{v: x Div 2}", "return p.v"], V),
  given(
    "num-13",
    q.LITERALS,
    [proc("K::main() -> bool", SEVEN, "return (x Div 2) Eq 3.5")],
    '{"Bool":true}',
  ),
  given(
    "num-14",
    q.LITERALS,
    [proc("K::main() -> bool", SEVEN, "return (x Div 2) Lt 3.5")],
    '{"Bool":false}',
  ),
  given(
    "num-15",
    q.LITERALS,
    [main(SEVEN, "constrain (x Div 2) Gt 3.25", "return 1")],
    '{"Int":1}',
  ),
  float("num-16", q.LITERALS, HALF, ["let a = [7, 1]", "return a[0] Div 2"]),
  float("num-17", q.LITERALS, '{"Float":3.75}', [
    "let a = [7, 0.25]",
    "let b = a[0] Div 2",
    "return b Add a[1]",
  ]),
  float("num-18", q.LITERALS, HALF, [SEVEN, "let a = [x, 1]", "return a[0] Div 2"]),
  float("num-20", q.LITERALS, HALF, [
    SEVEN,
    "let n = 0",
    loop("n Lt 1", ["set x = x Div 2", "set n = n Add 1"]),
    "return x",
  ]),
  whole("num-21", q.DEMANDS, STATIC, [
    SEVEN,
    "let y = x Add 0.5",
    "let z = x BitAnd 1",
    "return z",
  ]),
  whole("num-22", q.DEMANDS, STATIC, [
    "let i = 1",
    "let y = i Add 0.5",
    "let a = [4, 5]",
    "return a[i]",
  ]),
  whole("num-23", q.DEMANDS, STATIC, [
    "let n = 3",
    "let y = n Add 0.5",
    count("i in 0..n", ["expr i"]),
    "return 0",
  ]),
  whole("num-24", q.DEMANDS, STATIC, ["let s = 1", "let y = s Add 0.5", "return 8 Shl s"]),
  whole("num-25", q.DEMANDS, '{"Int":5}', ["let i = 1", "let a = [4, 5]", "return a[i]"]),
  given(
    "num-26",
    q.DEMANDS,
    [proc(
      "K::main(p: i64) -> i64",
      "let x = 1",
      "let y = x Add p",
      "let z = x Add 0.5",
      "return y",
    )],
    STATIC,
    { args: { p: 1 } },
  ),
  given("num-27", q.DEMANDS, [proc("K::main(p: i64) -> f64", "return p Add 0.5")], STATIC, {
    args: { p: 1 },
  }),
  given("num-28", q.DEMANDS, [proc("K::main(p: i64) -> f64", "let x = p", "return x")], STATIC, {
    args: { p: 1 },
  }),
  float("num-29", q.DEMANDS, STATIC, ["let a = [7, 8]", "let i = a[0] BitOr 1", "return a[1]"]),
  whole("num-30", q.DEMANDS, STATIC, ["let x = true", "return x Add 1"]),
  whole("num-31", q.LITERALS, '{"Int":3}', [
    SEVEN,
    "let y = 7",
    "let z = y Div 2.0",
    "return x Div 2",
  ]),
  float("num-32", q.LITERALS, HALF, [
    SEVEN,
    branch("1 Lt 2", ["let y = x Div 2", "return y"]),
    "return 0",
  ]),
  given("num-33", `${q.BINDINGS} ${q.LITERALS}`, [
    proc(
      "K::main() -> f64",
      SEVEN,
      branch("1 Lt 2", ["let x = 5 BitAnd 4", "emit x"]),
      "return x Div 2",
    ),
  ], 'emit 4; {"Float":3.5}'),
];
