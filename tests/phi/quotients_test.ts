/**
 * Quotients of two unknowns: against enumeration on ranges wide enough for linear reasoning, and where every bound is left out in
 * turn to find the conflict.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { executeText } from "../../mod.ts";
import { Random } from "../../campaign/random.ts";
import { phi } from "../support/program.ts";
import { sized, testSeed } from "../support/size.ts";

/** The report on a Φ process over i32 unknowns. */
function resolve(unknowns: readonly string[], predicates: readonly string[]) {
  const params = unknowns.map((name) => `${name}: i32`).join(", ");
  const resolved = executeText(phi(params, predicates)).events
    .find((event) => event.kind === "phi_resolved");
  assert(resolved?.kind === "phi_resolved");
  return resolved;
}

const X_MOST = 150, Y_MOST = 40;

/** 0, 1, -1, 2, -2 … */
function inOrder(most: number): number[] {
  return [0, ...Array.from({ length: most }, (_, index) => [index + 1, -index - 1]).flat()];
}

const RELATIONS: { readonly [word: string]: (a: number, b: number) => boolean } = {
  Eq: (a, b) => a === b,
  Le: (a, b) => a <= b,
  Ge: (a, b) => a >= b,
  Ne: (a, b) => a !== b,
};

// covers: PHI-05, PHI-08
Deno.test("a quotient of two unknowns has the verdict and the canonical configuration of enumeration", () => {
  const random = new Random(testSeed("phi quotients", 9));
  const words = Object.keys(RELATIONS);
  let admissible = 0, inadmissible = 0;
  for (let count = sized({ quick: 75, ci: 1_000, full: 3_000 }); count > 0; count--) {
    const quotient = random.between(-6, 6), limit = random.between(-200, 200);
    const a = random.between(-3, 3), b = random.between(-9, 9);
    const word = random.pick(words), shift = random.between(-3, 3);
    const holds = RELATIONS[word];
    assert(holds !== undefined);
    const found = inOrder(X_MOST).flatMap((x) => inOrder(Y_MOST).map((y) => [x, y] as const))
      .find(([x, y]) =>
        y + shift !== 0 && Math.trunc(x / (y + shift)) === quotient && holds(a * x + b * y, limit)
      );
    const { verdict, configuration } = resolve(["x", "y"], [
      `x Ge ${-X_MOST}`,
      `x Le ${X_MOST}`,
      `y Ge ${-Y_MOST}`,
      `y Le ${Y_MOST}`,
      `x Div (y Add ${shift}) Eq ${quotient}`,
      `${a} Mul x Add ${b} Mul y ${word} ${limit}`,
    ]);
    const about = `x Div (y Add ${shift}) Eq ${quotient}, ${a} x + ${b} y ${word} ${limit}`;
    assertStrictEquals(verdict, found === undefined ? "inadmissible" : "admissible", about);
    if (found === undefined) inadmissible++;
    else {
      admissible++;
      assertEquals(configuration, { x: { Int: found[0] }, y: { Int: found[1] } }, about);
    }
  }
  assert(admissible > 10 && inadmissible > 10, `${admissible} and ${inadmissible}`);
});

// covers: PHI-09
Deno.test("the conflict of a quotient is found where the sets it is compared with range over all of i32", () => {
  const cases: readonly (readonly [predicates: readonly string[], conflict: readonly number[]])[] =
    [
      [["x Ge -108", "x Le 271", "y Le 296", "x Div y Eq 4", "5 Mul y Sub x Ge 196"], [1, 3, 4]],
      [["x Ge -480", "x Le 225", "y Ge -278", "y Le 28", "x Div y Eq 1", "2 Mul x Add y Gt 252"], [
        3,
        4,
        5,
      ]],
      [["x Le 132", "y Ge -2", "y Le 21", "x Div y Eq 9", "3 Mul x Add 19 Le -198"], [1, 3, 4]],
      [["x Le 206", "z Ge -30", "z Le 165", "x Div y Eq 26", "4 Mul y Add -5 Mul z Ge 261"], [
        0,
        1,
        3,
        4,
      ]],
    ];
  for (const [predicates, conflict] of cases) {
    const unknowns = ["x", "y", "z"].filter((name) =>
      predicates.some((text) => text.includes(name))
    );
    const told = resolve(unknowns, predicates);
    assertStrictEquals(told.verdict, "inadmissible", predicates.join(", "));
    assertEquals(told.conflict, conflict.map((index) => `body[${index}]`));
  }
});
