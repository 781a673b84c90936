import type { Shape } from "../dir/type.ts";
import type { Expr, NameExpr } from "../expr/ast.ts";
import { parseExpr } from "../expr/parse.ts";
import { namesOf } from "../expr/walk.ts";
import { intValue, stringValue, type Value } from "../value/value.ts";
import { evaluate, type Scope } from "./evaluate.ts";
import type { Evaluated } from "./evaluated.ts";
import { EVALUATION_CODES } from "./failure.ts";
import { assert, assertEquals, assertStrictEquals, assertThrows } from "../../std/assert.ts";

const place = { artifact: 0, path: "", offset: 0 };
const POINT: Shape = {
  name: "P",
  place,
  fields: [
    { name: "x", typeText: "i32", place, type: { kind: "int", bits: 32, signed: true } },
    { name: "y", typeText: "i32", place, type: { kind: "int", bits: 32, signed: true } },
  ],
};

/** Evaluates a text in which the given names are bound, slots in the order of the names. */
function evaluated(
  text: string,
  names: { readonly [name: string]: Value } = {},
  results: readonly Value[] = [],
): Evaluated {
  const parsed = parseExpr(text);
  assert(parsed.ok, text);
  const order = Object.keys(names);
  for (const name of allNames(parsed.value)) name.slot = order.indexOf(name.name);
  const scope: Scope = {
    cells: Object.values(names),
    results,
    findShape: (name) => name === "P" ? POINT : undefined,
    isIntrinsic: (callee) => callee.startsWith("q_"),
  };
  return evaluate(parsed.value, scope);
}

function allNames(expr: Expr): NameExpr[] {
  return namesOf(expr);
}

const VALUES: readonly (readonly [string, Value])[] = [
  ["6 Mul 7", intValue(42)],
  ["(0 Sub 7) Div 2", intValue(-3)],
  ["(0 Sub 1) Lt 0", { kind: "Bool", value: true }],
  ["9223372036854775807 Sub 1", intValue(9223372036854775806n)],
  ["true Or false", { kind: "Bool", value: true }],
  ["Not(true And true)", { kind: "Bool", value: false }],
  ['"a" Eq "a"', { kind: "Bool", value: true }],
  ["0.1 Add 0.2", { kind: "Float", value: 0.1 + 0.2 }],
  ["1.5 Mul 2.0", { kind: "Float", value: 3 }],
  ["[1, 2, 3][2]", intValue(3)],
  ["P{y: 2, x: 1} Eq P{x: 1, y: 2}", { kind: "Bool", value: true }],
  ["P{y: 2, x: 1}.y", intValue(2)],
  ["match 2 { 1 | 2 => 10, _ => 20 }", intValue(10)],
  ["match 3 { 1 | 2 => 10, _ => 20 }", intValue(20)],
  ["6 BitAnd 3", intValue(2)],
  ["1 Shl 4", intValue(16)],
];

// covers: TYP-08, TYP-17
Deno.test("evaluate() computes every operator", () => {
  for (const [text, value] of VALUES) assertEquals(evaluated(text), value, text);
});

// covers: TYP-16
Deno.test("evaluate() fails where there is no value, marking the part", () => {
  const failures = [
    ["9223372036854775807 Add 1", "DR0801", "9223372036854775807 Add 1"],
    ["1 Add Neg(-9223372036854775808)", "DR0801", "Neg(-9223372036854775808)"],
    ["1 Add 2 Div (1 Sub 1)", "DR0802", "2 Div (1 Sub 1)"],
    ["1 Shl 64", "DR0803", "1 Shl 64"],
    ["[1][1]", "DR0804", "[1][1]"],
    ["[1][-1]", "DR0804", "[1][-1]"],
    ["1.5 Div 0.0", "DR0802", "1.5 Div 0.0"],
    [`${"9".repeat(300)}.0 Mul ${"9".repeat(300)}.0`, "DR0805", ""],
    ["match 3 { 1 => 1 }", "DR0806", "match 3 { 1 => 1 }"],
    ["P{x: 3000000000, y: 0}", "DR0807", "P{x: 3000000000, y: 0}"],
  ] as const;
  for (const [text, code, part] of failures) {
    const result = evaluated(text);
    assert(result.kind === "failure", text);
    assertStrictEquals(EVALUATION_CODES[result.cause.kind], code, text);
    if (part !== "") {
      assertStrictEquals(
        text.slice(result.start, result.end).replace(/\)$/, ""),
        part.replace(/\)$/, ""),
      );
    }
  }
});

Deno.test("evaluate() evaluates both operands: there is no short circuit", () => {
  assertStrictEquals(evaluated("false And 1 Div 0 Eq 1").kind, "failure");
  assertStrictEquals(evaluated("true Or 1 Div 0 Eq 1").kind, "failure");
});

Deno.test("evaluate() stops at the first call without a result, and continues once it has one", () => {
  const text = "f(1) Add g(f(2))";
  const first = evaluated(text);
  assert(first.kind === "call" && first.call.callee === "f");
  assertEquals(first.args, [intValue(1)]);
  const second = evaluated(text, {}, [intValue(10)]);
  assert(second.kind === "call" && second.call.callee === "f");
  const third = evaluated(text, {}, [intValue(10), intValue(20)]);
  assert(third.kind === "call" && third.call.callee === "g");
  assertEquals(third.args, [intValue(20)]);
  assertEquals(evaluated(text, {}, [intValue(10), intValue(20), intValue(30)]), intValue(40));
});

Deno.test("evaluate() reads names from their cells", () => {
  assertEquals(evaluated("a Add b", { a: intValue(1), b: intValue(2) }), intValue(3));
  assertEquals(evaluated("s", { s: stringValue("text") }), stringValue("text"));
  assertThrows(() => evaluated("unbound"), Error, "before it is bound");
});
