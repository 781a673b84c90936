/**
 * A loaded program never changes: `check` and `execute` work on a frozen one, and every expression evaluates to the same value
 * before `check` and after it.
 *
 * @module
 */
import { generateCase } from "../../campaign/generate.ts";
import { Bug } from "../../dvm/base/result.ts";
import { findShape } from "../../dvm/dir/lookup.ts";
import type { ExprText, Proc, Program } from "../../dvm/dir/model.ts";
import type { Type } from "../../dvm/dir/type.ts";
import { exprTextsOf, stmtsOf } from "../../dvm/dir/walk.ts";
import { evaluate } from "../../dvm/eval/evaluate.ts";
import { type Evaluated, isValue } from "../../dvm/eval/evaluated.ts";
import type { Expr } from "../../dvm/expr/ast.ts";
import { partsOf } from "../../dvm/expr/walk.ts";
import { boolValue, intValue, stringValue, UNIT, type Value } from "../../dvm/value/value.ts";
import { encodeValue } from "../../dvm/value/wire_text.ts";
import { check, execute, load } from "../../mod.ts";
import { deepFreeze } from "../support/deep_freeze.ts";
import { diagnosticFixtures } from "../support/diagnostic_fixtures.ts";
import { fixtures, loadFixture } from "../support/fixtures.ts";
import { proc, program } from "../support/program.ts";
import { sized, testSeed } from "../support/size.ts";
import { assert, assertEquals } from "../../std/assert.ts";

const GENERATED = sized({ quick: 300, ci: 1_000 });
const LIMITS = { max_ticks: 1_000, max_depth: 40, max_work: 2_000 };

/** Values that binary32 rounds, so that an operation on f32 and one on f64 differ. */
const SAMPLE_FLOAT = { kind: "Float", value: 0.1 } as const;
const CALLS_MAX = 20;

Deno.test("an expression evaluates to the same value before check and after", () => {
  const results = fixturePrograms().map(assertSameAfterCheck);
  const first = testSeed("expressions before and after check", 1);
  for (let seed = first; seed < first + GENERATED; seed++) {
    const loaded = load([{ name: "generated", text: generateCase(seed).text }]);
    if (loaded.ok) results.push(assertSameAfterCheck(loaded.value));
  }
  const sum = (count: (result: Coverage) => number) => results.map(count).reduce((a, b) => a + b);
  assert(
    sum(({ values }) => values) > sized({ quick: 1_500, ci: 5_000 }),
    "too few expressions were evaluated",
  );
  assert(sum(({ singles }) => singles) > 0, "no operation on f32 was evaluated");
  assert(sum(({ floats }) => floats) > 0, "no integer literal that is a float was evaluated");
});

Deno.test("check and execute change nothing in a loaded program", () => {
  for (const fixture of fixtures()) {
    const frozen = deepFreeze(loadFixture(fixture));
    const diagnostics = check(frozen);
    const { outcome } = execute(frozen, fixture.input);
    assertEquals(diagnostics, check(loadFixture(fixture)), fixture.name);
    assertEquals(outcome, execute(loadFixture(fixture), fixture.input).outcome, fixture.name);
  }
  for (const { artifacts, input } of diagnosticFixtures()) {
    const loaded = load(artifacts);
    if (!loaded.ok) continue;
    const frozen = deepFreeze(loaded.value);
    check(frozen);
    if (input !== undefined) execute(frozen, { ...input, limits: { ...LIMITS, ...input.limits } });
  }
  const first = testSeed("frozen programs", 1);
  for (let seed = first; seed < first + GENERATED; seed++) {
    const { text, input } = generateCase(seed);
    const loaded = load([{ name: "generated", text }]);
    if (!loaded.ok) continue;
    const frozen = deepFreeze(loaded.value);
    check(frozen);
    execute(frozen, { ...input, limits: LIMITS });
  }
});

