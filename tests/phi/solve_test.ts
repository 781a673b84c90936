/**
 * Questions about configurations against enumeration: the best value, every minimal conflict, the fewest statements to drop.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { listConfigurations, load, optimize } from "../../mod.ts";
import { conflictTree, type TreeNode } from "../../dvm/phi/answer/conflict_tree.ts";
import { firstWithValue, improve, type Optimum } from "../../dvm/phi/answer/optimize.ts";
import { BudgetExhausted, WorkBudget } from "../../dvm/phi/number/work_budget.ts";
import { isConstantFalse, type Problem } from "../../dvm/phi/problem/problem.ts";
import { Search } from "../../dvm/phi/solver/search.ts";
import { Random } from "../../campaign/random.ts";
import { phi } from "../support/program.ts";
import { sized, testSeed } from "../support/size.ts";
import { enumerate, satisfiedBits, valueOf } from "./enumeration.ts";
import { loadSystem, problemOf } from "./question.ts";
import { randomSystem } from "./random_system.ts";
import { artifactOf, type Expression, type System, textOf } from "./systems.ts";

/** The system with the ranges of its unknowns as constraints, so that its program has the same configurations. */
function guarded({ unknowns, body, result }: System): System {
  const guards = unknowns.filter(({ type }) => type !== "bool").flatMap(({ name, lo, hi }) => [
    { kind: "constrain", predicate: compare(name, "Ge", lo) } as const,
    { kind: "constrain", predicate: compare(name, "Le", hi) } as const,
  ]);
  return { unknowns, body: [...guards, ...body], result };
}

function compare(name: string, op: string, value: bigint): Expression {
  return { kind: "binary", op, a: { kind: "name", name }, b: { kind: "int", value } };
}

function randomObjective(random: Random, { unknowns }: System): Expression | undefined {
  const names = unknowns.filter(({ type }) => type !== "bool").map(({ name }) => name);
  if (names.length === 0) return undefined;
  const name = (): Expression => ({ kind: "name", name: random.pick(names) });
  const op = () => random.pick(["Add", "Sub", "Mul", "Div", "BitXor"]);
  return random.chance(30) ? name() : {
    kind: "binary",
    op: op(),
    a: name(),
    b: { kind: "binary", op: op(), a: name(), b: name() },
  };
}

Deno.test("optimize() finds the best value, the first configuration with it, and true bounds on the way", () => {
  const random = new Random(testSeed("phi optimize", 31));
  const seen = { found: 0, none: 0 };
  for (let count = sized({ quick: 120, ci: 1_300, full: 4_000 }); count > 0; count--) {
    const system = guarded(randomSystem(random)), objective = randomObjective(random, system);
    if (objective === undefined) continue;
    const end = random.pick(["least", "greatest"] as const), sign = end === "least" ? 1n : -1n;
    const values = enumerate(system).configurations.flatMap((configuration) => {
      const scope = new Map(
        system.unknowns.map(({ name, type }, index) => {
          const value = configuration[index] ?? 0n;
          return [name, type === "bool" ? value === 1n : value] as const;
        }),
      );
      const value = valueOf(objective, scope);
      return typeof value === "bigint" ? [{ configuration, value }] : [];
    });
    const text = artifactOf(system), what = `${end} ${textOf(objective)} ${text}`;
    const loaded = load([{ name: "system", text }]);
    assert(loaded.ok, text);
    const steps = optimize(loaded.value, { entry: "main" }, { expr: textOf(objective), end });
    assert(steps.ok, what);
    const best = values.reduce<bigint | undefined>(
      (least, { value }) => least === undefined || sign * value < sign * least ? value : least,
      undefined,
    );
    const all = [...steps.value], last = all.at(-1);
    if (best === undefined) {
      assertEquals(last, { kind: "none" }, what);
      seen.none++;
      continue;
    }
    for (const step of all) {
      assert(step.kind === "found", what);
      assert(sign * BigInt(step.value) >= sign * best && sign * BigInt(step.bound) <= sign * best);
    }
    assert(last?.kind === "found" && last.isFirst, what);
    assertEquals([BigInt(last.value), BigInt(last.bound)], [best, best], what);
    const first = values.find(({ value }) => value === best)?.configuration;
    assertEquals(leavesOf(last.configuration), first?.map(String), what);
    seen.found++;
  }
  assert(seen.found > seen.none / 5 && seen.none > seen.found / 20, JSON.stringify(seen));
});

