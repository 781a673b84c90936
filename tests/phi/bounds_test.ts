/**
 * The declared ranges that a conflict reports as needed: by definition, and independent of the order of the constraints.
 *
 * @module
 */
import { assert, assertEquals, fail } from "../../std/assert.ts";
import { executeText, load } from "../../mod.ts";
import { isConstantFalse, type Problem } from "../../dvm/phi/problem/problem.ts";
import { Search } from "../../dvm/phi/solver/search.ts";
import { WorkBudget } from "../../dvm/phi/number/work_budget.ts";
import { problemOf } from "./question.ts";
import { Random } from "../../campaign/random.ts";
import { TRUE } from "./random_system.ts";
import { phi } from "../support/program.ts";
import { sized, testSeed } from "../support/size.ts";

const NAMES = ["a", "b", "c"];

const PARAMS = NAMES.map((name) => `${name}: u8`).join(", ");

function resolved(text: string) {
  for (const event of executeText(text).events) {
    if (event.kind === "phi_resolved") return event;
  }
  return fail(text);
}

// covers: PHI-08, CON-09
Deno.test("the ranges that a conflict needs do not change with the order of its constraints", () => {
  // Over u8 the first half of the second constraint is false, so the range of b is needed; and no other is then.
  const constraints = ["a Le 2 And a Sub b Lt (-250)", "b Gt 255 Or a Ge 61"];
  for (const order of [constraints, constraints.toReversed()]) {
    const { conflict, bounds } = resolved(phi(PARAMS, order));
    assertEquals([conflict, bounds], [["body[0]", "body[1]"], ["b"]]);
  }
  // The range of a suffices, and so does that of b: the later one is removed first.
  const either = ["b Sub b Lt (-253) Or b Add c Gt 509", "b Lt a And c Le 2"];
  for (const order of [either, either.toReversed()]) {
    assertEquals(resolved(phi(PARAMS, order)).bounds, ["a"]);
  }
});

// covers: PHI-08, CON-09
Deno.test("a conflict holds within the ranges it names, and without any one of them it has a configuration", () => {
  const random = new Random(testSeed("phi bounds", 9));
  let named = 0;
  for (let count = sized({ quick: 200, ci: 4_000 }); count > 0; count--) {
    const constraints = Array.from(
      { length: random.between(1, 4) },
      () => randomConstraint(random),
    );
    const text = phi(PARAMS, constraints);
    const { verdict, conflict = [], bounds = [] } = resolved(text);
    if (verdict !== "inadmissible") continue;
    named += bounds.length;
    assert(!hasConfiguration(text, { conflict, bounds }), text);
    for (const bound of bounds) {
      const fewer = bounds.filter((other) => other !== bound);
      assert(hasConfiguration(text, { conflict, bounds: fewer }), `${bound}: ${text}`);
    }
    const order = random.shuffled(constraints);
    const shuffled = resolved(phi(PARAMS, order));
    const members = (shuffled.conflict ?? []).map((path) => order[indexOf(path)]).sort();
    const isSame = members.join() === conflict.map((path) =>
      constraints[indexOf(path)]
    ).sort().join();
    if (isSame) assertEquals(shuffled.bounds ?? [], bounds, text);
  }
  assert(named > 0);
});

function indexOf(path: string): number {
  return Number(/\[([0-9]+)\]/.exec(path)?.[1]);
}

/** Whether statements have a configuration if the parameters in `bounds` keep their range and the others have 128 bits. */
function hasConfiguration(
  text: string,
  { conflict, bounds }: {
    readonly conflict: readonly string[];
    readonly bounds: readonly string[];
  },
): boolean {
  const loaded = load([{ name: "bounds", text }]);
  assert(loaded.ok);
  const unknowns = NAMES.map((name) =>
    bounds.includes(name)
      ? { name, type: "u8", lo: 0n, hi: 255n }
      : { name, type: "u8", lo: -(2n ** 127n), hi: 2n ** 127n - 1n }
  );
  const problem: Problem = problemOf(loaded.value, { unknowns, body: [], result: TRUE });
  const conjuncts = problem.conjuncts.filter(({ path }) => conflict.includes(path));
  if (conjuncts.some(isConstantFalse)) return false;
  return new Search(problem, conjuncts, new WorkBudget(1_000_000)).find([]).kind ===
    "configuration";
}

function randomConstraint(random: Random): string {
  const atoms = Array.from({ length: random.between(1, 3) }, () => `(${randomAtom(random)})`);
  return atoms.join(random.pick([" And ", " Or "]));
}

/** A comparison near the ends of u8. */
function randomAtom(random: Random): string {
  const a = random.pick(NAMES), b = random.pick(NAMES);
  return random.pick([
    `${a} Lt ${random.between(0, 2)}`,
    `${a} Gt ${random.between(253, 255)}`,
    `${a} Ge ${random.between(0, 255)}`,
    `${a} Lt ${b}`,
    `${a} Add ${b} Gt ${random.between(508, 512)}`,
    `${a} Sub ${b} Lt (${-random.between(250, 257)})`,
  ]);
}
