/**
 * The audit of one log: for each effect its state, what allowed it, and whether its sink contains it. The log is verified first.
 * Nothing is changed.
 *
 * @module
 */
import type { ArtifactSource } from "../../../dvm/dir/model.ts";
import type { Readable } from "../../file/byte_file.ts";
import type { Disk } from "../../file/disk.ts";
import type { LoggedRun } from "../../realize/realization_log.ts";
import { scanLog } from "../../log/scan.ts";
import { type LogVerdict, verdictOf } from "../../log/verify.ts";
import { type AuditedEffect, AuditPass } from "./audited_effects.ts";
import { type AuditFinding, findingsOf } from "./findings.ts";
import type { AuditedLedger } from "./ledger_contents.ts";
import type { LifelineEntry } from "./lifeline.ts";
import { SinkContents } from "./sink_contents.ts";

/** The audit of a log. */
export interface LogAudit {
  /** The result of verifying the log. */
  readonly verdict: LogVerdict;
  /** `undefined` if the log has no header. */
  readonly mode: "realize" | "simulate" | undefined;
  /** The entry of the run; `undefined` if the log has no header. */
  readonly entry: string | undefined;
  /** The status of the outcome; `undefined` if there is none. */
  readonly status: string | undefined;
  /** The occurrence of the run, or where its realization has not begun its identity; `undefined` if it has no outcome. */
  readonly run: string | undefined;
  /** Why somebody closed the run for good; absent unless somebody did. */
  readonly abandoned?: string;
  /** The effects of the run, in order. */
  readonly effects: readonly AuditedEffect[];
  /** The ledgers of the run. */
  readonly ledgers: readonly AuditedLedger[];
  /** The events of the requested resource. */
  readonly lifelines: readonly LifelineEntry[];
  /** The program, as the log has it; of a damaged log, none. */
  readonly artifacts: readonly ArtifactSource[];
  /** Where nothing is found about the requested resource: the resources of the run. */
  readonly resources?: readonly string[];
  /** Problems, most severe first; empty if all is in order. */
  readonly findings: readonly AuditFinding[];
}

/** Options of an audit. */
export interface AuditRequest {
  /** Where the sinks are read. */
  readonly disk: Disk;
  /** Also lists the events of this resource; `*` for all resources. */
  readonly resource?: string;
  /** The sinks that earlier audits have read, so that many logs with one ledger read it once. The caller closes them. */
  readonly sinks?: SinkContents;
}

/** Audits a log. Reads the log and its sinks, and changes neither. Takes time in proportion to the effects, and to the bytes of log and sinks. */
export function auditLog(source: Readable, { disk, resource, sinks }: AuditRequest): LogAudit {
  const { verdict, pass } = readLog(source, resource);
  const { run } = pass;
  const contents = sinks ?? new SinkContents(disk);
  try {
    const effects = pass.effects(contents);
    const name = run.progress.started?.occurrence ?? run.identity;
    const ledgers = pass.ledgers(contents);
    return {
      verdict,
      mode: run.header?.mode,
      entry: run.header?.entry,
      status: run.outcome?.status,
      run: name,
      ...abandonment(run),
      effects,
      ledgers: ledgers.map((ledger) => ledger.summary(name)),
      lifelines: pass.lifelines,
      artifacts: pass.artifacts,
      ...resource === undefined || pass.lifelines.length > 0 ? {} : { resources: pass.resources },
      findings: findingsOf({ verdict, run, effects, ledgers }),
    };
  } finally {
    if (sinks === undefined) contents.close();
  }
}

/** Verifies a log and collects its effects, in one pass. Of a damaged log nothing is collected. */
function readLog(
  source: Readable,
  resource: string | undefined,
): { readonly verdict: LogVerdict; readonly pass: AuditPass } {
  const pass = new AuditPass(resource);
  const scanned = scanLog(source, (steps, checkpoint) => pass.addBlock(steps, checkpoint));
  return { verdict: verdictOf(scanned), pass: scanned.ok ? pass : new AuditPass(resource) };
}

function abandonment({ progress: { finished } }: LoggedRun): Pick<LogAudit, "abandoned"> {
  return finished?.status === "abandoned" ? { abandoned: finished.reason ?? "" } : {};
}
