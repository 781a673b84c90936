/**
 * What the answer may not depend on: the order of constraints, the names of unknowns, how often it is asked.
 *
 * @module
 */
import assert from "node:assert/strict";
import { executeText } from "../mod.ts";
import {
  artifactOf,
  type Expression,
  Random,
  randomSystem,
  type System,
  type SystemStmt,
} from "./phi_systems.ts";
import { loadSystem, problemOf, solve } from "./phi_question.ts";
import { sized, testSeed } from "./size.ts";

/** The same system with its statements in another order, and other names. */
interface Variant {
  readonly system: System;
  /** The place in the variant of each statement of the original. */
  readonly places: readonly number[];
}

function variantOf(system: System, random: Random, round: number): Variant {
  const lets = system.body.filter(({ kind }) => kind === "let");
  const constraints = system.body.filter(({ kind }) => kind === "constrain");
  // Lets keep their order: a name is bound before it is used. Constraints stand anywhere (CON-03).
  const body: SystemStmt[] = random.shuffled(constraints);
  let from = 0;
  for (const stmt of lets) {
    const at = random.between(from, body.length);
    body.splice(at, 0, stmt);
    from = at + 1;
  }
  const rename = (name: string) => name.split(".").map((part) => `${part}_${round}`).join(".");
  const renamed = (expr: Expression): Expression => {
    switch (expr.kind) {
      case "name":
        return { ...expr, name: rename(expr.name) };
      case "unary":
        return { ...expr, a: renamed(expr.a) };
      case "binary":
        return { ...expr, a: renamed(expr.a), b: renamed(expr.b) };
      default:
        return expr;
    }
  };
  return {
    system: {
      unknowns: system.unknowns.map((unknown) => ({ ...unknown, name: rename(unknown.name) })),
      body: body.map((stmt) =>
        stmt.kind === "let"
          ? { ...stmt, name: rename(stmt.name), value: renamed(stmt.value) }
          : { ...stmt, predicate: renamed(stmt.predicate) }
      ),
      result: renamed(system.result),
    },
    places: [...system.body.map((stmt) => body.indexOf(stmt)), system.body.length],
  };
}

/** A system whose statements are all different, so that the place of each in a variant is known. */
function distinctSystem(random: Random): System {
  const system = randomSystem(random);
  return {
    ...system,
    body: [...new Map(system.body.map((stmt) => [JSON.stringify(stmt, digits), stmt])).values()],
  };
}

function digits(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${value}n` : value;
}

// covers: PHI-05, PHI-08, CON-13
Deno.test("order and names change neither the configurations nor, where it is the only one, the conflict", () => {
  const random = new Random(testSeed("phi invariance", 7));
  let conflicts = 0;
  for (let count = sized({ quick: 25, ci: 500 }); count > 0; count--) {
    const system = distinctSystem(random);
    const first = solve(problemOf(loadSystem(system), system));
    const isOnly = first.conflict.length > 0 && hasOneConflict(system, first.conflict);
    if (isOnly) conflicts++;
    for (let round = 0; round < 20; round++) {
      const variant = variantOf(system, random, round);
      const solved = solve(problemOf(loadSystem(variant.system), variant.system));
      assert.deepEqual(solved.configurations, first.configurations, artifactOf(variant.system));
      assert.equal(solved.conflict.length > 0, first.conflict.length > 0);
      if (!isOnly) continue; // the first of several conflicts is another one in another order, by definition
      const moved = first.conflict.map((path) => variant.places[indexOf(path)] ?? -1);
      assert.deepEqual(solved.conflict.map(indexOf), moved.sort((a, b) => a - b));
    }
  }
  assert.ok(conflicts > 0);
});

function indexOf(path: string): number {
  return Number(/\[([0-9]+)\]/.exec(path)?.[1]);
}

/** Whether every other set without a configuration holds this one: without any one member the rest has a configuration. */
function hasOneConflict(system: System, conflict: readonly string[]): boolean {
  return conflict.every((path) => {
    const problem = problemOf(loadSystem(system), system);
    const rest = problem.conjuncts.filter((conjunct) => conjunct.path !== path);
    return solve({ ...problem, conjuncts: rest }).conflict.length === 0;
  });
}

// covers: CON-13, PHI-13
Deno.test("the same artifact gives the same bytes, again and again", () => {
  const random = new Random(testSeed("phi repetition", 8));
  for (let count = sized({ quick: 20, ci: 200 }); count > 0; count--) {
    const text = artifactOf(randomSystem(random));
    const input = { limits: { max_work: 20_000 } };
    const bytes = () => JSON.stringify(executeText(text, input), digits);
    const first = bytes();
    for (let again = 0; again < 3; again++) assert.equal(bytes(), first, text);
  }
});
