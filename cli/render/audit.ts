/**
 * An audit as text.
 *
 * @module
 */
import type { AuditedEffect, LifelineEntry, LogAudit } from "../../api/audit.ts";
import { renderWireValue } from "../../api/notation.ts";
import type { Places } from "../../api/places.ts";
import { encodeWireValue } from "../../api/values.ts";
import { countOf } from "../text/count.ts";
import { type Shown, shownData, shownJson, shownLines } from "../text/shown.ts";
import { tablePieces } from "../text/table.ts";

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
  if (effects.length > 0) yield* indented(tablePieces(() => effectRows(effects, place)));
  if (lifelines.length > 0) yield* indented(tablePieces(() => lifelineRows(lifelines, places)));
  else if (resource !== undefined) yield* indented([[`no event concerns ${resource}`]]);
  yield* indented(findings.map(({ kind, message }) => [
    `${kind}: ${message.replaceAll(`${folder}/`, "")}`,
  ]));
}

/** Effects in one piece of JSON. */
const PIECE_EFFECTS = 1_000;

/** The same as one line of JSON: a text of all effects may be longer than a string can be. */
export function* auditToJson(audit: LogAudit, path: string): Generator<Shown> {
  const { effects, ledgers, lifelines, findings, ...head } = audit;
  yield shownData(`${encodeWireValue({ log: path, ...head }).slice(0, -1)},"effects":[`);
  for (let at = 0; at < effects.length; at += PIECE_EFFECTS) {
    const piece = encodeWireValue(effects.slice(at, at + PIECE_EFFECTS)).slice(1, -1);
    yield shownData(at === 0 ? piece : `,${piece}`);
  }
  yield shownJson(`],${encodeWireValue({ ledgers, lifelines, findings }).slice(1)}`);
}

function* indented(pieces: Iterable<readonly string[]>): Generator<Shown> {
  for (const lines of pieces) yield shownLines(lines.map((line) => `  ${line}`));
}

const EFFECT_HEAD = ["effect", "kind", "state", "sink", "found", "allowed by", "value", "where"];
const LIFELINE_HEAD = ["event", "resource", "where", "what happened"];

function* effectRows(
  effects: readonly AuditedEffect[],
  { folder, places }: Pick<AuditPlace, "folder" | "places">,
): Generator<readonly string[]> {
  yield EFFECT_HEAD;
  const nameOf = rememberLast((sink: string) => sink.replaceAll(`${folder}/`, ""));
  const reasonsOf = rememberLast(allowedBy);
  const placeOf = rememberLast((at: string) => places.statement(at));
  for (const effect of effects) {
    const { index, kind, at, value, sink = "-", intents } = effect;
    const again = intents > 1 ? ` (intended ${intents} times)` : "";
    yield [
      String(index),
      kind,
      `${stateOf(effect)}${again}`,
      nameOf(sink),
      thereOf(effect),
      reasonsOf(effect.allowedBy),
      renderWireValue(value),
      placeOf(at),
    ];
  }
}

/** The function with its last result remembered: neighbouring effects mostly have the same sink, and the same object as allowance. */
function rememberLast<A, B>(of: (argument: A) => B): (argument: A) => B {
  let last: { readonly argument: A; readonly result: B } | undefined;
  return (argument) => {
    if (last?.argument !== argument) last = { argument, result: of(argument) };
    return last.result;
  };
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

function allowedBy({ contracts, witness, gates }: AuditedEffect["allowedBy"]): string {
  const reasons = [
    ...(witness === undefined ? [] : [`witness ${witness.name}`]),
    ...contracts.map(({ bind }) => bind),
    ...gates.map(({ proc }) => `gate ${proc}`),
  ];
  return reasons.length === 0 ? "entry" : reasons.join(", ");
}

function* lifelineRows(
  lifelines: readonly LifelineEntry[],
  places: Places,
): Generator<readonly string[]> {
  yield LIFELINE_HEAD;
  for (const { seq, resource, proc, at, what } of lifelines) {
    yield [String(seq), resource, at === undefined ? proc : places.statement(at), what];
  }
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
