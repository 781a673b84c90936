/**
 * An audit as text.
 *
 * @module
 */
import type { AuditedEffect, LifelineEntry, LogAudit } from "../../api/audit.ts";
import { renderWireValue } from "../../api/notation.ts";
import type { Places } from "../../api/places.ts";
import { countOf } from "../text/count.ts";
import { type Shown, shownLines } from "../text/shown.ts";
import { tableLines } from "../text/table.ts";

/** What paths of sinks are relative to; absolute paths below it are shown without it. */
export interface AuditPlace {
  /** The name of the log. */
  readonly name: string;
  readonly folder: string;
  /** The resource that was asked for, if any. */
  readonly resource: string | undefined;
  /** The places of the log's program. */
  readonly places: Places;
}

/** One log: its effects, what happened to the requested resource, and the findings. */
export function renderAudit(
  audit: LogAudit,
  { name, folder, resource, places }: AuditPlace,
): Shown {
  const { effects, lifelines, findings } = audit;
  const rows = effects.map((effect) => effectRow(effect, { folder, places }));
  const parts = [
    ...rows.length === 0 ? [] : tableLines([EFFECT_HEAD, ...rows]),
    ...lifelines.length === 0
      ? resource === undefined ? [] : [`no event concerns ${resource}`]
      : tableLines([LIFELINE_HEAD, ...lifelines.map((entry) => lifelineRow(entry, places))]),
    ...findings.map(({ kind, message }) => `${kind}: ${message.replaceAll(`${folder}/`, "")}`),
  ];
  return shownLines([`${name}: ${summaryOf(audit)}`, ...parts.map((part) => `  ${part}`)]);
}

const EFFECT_HEAD = ["effect", "kind", "state", "sink", "found", "allowed by", "value", "where"];
const LIFELINE_HEAD = ["event", "resource", "where", "what happened"];

function effectRow(
  effect: AuditedEffect,
  { folder, places }: Pick<AuditPlace, "folder" | "places">,
): string[] {
  const { index, kind, at, value, sink, intents } = effect;
  const again = intents > 1 ? ` (intended ${intents} times)` : "";
  return [
    String(index),
    kind,
    `${stateOf(effect)}${again}`,
    (sink ?? "-").replaceAll(`${folder}/`, ""),
    thereOf(effect),
    allowedBy(effect),
    renderWireValue(value),
    places.statement(at),
  ];
}

function stateOf({ state }: AuditedEffect): string {
  return state === "in_doubt" ? "in doubt" : state;
}

function thereOf({ presence }: AuditedEffect): string {
  switch (presence?.kind) {
    case "present":
      return presence.entry === undefined ? "yes" : `entry ${presence.entry}`;
    case "absent":
      return "no";
    case "unknown":
    case undefined:
      return "-";
  }
}

function allowedBy({ allowedBy: { contracts, witness, gates } }: AuditedEffect): string {
  const reasons = [
    ...(witness === undefined ? [] : [`witness ${witness.name}`]),
    ...contracts.map(({ bind }) => bind),
    ...gates.map(({ proc }) => `gate ${proc}`),
  ];
  return reasons.length === 0 ? "entry" : reasons.join(", ");
}

function lifelineRow(
  { seq, resource, proc, at, what }: LifelineEntry,
  places: Places,
): string[] {
  return [String(seq), resource, at === undefined ? proc : places.statement(at), what];
}

/** Outcome, and how many effects are in which state. */
export function summaryOf({ verdict, mode, status, effects, abandoned }: LogAudit): string {
  if (verdict.status === "damaged") return "damaged";
  if (status === undefined) return "no outcome";
  if (effects.length === 0) return `${status}; no effects`;
  if (status === "failed" || status === "inadmissible") {
    return `${status}; ${countOf(effects.length, "effect")}, none performed`;
  }
  if (mode === "simulate") return `${status}; ${countOf(effects.length, "effect")}, simulated`;
  const counts = STATES.flatMap((state) => {
    const count = effects.filter((effect) => effect.state === state).length;
    return count === 0 ? [] : [`${count} ${state === "in_doubt" ? "in doubt" : state}`];
  });
  const end = abandoned === undefined ? "" : `; abandoned: ${abandoned}`;
  return `${status}; ${countOf(effects.length, "effect")}: ${counts.join(", ")}${end}`;
}

const STATES = ["realized", "skipped", "in_doubt", "intended", "proposed"] as const;

/** A ledger, and how many of its entries none of the audited runs intended. */
export function renderLedger(
  { path, entries, damage }: LogAudit["ledgers"][number],
  { foreign, folder }: { readonly foreign: number; readonly folder: string },
): Shown {
  const chain = damage === undefined ? "chain unbroken" : `damaged at line ${damage.line}`;
  const others = foreign === 0 ? "" : `; ${foreign} of other runs`;
  const name = path.replace(`${folder}/`, "");
  return shownLines([`ledger ${name}: ${countOf(entries, "entry", "entries")}, ${chain}${others}`]);
}
