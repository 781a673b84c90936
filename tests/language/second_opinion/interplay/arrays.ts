/**
 * Arrays of any length, `[T; 0]`: index, equality, parameters, results, shapes, nesting, Φ, arguments, assignment.
 *
 * @module
 */
import { branch, count, type Part, proc, shape, type Statement } from "../../../support/program.ts";
import { type Case, given, main } from "./table.ts";
import * as q from "./quotes.ts";

const STATIC = "static DirValidate";
const RUNTIME = "run Runtime";
const TRUE = '{"Bool":true}';
const FALSE = '{"Bool":false}';
const RULE = `${q.UNSIZED} ${q.UNSIZED_INDEX}`;

const AT = proc("K::at(xs: [i64;0], i: i64) -> i64", "return xs[i]");
const EQUAL = proc("K::eq(a: [i64;0], b: [i64;0]) -> bool", "return a Eq b");
const TWO = proc("K::two(xs: [i64;2]) -> i64", "return xs[1]");
const MAKE = proc(
  "K::make(n: i64) -> [i64;0]",
  branch("n Eq 2", ["return [7, 8]"]),
  "return [7, 8, 9]",
);
const BOX = shape("Box { xs: [i64;0] }");

function arrays(
  id: string,
  outcome: string,
  parts: readonly Part[],
  ...body: readonly Statement[]
): Case {
  return given(id, RULE, [...parts, main(...body)], outcome);
}

/** `K::main() -> bool` returns this. */
function bool(id: string, outcome: string, parts: readonly Part[], expr: string): Case {
  return given(id, RULE, [...parts, proc("K::main() -> bool", `return ${expr}`)], outcome);
}

export const ARRAYS: readonly Case[] = [
  arrays("array-01", '{"Int":3}', [AT], "return at([1, 2, 3], 2)"),
  arrays("array-02", RUNTIME, [AT], "return at([1, 2, 3], 3)"),
  arrays("array-03", RUNTIME, [AT], "return at([1, 2, 3], -1)"),
  arrays("array-04", '{"Int":9}', [AT], "return at([7], 0) Add at([1, 2], 1)"),
  arrays("array-05", RUNTIME, [AT], "emit 1", "let x = at([7], 1)", "return x"),
  arrays(
    "array-06",
    '{"Int":6}',
    [AT],
    "let t = 0",
    count("i in 0..3", ["let x = at([1, 2, 3], i)", "set t = t Add x"]),
    "return t",
  ),
  arrays(
    "array-07",
    RUNTIME,
    [AT],
    "let t = 0",
    count("i in 0..4", ["let x = at([1, 2, 3], i)", "set t = t Add x"]),
    "return t",
  ),
  bool("array-10", FALSE, [EQUAL], "eq([1, 2], [1, 2, 3])"),
  bool("array-11", TRUE, [EQUAL], "eq([1, 2, 3], [1, 2, 3])"),
  bool("array-12", FALSE, [EQUAL], "eq([1, 2], [2, 1])"),
  bool(
    "array-13",
    TRUE,
    [proc("K::ne(a: [i64;0], b: [i64;0]) -> bool", "return a Ne b")],
    "ne([1, 2], [1])",
  ),
  given("array-14", RULE, [
    proc("K::f(a: [i64;0], b: [i64;0]) -> i64", "constrain a Eq b", "return 1"),
    main("return f([1], [1, 2])"),
  ], "run Inadmissible"),
  given("array-15", RULE, [
    proc("K::f(a: [i64;0], b: [i64;0]) -> i64", "constrain a Ne b", "return 1"),
    main("return f([1], [1, 2])"),
  ], '{"Int":1}'),
  arrays(
    "array-20",
    STATIC,
    [TWO, proc("K::f(xs: [i64;0]) -> i64", "return two(xs)")],
    "return f([1, 2])",
  ),
  arrays(
    "array-21",
    '{"Int":2}',
    [AT, TWO],
    "let xs = [1, 2]",
    "let a = at(xs, 1)",
    "return two(xs)",
  ),
  arrays("array-22", '{"Int":8}', [MAKE], "let ys = make(2)", "return ys[1]"),
  arrays("array-23", '{"Int":9}', [MAKE], "let ys = make(3)", "return ys[2]"),
  arrays("array-24", RUNTIME, [MAKE], "let ys = make(2)", "return ys[2]"),
  arrays("array-25", STATIC, [MAKE, TWO], "let ys = make(2)", "return two(ys)"),
  arrays("array-26", '{"Int":9}', [MAKE, AT], "let ys = make(3)", "return at(ys, 2)"),
  arrays("array-27", '{"Int":9}', [MAKE], "let ys = make(2)", "set ys = make(3)", "return ys[2]"),
  given("array-28", `${RULE} K-10: "keeps its type"`, [
    main("let xs = [1, 2]", "set xs = [1, 2, 3]", "return xs[0]"),
  ], STATIC),
  arrays(
    "array-29",
    '{"Int":3}',
    [],
    "local mut xs: [i64; 0]",
    "let xs = [1, 2]",
    "set xs = [1, 2, 3]",
    "return xs[2]",
  ),
  bool("array-30", TRUE, [MAKE, EQUAL], "eq(make(2), [7, 8])"),
  bool("array-31", FALSE, [MAKE, EQUAL], "eq(make(2), make(3))"),
  arrays("array-32", RUNTIME, [MAKE], "let ys = make(2)", "constrain ys[2] Gt 0", "return 1"),
  arrays(
    "array-33",
    "run Inadmissible",
    [MAKE],
    "let ys = make(3)",
    "constrain ys[2] Gt 9",
    "return 1",
  ),
  arrays(
    "array-34",
    RUNTIME,
    [MAKE],
    "let ys = make(2)",
    branch("true", ["return 1"]),
    "constrain ys[2] Gt 0",
    "return 2",
  ),
  arrays(
    "array-40",
    '{"Int":5}',
    [BOX, proc("K::f(b: Box) -> i64", "return b.xs[1]")],
    "return f(Box{xs: [4, 5]})",
  ),
  arrays(
    "array-41",
    RUNTIME,
    [BOX, proc("K::f(b: Box) -> i64", "return b.xs[2]")],
    "return f(Box{xs: [4, 5]})",
  ),
  bool(
    "array-42",
    FALSE,
    [BOX, proc("K::f(a: Box, b: Box) -> bool", "return a Eq b")],
    "f(Box{xs: [4]}, Box{xs: [4, 5]})",
  ),
  bool(
    "array-43",
    TRUE,
    [BOX, proc("K::f(a: Box, b: Box) -> bool", "return a Eq b")],
    "f(Box{xs: [4, 5]}, Box{xs: [4, 5]})",
  ),
  arrays("array-44", STATIC, [BOX, TWO], "let b = Box{xs: [4, 5]}", "return two(b.xs)"),
  arrays("array-45", '{"Int":5}', [BOX, AT], "let b = Box{xs: [4, 5]}", "return at(b.xs, 1)"),
  ...nested(),
  ...elements(),
  ...outside(),
];

