/**
 * The suite is itself tested: a right backend passes it whole, and every wrong one is caught.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../../std/assert.ts";
import { renderSuiteText, reportOf, runCase } from "../../../mod.ts";
import { uncoveredSides } from "../../../tools/coverage_page.ts";
import { PLANTED_BUGS } from "../model/bugs.ts";
import { sized } from "../../support/size.ts";
import { differenceOnCase, escapedBugs, isForModel } from "./backends.ts";
import { sideOf, SUITE_FILES, suiteCases } from "./suite.ts";

const CASES = suiteCases();

Deno.test("dustrun passes its own conformance suite, and skips nothing", () => {
  const report = reportOf(CASES.map((one) => runCase(one, SUITE_FILES)));
  assertStrictEquals(report.failed + report.skipped, 0, renderSuiteText(report));
});

Deno.test("the reference model, which shares no code with dustrun, passes it too", () => {
  const runnable = CASES.filter(isForModel);
  assert(runnable.length > 0.95 * CASES.length);
  for (const one of runnable) assertStrictEquals(differenceOnCase(one), undefined, one.name);
});

Deno.test("every planted bug is caught by some case", () => {
  assert(PLANTED_BUGS.length >= 50);
  const everyNth = sized({ quick: 6, ci: 1 });
  assertEquals(escapedBugs(CASES, PLANTED_BUGS.filter((_, index) => index % everyNth === 0)), []);
});

Deno.test("both sides of every clause have a case, or a reason why there is none", () => {
  assertEquals(uncoveredSides(), []);
});

Deno.test("at least 35 % of the cases are rejections", () => {
  const rejections = CASES.filter((one) => sideOf(one) === "rejects");
  assert(rejections.length >= 0.35 * CASES.length, `${rejections.length} of ${CASES.length}`);
});
