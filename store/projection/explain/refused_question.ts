/**
 * The question about existence that a run failed at, from its log.
 *
 * @module
 */
import type { PhiResolved } from "../../../dvm/event/event.ts";
import { boundParams } from "../../../dvm/event/frame.ts";
import type { PhiQuestion } from "../../../dvm/phi/answer/question.ts";
import type { PhiBudgets } from "../../../dvm/phi/answer/resolve.ts";
import type { Readable } from "../../file/byte_file.ts";
import { LogStates } from "../state/states.ts";

/** A question, and the budgets with which it was asked. */
export interface RefusedQuestion {
  readonly question: PhiQuestion;
  readonly budgets: PhiBudgets;
}

/** The question of a resolution that was not admissible; `undefined` if the log has no states. */
export function questionAt(
  source: Readable,
  { seq, gate }: PhiResolved,
): RefusedQuestion | undefined {
  const states = LogStates.open(source);
  if (!states.ok) return undefined;
  const state = states.value.at({ kind: "event", seq });
  const { refusal, frames, input } = state.ok ? state.value.state : {};
  if (refusal?.kind !== "phi" || input === undefined) return undefined;
  const caller = gate === true ? undefined : frames?.at(-1); // a gate concerns the process itself, without arguments
  const given = caller === undefined ? new Map() : boundParams(caller);
  const { max_work, max_configuration_work, max_conflict_work } = input.limits;
  return {
    question: { program: states.value.program, proc: refusal.proc, given },
    budgets: {
      maxWork: max_work,
      maxConfigurationWork: max_configuration_work,
      maxConflictWork: max_conflict_work,
    },
  };
}
