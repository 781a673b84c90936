/**
 * Questions about configurations against enumeration: the best value, every minimal conflict, the fewest statements to drop.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { load, optimize } from "../../mod.ts";
import { conflictTree } from "../../dvm/phi/answer/conflict_tree.ts";
import { WorkBudget } from "../../dvm/phi/number/work_budget.ts";
import { Random } from "../../campaign/random.ts";
import { phi } from "../support/program.ts";
import { sized, testSeed } from "../support/size.ts";
import { enumerate, valueOf } from "./enumeration.ts";
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
  for (let count = sized({ quick: 120, ci: 4_000 }); count > 0; count--) {
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
  for (let count = sized({ quick: 80, ci: 4_000 }); count > 0; count--) {
    const system = randomSystem(random), { conflicts } = enumerate(system);
    const problem = problemOf(loadSystem(system), system);
    const nodes = [...conflictTree(problem, new WorkBudget(20_000_000))];
    const pathsOf = (members: readonly number[]) =>
      members.map((index) => problem.conjuncts[index]?.path).join();
    const found = nodes.flatMap((node) => node.kind === "conflict" ? [pathsOf(node.members)] : []);
    const wanted = conflicts.map((members) => members.map((index) => `body[${index}]`).join());
    assertStrictEquals(found[0], wanted[0], artifactOf(system));
    assertEquals(found.toSorted(), wanted.toSorted(), artifactOf(system));
    const relaxed = nodes.find((node) => node.kind === "relaxation");
    assert(relaxed?.kind === "relaxation");
    assertStrictEquals(relaxed.dropped.length, fewest(conflicts, system.body.length + 1));
    if (conflicts.length > 0) inadmissible++;
  }
  assert(inadmissible > 10);
});

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
