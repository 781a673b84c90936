/**
 * The judge: whether an executor and a reference agree on a program, and whether the invariants of the log hold for it. The
 * program may be valid or not.
 *
 * @module
 */
import { encodeWireValue, type Execution, type RunInput, summaryTrace } from "../mod.ts";
import type { Difference } from "./difference.ts";
import { brokenInvariant } from "./invariants.ts";

/** Executes an artifact: dustrun, or a copy of it with a bug. */
export type Executor = (text: string, input: RunInput) => Execution;

/** The reference's result of a run. */
export interface ReferenceVerdict {
  /** How the run ends. */
  readonly status: "returned" | "admissible" | "inadmissible" | "failed";
  /** The kind of failure; `undefined` after a success. */
  readonly kind: string | undefined;
  /**
   * All kinds of the violations that share the first place: any of them may be reported first. It includes `kind`, and is
   * empty after a success.
   */
  readonly kinds: readonly string[];
  /** The summary trace as compact JSON, as `JSON.stringify(summaryTrace(…))` writes it; compared after a success only. */
  readonly trace: string;
  /** The values of the effects, in order, as tagged JSON. */
  readonly values: readonly string[];
}

/** A second implementation of the language that shares no code with dustrun. */
export type Reference = (text: string, input: RunInput) => ReferenceVerdict;

/** The two sides of a comparison. */
export interface Judge {
  /** The side under test. */
  readonly execute: Executor;
  /** The side that is assumed to be right. */
  readonly reference: Reference;
}

/** What is wrong with the execution of a program; `undefined` when nothing is. What either side throws is a difference. */
export function differenceIn(text: string, input: RunInput, judge: Judge): Difference | undefined {
  try {
    const execution = judge.execute(text, input);
    return disagreement(execution, judge.reference(text, input)) ??
      brokenInvariant(text, input, execution);
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.stack ?? thrown.message : String(thrown);
    return { kind: "thrown", message };
  }
}

/** How an execution and the reference's verdict differ; `undefined` when they agree. */
export function disagreement(
  execution: Execution,
  verdict: ReferenceVerdict,
): Difference | undefined {
  const { status, error } = execution.outcome;
  // Where violations of several kinds share one place, either side may report any of them.
  const isTie = new Set(verdict.kinds).size > 1;
  if ((status !== verdict.status && !isTie) || !agreesOnKind(error?.kind, verdict)) {
    return {
      kind: "ending",
      machine: { status, ...error },
      reference: {
        status: verdict.status,
        ...(verdict.kind === undefined ? {} : { kind: verdict.kind }),
      },
    };
  }
  if (error !== undefined) return undefined;
  const machineTrace = JSON.stringify(summaryTrace(execution));
  if (machineTrace !== verdict.trace) {
    return { kind: "trace", machine: machineTrace, reference: verdict.trace };
  }
  const machineValues = execution.effects.map(({ value }) => encodeWireValue(value)).join();
  const referenceValues = verdict.values.join();
  return machineValues === referenceValues
    ? undefined
    : { kind: "effect_values", machine: machineValues, reference: referenceValues };
}

function agreesOnKind(kind: string | undefined, verdict: ReferenceVerdict): boolean {
  return kind === verdict.kind || (kind !== undefined && verdict.kinds.includes(kind));
}
