/**
 * Ways to spoil a log so that it is consistent in everything but one rule: the events are changed, and the checkpoints made anew.
 *
 * @module
 */
import { type Draft, logBytes, spell, type WriterParts } from "./independent_writer.ts";
import { realizedRun } from "./sample_drafts.ts";

/** A log that violates a rule. */
export interface Fault {
  /** The rule, by its number in `docs/log-format.md`. */
  readonly rule: number;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A sample with one of every kind that a realized run has. */
export const REALIZED = realizedRun();

/** The first event of a kind. */
export function firstOf(kind: string, drafts: readonly Draft[] = REALIZED): number {
  const index = drafts.findIndex((draft) => draft.kind === kind);
  if (index < 0) throw new Error(`no ${kind} in the sample`);
  return index;
}

/** A fault from changed events. */
export function events(
  rule: number,
  name: string,
  drafts: readonly Draft[],
  parts: Partial<WriterParts> = {},
): Fault {
  return { rule, name, bytes: logBytes(drafts, parts) };
}

/** A fault of the first event of a kind, with some members changed; `undefined` leaves one out. */
export function changed(
  rule: number,
  kind: string,
  members: object,
  drafts: readonly Draft[] = REALIZED,
): Fault {
  const at = firstOf(kind, drafts);
  const draft: Draft = { ...drafts[at], kind, ...members };
  return events(rule, `${kind} ${JSON.stringify(members)}`, drafts.with(at, draft));
}

/** A fault in the spelling of the first line of a kind. */
export function respelled(
  rule: number,
  kind: string,
  respell: (line: string) => string,
  name = String(respell),
): Fault {
  let isFirst = true;
  const drafts = REALIZED;
  return events(rule, `${kind} respelled, ${name}`, drafts, {
    spell: (event) => {
      const line = spell(event);
      if (!isFirst || !line.includes(`"kind":"${kind}"`)) return line;
      isFirst = false;
      const respelt = respell(line);
      if (respelt === line) throw new Error(`${name} changes nothing in ${line}`);
      return respelt;
    },
  });
}

/** A fault from events inserted after the first of a kind. */
export function inserted(
  rule: number,
  kind: string,
  drafts: readonly Draft[],
  into: readonly Draft[] = REALIZED,
): Fault {
  const kinds = drafts.map((draft) => draft.kind).join(", ");
  return events(
    rule,
    `${kinds} after ${kind}`,
    insertedAt(firstOf(kind, into) + 1, drafts, into),
  );
}

function insertedAt(at: number, drafts: readonly Draft[], into: readonly Draft[]): Draft[] {
  return [...into.slice(0, at), ...drafts, ...into.slice(at)];
}

/** A fault from a missing event, the first of a kind. */
export function missing(
  rule: number,
  kind: string,
  drafts: readonly Draft[] = REALIZED,
): Fault {
  return events(rule, `${kind} missing`, drafts.toSpliced(firstOf(kind, drafts), 1));
}

/** A fault from bytes changed after the log was written; no checkpoint follows them. */
export function bytes(rule: number, name: string, change: (text: string) => string): Fault {
  const text = new TextDecoder().decode(logBytes(REALIZED));
  return { rule, name, bytes: new TextEncoder().encode(change(text)) };
}
