/**
 * An audit as text.
 *
 * @module
 */
import type { AuditedEffect, LifelineEntry, LogAudit } from "../../api/audit.ts";
import { renderWireValue } from "../../api/notation.ts";
import type { Places } from "../../api/places.ts";
import { nearestWord } from "../../api/suggest.ts";
import { encodeWireValue } from "../../api/values.ts";
import { countOf } from "../text/count.ts";
import { type Shown, shownData, shownJson, shownLines } from "../text/shown.ts";
import { type TableColumn, tablePieces } from "../text/table.ts";

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

/** One log in pieces: its effects, what happened to the requested resource, and the findings. */
export function* renderAudit(
  audit: LogAudit,
  { name, folder, resource, places }: AuditPlace,
): Generator<Shown> {
  const { effects, lifelines, findings } = audit;
  yield shownLines([`${name}: ${summaryOf(audit)}`]);
  const place = { folder, places };
  if (effects.length > 0) {
    yield* tablePieces({ items: effects, columns: effectColumns(place) }, INDENT);
  }
  if (lifelines.length > 0) {
    yield* tablePieces({ items: lifelines, columns: lifelineColumns(places) }, INDENT);
  } else if (resource !== undefined) {
    yield shownLines([`${INDENT}${unknownResource(resource, audit)}`]);
  }
  for (const { kind, message } of findings) {
    yield shownLines([`${INDENT}${kind}: ${message.replaceAll(`${folder}/`, "")}`]);
  }
}

const INDENT = "  ";

/** Names of resources in a message. */
const RESOURCES_MAX = 8;

function unknownResource(resource: string, { resources = [] }: LogAudit): string {
  const nearest = nearestWord(resource, resources);
  const names = resources.slice(0, RESOURCES_MAX).join(", ");
  const others = nearest !== undefined
    ? `did you mean ${nearest}?`
    : resources.length === 0
    ? "the run has no resources"
    : `the run has ${names}${resources.length > RESOURCES_MAX ? ", …" : ""}`;
  return `no event concerns ${resource}; ${others}`;
}

/** Effects in one piece of JSON. */
const PIECE_EFFECTS = 1_000;

/** The same as one line of JSON: a text of all effects may be longer than a string can be. */
export function* auditToJson(audit: LogAudit, path: string): Generator<Shown> {
  const { effects, ledgers, lifelines, findings, artifacts: _, ...head } = audit;
  yield shownData(`${encodeWireValue({ log: path, ...head }).slice(0, -1)},"effects":[`);
  for (let at = 0; at < effects.length; at += PIECE_EFFECTS) {
    const piece = encodeWireValue(effects.slice(at, at + PIECE_EFFECTS)).slice(1, -1);
    yield shownData(at === 0 ? piece : `,${piece}`);
  }
  yield shownJson(`],${encodeWireValue({ ledgers, lifelines, findings }).slice(1)}`);
}

function effectColumns(
  { folder, places }: Pick<AuditPlace, "folder" | "places">,
): readonly TableColumn<AuditedEffect>[] {
  const nameOf = rememberLast((sink: string) => sink.replaceAll(`${folder}/`, ""));
  const reasonsOf = rememberLast(allowedBy);
  const placeOf = rememberLast((at: string) => places.statement(at));
  return [
    ["effect", ({ index }) => String(index)],
    ["kind", ({ kind }) => kind],
    ["state", stateOf],
    ["sink", ({ sink = "-" }) => nameOf(sink)],
    ["found", thereOf],
    ["allowed by", (effect) => reasonsOf(effect.allowedBy)],
    ["value", ({ value }) => renderWireValue(value)],
    ["where", ({ at }) => placeOf(at)],
  ];
}

/** The function with its last result remembered: neighbouring effects mostly have the same sink, and the same object as allowance. */
function rememberLast<A, B>(of: (argument: A) => B): (argument: A) => B {
  let last: { readonly argument: A; readonly result: B } | undefined;
  return (argument) => {
    if (last?.argument !== argument) last = { argument, result: of(argument) };
    return last.result;
  };
}

function stateOf({ state, intents }: AuditedEffect): string {
  const shown = state === "in_doubt" ? "in doubt" : state;
  return intents > 1 ? `${shown} (intended ${intents} times)` : shown;
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

function allowedBy({ contracts, witness, gates }: AuditedEffect["allowedBy"]): string {
  const reasons = [
    ...(witness === undefined ? [] : [`witness ${witness.name}`]),
    ...contracts.map(({ bind }) => bind),
    ...gates.map(({ proc }) => `gate ${proc}`),
  ];
  return reasons.length === 0 ? "entry" : reasons.join(", ");
}

function lifelineColumns(places: Places): readonly TableColumn<LifelineEntry>[] {
  return [
    ["event", ({ seq }) => String(seq)],
    ["resource", ({ resource }) => resource],
    ["where", ({ proc, at }) => at === undefined ? proc : places.statement(at)],
    ["what happened", ({ what }) => what],
  ];
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
  const byState = new Map<AuditedEffect["state"], number>();
  for (const { state } of effects) byState.set(state, (byState.get(state) ?? 0) + 1);
  const counts = STATES.flatMap((state) => {
    const count = byState.get(state) ?? 0;
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
