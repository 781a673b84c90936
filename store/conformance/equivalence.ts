/**
 * Observational equivalence (semantics.md): two executions are equivalent if their outcome status and failure kind, returned value,
 * and sequence of effects (kind and content) are equal. Ticks, messages and everything else are ignored.
 *
 * @module
 */
import type { Execution } from "../log/execution_form.ts";
import { firstDifference, renderDifference } from "../json/first_difference.ts";
import { EFFECT_KINDS } from "../../dvm/dir/model.ts";
import { ioEffectOf } from "../../dvm/event/io_effect.ts";
import { type NotObserved, type Observed, readObserved } from "./observed.ts";

/** The verdict on the trace of another executor. */
export interface JudgedTrace {
  /** `skipped`: the other executor reports that it did not run the program. `incomplete`: its log has no outcome. */
  readonly verdict: "equivalent" | "different" | "incomplete" | "unreadable" | "skipped";
  /** Why the traces are not equivalent: one sentence per difference; for a skip, the reason that the other executor gives. */
  readonly reasons: readonly string[];
  /** The specification clauses that these differences violate. */
  readonly clauses: readonly string[];
  /** The form of the other trace. Typed payloads are compared only if it has them. */
  readonly compared: "summary" | "log";
}

/**
 * Judges a summary trace (one JSON object) or an event log (JSONL) against the reference execution of the same program and
 * input.
 *
 * @example
 * ```ts
 * import { executeText, judgeTrace } from "../../mod.ts";
 * const execution = executeText("forge Source {}");
 * const { verdict } = judgeTrace(execution, '{"error":{"kind":"DirLoad","message":"in my own words"}}');
 * if (verdict !== "equivalent") throw new Error();
 * ```
 */
export function judgeTrace(execution: Execution, given: string): JudgedTrace {
  const other = observe(execution, given);
  if ("verdict" in other) {
    const { verdict, reason } = other;
    const clauses = verdict === "unreadable" ? ["TRC-01"] : [];
    return {
      verdict,
      reasons: [reason],
      clauses,
      compared: verdict === "incomplete" ? "log" : "summary",
    };
  }
  const reasons: string[] = [];
  const clauses = new Set<string>();
  const differs = (reason: string, broken: readonly string[]) => {
    reasons.push(reason);
    broken.forEach((clause) => clauses.add(clause));
  };
  const { outcome } = execution;
  compareOutcome(outcome, other, differs);
  if (outcome.error === undefined && other.kind === undefined) {
    const found = firstDifference(outcome.returned ?? null, other.returned, "returned");
    if (found !== undefined) differs(renderDifference(found), ["TRC-03", "K-01"]);
  }
  compareEffects(execution, other, differs);
  return {
    verdict: reasons.length === 0 ? "equivalent" : "different",
    reasons,
    clauses: [...clauses],
    compared: other.compared,
  };
}

/** Reads the other trace. Only under `host-0.1` may an effect be of a kind that the language does not have. */
function observe({ events: [header] }: Execution, given: string): Observed | NotObserved {
  const other = readObserved(given);
  if ("verdict" in other) return other;
  if (header?.kind === "run_started" && header.semantics === "host-0.1") return other;
  const odd = other.effects.find(({ kind }) =>
    !EFFECT_KINDS.some((known) => known === kind) && ioEffectOf(kind) === undefined
  );
  if (odd === undefined) return other;
  const shown = JSON.stringify(odd.kind);
  const form = other.compared === "log" ? "event log" : "summary trace";
  return {
    verdict: "unreadable",
    reason: `not a ${form}: ${shown} is not a kind of effect: ${EFFECT_KINDS.join(", ")}`,
  };
}

type ReportDifference = (reason: string, clauses: readonly string[]) => void;

/** Kinds that are equivalent to another kind: both names report inadmissibility. */
const CLASS_OF: { readonly [kind: string]: string } = { ConstraintFailure: "Inadmissible" };

/** The clauses about each kind of failure. */
const CLAUSES_OF: { readonly [kind: string]: readonly string[] } = {
  DirLoad: ["DIR-01", "DIR-09"],
  DirValidate: ["DIR-02", "FAI-06"],
  EntrypointNotFound: ["FAI-16"],
  Inadmissible: ["CON-06", "PHI-02", "Q-04"],
  ContractViolation: ["CTR-07", "BND-09"],
  ResourceUnavailable: ["RES-01"],
  TimeViolation: ["TIM-05"],
  Runtime: ["TYP-16", "FAI-11"],
};

function compareOutcome(
  outcome: Execution["outcome"],
  other: Observed,
  differs: ReportDifference,
): void {
  const kind = outcome.error?.kind;
  const expected = kind === undefined ? undefined : CLASS_OF[kind] ?? kind;
  const actual = other.kind === undefined ? undefined : CLASS_OF[other.kind] ?? other.kind;
  if (expected !== actual) {
    const expectation = expected === undefined
      ? "the program is admitted and executes"
      : `the program is refused with ${expected}: ${outcome.error?.message ?? ""}`;
    const reported = actual === undefined ? "a success" : actual;
    differs(`${expectation}; the trace reports ${reported}`, [
      ...(expected === undefined ? [] : CLAUSES_OF[expected] ?? []),
      ...(expected !== undefined && actual !== undefined ? ["FAI-05"] : ["FAI-03"]),
    ]);
  } else if (other.status !== undefined && other.status !== outcome.status) {
    differs(`status: expected ${outcome.status}, got ${other.status}`, ["FAI-05"]);
  }
}

function compareEffects(execution: Execution, other: Observed, differs: ReportDifference): void {
  const expected = execution.effects;
  if (execution.outcome.error !== undefined && other.effects.length > 0) {
    differs(
      `a refused program has no effects; the trace has ${other.effects.length}`,
      ["EFF-12", "CON-06"],
    );
    return;
  }
  if (execution.outcome.error !== undefined || other.kind !== undefined) return;
  const most = Math.max(expected.length, other.effects.length);
  for (let index = 0; index < most; index++) {
    const ours = expected[index];
    const theirs = other.effects[index];
    if (ours === undefined || theirs === undefined) {
      differs(
        `effects: expected ${expected.length}, got ${other.effects.length}`,
        ["EFF-03"],
      );
      return;
    }
    // What the other trace does not have is not compared.
    const isTyped = theirs.value !== undefined;
    const found = firstDifference(
      { kind: ours.kind, payload: ours.payload, ...(isTyped ? { value: ours.value } : {}) },
      { kind: theirs.kind, payload: theirs.payload, ...(isTyped ? { value: theirs.value } : {}) },
      `effects[${index}]`,
    );
    if (found === undefined) continue;
    differs(renderDifference(found), ["EFF-02", "EFF-03"]);
    return;
  }
}
