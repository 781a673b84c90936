import { assertStrictEquals } from "../../std/assert.ts";
import { intValue, stringValue, UNIT, type Value } from "../value/value.ts";
import { evaluateHostExpression, HOST01_NESTING_MAX } from "./evaluate.ts";
import { debugHostValue } from "./value.ts";
import { makeHostWitness } from "./witness.ts";

/** The result of an expression: its value in Debug form, or `code message`. */
function told(text: string, names: Readonly<Record<string, Value>> = {}): string {
  const value = evaluateHostExpression(text, new Map(Object.entries(names)));
  return value.ok ? debugHostValue(value.value) : `${value.failure.code} ${value.failure.message}`;
}

function check(rows: readonly (readonly [text: string, expected: string])[]): void {
  for (const [text, expected] of rows) assertStrictEquals(told(text), expected, text);
}

Deno.test("evaluateHostExpression() binds Mul and Div before Add and Sub, comparisons, And, Or, all to the left", () => {
  check([
    ["2 Add 3 Mul 4", "Int(14)"],
    ["(2 Add 3) Mul 4", "Int(20)"],
    ["10 Sub 4 Sub 3", "Int(3)"],
    ["100 Div 7 Div 2", "Int(7)"],
    ["7 Div 2 Mul 2", "Int(6)"],
    ["1 Add 1 Lt 3", "Bool(true)"],
    ["1 Lt 2 Eq true", "Bool(true)"],
    ["true Eq 1 Lt 2", "DR1207 comparison requires int operands"],
    ["true Or false And false", "Bool(true)"],
    ["(true Or false) And false", "Bool(false)"],
    ["false And true Or true", "Bool(true)"],
  ]);
});

Deno.test("evaluateHostExpression() wraps sums, differences and products to 64 bits", () => {
  check([
    ["9223372036854775807 Add 1", "Int(-9223372036854775808)"],
    ["-9223372036854775808 Sub 1", "Int(9223372036854775807)"],
    ["9223372036854775807 Mul 2", "Int(-2)"],
    ["4611686018427387904 Mul 4", "Int(0)"],
    ["0 Sub -9223372036854775808", "Int(-9223372036854775808)"],
    ["9007199254740993 Add 2", "Int(9007199254740995)"],
  ]);
});

Deno.test("evaluateHostExpression() truncates quotients and fails where upstream panics", () => {
  check([
    ["-7 Div 2", "Int(-3)"],
    ["0 Div -5", "Int(0)"],
    ["-9223372036854775808 Div 2", "Int(-4611686018427387904)"],
    ["1 Div 0", "DR1207 division by zero"],
    ["-9223372036854775808 Div -1", "DR1211 attempt to divide with overflow"],
    ["true Div 0", "DR1207 Mul/Div requires int operands"],
  ]);
});

Deno.test("evaluateHostExpression() reads integers as Rust parses them", () => {
  check([
    ["007", "Int(7)"],
    ["-0", "Int(0)"],
    [`${"0".repeat(60)}9`, "Int(9)"],
    ["9223372036854775808", "DR1207 invalid int literal: 9223372036854775808"],
    ["-9223372036854775808", "Int(-9223372036854775808)"],
    ["-9223372036854775809", "DR1207 invalid int literal: -9223372036854775809"],
    ["-", "DR1207 invalid int literal: -"],
    ["--5", "DR1207 invalid int literal: -"],
    ["- 5", "DR1207 invalid int literal: -"],
    ["3 -5", "Int(3)"],
    ["3Add 4", "Int(7)"],
    ["3Add4", "Int(3)"],
    ["+5", "DR1207 unexpected character in expression: +"],
  ]);
});

Deno.test("evaluateHostExpression() ignores what follows the first complete expression", () => {
  check([
    ["1 2", "Int(1)"],
    ["(1 Add 2) Mul 3 4", "Int(9)"],
    ["1 unknown", "Int(1)"],
    ["true Not(", "Bool(true)"],
    ["1)", "Int(1)"],
    ["5 Ne 4", "Int(5)"],
    ["1 ;", "DR1207 unexpected character in expression: ;"],
    ["1 99999999999999999999", "DR1207 invalid int literal: 99999999999999999999"],
  ]);
});

