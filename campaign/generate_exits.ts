/**
 * Seeded programs of the profile "exits": processes that return early at every nesting, with constraints before and after, over
 * names that are bound late, assigned and hidden, and proofs at several places. Callees are left the same way.
 *
 * @module
 */
import type { RunInput } from "../mod.ts";
import { type GeneratedCase, type ProcTree, writeArtifact } from "./artifact.ts";
import { ExitsBody } from "./exits_body.ts";
import { Random } from "./random.ts";

/** The program of a seed, with the input of its run. */
export function generateExits(seed: number): GeneratedCase {
  const random = new Random(seed);
  const procs: ProcTree[] = [formula(random)];
  const callees = ["h"];
  for (let index = random.below(3); index > 0; index--) {
    const name = `c${index}`;
    procs.push(classical(name, callees, random));
    callees.push(name);
  }
  const hasExistence = random.oneIn(3);
  const inPhi = callees.filter((name) => name === "h" || random.oneIn(4));
  if (hasExistence) procs.push(existence(inPhi, random));
  procs.push(classical("main", hasExistence ? [...callees, "v"] : callees, random));
  const binds = hasExistence
    ? ["K::main -> Φ::v", ...inPhi.map((name) => `Φ::v -> K::${name}`)].map((ends) => {
      const [source = "", target = ""] = ends.split(" -> ");
      return { source, target, contract: [] };
    })
    : [];
  const text = writeArtifact([{ name: "Exits", shapes: [], procs, binds }]);
  const isExistence = hasExistence && random.oneIn(3);
  const input: RunInput = {
    entry: isExistence ? "v" : "main",
    args: isExistence && random.oneIn(2) ? {} : { n: random.below(9) - 2 },
    limits: { max_ticks: 2_000, max_depth: 40, max_work: 2_000 },
  };
  return { seed, text, input };
}

/** What a predicate may call: nothing but an expression. */
function formula(random: Random): ProcTree {
  const expr = random.pick(["n Add 1", "n Mul n", "7 Sub n", "match n { 0 => 5, k => k }"]);
  return procTree("K", "h", [{ Return: { expr } }]);
}

function classical(name: string, callees: readonly string[], random: Random): ProcTree {
  return procTree("K", name, new ExitsBody(random, callees).whole());
}

/** A Φ process over one small unknown, with lets, a proof, and constraints before and after its return. */
function existence(callees: readonly string[], random: Random): ProcTree {
  const body = [
    { Constrain: { predicate: `n Ge ${-random.below(4)}` } },
    { Constrain: { predicate: `n Le ${random.below(9)}` } },
    ...new ExitsBody(random, callees).straight(),
  ];
  return procTree("Φ", "v", body);
}

function procTree(regime: string, name: string, body: ProcTree["body"]): ProcTree {
  const params = [{ name: "n", ty: "i64" }];
  return { regime, name, params, uses: [], ret: "i64", qualifiers: [], body };
}