/** All programs of `fixtures/` that load, and one with every kind of expression that elaboration treats. */
function fixturePrograms(): Program[] {
  const floats = { artifacts: [{ name: "floats", text: FLOATS }] };
  return [floats, ...fixtures(), ...diagnosticFixtures()].flatMap(({ artifacts }) => {
    const loaded = load(artifacts);
    return loaded.ok ? [loaded.value] : [];
  });
}

const FLOATS = program(
  proc(
    "K::main(x: f32, n: i64) -> f64",
    "let sum = x Add 0.2",
    "let same = x Mul 3 Eq 0.3",
    "return match n { 7 => 1, _ => 2.5 }",
  ),
);

/** How much of a program was evaluated. */
interface Coverage {
  readonly values: number;
  readonly singles: number;
  readonly floats: number;
}

function assertSameAfterCheck(program: Program): Coverage {
  const before = resultsOf(program);
  check(program);
  assertEquals(resultsOf(program), before);
  const exprs = program.procs.flatMap((proc) =>
    stmtsOf(proc).flatMap(exprTextsOf).flatMap(({ expr }) => nodesOf(expr))
  );
  return {
    values: before.length,
    singles: exprs.filter((expr) => expr.kind === "binary" && expr.isSingle).length,
    floats: exprs.filter((expr) => expr.kind === "int" && expr.float !== undefined).length,
  };
}

function nodesOf(expr: Expr): Expr[] {
  return [expr, ...partsOf(expr).flatMap(nodesOf)];
}

/** The result of every expression of a program, in document order, its names holding sample values. */
function resultsOf(program: Program): string[] {
  return program.procs.flatMap((proc) => {
    const cells: (Value | undefined)[] = proc.params.map(({ type }) => sampleOf(type));
    return stmtsOf(proc).flatMap((stmt) =>
      exprTextsOf(stmt).map((text) => {
        const result = evaluated(program, proc, { text, cells });
        if ("slot" in stmt && typeof result !== "string" && isValue(result)) {
          cells[stmt.slot] = result;
        }
        return `${text.text} = ${typeof result === "string" ? result : shown(result)}`;
      })
    );
  });
}

/** What an expression evaluates to, or the bug that evaluating an ill-typed one is. */
function evaluated(
  program: Program,
  proc: Proc,
  { text, cells }: { readonly text: ExprText; readonly cells: readonly (Value | undefined)[] },
): Evaluated | string {
  const results: Value[] = [];
  const scope = {
    cells,
    results,
    findShape: (name: string) => findShape(program, proc.forge, name),
    isIntrinsic: (callee: string) => proc.callees.get(callee)?.kind === "intrinsic",
  };
  try {
    for (;;) {
      const result = evaluate(text.expr, scope);
      if (result.kind !== "call" || results.length === CALLS_MAX) return result;
      const callee = proc.callees.get(result.call.callee);
      const type = callee?.kind === "proc" ? callee.proc.ret : undefined;
      results.push(type === undefined ? UNIT : sampleOf(type));
    }
  } catch (thrown) {
    if (thrown instanceof Bug) return `bug: ${thrown.message}`;
    throw thrown;
  }
}

function shown(result: Evaluated): string {
  return isValue(result) ? encodeValue(result) : `${result.kind}`;
}

function sampleOf(type: Type): Value {
  switch (type.kind) {
    case "int":
      return intValue(7);
    case "float":
      return type.bits === 32 ? { kind: "Float", value: Math.fround(0.1) } : SAMPLE_FLOAT;
    case "bool":
      return boolValue(true);
    case "string":
      return stringValue("text");
    case "char":
      return { kind: "Char", value: "c" };
    case "array":
      return {
        kind: "Array",
        items: Array(Math.min(type.length ?? 3, 8)).fill(sampleOf(type.element)),
      };
    case "shape": {
      const fields = new Map<string, Value>();
      for (const field of type.shape.fields) {
        fields.set(field.name, field.type.kind === "shape" ? UNIT : sampleOf(field.type));
      }
      return { kind: "Struct", ty: type.shape.name, fields };
    }
    case "unit":
    case "witness":
    case "handle":
    case "unknown":
      return UNIT;
  }
}
