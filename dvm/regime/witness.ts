/**
 * Witnesses: how `prove` makes one, and how one is recognized (semantics X-21).
 *
 * @module
 */
import type { Block, Proc } from "../dir/model.ts";
import type { WitnessEvent } from "../event/event.ts";
import type { Sha256 } from "../event/input.ts";
import type { Frame } from "../event/state.ts";
import { type NamedValue, stringValue, type StructValue, type Value } from "../value/value.ts";
import { encodeNamedValues } from "../value/wire_text.ts";

/** The type name of every witness. */
export const WITNESS_TYPE = "PhiWitness";

/** A witness event without its place. */
export type WitnessContent = Pick<
  WitnessEvent,
  "proc" | "constraints" | "from" | "configuration" | "value"
>;

/**
 * The witness that `prove … from` yields in `frame`. Its digest is over the compact JSON of exactly `proc`, `constraints`,
 * `from` and `configuration`, so that anyone can recompute it from the event.
 */
export function makeWitness(
  sha256: Sha256,
  made: { readonly frame: Frame; readonly from: string; readonly number: number },
): WitnessContent {
  const { proc } = made.frame;
  const constraints = predicatesOf(proc);
  const configuration = parametersOf(made.frame);
  const text = `{"proc":${JSON.stringify(proc.name)},"constraints":${
    JSON.stringify(constraints)
  },"from":${JSON.stringify(made.from)},"configuration":${encodeNamedValues(configuration)}}`;
  const fields = new Map<string, Value>([
    ["kind", stringValue("Admissible")],
    ["id", stringValue(`Φwitness:${made.number}`)],
    ["constraint_digest", stringValue(`sha256:${sha256(text)}`)],
    ["note", stringValue("all constraints of the process hold")],
  ]);
  const value: StructValue = { kind: "Struct", ty: WITNESS_TYPE, fields };
  return { proc: proc.name, constraints, from: made.from, configuration, value };
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

/** The predicates of a process, in statement order, nested ones included. */
export function predicatesOf(proc: Proc): string[] {
  const predicates: string[] = [];
  collectPredicates(proc.body, predicates);
  return predicates;
}

function collectPredicates(block: Block, into: string[]): void {
  for (const stmt of block) {
    if (stmt.kind === "Constrain") into.push(stmt.predicate.text);
    if (stmt.kind === "If") {
      collectPredicates(stmt.thenBody, into);
      collectPredicates(stmt.elseBody ?? [], into);
    }
    if (stmt.kind === "While" || stmt.kind === "For") collectPredicates(stmt.body, into);
  }
}

function parametersOf(frame: Frame): NamedValue[] {
  return frame.proc.params.flatMap((param, slot) => {
    const value = frame.cells[slot];
    return value === undefined ? [] : [{ name: param.name, value }];
  });
}
