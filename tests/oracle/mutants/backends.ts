/**
 * Wrong backends: the reference model with one planted bug, run against the suite. A backend is caught by a case when its result
 * is not what the case expects, tick count included.
 *
 * @module
 */
import { type ConformanceCase, encodeWireValue, readGolden } from "../../../mod.ts";
import { type Bug, PLANTED_BUGS } from "../model/bugs.ts";
import { askedBugs, judge, type ModelInput, type Verdict, verdictTrace } from "../model/model.ts";
import { modelInput } from "../model/reference.ts";
import { SUITE_FILES } from "./suite.ts";

/** Whether the model can run a case. */
export function isForModel({ skip }: ConformanceCase): boolean {
  return skip === "";
}

/** How the model's result for a case, with a planted bug or none, differs from the expected one. */
export function differenceOnCase(one: ConformanceCase, bug?: Bug): string | undefined {
  const known = textsOf(one);
  if (known.length === 0 || known.length < one.artifacts.length) return "no artifact";
  const verdict = answerOf(known, one, bug);
  if (typeof verdict === "string") return verdict;
  const { status, kind } = one.expect;
  if (verdict.status !== status || verdict.kind !== kind) {
    return `expected ${status} ${kind ?? ""}, got ${verdict.status} ${verdict.kind ?? ""}`;
  }
  if (kind !== undefined) {
    return verdict.effects.length > 0 ? "a refused program has effects" : undefined;
  }
  const golden = one.golden === undefined ? undefined : readGolden(one.golden, SUITE_FILES);
  const expected = encodeWireValue(golden ?? null);
  const actual = verdictTrace(verdict);
  return expected === actual ? undefined : `expected ${expected}, got ${actual}`;
}

/** A bug may make a backend crash: that is a wrong result too. */
function answerOf(
  texts: readonly string[],
  one: ConformanceCase,
  bug: Bug | undefined,
): Verdict | string {
  try {
    return judge(texts, inputOf(one), bug);
  } catch (thrown) {
    if (bug === undefined) throw thrown;
    return `it crashes: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
  }
}

function inputOf({ input }: ConformanceCase): ModelInput {
  // A bug may undo what ends a run; a wrong backend must end nevertheless.
  return modelInput({ ...input, limits: { max_ticks: 10_000, max_depth: 200, ...input.limits } });
}

/** The bugs that no case catches. */
export function escapedBugs(
  cases: readonly ConformanceCase[],
  bugs: readonly Bug[] = PLANTED_BUGS,
): readonly Bug[] {
  const runnable = cases.filter(isForModel);
  return bugs.filter((bug) => !runnable.some((one) => isCaughtBy(one, bug)));
}

/** For each bug, the names of the cases that catch it. */
export function catches(
  cases: readonly ConformanceCase[],
): ReadonlyMap<Bug, readonly string[]> {
  const runnable = cases.filter(isForModel);
  return new Map(PLANTED_BUGS.map((bug) => [
    bug,
    runnable.filter((one) => isCaughtBy(one, bug)).map(({ name }) => name),
  ]));
}

/** The bugs that a case asks for, once it has been run without any. */
const asked = new Map<ConformanceCase, ReadonlySet<Bug>>();

/** Whether a case catches a bug. One that the case never asks for changes nothing. */
function isCaughtBy(one: ConformanceCase, bug: Bug): boolean {
  const known = asked.get(one) ?? askedBugs(textsOf(one), inputOf(one));
  asked.set(one, known);
  return known.has(bug) && differenceOnCase(one, bug) !== undefined;
}

function textsOf({ artifacts }: ConformanceCase): readonly string[] {
  return artifacts.flatMap((artifact) => SUITE_FILES.read(artifact) ?? []);
}
