/**
 * Generated programs against the reference model. A difference is shrunk and printed with its seed; then it becomes a named
 * test of the part at fault.
 *
 * @module
 */
import assert from "node:assert/strict";
import { executeText } from "../mod.ts";
import type { Bug } from "../tests/oracle/model/bugs.ts";
import { sized, testSeed } from "../tests/support/size.ts";
import { differenceFromBug } from "./compare.ts";
import { fuzz, renderCampaign } from "./fuzz.ts";
import { generateCase } from "./generate.ts";
import { countStatements, shrinkArtifact } from "./shrink.ts";

Deno.test("execution agrees with the reference model, and keeps the invariants of the log", () => {
  const count = sized({ quick: 300, ci: 10_000 });
  const campaign = fuzz({ first: testSeed("fuzz", 1), count, execute: executeText });
  assert.equal(campaign.found.length, 0, renderCampaign(campaign));
  const endings = [...campaign.endings.keys()];
  for (const kind of ["Inadmissible", "DirLoad", "DirValidate", "Runtime", "ContractViolation"]) {
    assert.ok(endings.some((ending) => ending.includes(kind)), `no program ended in ${kind}`);
  }
  const returned = campaign.endings.get("returned") ?? 0;
  assert.ok(returned > count / 5, `only ${returned} of ${count} programs returned`);
});

Deno.test("generateCase() is a function of its seed", () => {
  assert.deepEqual(generateCase(42), generateCase(42));
  assert.notEqual(generateCase(42).text, generateCase(43).text);
});

/** Bugs of every stage; each must show within a few thousand programs and shrink to a handful of statements. */
const PLANTED: readonly Bug[] = [
  "integers wrap",
  "constraints after return ignored",
  "linear leftover accepted",
  "effects in reverse order",
  "no bind needed",
  "calls take no time",
];

Deno.test("a planted bug is found, and its program shrinks to at most 10 statements", () => {
  for (const bug of PLANTED) {
    const found = firstDifference(bug);
    assert.ok(found !== undefined, `no program shows: ${bug}`);
    const small = shrinkArtifact(
      found.text,
      (text) => differenceFromBug(text, found.input, bug) !== undefined,
    );
    const statements = countStatements(small);
    assert.ok(statements <= 10, `${bug} (seed ${found.seed}) shrinks to ${statements}:\n${small}`);
  }
});

function firstDifference(bug: Bug): ReturnType<typeof generateCase> | undefined {
  for (let seed = 1; seed < 4_000; seed++) {
    const generated = generateCase(seed);
    if (differenceFromBug(generated.text, generated.input, bug) !== undefined) return generated;
  }
  return undefined;
}
