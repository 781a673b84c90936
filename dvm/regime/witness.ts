/**
 * Witnesses: what `prove` records in one, and how one is recognized (WIT-02, X-21).
 *
 * @module
 */
import type { ConstrainStmt, ExprText, ProveStmt, Stmt } from "../dir/model.ts";
import type { WitnessEvent } from "../event/event.ts";
import type { Frame } from "../event/frame.ts";
import type { Sha256 } from "../event/input.ts";
import { type NamedValue, stringValue, type StructValue, type Value } from "../value/value.ts";
import { encodeNamedValues } from "../value/wire_text.ts";

/** The type name of every witness. */
export const WITNESS_TYPE = "PhiWitness";

/** A witness event without its place. */
export type WitnessContent = Pick<
  WitnessEvent,
  "proc" | "constraints" | "from" | "configuration" | "value"
>;

/** A `prove` that is being executed. */
export interface Proof {
  readonly frame: Frame;
  readonly stmt: ProveStmt;
  /** The number of the witness within its run, from 1. */
  readonly number: number;
  /** Whether a predicate of the frame is true now. */
  readonly holds: (predicate: ExprText) => boolean;
}

/**
 * The witness that `prove … from` yields. Its digest is over the compact JSON of exactly `proc`, `constraints`, `from` and
 * `configuration`, so that anyone can recompute it from the event.
 */
export function makeWitness(sha256: Sha256, proof: Proof): WitnessContent {
  const { frame, stmt: { from }, number } = proof;
  const { proc } = frame;
  const attested = attestedBy(proof);
  const constraints = attested.map(({ predicate }) => predicate.text);
  const configuration = configurationOf(frame, attested);
  const text = `{"proc":${JSON.stringify(proc.name)},"constraints":${
    JSON.stringify(constraints)
  },"from":${JSON.stringify(from.text)},"configuration":${encodeNamedValues(configuration)}}`;
  const fields = new Map<string, Value>([
    ["kind", stringValue("Admissible")],
    ["id", stringValue(`Φwitness:${number}`)],
    ["constraint_digest", stringValue(`sha256:${sha256(text)}`)],
    ["note", stringValue("all constraints of the process hold")],
  ]);
  const value: StructValue = { kind: "Struct", ty: WITNESS_TYPE, fields };
  return { proc: proc.reference, constraints, from: from.text, configuration, value };
}

/** Whether a value is a witness or holds one. */
export function witnessIn(value: Value): boolean {
  switch (value.kind) {
    case "Struct":
      return value.ty === WITNESS_TYPE || [...value.fields.values()].some(witnessIn);
    case "Array":
      return value.items.some(witnessIn);
    default:
      return false;
  }
}

/**
 * The constraints that a witness attests, in statement order: those in force, and those of the body not yet reached whose names
 * are bound and never assigned. None mentions a hidden name. One that is false already refuses the run when its turn comes, and
 * no record claims it.
 */
function attestedBy({ frame, stmt, holds }: Proof): readonly ConstrainStmt[] {
  const { proc: { constraints, body, assigned }, cells, reached } = frame;
  const hidden = new Set(stmt.hidden);
  const ofBody = new Set<Stmt>(body);
  return constraints.filter((constraint) => {
    const { slots, predicate } = constraint;
    if (slots.some((slot) => cells[slot] === undefined || hidden.has(slot))) return false;
    if (reached.has(constraint)) return true;
    return ofBody.has(constraint) && !slots.some((slot) => assigned.has(slot)) && holds(predicate);
  });
}

/** The parameters, then each further name that the constraints mention, in the order of binding. */
function configurationOf(frame: Frame, attested: readonly ConstrainStmt[]): NamedValue[] {
  const { proc: { params, slotNames }, cells } = frame;
  const mentioned = new Set(attested.flatMap(({ slots }) => slots));
  const further = [...mentioned].filter((slot) => slot >= params.length).sort((a, b) => a - b);
  // A record has each name once: an inner binding takes the place of the parameter that it hides.
  const inner = new Set(further.map((slot) => slotNames[slot]));
  const slots = [...params.keys()].filter((slot) => !inner.has(slotNames[slot]));
  return [...slots, ...further].flatMap((slot) => {
    const [name, value] = [slotNames[slot], cells[slot]];
    return name === undefined || value === undefined ? [] : [{ name, value }];
  });
}
