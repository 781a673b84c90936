/**
 * Holders against brute force: every program of up to four statements over two names, and a random sample of longer ones over three.
 * The machine, the model and the oracle agree on each, and `check` refuses none.
 *
 * @module
 */
import { assert, assertEquals } from "../../../std/assert.ts";
import { Random } from "../../../campaign/random.ts";
import { certainViolations, load, type Program } from "../../../mod.ts";
import { sized, testSeed } from "../../support/size.ts";
import { certainDifference } from "./certain_violations.ts";
import { artifactOf, closed, everyBody, type HolderBody, randomBody } from "./holder_program.ts";
import { holderDifference, type HolderTally, newTally } from "./holder_difference.ts";

// covers: MEM-02, MEM-03, MEM-04, MEM-05, MEM-06, MEM-08
Deno.test("holders: machine, model and oracle agree on every small program", () => {
  const tally = newTally();
  for (const body of everyBody(2, sized({ quick: 2, ci: 4 }))) agree(body, tally);
  assert(tally.programs > 50);
});

// covers: MEM-02, MEM-03, MEM-04, MEM-05, MEM-06
Deno.test("holders: machine, model and oracle agree on random programs over three names", () => {
  const random = new Random(testSeed("holders", 20261129));
  const tally = newTally();
  for (let count = 0; count < sized({ quick: 150, ci: 4_000, full: 10_000 }); count++) {
    const body = randomBody(random, 3, random.between(5, 6));
    agree(body, tally);
    agree(closed(body), tally);
  }
  assertEveryOutcome(tally);
});

Deno.test("holders: brute force finds a planted bug of each kind", () => {
  const bugs = [
    "a second free is ignored",
    "free ends every holder",
    "a copy is the same holder",
    "a copy has a region of its own",
    "a freed handle still works",
    "leaks are let through",
    "an overwritten holder is no leak",
    "the end of a block loses nothing",
    "a returned parameter is moved",
  ] as const;
  const random = new Random(5);
  const bodies = Array.from(
    { length: 400 },
    () => closed(randomBody(random, 2, random.between(2, 5))),
  );
  bodies.push(closed(SHARED));
  for (const bug of bugs) {
    const isFound = bodies.some((body) =>
      holderDifference(body, newTally(), { bug }) !== undefined
    );
    assert(isFound, bug);
  }
});

Deno.test("holders: brute force finds a check that refuses too much or too little", () => {
  const random = new Random(6);
  const bodies = Array.from({ length: 100 }, () => closed(randomBody(random, 2, 3)));
  for (const body of everyBody(2, 1)) bodies.push(body);
  const leak = load([{ name: "leak", text: artifactOf([{ kind: "alloc", to: 0 }]) }]);
  assert(leak.ok);
  const always = certainViolations(leak.value);
  const judges = [() => always, () => []];
  for (const certain of judges) {
    assert(bodies.some((body) => holderDifference(body, newTally(), { certain }) !== undefined));
  }
});

// covers: MEM-02, MEM-03, MEM-04, MEM-07, RES-08
Deno.test("what check is certain of is refused by every run, and without branches it misses nothing", () => {
  const first = testSeed("certain violations", 20261129);
  let refused = 0;
  for (let seed = first; seed < first + sized({ quick: 200, ci: 1_500, full: 3_000 }); seed++) {
    assertEquals(certainDifference(seed, () => refused++), undefined, `seed ${seed}`);
  }
  assert(refused > 0);
});

Deno.test("a check that is certain of too much, or leaves out a rule for files and devices, is noticed", () => {
  const codes = ["DR0909", "DR0910", "DR0911", "DR0912", "DR0915"];
  const without = codes.map((missing) => (program: Program) =>
    certainViolations(program).filter(({ code }) => code !== missing)
  );
  const leak = load([{ name: "leak", text: artifactOf([{ kind: "alloc", to: 0 }]) }]);
  assert(leak.ok);
  const always = certainViolations(leak.value);
  for (const [index, certain] of [() => always, ...without].entries()) {
    let seed = 1;
    while (certainDifference(seed, () => {}, certain) === undefined) {
      assert(seed++ < 200, `without ${codes[index - 1]}`);
    }
  }
});

/** What is written through one copy is read through the other. */
const SHARED: HolderBody = [
  { kind: "alloc", to: 0 },
  { kind: "copy", to: 1, from: 0 },
  { kind: "bump", from: 0 },
  { kind: "load", from: 1 },
];

function agree(body: HolderBody, tally: HolderTally): void {
  assertEquals(holderDifference(body, tally), undefined, JSON.stringify(body));
}

function assertEveryOutcome(tally: HolderTally): void {
  for (const kind of ["returned", "leak", "used after free", "freed twice"]) {
    assert((tally.outcomes.get(kind) ?? 0) > 0, `no program is ${kind}`);
  }
}
