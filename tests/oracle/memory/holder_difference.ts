/**
 * One program of holders in three executors: the machine, the model, and the oracle.
 *
 * @module
 */
import { assert } from "../../../std/assert.ts";
import { certainViolations, check, type Diagnostic, execute, load } from "../../../mod.ts";
import type { Bug } from "../model/bugs.ts";
import { judge } from "../model/model.ts";
import { holderOutcome } from "./holder_oracle.ts";
import { artifactOf, type HolderBody } from "./holder_program.ts";

/** How many programs there were, how many of them `check` refuses, and how many runs had each outcome. */
export interface HolderTally {
  programs: number;
  refused: number;
  readonly outcomes: Map<string, number>;
}

/** A tally of nothing. */
export function newTally(): HolderTally {
  return { programs: 0, refused: 0, outcomes: new Map() };
}

const MACHINE_OUTCOMES: { readonly [code: string]: string } = {
  DR0906: "used after free",
  DR0907: "freed twice",
  DR0908: "leak",
};

/** What is judged instead of dustrun, where a test plants a bug. */
export interface HolderSuspects {
  /** Of the model; then the machine is not judged. */
  readonly bug?: Bug;
  readonly certain?: typeof certainViolations;
}

/**
 * How the executors differ on a program, over every choice of branches and loops that matters; `undefined` where they agree. What
 * `check` is certain of, no run may allow; and without branches and loops it is certain of what the run meets.
 */
export function holderDifference(
  body: HolderBody,
  tally: HolderTally,
  { bug, certain = certainViolations }: HolderSuspects = {},
): string | undefined {
  const text = artifactOf(body);
  const loaded = load([{ name: "holders", text }]);
  assert(loaded.ok, text);
  const refusal = check(loaded.value)[0];
  if (refusal !== undefined) return `check refuses it: ${refusal.message}`;
  const certainly = certain(loaded.value);
  const isStraight = !has(body, "branch") && !has(body, "loop");
  tally.programs++;
  if (certainly.length > 0) tally.refused++;
  for (const taken of has(body, "branch") ? [true, false] : [true]) {
    for (const rounds of has(body, "loop") ? [0, 1, 2] : [1]) {
      const args = { taken, rounds };
      const expected = holderOutcome(body, taken, rounds);
      const kind = expected.startsWith("returned") ? "returned" : expected;
      tally.outcomes.set(kind, (tally.outcomes.get(kind) ?? 0) + 1);
      const [violation] = certainly;
      if (violation !== undefined && kind === "returned") {
        return `check refuses what this run allows: ${violation.message}`;
      }
      if (bug === undefined) {
        const { outcome, effects, diagnostics } = execute(loaded.value, { args });
        const found = outcome.error === undefined
          ? `returned ${effects.map(({ payload }) => payload).join()}`
          : MACHINE_OUTCOMES[outcome.error.code] ?? outcome.error.code;
        if (found !== expected) return `machine: ${found}, oracle: ${expected}`;
        const [met] = isStraight ? diagnostics.map(storyOf) : [];
        if (met !== undefined && !certainly.map(storyOf).includes(met)) {
          return `check does not report ${met}, which every run meets`;
        }
      }
      const verdict = judge(text, { args }, bug);
      const judged = verdict.kind === undefined
        ? `returned ${verdict.effects.map(({ payload }) => payload).join()}`
        : verdict.kind;
      const wanted = kind === "returned" ? expected : "Inadmissible";
      if (judged !== wanted) return `model: ${judged}, oracle: ${expected}`;
    }
  }
  return undefined;
}

/** The code of a diagnostic and the places of its marks. */
function storyOf({ code, marks }: Diagnostic): string {
  return [code, ...marks.map(({ role, path, label }) => `${role} ${path}: ${label}`)].join("; ");
}

function has(body: HolderBody, kind: "branch" | "loop"): boolean {
  return body.some((step) => step.kind === kind || ("body" in step && has(step.body, kind)));
}
