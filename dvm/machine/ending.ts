/**
 * The end of a run without success: the diagnostics of its failures, and the outcome event made from the first.
 *
 * @module
 */
import { assert } from "../base/result.ts";
import { diagnostic, mainMark } from "../diagnostic/diagnostic.ts";
import type { Diagnostic } from "../diagnostic/failure.ts";
import type { Program } from "../dir/model.ts";
import type { OutcomeEvent } from "../event/event.ts";
import type { State } from "../event/state.ts";
import type { Machine, Refused } from "./decision.ts";
import type { RunFailure } from "./failure.ts";
import { failureCode } from "./failure_code.ts";
import { factMarks } from "./failure_facts.ts";
import { failureMarks } from "./failure_marks.ts";
import { failureHelp } from "./failure_help.ts";
import { failureMessage } from "./message.ts";

/** A run that ends without success. */
export interface Ending {
  readonly kind: "ending";
  /** Why, all of it; never empty. */
  readonly diagnostics: readonly Diagnostic[];
  /** The outcome, which names the first diagnostic. */
  readonly outcome: OutcomeEvent;
}

/** The diagnostic of a failure of the run that is in `state`. */
export function diagnosticOf(program: Program, failure: RunFailure, state: State): Diagnostic {
  const help = failureHelp(failure);
  return diagnostic(failureCode(failure), {
    message: failureMessage(failure),
    marks: [...failureMarks(program, failure), ...factMarks(program, failure, state)],
    ...(help === undefined ? {} : { help }),
  });
}

/** The end of the run that these failures refuse. */
export function endOf({ analysis: { program }, state }: Machine, { failures }: Refused): Ending {
  return endingOf(state, failures.map((failure) => diagnosticOf(program, failure, state)));
}

/** The end of the run in `state`, for these reasons. */
export function endingOf(state: State, diagnostics: readonly Diagnostic[]): Ending {
  return {
    kind: "ending",
    diagnostics,
    outcome: refusedOutcome(diagnostics, {
      seq: state.seq,
      ticks: state.tick,
      effects: state.effectCount,
    }),
  };
}

/** The outcome event of a run that these diagnostics refuse. */
export function refusedOutcome(
  diagnostics: readonly Diagnostic[],
  at: Pick<OutcomeEvent, "seq" | "ticks" | "effects">,
): OutcomeEvent {
  const [first] = diagnostics;
  assert(first !== undefined, "a failure without a diagnostic");
  const { code, kind, message } = first;
  const isInadmissible = kind === "Inadmissible" || kind === "ConstraintFailure";
  return {
    seq: at.seq,
    kind: "outcome",
    status: isInadmissible ? "inadmissible" : "failed",
    returned: undefined,
    error: { code, kind, message, where: mainMark(first)?.path ?? "" },
    ticks: at.ticks,
    effects: at.effects,
  };
}
