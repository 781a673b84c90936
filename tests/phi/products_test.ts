/**
 * Ranges of nonlinear results: products that leave 64 bits are cut, so that a chain of them neither costs more with each link nor
 * excludes what it should not; bitwise operations have the sign of their results.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { executeText, load } from "../../mod.ts";
import { canonicalConfiguration } from "../../dvm/phi/answer/canonical.ts";
import { isRefutation } from "../../dvm/phi/certificate/checker.ts";
import type { Interval } from "../../dvm/phi/number/interval.ts";
import { WorkBudget } from "../../dvm/phi/number/work_budget.ts";
import { arithmeticInterval, computeArithmetic } from "../../dvm/phi/problem/arithmetic.ts";
import type { Problem } from "../../dvm/phi/problem/problem.ts";
import { Search } from "../../dvm/phi/solver/search.ts";
import { phi, proc, program } from "../support/program.ts";
import { sized } from "../support/size.ts";
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

// covers: PHI-04, PHI-10
Deno.test("chains of 20 and 40 products are decided in few steps, and their refutations are certified", () => {
  for (const { what, first, next, constraint, configuration } of CHAINS) {
    for (let length = 20; length <= sized({ quick: 20, ci: 40 }); length += 20) {
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

// covers: PHI-10
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

// covers: PHI-04
Deno.test("the interval of a bitwise operation contains its results, and knows their sign", () => {
  const kinds = ["bitAnd", "bitOr", "bitXor"] as const;
  const intervals: Interval[] = [];
  for (let lo = -5; lo <= 5; lo++) for (let hi = lo; hi <= 5; hi++) intervals.push({ lo, hi });
  for (const kind of kinds) {
    for (const a of intervals) {
      for (const b of intervals) {
        const { lo, hi } = arithmeticInterval(kind, a, b);
        let least = Infinity, most = -Infinity;
        for (let x = Number(a.lo); x <= Number(a.hi); x++) {
          for (let y = Number(b.lo); y <= Number(b.hi); y++) {
            const result = Number(computeArithmetic(kind, x, y));
            least = Math.min(least, result);
            most = Math.max(most, result);
          }
        }
        const what = `${kind} ${JSON.stringify([a, b])}`;
        assert(lo <= least && hi >= most, what);
        assertStrictEquals(lo < 0, least < 0, what);
        assertStrictEquals(hi < 0, most < 0, what);
      }
    }
  }
});

// covers: PHI-04
Deno.test("the sign of a bitwise operation refutes without a search over 64 bits", () => {
  const conflicts = {
    "(x BitAnd y) Gt 0": ["body[0]", "body[2]", "body[3]"],
    "(x BitOr y) Ge 0": ["body[0]", "body[3]"],
    "(x BitXor y) Lt 0": ["body[2]", "body[3]"],
  };
  for (const [claim, expected] of Object.entries(conflicts)) {
    const text = phi("x: i64, y: i64", ["x Lt 0", "x Mul x Eq 16", "x Eq y", claim]);
    const { events } = executeText(text, { limits: { max_work: 20_000 } });
    const resolved = events.find((event) => event.kind === "phi_resolved");
    assert(resolved?.kind === "phi_resolved");
    const { verdict, minimal, conflict } = resolved;
    assertEquals([verdict, minimal, conflict], ["inadmissible", true, expected], claim);
  }
});

function leastIn(system: Problem, search: Search): string {
  const found = search.find([]);
  return found.kind === "none"
    ? "none"
    : canonicalConfiguration(system, search, found.configuration).join(" ");
}
