/** The linear programs that bounds alone do not decide. */
import { assertEquals, assertStrictEquals } from "../../../std/assert.ts";
import { Simplex } from "./simplex.ts";
import { WorkBudget } from "../number/work_budget.ts";

const WIDE = { lo: -1_000_000, hi: 1_000_000 };

function work(): WorkBudget {
  return new WorkBudget(10_000);
}

Deno.test("findFeasible() returns the factors by which a cycle of differences adds up to a contradiction", () => {
  const less = (from: number, to: number) => ({
    coefs: [0, 1, 2].map((column) => column === from ? 1 : column === to ? -1 : 0),
    lo: -10_000_000,
    hi: -1,
  });
  const cycle = new Simplex([WIDE, WIDE, WIDE], [less(0, 1), less(1, 2), less(2, 0)], work());
  assertEquals(cycle.findFeasible(), [1, 1, 1]);
  const chain = new Simplex([WIDE, WIDE, WIDE], [less(0, 1), less(1, 2)], work());
  assertStrictEquals(chain.findFeasible(), undefined);
});

Deno.test("maximize() reaches the greatest value, as a fraction", () => {
  const row = { coefs: [2, 3], lo: 0, hi: 10 };
  const program = new Simplex([{ lo: 0, hi: 4 }, { lo: 1, hi: 9 }], [row], work());
  assertStrictEquals(program.findFeasible(), undefined);
  const { value } = program.maximize([1, 2]);
  assertEquals(value, { num: 20, den: 3 });
  assertEquals(program.maximize([0, -1]).value, { num: -1, den: 1 });
});
