/**
 * Expression text: precedence, spellings, signs, literals, and texts that are not expressions.
 *
 * @module
 */
import { proc, program, shape } from "../../support/program.ts";
import { agree, type Case, main, returned } from "./table.ts";

const int = (expr: string, value: number): Case => [program(returned(expr)), `{"Int":${value}}`];
const bool = (expr: string, value: boolean): Case => [
  program(returned(expr, "bool")),
  `{"Bool":${value}}`,
];
const none = (expr: string, outcome = "DirLoad"): Case => [program(returned(expr)), outcome];

// covers: DIR-16, DIR-17
Deno.test("second opinion: precedence and grouping", () => {
  agree([
    int("1 Add 2 Mul 3", 7),
    int("(1 Add 2) Mul 3", 9),
    int("10 Sub 2 Sub 3", 5),
    int("100 Div 10 Div 2", 5),
    int("2 Mul 3 Div 4", 1),
    int("7 Div 2 Mul 2", 6),
    int("1 Shl 2 Add 1", 8),
    int("1 Shl 2 Shl 3", 32),
    int("6 BitAnd 3 Shl 1", 6),
    int("5 BitXor 1 BitAnd 3", 4),
    int("1 BitOr 2 BitXor 3", 1),
    int("4 | 1 ^ 1 & 0", 5),
    bool("true Or false And false", true),
    bool("true || true && false", true),
    bool("1 Lt 2 Eq true", true),
    bool("true Eq 1 Lt 2", true),
    bool("1 Eq 1 Eq true", true),
    bool("1 Ne 1 Eq false", true),
    bool("1 BitOr 2 Eq 3", true),
    bool("1 Add 1 Lt 1 Shl 2", true),
    bool("1 BitAnd 3 Lt 2", true),
    bool("!true And false", false),
    bool("!(true And false)", true),
    bool("Not(false) Eq true", true),
    bool("!false Eq false", false),
    bool("!!true", true),
    bool("Not(true) Or true", true),
  ]);
});

// covers: DIR-16
Deno.test("second opinion: spellings of the operators", () => {
  agree([
    bool("1 EqEq 1 AndAnd 1 Lte 1 OrOr false", true),
    bool("2 Gte 3", false),
    bool("1 != 2 && 1 <= 1 && 2 >= 2 && 1 < 2 && 2 > 1 && 1 == 1", true),
    int("1 << 3 >> 1", 4),
    none("1Add 2"),
    none("1 = 1"),
    none("1 eq 1"),
    none("1 Mod 2"),
    none("1 % 2"),
    none("1 === 1"),
    none("1 <> 1"),
    [program(main("let Eq = 1", "return Eq")), '{"Int":1}'],
    [program(proc("K::main() -> bool", "let Eq = 1", "return Eq Eq Eq")), '{"Bool":true}'],
    [
      program(
        proc("K::Add(a: i64, b: i64) -> i64", "return a Add b"),
        main("return Add(1, 2) Add Add(3, 4)"),
      ),
      '{"Int":10}',
    ],
  ]);
});

// covers: DIR-18, DIR-20
Deno.test("second opinion: signs", () => {
  const a5 = (expr: string, outcome: string): Case => [
    program(
      shape("P { n: i64 }"),
      main("let a = 5", "let p = P{n: 5}", "let xs = [5]", `return ${expr}`),
    ),
    outcome,
  ];
  agree([
    int("5 - 3", 2),
    int("5-3", 2),
    int("5- 3", 2),
    none("5 -3", "load DR0111"),
    int("5 Sub -3", 8),
    int("5 --3", 8),
    int("5 - -3", 8),
    int("5 - - 3", 8),
    int("(5)-3", 2),
    int("-2 Mul -3", 6),
    int("- 2 Mul 3", -6),
    int("-(2) Add 1", -1),
    int("--5", 5),
    [program(returned("-9223372036854775807 - 1")), '{"Int":-9223372036854775808}'],
    a5("a-1", '{"Int":4}'),
    a5("a - 1", '{"Int":4}'),
    a5("a -1", "load DR0111"),
    a5("p.n-1", '{"Int":4}'),
    a5("xs[0]-1", '{"Int":4}'),
    a5("-a Mul 2", '{"Int":-10}'),
    a5("-p.n", '{"Int":-5}'),
    a5("Neg(a)", '{"Int":-5}'),
    a5("[1, -2][1]", '{"Int":-2}'),
    a5("- 9223372036854775808", "load DR0113"),
  ]);
});

// covers: DIR-18, DIR-19, DIR-23
Deno.test("second opinion: texts that are not expressions", () => {
  const text = (literal: string, outcome: string): Case => [
    program(proc("K::main() -> string", `return ${literal}`)),
    outcome,
  ];
  agree([
    none("1 2", "load DR0111"),
    none("(1", "load DR0111"),
    none("1)", "load DR0111"),
    none("1 Add", "load DR0111"),
    none("Add 1", "load DR0111"),
    none("1 Add Mul 2"),
    none("", "DirLoad"),
    none(" ", "DirLoad"),
    none("1;"),
    none("{ ... }", "load DR0115"),
    none("0x10"),
    none("1_000"),
    none("1e5"),
    none("1."),
    none(".5"),
    none("f(1,)"),
    none("a..b"),
    none("a."),
    none("1 // x"),
    none("é"),
    text('"a', "load DR0112"),
    text('"\\q"', "load DR0112"),
    text('"\\u{D800}"', "load DR0112"),
    text('"\\u{110000}"', "load DR0112"),
    text('"\\u{}"', "load DR0112"),
    text('"a" "b"', "load DR0111"),
    text('"\\u{1F600}"', '{"String":"😀"}'),
    text('"\\0"', '{"String":"\\u0000"}'),
    text('"{x}"', '{"String":"{x}"}'),
    text('"// no comment"', '{"String":"// no comment"}'),
    [program(proc("K::main() -> char", "return 'ab'")), "load DR0112"],
    [program(proc("K::main() -> char", "return '\\''")), `{"Char":"'"}`],
  ]);
});
