/**
 * `explore` against brute force: the number of classes, and the set of outcomes.
 *
 * @module
 */
import { load, type Program, type RunInput, type ScheduleReport } from "../../../mod.ts";
import type { Random } from "../../../campaign/random.ts";
import { prepare } from "../model/model.ts";
import { modelInput } from "../model/reference.ts";
import { CLASSIC_EXAMPLES } from "./classic_examples.ts";
import { everyInterleaving } from "./interleavings.ts";
import { smallProgram } from "./small_program.ts";

/** What explores: the function of the library, or one with a planted bug. */
export type Explore = (program: Program, query: { readonly input: RunInput }) => ScheduleReport;

/** A program that was explored, and what is wrong. */
export interface ExploreDifference {
  readonly text: string;
  readonly difference: string;
}

/** What differs for the classic examples, whose counts are known. */
export function classicDifferences(explore: Explore): readonly ExploreDifference[] {
  return CLASSIC_EXAMPLES.flatMap(({ name, text, classes, outcomes }) => {
    const known = { classes, outcomes };
    const difference = differenceOf(explored(explore, text, {}), known);
    return difference === undefined ? [] : [{ text: name, difference }];
  });
}

/** The first of `count` random programs that differs, and how many were compared; those with too many schedules are not. */
export function firstDifference(
  explore: Explore,
  { random, count, statements }: {
    readonly random: Random;
    readonly count: number;
    readonly statements: number;
  },
): { readonly compared: number; readonly difference: ExploreDifference | undefined } {
  let compared = 0;
  while (compared < count) {
    const { text, input } = smallProgram(random, statements);
    const prepared = prepare(text), given = modelInput(input);
    const all = everyInterleaving(prepared, given, { most: NAIVE_MOST }) ??
      everyInterleaving(prepared, given, { isByTrace: true, most: BY_TRACE_MOST });
    if (all === undefined) continue;
    compared++;
    const known = { classes: all.traces.size, outcomes: [...all.outcomes.keys()].sort() };
    const difference = differenceOf(explored(explore, text, input), known);
    if (difference !== undefined) return { compared, difference: { text, difference } };
  }
  return { compared, difference: undefined };
}

/** Up to so many schedules, all are executed one by one; else one beginning of each class is followed. */
const NAIVE_MOST = 200;
const BY_TRACE_MOST = 3_000;

interface Classes {
  readonly classes: number;
  readonly outcomes: readonly string[];
}

/** How what is explored differs from what is known. */
function differenceOf(explored: ScheduleReport, known: Classes): string | undefined {
  const { schedules, ends } = explored;
  if (schedules !== known.classes) return `${schedules} classes, not ${known.classes}`;
  const outcomes = new Set(ends.map((end) => outcomeOf(end, known.outcomes)));
  const [here, there] = [[...outcomes].sort().join("\n"), known.outcomes.join("\n")];
  return here === there ? undefined : `outcomes\n${here}\nnot\n${there}`;
}

/** An outcome as the model spells it: a failure by its kind, where the text gives it no code. */
function outcomeOf(
  { outcome: { status, returned, error }, effects }: ScheduleReport["ends"][number],
  known: readonly string[],
): string {
  if (error === undefined) {
    const performed = effects.map(({ kind, payload }) => `${kind} ${payload}`);
    return [status, JSON.stringify(returned ?? null), ...performed].join("; ");
  }
  const byKind = `${status} ${error.kind}`;
  return known.includes(byKind) ? byKind : `${status} ${error.code}`;
}

function explored(explore: Explore, text: string, input: RunInput): ScheduleReport {
  const program = load([{ name: "threads.dir.json", text }]);
  if (!program.ok) throw new Error(program.failure[0]?.message);
  return explore(program.value, { input });
}
