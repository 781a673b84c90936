/**
 * Names of processes against the operators and operations they resemble, in every form of statement.
 *
 * @module
 */
import {
  artifact,
  forge,
  type Part,
  proc,
  program,
  type Statement,
} from "../../../support/program.ts";
import { type Case, given, main } from "./table.ts";
import * as q from "./quotes.ts";

const REFUSED = "static DirValidate";

/** `K::NAME(a, b)` called in every form that a statement has. */
function forms(name: string): readonly Case[] {
  const callee = proc(`K::${name}(a: i64, b: i64) -> i64`, "return (a Mul 100) Add b");
  const rests = `${q.SAME_CALL} ${q.X_34} ${q.X_60}`;
  const form = (suffix: string, ...body: readonly Statement[]): Case =>
    given(`name-${name}-${suffix}`, rests, [callee, main(...body)], '{"Int":102}');
  return [
    form("let", `let x = ${name}(1, 2)`, "return x"),
    form("call", `let x = call ${name}(1, 2)`, "return x"),
    form("return", `return ${name}(1, 2)`),
    form("assign", "let x = 0", `set x = ${name}(1, 2)`, "return x"),
    form(
      "statement",
      `call ${name}(3, 4)`,
      `expr ${name}(5, 6)`,
      `constrain ${name}(0, 1) Eq 1`,
      "return 102",
    ),
    form("operand", `return 0 Add ${name}(1, 2)`),
  ];
}

const calls = (name: string): Part => main(`let x = call ${name}(5)`, "return x");

export const NAMES: readonly Case[] = [
  given("neg-01", q.NEG, [proc("K::Neg(x: i64) -> i64", "return x"), main("return 1")], REFUSED),
  given(
    "neg-02",
    q.NEG,
    [proc("Q::Not(x: bool) -> bool linear", "return x"), main("return 1")],
    REFUSED,
  ),
  given("neg-03", q.NEG, [proc("Φ::Neg(x: i64) -> i64", "return x"), main("return 1")], REFUSED),
  given("neg-04", `${q.NEG} "v0.1 artifacts that only call it in a \`Call\` statement included"`, [
    proc("K::Neg(x: i64) -> i64", "return x"),
    calls("Neg"),
  ], REFUSED),
  given("neg-05", q.NEG, [
    program(main("return 1")),
    artifact(forge("B", proc("K::Not(x: bool) -> bool", "return x"))),
  ], REFUSED),
  given(
    "neg-06",
    q.NEG,
    [proc("K::neg(x: i64) -> i64", "return Neg(x)"), calls("neg")],
    '{"Int":-5}',
  ),
  given("neg-07", q.X_34, [main("let x = 3", "return Neg(x) Add 1")], '{"Int":-2}'),
  given(
    "neg-08",
    q.X_34,
    [main("let b = false", "constrain Not(b)", "return Neg(2 Add 3)")],
    '{"Int":-5}',
  ),
  ...["Add", "Eq", "And", "read", "spawn", "q_use", "q_alloc"].flatMap(forms),
  given(
    "name-01",
    q.X_60,
    [main("let read = 5", "let open = read Add 1", "return open")],
    '{"Int":6}',
  ),
];