function nested(): readonly Case[] {
  const deep = proc("K::f(m: [[i64;0];0], i: i64, j: i64) -> i64", "return m[i][j]");
  const rows = proc("K::f(m: [[i64;0];2]) -> i64", "return m[1][0]");
  return [
    arrays("array-50", '{"Int":3}', [deep], "return f([[1, 2], [3, 4]], 1, 0)"),
    arrays("array-51", RUNTIME, [deep], "return f([[1, 2], [3, 4]], 2, 0)"),
    arrays("array-52", RUNTIME, [deep], "return f([[1, 2], [3, 4]], 1, 2)"),
    arrays("array-53", '{"Int":2}', [rows], "return f([[1], [2]])"),
    arrays("array-54", STATIC, [rows], "return f([[1], [2], [3]])"),
    arrays("array-55", '{"Int":4}', [deep], "return f([[4]], 0, 0)"),
  ];
}

function elements(): readonly Case[] {
  return [
    arrays("array-60", STATIC, [proc("K::f(xs: [bool;0]) -> i64", "return 1")], "return f([1, 2])"),
    given("array-61", `${RULE} ${q.TYP_15}`, [
      proc("K::f(xs: [u8;0]) -> i64", "return 1"),
      main("let n = 200", "let m = n Add 100", "return f([m])"),
    ], RUNTIME),
    given("array-62", `${RULE} ${q.TYP_15}`, [
      proc("K::f(xs: [u8;0]) -> i64", "return 1"),
      main("let n = 200", "let m = n Add 55", "return f([m])"),
    ], '{"Int":1}'),
    given("array-63", `${RULE} ${q.LITERALS}`, [
      proc("K::f(xs: [f64;0]) -> f64", "return xs[0] Div 2"),
      proc("K::main() -> f64", "return f([1, 2])"),
    ], '{"Float":0.5}'),
    given("array-64", `${RULE} ${q.LITERALS}`, [
      proc("K::f(xs: [f64;0]) -> f64", "return xs[1]"),
      proc("K::main() -> f64", "let a = 7", "let xs = [a Div 2, a Div 4]", "return f(xs)"),
    ], '{"Float":1.75}'),
  ];
}

function outside(): readonly Case[] {
  const open = proc("Φ::v(xs: [i64;0]) -> i64", "constrain xs[0] Gt 0", "return xs[0]");
  const beyond = proc("Φ::v(xs: [i64;0]) -> i64", "constrain xs[5] Gt 0", "return 1");
  const entry = proc("K::main(xs: [i64;0]) -> i64", "return xs[2]");
  const PHI_10 = `PHI-10: "A predicate whose evaluation is undefined … never counts as satisfied."`;
  return [
    given("array-70", RULE, [open], "fails", { entry: "v" }),
    given("array-71", RULE, [open], '{"Int":4}', { entry: "v", args: { xs: [4, 5] } }),
    given("array-72", RULE, [open], "run Inadmissible", { entry: "v", args: { xs: [0, 5] } }),
    given("array-73", `${RULE} ${PHI_10}`, [beyond], "run Inadmissible", {
      entry: "v",
      args: { xs: [4, 5] },
    }),
    given("array-74", RULE, [entry], '{"Int":6}', { args: { xs: [4, 5, 6] } }),
    given("array-75", RULE, [entry], RUNTIME, { args: { xs: [4, 5] } }),
    given("array-76", `${RULE} ${q.USAGE}`, [entry], "fails", { args: { xs: [4, true] } }, {
      code: "DR1003",
    }),
  ];
}
