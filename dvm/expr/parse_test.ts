import { assert, assertStrictEquals } from "../../std/assert.ts";
import type { Expr } from "./ast.ts";
import { parseExpr } from "./parse.ts";

/** The tree with every grouping written out. */
function grouped(expr: Expr): string {
  switch (expr.kind) {
    case "int":
    case "float":
    case "bool":
      return String(expr.value);
    case "string":
    case "char":
      return JSON.stringify(expr.value);
    case "name":
      return expr.name;
    case "call":
      return `${expr.callee}(${expr.args.map(grouped).join(", ")})`;
    case "field":
      return `${grouped(expr.base)}.${expr.field}`;
    case "index":
      return `${grouped(expr.base)}[${grouped(expr.index)}]`;
    case "shape":
      return `${expr.name}{${expr.fields.map((f) => `${f.name}: ${grouped(f.value)}`).join(", ")}}`;
    case "array":
      return `[${expr.items.map(grouped).join(", ")}]`;
    case "unary":
      return `${expr.op}(${grouped(expr.operand)})`;
    case "binary":
      return `(${grouped(expr.left)} ${expr.op} ${grouped(expr.right)})`;
    case "match":
      return `match ${grouped(expr.subject)} {${
        expr.arms.map((arm) => {
          const { pattern } = arm;
          const left = pattern.kind === "any"
            ? "_"
            : pattern.kind === "bind"
            ? pattern.name
            : pattern.values.map(grouped).join("|");
          return `${left} => ${grouped(arm.body)}`;
        }).join(", ")
      }}`;
  }
}

function parsed(text: string): string {
  const result = parseExpr(text);
  return result.ok ? grouped(result.value) : `${result.failure.code} ${result.failure.message}`;
}

const ACCEPTED: readonly (readonly [string, string])[] = [
  // covers: DIR-17
  ["1 Add 2 Mul 3", "(1 Add (2 Mul 3))"],
  ["10 Sub 4 Sub 3", "((10 Sub 4) Sub 3)"],
  ["true Eq 1 Lt 2", "(true Eq (1 Lt 2))"],
  ["a Or b And c", "(a Or (b And c))"],
  ["a BitOr b BitXor c BitAnd d Shl e Add f", "(a BitOr (b BitXor (c BitAnd (d Shl (e Add f)))))"],
  ["(1 Add 2) Mul 3", "((1 Add 2) Mul 3)"],
  ["a Eq b Ne c", "((a Eq b) Ne c)"],
  // covers: DIR-16
  ["x Gt 0 And y Lt 5", "((x Gt 0) And (y Lt 5))"],
  ["x EqEq 1 OrOr y Lte 2 AndAnd z Gte 3", "((x Eq 1) Or ((y Le 2) And (z Ge 3)))"],
  ["a + b*c - d/e", "((a Add (b Mul c)) Sub (d Div e))"],
  ["a<=b && !c || d!=e", "(((a Le b) And Not(c)) Or (d Ne e))"],
  ["a << 1 >> 2 ^ b & c | d", "((((a Shl 1) Shr 2) BitXor (b BitAnd c)) BitOr d)"],
  ["Neg(x) Add Not(y)", "(Neg(x) Add Not(y))"],
  ["-x", "Neg(x)"],
  // A word is an operator only between two operands (X-34).
  ["Add Add Add", "(Add Add Add)"],
  // A sign belongs to a literal unless an operand touches it.
  ["5 - 3", "(5 Sub 3)"],
  ["5-3", "(5 Sub 3)"],
  ["5 Sub -3", "(5 Sub -3)"],
  ["c.x Ge -19", "(c.x Ge -19)"],
  // covers: DIR-20
  ["9223372036854775807", "9223372036854775807"],
  ["-9223372036854775808", "-9223372036854775808"],
  ["1.5 Mul -2.25", "(1.5 Mul -2.25)"],
  ["f(1, g(2), K::h(), Core::Φ::p(x))", "f(1, g(2), K::h(), Core::Φ::p(x))"],
  ["P{y: 2, x: 1}.x", "P{y: 2, x: 1}.x"],
  ["P{}", "P{}"],
  ["[1, 2][0]", "[1, 2][0]"],
  ["rows[i][j Add 1].cell", "rows[i][(j Add 1)].cell"],
  ["match x { 1 | -2 => a, y => y Add 1, _ => 0 }", "match x {1|-2 => a, y => (y Add 1), _ => 0}"],
  ["match P{x: 1}.x { true => 1, }", "match P{x: 1}.x {true => 1}"],
  // covers: DIR-19
  [String.raw`"a\n\t\r\\\"\0\u{3a6}"`, JSON.stringify('a\n\t\r\\"\0Φ')],
  [String.raw`'\''`, `"'"`],
  ["'Φ'", '"Φ"'],
  [" \t\n1 ", "1"],
];