Deno.test("an optimization whose attempts are interrupted finds the same, and says nothing false when it ends early", () => {
  const random = new Random(testSeed("phi slices", 33));
  const seen = { interrupted: 0, best: 0, early: 0 };
  for (let count = sized({ quick: 500, ci: 2_000, full: 6_000 }); count > 0; count--) {
    const system = randomSystem(random), problem = problemOf(loadSystem(system), system);
    if (problem.conjuncts.some(isConstantFalse)) continue;
    const work = new WorkBudget(20_000_000), search = new Search(problem, problem.conjuncts, work);
    const found = search.find([]);
    if (found.kind === "none") continue;
    const what = artifactOf(system), { configurations } = enumerate(system);
    const values = configurations.map(([value]) => value ?? 0n);
    const least = values.reduce((a, b) => a < b ? a : b);
    const share = { left: random.pick([random.between(1, 20), 1_000_000]) };
    let last: Optimum = { configuration: found.configuration, bound: -(2n ** 63n) };
    for (const step of improve(search, found.configuration, work, share, random.between(1, 4))) {
      const isRepeated = step.bound === last.bound && step.configuration === last.configuration;
      if (isRepeated) seen.interrupted++;
      last = step;
      const [value = 0n] = step.configuration;
      assert(value >= least && BigInt(step.bound) <= least, what);
      assert(values.includes(BigInt(value)), what);
    }
    if (share.left > 0) assertEquals(last.configuration[0], last.bound, what);
    else seen.early++;
    if (last.configuration[0] !== last.bound) continue;
    assertStrictEquals(BigInt(last.bound), least, what);
    const first = firstWithValue(problem, search, last.configuration, work, { left: 1_000_000 });
    const wanted = configurations.find(([value]) => value === least);
    assertEquals(first?.map(String), wanted?.map(String), what);
    seen.best++;
  }
  const counts = JSON.stringify(seen);
  assert(seen.interrupted > 20 && seen.best > 20 && seen.early > 10, counts);
});

/** The integers and booleans of a configuration, in order. */
function leavesOf(value: unknown): string[] {
  if (typeof value === "boolean") return [value ? "1" : "0"];
  if (typeof value === "number" || typeof value === "bigint") return [String(value)];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => name === "ty" ? [] : leavesOf(inner));
}

Deno.test("the conflict tree has every minimal conflict once, and then the fewest statements to drop", () => {
  const random = new Random(testSeed("phi conflict tree", 32));
  let inadmissible = 0;
  for (let count = sized({ quick: 80, ci: 1_300, full: 4_000 }); count > 0; count--) {
    const system = randomSystem(random), { conflicts } = enumerate(system);
    const problem = problemOf(loadSystem(system), system);
    const nodes = [...conflictTree(problem, new WorkBudget(20_000_000))];
    const found = conflictsIn(nodes, problem);
    const wanted = conflicts.map((members) => members.map(pathOf).join());
    assertStrictEquals(found[0], wanted[0], artifactOf(system));
    assertEquals(found.toSorted(), wanted.toSorted(), artifactOf(system));
    const relaxed = nodes.find((node) => node.kind === "relaxation");
    assert(relaxed?.kind === "relaxation");
    assertStrictEquals(relaxed.dropped.length, fewest(conflicts, system.body.length + 1));
    if (conflicts.length > 0) inadmissible++;
  }
  assert(inadmissible > 10);
});

