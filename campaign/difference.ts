/**
 * What can be wrong with a program's execution, as data: a disagreement with the reference, or a broken invariant.
 *
 * @module
 */

/** How a run ended on one side. `code` and `message` are given where that side has them. */
export interface Ending {
  /** As in the outcome event: returned, admissible, inadmissible or failed. */
  readonly status: string;
  /** The kind of failure; absent after a success. */
  readonly kind?: string;
  /** The diagnostic code. */
  readonly code?: string;
  /** One sentence for people; not compared. */
  readonly message?: string;
}

/** The invariants of a log that hold of every program. */
export type Invariant =
  /** A second execution of the same input has the same events. */
  | "deterministic"
  /** The state after every prefix of the log yields the next event. */
  | "decided by the state"
  /** Every event can follow the ones before it. */
  | "folds"
  /** No event follows the outcome. */
  | "ends with the outcome"
  /** The log can be read and executed again to the same bytes. */
  | "replays";

/** The first thing found wrong. */
export type Difference =
  | { readonly kind: "ending"; readonly machine: Ending; readonly reference: Ending }
  /** Both sides succeed with different summary traces (compact JSON). */
  | { readonly kind: "trace"; readonly machine: string; readonly reference: string }
  /** The traces are equal, the typed values of the effects (tagged JSON) are not. */
  | { readonly kind: "effect_values"; readonly machine: string; readonly reference: string }
  | { readonly kind: "invariant"; readonly invariant: Invariant; readonly detail: string }
  /** Either side, or the check of an invariant, has thrown. */
  | { readonly kind: "thrown"; readonly message: string };

/** The difference as one sentence. */
export function renderDifference(difference: Difference): string {
  switch (difference.kind) {
    case "ending":
      return `the machine: ${renderEnding(difference.machine)}; the reference: ${
        renderEnding(difference.reference)
      }`;
    case "trace":
      return `the machine: ${difference.machine}; the reference: ${difference.reference}`;
    case "effect_values":
      return `effect values, the machine: ${difference.machine}; the reference: ${difference.reference}`;
    case "invariant":
      return `not ${difference.invariant}: ${difference.detail}`;
    case "thrown":
      return `thrown: ${difference.message}`;
  }
}

/** Whether two differences are probably the same fault; shrinking keeps to one. */
export function hasSameCause(a: Difference, b: Difference): boolean {
  return causeOf(a) === causeOf(b);
}

function causeOf(difference: Difference): string {
  switch (difference.kind) {
    case "ending": {
      const { machine, reference } = difference;
      const code = machine.code ?? "";
      return `ending ${machine.status} ${code} ${reference.status} ${reference.kind ?? ""}`;
    }
    case "invariant":
      return `invariant ${difference.invariant}`;
    case "trace":
    case "effect_values":
    case "thrown":
      return difference.kind;
  }
}

function renderEnding({ status, kind, message }: Ending): string {
  return [status, kind, message].filter((part) => part !== undefined && part !== "").join(" ");
}
