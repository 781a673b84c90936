/**
 * The invariants on which the completeness of the search rests: at a full assignment propagation decides every term, whichever
 * rules interact, and a search ends in a configuration or in a refutation that the checker accepts.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { Random } from "../../campaign/random.ts";
import { load } from "../../mod.ts";
import { isRefutation } from "../../dvm/phi/certificate/checker.ts";
import type { Int } from "../../dvm/phi/number/integer.ts";
import { BudgetExhausted, WorkBudget } from "../../dvm/phi/number/work_budget.ts";
import { evaluateTerms, isConstantFalse, type Problem } from "../../dvm/phi/problem/problem.ts";
import { Bounds } from "../../dvm/phi/solver/bounds.ts";
import { ConstraintSystem } from "../../dvm/phi/solver/constraint_system.ts";
import { propagateQueued } from "../../dvm/phi/solver/propagators.ts";
import { Search } from "../../dvm/phi/solver/search.ts";
import { phi } from "../support/program.ts";
import { sized, testSeed } from "../support/size.ts";
import { problemOf } from "./question.ts";

/** One predicate for each rule of propagation, over integers `a` and `b`, a boolean `p` and a constant. */
const RULES: readonly ((names: Names, constant: number) => string)[] = [
  ({ a, b }, c) => `3 Mul ${a} Sub 2 Mul ${b} Le ${c}`,
  ({ a, b }, c) => `6 Mul ${a} Add 4 Mul ${b} Eq ${c}`,
  ({ a, b }, c) => `${a} Mul ${b} Ge ${c}`,
  ({ a }, c) => `${a} Mul ${a} Sub ${a} Eq ${c}`,
  ({ a, b }, c) => `${a} Mul ${a} Mul ${a} Mul ${b} Mul ${b} Ne ${c}`, // may be cut
  ({ a, b }, c) => `${a} Div ${b} Le ${c}`,
  ({ a, b }, c) => `${a} Div 7 Add ${b} Ge ${c}`,
  ({ a }, c) => `${a} Shl 3 Ne ${c}`,
  ({ a, b }, c) => `${b} Shr 2 Add ${a} Lt ${c}`,
  ({ a, b }, c) => `(${a} BitAnd ${b}) Lt ${c}`,
  ({ a, b }, c) => `(${a} BitOr ${b}) Gt ${c}`,
  ({ a, b }, c) => `(${a} BitXor ${b}) Ne ${c}`,
  ({ a, b, p }, c) => `${p} And ${a} Lt ${b} Or ${b} Gt ${c}`,
  ({ a, b, p }, c) => `Not(${p} Eq (${a} Eq ${b})) Or ${a} Lt ${c}`,
  ({ a, b, p }, c) => `match ${p} { true => ${a} Mul ${b}, false => ${a} Sub ${b} } Le ${c}`,
];

interface Names {
  readonly a: string;
  readonly b: string;
  readonly p: string;
}

/** Every pair of rules, over shared unknowns of a few bits or of all of their type. */
function* pairs(random: Random): Generator<readonly [string, string]> {
  for (const [index, first] of RULES.entries()) {
    for (const second of RULES.slice(index)) {
      const constant = () => random.pick([random.between(-9, 99), random.between(-9_000, 90_000)]);
      yield [
        first({ a: "x", b: "y", p: "p" }, constant()),
        second({ a: random.pick(["x", "z"]), b: random.pick(["y", "z"]), p: "p" }, constant()),
      ];
    }
  }
}

function problem(params: string, constraints: readonly string[]): Problem {
  const loaded = load([{ name: "fixpoint", text: phi(params, constraints) }]);
  assert(loaded.ok, constraints.join("; "));
  return problemOf(loaded.value);
}

// covers: PHI-04
Deno.test("at a full assignment every term is decided, for random systems of every pair of rules", () => {
  const random = new Random(testSeed("phi fixpoint", 7));
  let decided = 0;
  for (let round = sized({ quick: 4, ci: 60 }); round > 0; round--) {
    for (const constraints of pairs(random)) {
      const type = random.pick(["i8", "i32", "i64"]);
      const system = problem(`x: ${type}, y: ${type}, z: ${type}, p: bool`, constraints);
      const values = system.unknowns.map(({ lo, hi, isBool }): Int =>
        isBool ? random.between(0, 1) : random.pick([random.between(-20, 20), lo, hi])
      );
      decided += checkDecided(system, values, random.shuffled([...values.keys()]));
    }
  }
  assert(decided > 1_000, `${decided} terms`);
});