Deno.test("evaluateHostExpression() evaluates both operands and reports the first fault", () => {
  check([
    ["true Or x", "DR1207 unknown identifier: x"],
    ["false And 1", "DR1207 And requires bool operands"],
    ["1 Or true", "DR1207 Or requires bool operands"],
    ["1 Or x", "DR1207 unknown identifier: x"],
    ["1 And 2 Or x", "DR1207 And requires bool operands"],
    ["1 Or 2 And x", "DR1207 unknown identifier: x"],
    ["true Add", "DR1207 unexpected token in expression: Eof"],
    ["true Sub 1", "DR1207 Add/Sub requires int operands"],
    ['1 Lt "a"', "DR1207 comparison requires int operands"],
    ["(true Add 1", "DR1207 Add/Sub requires int operands"],
    ["", "DR1207 unexpected token in expression: Eof"],
  ]);
});

Deno.test("evaluateHostExpression() names tokens in Debug form", () => {
  check([
    ["(1", "DR1207 expected RParen, got Eof"],
    ["(1 2)", "DR1207 expected RParen, got Int(2)"],
    ["(1 x)", 'DR1207 expected RParen, got Ident("x")'],
    ["(1 true)", "DR1207 expected RParen, got Bool(true)"],
    ['(1 "a\\"\\n\u0301\u200b")', 'DR1207 expected RParen, got Str("a\\"\\n\\u{301}\\u{200b}")'],
    ["()", "DR1207 unexpected token in expression: RParen"],
    [",", "DR1207 unexpected token in expression: Comma"],
    [".", "DR1207 unexpected token in expression: Dot"],
    ["{", "DR1207 unexpected token in expression: LBrace"],
    ["}", "DR1207 unexpected token in expression: RBrace"],
    [":", "DR1207 unexpected token in expression: Colon"],
  ]);
});

Deno.test("evaluateHostExpression() reads unterminated strings to the end of the text", () => {
  check([
    ['"a\\tb"', 'String("a\\tb")'],
    ['"open', 'String("open")'],
    ['"open\\"', 'String("open\\"")'],
    ['"', 'String("")'],
    ['"a\\', "DR1207 unterminated string escape"],
    ['"\\0"', "DR1207 unsupported string escape: \\0"],
    ['"\\😀"', "DR1207 unsupported string escape: \\😀"],
    ["'a'", "DR1207 unexpected character in expression: '"],
  ]);
});

Deno.test("evaluateHostExpression() accepts ASCII and Φ as letters, and Unicode's white space", () => {
  assertStrictEquals(told("Φw", { Φw: UNIT }), "Unit");
  check([
    ["1\u0085Add\u2003\u00a0\u3000\u000b2", "Int(3)"],
    ["1 \ufeff", "DR1207 unexpected character in expression: \ufeff"],
    ["1 \u200b", "DR1207 unexpected character in expression: \u200b"],
    ["é", "DR1207 unexpected character in expression: é"],
    ["1 😀", "DR1207 unexpected character in expression: 😀"],
    ["φ", "DR1207 unexpected character in expression: φ"],
  ]);
});

Deno.test("evaluateHostExpression() reads an operator's name as a name where an operand is expected", () => {
  assertStrictEquals(told("Add Add Add", { Add: intValue(4) }), "Int(8)");
  assertStrictEquals(told("Add"), "DR1207 unknown identifier: Add");
});

Deno.test("evaluateHostExpression() compares values of any kinds with Eq", () => {
  const names = {
    u: UNIT,
    s: stringValue("1"),
    w: makeHostWitness(1, "d"),
    v: makeHostWitness(1, "d"),
    z: makeHostWitness(2, "d"),
  };
  assertStrictEquals(told("1 Eq s", names), "Bool(false)");
  assertStrictEquals(told("u Eq u", names), "Bool(true)");
  assertStrictEquals(told("w Eq v", names), "Bool(true)");
  assertStrictEquals(told("w Eq z", names), "Bool(false)");
  assertStrictEquals(told('s Eq "1"', names), "Bool(true)");
});

Deno.test("evaluateHostExpression() nests without using the host's stack, up to its limit", () => {
  const nested = (depth: number) => `${"(".repeat(depth)}1${" Add 1)".repeat(depth)}`;
  assertStrictEquals(told(nested(50_000)), "Int(50001)");
  assertStrictEquals(
    told("(".repeat(HOST01_NESTING_MAX + 1)),
    "DR1211 expression nested deeper than 100000",
  );
});
