/** A reduced basis is a basis, and its forms are dual to its points. */
import { assert, assertStrictEquals } from "../../../std/assert.ts";
import { reducedBasis, type Spread } from "./lattice_reduction.ts";
import { WorkBudget } from "../number/work_budget.ts";

Deno.test("reducedBasis() yields points and forms that are dual, the thin direction first", () => {
  // A strip along (3, 2): 2x - 3y takes few values, x and y many.
  const spreads: Spread[] = [
    { coefs: [1, 0], width: 1e9 },
    { coefs: [0, 1], width: 1e9 },
    { coefs: [2, -3], width: 2 },
  ];
  const { points, forms } = reducedBasis(2, spreads, new WorkBudget(1_000));
  forms.forEach((form, i) => {
    points.forEach((point, j) => {
      const value = form.reduce<bigint>(
        (sum, coef, k) => sum + BigInt(coef) * (point[k] ?? 0n),
        0n,
      );
      assertStrictEquals(value, i === j ? 1n : 0n);
    });
  });
  const thin = forms[0]?.map(Number).join();
  assert(thin === "2,-3" || thin === "-2,3", thin);
});
