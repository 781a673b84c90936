/**
 * Machine and model on programs with threads: they agree on the outcome, the code of a failure, the effects, and the thread of every
 * dispatch.
 *
 * @module
 */
import { renderDifference } from "../../../campaign/difference.ts";
import { differenceIn, disagreement } from "../../../campaign/judge.ts";
import { executeText, type Execution, type RunInput } from "../../../mod.ts";
import { execute, type Judged, prepare } from "../model/model.ts";
import { modelInput, modelReference, referenceVerdict } from "../model/reference.ts";
import { everyInterleaving, executeSchedule, type Interleavings } from "./interleavings.ts";
import type { SmallProgram } from "./small_program.ts";

/** How machine and model differ on a program, and which invariant of logs its execution breaks; `undefined` where all is well. */
export function threadDifference(text: string, input: RunInput): string | undefined {
  const judge = { execute: executeText, reference: modelReference() };
  const difference = differenceIn(text, input, judge);
  if (difference !== undefined) return renderDifference(difference);
  return judgedDifference(executeText(text, input), execute(prepare(text), modelInput(input)));
}

/** How an execution and the run of the model differ: in outcome and effects, in the code of a failure, in who did what. */
export function judgedDifference(execution: Execution, judged: Judged): string | undefined {
  const difference = disagreement(execution, referenceVerdict(judged.verdict));
  if (difference !== undefined) return renderDifference(difference);
  return codeDifference(execution, judged) ?? scheduleDifference(execution, judged);
}

function codeDifference(
  { outcome: { error } }: Execution,
  { verdict }: Judged,
): string | undefined {
  return verdict.code === undefined || verdict.code === error?.code
    ? undefined
    : `the machine: ${error?.code}; the model: ${verdict.code}`;
}

/** How they differ in the thread of some dispatch. */
function scheduleDifference({ events }: Execution, { dispatches }: Judged): string | undefined {
  const ofMachine = threadsOfDispatches(events);
  // The one that fails may have had its event.
  const ofModel = dispatches.flatMap(({ thread, isVerdict }) => isVerdict ? [] : thread);
  const isFailing = dispatches.at(-1)?.isFailure === true;
  const expected = isFailing && ofMachine.length < ofModel.length ? ofModel.slice(0, -1) : ofModel;
  return ofMachine.join() === expected.join()
    ? undefined
    : `dispatches, the machine: ${ofMachine.join()}; the model: ${expected.join()}`;
}

/**
 * How machine and model differ on a program in one of its schedules, of which there is one of each class. `undefined` where they
 * agree, or where there are too many.
 */
export function everyScheduleDifference({ text, input }: SmallProgram): string | undefined {
  const options = { isByTrace: true, most: 5_000 };
  const all = everyInterleaving(prepare(text), modelInput(input), options);
  return all && schedulesDifference({ text, input }, all);
}

/** How machine and model differ on a program whose schedules are known. */
export function schedulesDifference(
  { text, input }: SmallProgram,
  { traces }: Interleavings,
): string | undefined {
  const prepared = prepare(text);
  for (const { schedule } of traces.values()) {
    const execution = executeText(text, { ...input, schedule });
    const judged = executeSchedule(prepared, modelInput(input), schedule);
    const difference = judgedDifference(execution, judged);
    if (difference !== undefined) return `in the schedule ${schedule.join()}: ${difference}`;
  }
  return undefined;
}

const ENDS_OF_DISPATCHES: readonly string[] = [
  "enter_proc",
  "stmt",
  "effect",
  "constraint_added",
  "witness",
  "leave_proc",
];
const OF_ARTIFACTS: readonly string[] = ["emit", "observe", "seal"];

/** The thread of each dispatch, by the events that end them. */
function threadsOfDispatches(events: Execution["events"]): readonly number[] {
  return events.flatMap((event) => {
    if (!ENDS_OF_DISPATCHES.includes(event.kind)) return [];
    if (event.kind === "effect" && !OF_ARTIFACTS.includes(event.effect)) return [];
    return ["thread" in event ? event.thread ?? 0 : 0];
  });
}