/** Assigns the unknowns in an order, propagating after each; returns the number of terms, all of which must be decided. */
function checkDecided(problem: Problem, values: readonly Int[], order: readonly number[]): number {
  const conjuncts = problem.conjuncts.filter((conjunct) => !isConstantFalse(conjunct));
  const work = new WorkBudget(1_000_000);
  const system = new ConstraintSystem(problem, conjuncts);
  const bounds = new Bounds(system);
  propagateQueued(system, bounds, work);
  for (const unknown of order) {
    const q = system.unknowns[unknown] ?? -1, value = values[unknown] ?? 0;
    bounds.raise(q, value, "decision");
    bounds.lower(q, value, "decision");
    propagateQueued(system, bounds, work);
  }
  const where = conjuncts.map(({ stmt }) => JSON.stringify(stmt.kind)).join() + values.join();
  assertStrictEquals(bounds.conflict, -1, where);
  const expected = evaluateTerms(system.terms, values);
  for (const [q, term] of system.termOf.entries()) {
    if (term < 0) continue;
    assertStrictEquals(bounds.lo[q], expected[term], `${term}: ${where}`);
    assertStrictEquals(bounds.hi[q], expected[term], `${term}: ${where}`);
  }
  return system.termOf.length;
}

/** The unknowns of {@link twoRows}. */
const TEN = [..."xyzabcdefg"].map((name) => `${name}: i32`).join(", ") + ", p: bool";

/**
 * Two rows that bound each other, and for each unknown the one bound of 0 and 1 that they do not imply, as in minimal conflicts of
 * two-row knapsacks: the linear program is needed at once, and thin directions fix unknowns.
 */
function twoRows(random: Random, extra: readonly string[]): string[] {
  const names = ["x", "y", "z", ..."abcdefg"];
  const [first = [], second = []] = [0, 1].map(() => names.map(() => random.between(10, 99)));
  const sum = (row: readonly number[]) =>
    row.map((coef, index) => `${coef} Mul ${names[index]}`).join(" Add ");
  const part = (row: readonly number[], percent: number) =>
    Math.floor((row.reduce((a, b) => a + b, 0) * percent) / 100);
  const ranges = names.flatMap((name, index) => {
    const isCostly = (first[index] ?? 0) > (second[index] ?? 0);
    if (random.chance(5)) return [`${name} Ge 0`, `${name} Le 1`];
    return [isCostly ? `${name} Ge 0` : `${name} Le 1`];
  });
  return [
    ...ranges,
    `${sum(first)} Le ${part(first, 50)}`,
    `${sum(second)} Ge ${part(second, random.between(60, 85))}`,
    ...extra,
  ];
}

// covers: PHI-04, FAI-11
Deno.test("a search over two rows and any pair of rules ends in a configuration or a certified refutation", () => {
  const random = new Random(testSeed("phi two rows", 11));
  const ends = { configuration: 0, none: 0, undecided: 0 };
  for (let round = sized({ quick: 6, ci: 60 }); round > 0; round--) {
    for (const pair of pairs(random)) {
      const system = problem(TEN, twoRows(random, random.chance(85) ? [] : pair));
      if (system.conjuncts.some(isConstantFalse)) continue;
      ends[endOf(system)]++;
    }
  }
  assert(ends.configuration > 10 && ends.none > 10, JSON.stringify(ends));
});

/** How a search with a small budget ends; a refutation must be accepted by the checker. */
function endOf(system: Problem): "configuration" | "none" | "undecided" {
  return tryTo(() => {
    const search = new Search(system, system.conjuncts, new WorkBudget(5_000));
    const found = search.find([]);
    if (found.kind === "none") {
      const ids = search.core().flatMap((index) => system.conjuncts[index]?.term.id ?? []);
      assert(isRefutation(system, search.certificate(ids, found.refutation)));
    }
    return found.kind;
  }) ?? "undecided";
}

Deno.test("a search whose budget was exhausted answers afterwards as a new one", () => {
  const random = new Random(testSeed("phi interrupted search", 12));
  let interrupted = 0;
  for (let round = sized({ quick: 1, ci: 4 }); round > 0; round--) {
    for (const constraints of pairs(random)) {
      const system = random.chance(50)
        ? problem("x: i8, y: i8, z: i8, p: bool", constraints)
        : problem(TEN, twoRows(random, random.chance(70) ? [] : constraints));
      if (system.conjuncts.some(isConstantFalse)) continue;
      const assumed = [{ unknown: 0, side: "hi", value: random.between(-9, 99) }] as const;
      const answers = (search: Search) => {
        const found = search.find(assumed);
        if (found.kind === "none") return found.kind; // and no range has a meaning
        return [found.configuration, search.rangeOf(1, assumed)];
      };
      const work = new WorkBudget(2_000_000);
      const search = new Search(system, system.conjuncts, work), size = search.system.size();
      const expected = tryTo(() =>
        answers(new Search(system, system.conjuncts, new WorkBudget(200_000)))
      );
      if (expected === undefined) continue;
      for (const left of [1, 3, 10, 30, 100, 300, 1_000]) {
        const early = tryTo(() => work.within({ left }, () => answers(search)));
        if (early === undefined) interrupted++;
        assertEquals(search.system.size(), size, "rows added during a search are removed");
        assertEquals(answers(search), expected, constraints.join("; "));
      }
    }
  }
  assert(interrupted > 50, `${interrupted} searches`);
});

/** The result of a part; `undefined` if it exhausts its budget. */
function tryTo<Result>(part: () => Result): Result | undefined {
  try {
    return part();
  } catch (thrown) {
    if (thrown instanceof BudgetExhausted) return undefined;
    throw thrown;
  }
}
