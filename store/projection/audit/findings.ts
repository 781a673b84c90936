/**
 * What an audit complains about.
 *
 * @module
 */
import { needsRealization } from "../../log/event_order.ts";
import type { LogVerdict } from "../../log/verify.ts";
import type { LoggedRun } from "../../realize/realization_log.ts";
import type { AuditedEffect, AuditOfLedger } from "./audited_effects.ts";

/** A problem that an audit has found. */
export interface AuditFinding {
  /**
   * `damaged`: log or ledger; `disagreement`: log and sink differ; `unknown`: a sink cannot be read; `incomplete`: not finished. In order
   * of severity.
   */
  readonly kind: "damaged" | "disagreement" | "unknown" | "incomplete";
  /** One sentence. */
  readonly message: string;
}

/** The facts from which findings are derived. */
export interface Audited {
  readonly verdict: LogVerdict;
  readonly run: LoggedRun;
  readonly effects: readonly AuditedEffect[];
  readonly ledgers: readonly AuditOfLedger[];
}

/** All problems, most severe first. */
export function findingsOf(audited: Audited): AuditFinding[] {
  const { verdict, ledgers, effects } = audited;
  const findings: AuditFinding[] = [];
  if (verdict.status === "damaged") {
    const message = `the log is damaged at line ${verdict.line}: ${verdict.reason}`;
    return [{ kind: "damaged", message }];
  }
  for (const { summary } of ledgers) {
    const { path, damage } = summary(undefined);
    if (damage === undefined) continue;
    const message = `the ledger ${path} is damaged at line ${damage.line}: ${damage.reason}`;
    findings.push({ kind: "damaged", message });
  }
  for (const { index, state, sink, presence } of effects) {
    if (state !== "realized" || presence?.kind !== "absent") continue;
    const message =
      `effect ${index} was realized in ${sink}, which does not contain it: ${presence.reason}`;
    findings.push({ kind: "disagreement", message });
  }
  for (const { faults } of ledgers) {
    for (const message of faults) findings.push({ kind: "disagreement", message });
  }
  return [...findings, ...unread(effects), ...unfinished(audited)];
}

/** Sinks that could have been read and cannot, with the number of their effects. */
function unread(effects: readonly AuditedEffect[]): AuditFinding[] {
  const counts = new Map<string, { count: number; reason: string }>();
  for (const { state, sink = "", presence } of effects) {
    if (state !== "realized" || presence?.kind !== "unknown") continue;
    const { reason } = presence;
    if (reason === undefined) continue;
    counts.set(sink, { count: (counts.get(sink)?.count ?? 0) + 1, reason });
  }
  return [...counts].map(([sink, { count, reason }]) => ({
    kind: "unknown",
    message: `whether ${count} realized ${
      count === 1 ? "effect is" : "effects are"
    } in ${sink} is unknown: ${reason}`,
  }));
}

function unfinished({ verdict, run, effects }: Audited): AuditFinding[] {
  const { header, outcome, progress } = run;
  const messages: string[] = [];
  if (verdict.status === "torn") messages.push("the last line of the log is torn");
  if (outcome === undefined) {
    messages.push("the log has no outcome: unless it was cut, none of the effects was performed");
  }
  if (needsRealization(header, outcome) && !progress.isClosed) {
    const counts = (["intended", "in_doubt", "proposed"] as const).flatMap((kind) => {
      const count = effects.filter(({ state }) => state === kind).length;
      return count === 0 ? [] : [`${count} ${kind === "in_doubt" ? "in doubt" : kind}`];
    });
    const { reason } = progress.finished ?? {};
    const because = reason === undefined || reason === "" ? "" : `; ${reason}`;
    messages.push(
      `the realization is not complete: ${counts.join(", ") || "no final event"}${because}`,
    );
  } else if (verdict.status === "prefix" && outcome !== undefined) {
    messages.push("the last checkpoint is missing");
  }
  return messages.map((message) => ({ kind: "incomplete", message }));
}
