/**
 * Products that leave 64 bits: they are cut, so that a chain of them neither costs more with each link nor excludes what it should
 * not.
 *
 * @module
 */
import { assert, assertStrictEquals } from "../../std/assert.ts";
import { load } from "../../mod.ts";
import { canonicalConfiguration } from "../../dvm/phi/answer/canonical.ts";
import { isRefutation } from "../../dvm/phi/certificate/checker.ts";
import { WorkBudget } from "../../dvm/phi/number/work_budget.ts";
import type { Problem } from "../../dvm/phi/problem/problem.ts";
import { Search } from "../../dvm/phi/solver/search.ts";
import { phi, proc, program } from "../support/program.ts";
import { problemOf } from "./question.ts";

/** Chains of n products, each with what is true of it: the values that all its members fit 64 bits with. */
const CHAINS: readonly {
  readonly what: string;
  readonly first: string;
  readonly next: (last: string) => string;
  readonly constraint: (last: string) => string;
  readonly configuration: string;
}[] = [
  ...[
    { constraint: () => "x Ge 1", configuration: "1 0" },
    { constraint: () => "true", configuration: "0 0" },
    { constraint: () => "x Ge 2", configuration: "none" },
    { constraint: (last: string) => `${last} Eq 1`, configuration: "1 0" },
    { constraint: (last: string) => `${last} Eq 2`, configuration: "none" },
  ].map((each) => ({
    what: `squares, ${each.constraint("the last")}`,
    first: "x Mul x",
    next: (last: string) => `${last} Mul ${last}`,
    ...each,
  })),
  {
    what: "products with the same two unknowns",
    first: "x Mul y",
    next: (last) => `${last} Mul x Mul y`,
    constraint: () => "x Gt 7 And y Gt 7",
    configuration: "none",
  },
  {
    what: "squares and sums",
    first: "x Mul x Add x",
    next: (last) => `${last} Mul ${last} Add ${last}`,
    constraint: (last) => `${last} Gt 5`,
    configuration: "none",
  },
  {
    what: "shifts by an unknown count",
    first: "x Shl y",
    next: (last) => `${last} Shl y`,
    constraint: (last) => `${last} Gt 5`,
    configuration: "1 1",
  },
];

// covers: PHI-04, PHI-10, X-64
Deno.test("chains of 20 and 40 products are decided in few steps, and their refutations are certified", () => {
  for (const { what, first, next, constraint, configuration } of CHAINS) {
    for (const length of [20, 40]) {
      const lets = Array.from(
        { length },
        (_, i) => `let v${i} = ${i === 0 ? first : next(`v${i - 1}`)}`,
      );
      const last = `v${length - 1}`;
      const text = program(
        proc(
          "Φ::main(x: i64, y: i64) -> i64",
          ...lets,
          `constrain ${constraint(last)}`,
          "return x",
        ),
      );
      const loaded = load([{ name: "chain", text }]);
      assert(loaded.ok, text);
      const system = problemOf(loaded.value);
      const work = new WorkBudget(200_000);
      const search = new Search(system, system.conjuncts, work);
      const found = search.find([]);
      if (found.kind === "none") {
        const ids = search.core().flatMap((index) => system.conjuncts[index]?.term.id ?? []);
        assert(isRefutation(system, search.certificate(ids, found.refutation)), what);
      }
      assertStrictEquals(leastIn(system, search), configuration, `${what}, ${length}`);
    }
  }
});

// covers: PHI-10, X-64
Deno.test("a product that is too large excludes nothing where it does not count", () => {
  const cube = "match p { true => x Mul x Mul x Mul x Mul x, false => 1 } Eq 1";
  const far = "x Gt 4611686018427387904";
  const least = (constraints: readonly string[]) => {
    const loaded = load([{ name: "cut", text: phi("p: bool, x: i64", constraints) }]);
    assert(loaded.ok);
    const system = problemOf(loaded.value);
    return leastIn(system, new Search(system, system.conjuncts, new WorkBudget(100_000)));
  };
  assertStrictEquals(least([cube, far]), "0 4611686018427387905");
  assertStrictEquals(least([cube, far, "p"]), "none");
  assertStrictEquals(least([cube, "p"]), "1 1");
});

function leastIn(system: Problem, search: Search): string {
  const found = search.find([]);
  return found.kind === "none"
    ? "none"
    : canonicalConfiguration(system, search, found.configuration).join(" ");
}