Deno.test("within any budget, what is listed is right, and what is missing is not said to be none", () => {
  const random = new Random(testSeed("phi budgets", 34));
  const seen = { complete: 0, cut: 0, relaxed: 0 };
  for (let left = sized({ quick: 150, ci: 1_000, full: 3_000 }); left > 0; left--) {
    const system = randomSystem(random), { configurations, conflicts } = enumerate(system);
    const problem = problemOf(loadSystem(system), system);
    for (const max of [30, 300]) {
      const maxWork = random.between(1, max), maxConfigurationWork = random.between(1, max);
      const what = `${maxWork} ${maxConfigurationWork} ${artifactOf(system)}`;

      const loaded = load([{ name: "system", text: artifactOf(guarded(system)) }]);
      assert(loaded.ok, what);
      const query = { entry: "main", maxWork, maxConfigurationWork };
      const listed = listConfigurations(loaded.value, query, 3);
      assert(listed.ok, what);
      const found = listed.value.configurations.map(leavesOf), { length } = found;
      const first = configurations.slice(0, length).map((values) => values.map(String));
      assertEquals(found, first, what);
      const { end } = listed.value, isCut = end === "unordered" || end === "undecided";
      if (end === "all") assertStrictEquals(length, configurations.length, what);
      if (end === "more") assertStrictEquals(length, 3, what);
      if (end === "more" || end === "unordered") assert(length < configurations.length, what);
      seen[isCut ? "cut" : "complete"]++;

      const { nodes, isAll } = nodesWithin(conflictTree(problem, new WorkBudget(maxWork)));
      const inTree = conflictsIn(nodes, problem);
      const wanted = conflicts.map((members) => members.map(pathOf).join());
      assertEquals(new Set(inTree).size, inTree.length, what);
      assert(inTree.every((members) => wanted.includes(members)), what);
      if (isAll) assertStrictEquals(inTree.length, wanted.length, what);
      seen[isAll ? "complete" : "cut"]++;
      const relaxed = nodes.find((node) => node.kind === "relaxation");
      if (relaxed?.kind !== "relaxation") continue;
      const { dropped, configuration } = relaxed;
      assertStrictEquals(dropped.length, fewest(conflicts, system.body.length + 1), what);
      const satisfied = satisfiedBits(system, configuration.map(BigInt));
      const without = dropped.map((at) => problem.conjuncts[at]?.path);
      const broken = [...Array(system.body.length + 1).keys()]
        .filter((index) => (satisfied >> index & 1) === 0);
      assert(broken.every((index) => without.includes(pathOf(index))), what);
      seen.relaxed++;
    }
  }
  assert(Object.values(seen).every((count) => count > 50), JSON.stringify(seen));
});

/** The path of a statement. */
function pathOf(index: number): string {
  return `body[${index}]`;
}

/** The conflicts among some nodes, as paths. */
function conflictsIn(nodes: readonly TreeNode[], { conjuncts }: Problem): string[] {
  return nodes.flatMap((node) =>
    node.kind === "conflict" ? [node.members.map((at) => conjuncts[at]?.path).join()] : []
  );
}

/** The nodes of a tree within its budget, and whether these are all. */
function nodesWithin(tree: Iterable<TreeNode>): { nodes: TreeNode[]; isAll: boolean } {
  const nodes: TreeNode[] = [];
  try {
    for (const node of tree) nodes.push(node);
    return { nodes, isAll: true };
  } catch (thrown) {
    if (thrown instanceof BudgetExhausted) return { nodes, isAll: false };
    throw thrown;
  }
}

/** The least size of a set that has a member of every conflict. */
function fewest(conflicts: readonly (readonly number[])[], count: number): number {
  let least = count;
  for (let set = 0; set < 2 ** count; set++) {
    const members = [...Array(count).keys()].filter((index) => (set >> index) & 1);
    const hits = conflicts.every((conflict) => conflict.some((each) => members.includes(each)));
    if (hits) least = Math.min(least, members.length);
  }
  return least;
}

Deno.test("optimize() ends with the best so far and a bound when its budget does, and refuses what is no objective", () => {
  const names = Array.from({ length: 14 }, (_, index) => `x${index}`);
  const weighted = (by: number) =>
    names.map((name, i) => `${(i * 37 + by) % 53 + 11} Mul ${name}`).join(" Add ");
  const params = names.map((name) => `${name}: u8`).join(", ");
  const loaded = load([{
    name: "knapsack",
    text: phi(params, [`${weighted(5)} Le 700`, ...names.map((name) => `${name} Le 3`)]),
  }]);
  assert(loaded.ok);
  const objective = { expr: weighted(17), end: "greatest" } as const;
  const ends = [1_000, 2_000, 4_000, 8_000, 16_000, 64_000].map((maxWork) => {
    const steps = optimize(loaded.value, { entry: "main", maxWork }, objective);
    assert(steps.ok);
    const last = [...steps.value].at(-1);
    if (last?.kind !== "found") return last?.kind;
    assert(last.value <= 1012 && last.bound >= 1012, `${last.value} ${last.bound}`);
    return last.isFirst ? "first" : last.value === last.bound ? "best" : "better";
  });
  assert(ends.includes("better") && ends.at(-1) === "first", ends.join());
  for (
    const [expr, message] of [["nope", /unknown name nope/], ["x0 Lt 3", /bool/], [
      "x0 Add",
      /./,
    ]] as const
  ) {
    const refused = optimize(loaded.value, { entry: "main" }, { expr, end: "least" });
    assert(!refused.ok && message.test(refused.failure), expr);
  }
});
