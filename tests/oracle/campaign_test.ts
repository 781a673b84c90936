/**
 * Generated programs against the reference model. A difference is shrunk and printed with its seed; it then becomes a named
 * test of the part at fault.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertMatch,
  assertNotStrictEquals,
  assertStrictEquals,
} from "../../std/assert.ts";
import { generateCase } from "../../campaign/generate.ts";
import { differenceIn, disagreement, type Judge } from "../../campaign/judge.ts";
import { renderCampaign, runCampaign } from "../../campaign/run_campaign.ts";
import { countStatements, shrinkArtifact } from "../../campaign/shrink.ts";
import { executeText, type RunInput } from "../../mod.ts";
import { sized, testSeed } from "../support/size.ts";
import type { Bug } from "./model/bugs.ts";
import { modelReference } from "./model/reference.ts";

const JUDGE: Judge = { execute: executeText, reference: modelReference() };

Deno.test("execution agrees with the reference model and preserves the invariants of the log", () => {
  const count = sized({ quick: 150, ci: 5_000, full: 10_000 });
  const campaign = runCampaign({ first: testSeed("campaign", 1), count, judge: JUDGE });
  assertStrictEquals(campaign.found.length, 0, renderCampaign(campaign));
  const endings = [...campaign.endings.keys()];
  for (const kind of ["Inadmissible", "DirLoad", "DirValidate", "Runtime", "ContractViolation"]) {
    assert(endings.some((ending) => ending.includes(kind)), `no program ended in ${kind}`);
  }
  const returned = campaign.endings.get("returned") ?? 0;
  assert(returned > count / 5, `only ${returned} of ${count} programs returned`);
});

Deno.test("generateCase() is a function of its seed", () => {
  assertEquals(generateCase(42), generateCase(42));
  assertNotStrictEquals(generateCase(42).text, generateCase(43).text);
});

Deno.test("runCampaign() shrinks a difference, keeps its cause, and stops after foundMax", () => {
  const judge: Judge = { ...JUDGE, reference: modelReference("calls take no time") };
  const { found } = runCampaign({ first: 1, count: 4_000, judge, foundMax: 1 });
  assertStrictEquals(found.length, 1);
  assertStrictEquals(found[0]?.difference.kind, "trace");
  assert((found[0]?.statements ?? 99) <= 10, found[0]?.text);
});

Deno.test("a run that is not deterministic, and a side that throws, are differences", () => {
  const { text, input } = generateCase(42);
  const other = executeText(text, { ...input, environment: { tick_us: 77 } });
  const unsteady = differenceIn(text, input, { ...JUDGE, execute: () => other });
  assertEquals(
    unsteady?.kind === "invariant" ? unsteady.invariant : unsteady,
    "deterministic",
  );
  const failing = (): never => {
    throw new Error("planted");
  };
  const thrown = differenceIn(text, input, { ...JUDGE, execute: failing });
  assertMatch(thrown?.kind === "thrown" ? thrown.message : "", /planted/);
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
    const found = firstProgramThatShows(bug);
    assert(found !== undefined, `no program shows: ${bug}`);
    const small = shrinkArtifact(found.text, (text) => showsBug(text, found.input, bug));
    const statements = countStatements(small);
    assert(statements <= 10, `${bug} (seed ${found.seed}) shrinks to ${statements}:\n${small}`);
  }
});

function firstProgramThatShows(bug: Bug): ReturnType<typeof generateCase> | undefined {
  for (let seed = 1; seed < 4_000; seed++) {
    const generated = generateCase(seed);
    if (showsBug(generated.text, generated.input, bug)) return generated;
  }
  return undefined;
}

function showsBug(text: string, input: RunInput, bug: Bug): boolean {
  return disagreement(executeText(text, input), modelReference(bug)(text, input)) !== undefined;
}
