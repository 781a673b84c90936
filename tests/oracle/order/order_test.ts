/**
 * Outcome, effects and failure are the same under any order of forges, processes, binds, shapes, links and members, and when a program
 * whose calls all resolve is split between forges and linked artifacts.
 *
 * @module
 */
import { assert, assertStrictEquals } from "../../../std/assert.ts";
import { Random } from "../../../campaign/random.ts";
import { sized, testSeed } from "../../support/size.ts";
import type { Bug } from "../model/bugs.ts";
import { executeLinked, type LinkedExecutor, orderDifference } from "./meaning.ts";
import { pathDifference, pathProgram } from "./paths.ts";
import type { ArtifactTree } from "./variants.ts";

// covers: DIR-13, DIR-25, BND-09
Deno.test("order and division of a program change nothing that it means", () => {
  const seed = testSeed("order", 1);
  for (let index = 0; index < sized({ quick: 30, ci: 1_200, full: 2_500 }); index++) {
    const difference = orderDifference(seed + index, executeLinked);
    assertStrictEquals(difference, undefined, `DUSTRUN_SEED=${seed + index}: ${difference}`);
  }
});

/** Executors for which order or division matters. */
const WRONG: { readonly [bug: string]: LinkedExecutor } = {
  "of two binds with the same ends the first counts": (artifacts, input) => {
    const seen = new Set<string>();
    const isFirst = ({ source, target }: Bind) => {
      const ends = `${baseName(source)} -> ${baseName(target)}`;
      return !seen.has(ends) && seen.add(ends).has(ends);
    };
    return executeLinked(withBinds(artifacts, (binds) => binds.filter(isFirst)), input);
  },
  "only the first gate is settled": (artifacts, input) => {
    let gates = 0;
    const isKept = ({ source }: Bind) => !source.includes("Φ::") || gates++ === 0;
    return executeLinked(withBinds(artifacts, (binds) => binds.filter(isKept)), input);
  },
  "members are read by position": (artifacts, input) => {
    const read = (bind: Bind): Bind => {
      const [source = "", target = ""] = Object.values(bind).filter((end) =>
        typeof end === "string"
      );
      return { ...bind, source, target };
    };
    return executeLinked(withBinds(artifacts, (binds) => binds.map(read)), input);
  },
  "only the first artifact is loaded": ([first], input) =>
    executeLinked(first === undefined ? [] : [first], input),
  "an end of a bind stays in its forge": (artifacts, input) =>
    executeLinked(artifacts.map(withOwnEnds), input),
  "the first process is the entry": (artifacts, input) => {
    const entry = artifacts[0]?.forges[0]?.procs[0]?.name ?? "main";
    return executeLinked(artifacts, { ...input, entry });
  },
};

Deno.test("every executor for which order matters is found", () => {
  for (const [bug, execute] of Object.entries(WRONG)) {
    assert(seedThatShows(execute) !== undefined, bug);
  }
});

function seedThatShows(execute: LinkedExecutor): number | undefined {
  for (let seed = 1; seed < 1_000; seed++) {
    if (orderDifference(seed, execute) !== undefined) return seed;
  }
  return undefined;
}

// covers: DIR-25, BND-03, DIR-04
Deno.test("paths mean what the reference model finds", () => {
  const seed = testSeed("paths", 1);
  for (let index = 0; index < sized({ quick: 100, ci: 2_500, full: 5_000 }); index++) {
    const difference = pathDifference(pathProgram(new Random(seed + index)));
    assertStrictEquals(difference, undefined, `DUSTRUN_SEED=${seed + index}: ${difference}`);
  }
});

/** Bugs that change which process a path means, or what follows from that. */
const PATH_BUGS: readonly Bug[] = [
  "a bind end stays in its forge",
  "a bare bind end leaves its forge",
  "a bind end has no precedence in its forge",
  "an ambiguous bind end is the first candidate",
  "own forge has no precedence",
  "linked forges are not searched",
  "the first of several callees is called",
  "one pair of ends is bound twice",
  "gates ignored",
];

Deno.test("every bug in the meaning of paths is found", () => {
  for (const bug of PATH_BUGS) {
    let seed = 1;
    while (pathDifference(pathProgram(new Random(seed)), bug) === undefined) {
      assert(seed++ < 1_000, bug);
    }
  }
});

type Bind = ArtifactTree["forges"][number]["binds"][number];

function withBinds(
  artifacts: readonly ArtifactTree[],
  change: (binds: Bind[]) => Bind[],
): readonly ArtifactTree[] {
  return artifacts.map(({ forges }) => ({
    forges: forges.map((forge) => ({ ...forge, binds: change(forge.binds) })),
  }));
}

/** Only the binds whose ends are in their own forge or name another. */
function withOwnEnds({ forges }: ArtifactTree): ArtifactTree {
  return {
    forges: forges.map((forge) => {
      const isOwn = (end: string) =>
        end.split("::").length > 2 || forge.procs.some(({ name }) => name === baseName(end));
      return {
        ...forge,
        binds: forge.binds.filter(({ source, target }) => isOwn(source) && isOwn(target)),
      };
    }),
  };
}

function baseName(path: string): string {
  return path.split("::").at(-1) ?? "";
}