const REFUSED: readonly (readonly [string, string])[] = [
  // covers: DIR-18
  ["1 2", "DR0111"],
  ["1 Add 2)", "DR0111"],
  ["(1 Add 2", "DR0111"],
  ["5 -3", "DR0111"],
  ["", "DR0111"],
  ["1 Add", "DR0111"],
  ["x.", "DR0111"],
  ["f(1,)", "DR0111"],
  ["1x", "DR0111"],
  ["match x { f(1) => 2 }", "DR0111"],
  ["K::f", "DR0111"],
  // covers: DIR-16
  ["1 Foo 2", "DR0116"],
  ["x add y", "DR0116"],
  // covers: DIR-19
  [String.raw`"a\q"`, "DR0112"],
  ['"open', "DR0112"],
  [String.raw`"\u{d800}"`, "DR0112"],
  ["'ab'", "DR0112"],
  // covers: DIR-20
  ["9223372036854775808", "DR0113"],
  ["-9223372036854775809", "DR0113"],
  // covers: DIR-23
  ["{ ... }", "DR0115"],
  ["1 Add { ... }", "DR0115"],
  ["#", "DR0110"],
  ["naïve", "DR0111"],
  ["Φ", "DR0110"],
  ["(".repeat(1_001) + "1" + ")".repeat(1_001), "DR0114"],
  ["1" + " Add 1".repeat(1_000), "DR0114"],
  ["-".repeat(1_001) + "x", "DR0114"],
];

Deno.test("parseExpr() groups operators by precedence, all to the left", () => {
  for (const [text, tree] of ACCEPTED) assertStrictEquals(parsed(text), tree, text);
});

Deno.test("parseExpr() refuses texts that are not one whole expression, with the family of the fault", () => {
  for (const [text, code] of REFUSED) assertStrictEquals(parsed(text).slice(0, 6), code, text);
});

Deno.test("parseExpr() marks the offending part", () => {
  for (
    const [text, part] of [["1 Foo 2", "Foo"], [
      "a Add 99999999999999999999",
      "99999999999999999999",
    ], [
      "1 2",
      "2",
    ]] as const
  ) {
    const result = parseExpr(text);
    assert(!result.ok);
    assertStrictEquals(text.slice(result.failure.start, result.failure.end), part);
  }
});

Deno.test("parseExpr() keeps every node's place in the text", () => {
  const text = "f(a.b, 2) Add P{x: 10}.x";
  const result = parseExpr(text);
  assert(result.ok && result.value.kind === "binary");
  const { left, right } = result.value;
  assertStrictEquals(text.slice(left.start, left.end), "f(a.b, 2)");
  assertStrictEquals(text.slice(right.start, right.end), "P{x: 10}.x");
});

Deno.test("parseExpr() accepts the deepest tree that it allows", () => {
  assert(parseExpr("1" + " Add 1".repeat(999)).ok);
  assert(parseExpr("(".repeat(1_000) + "1" + ")".repeat(1_000)).ok);
});
