/**
 * Open parameters: one unknown for each boolean and integer in them.
 *
 * @module
 */
import { assert } from "../../base/result.ts";
import { intMax, intMin, type Type } from "../../dir/type.ts";
import type { Unknown } from "./problem.ts";
import type { SymbolicValue } from "./symbolic_value.ts";
import type { TermGraph } from "./term.ts";

/** Ranges of unknowns, by flattened name. */
export type UnknownRanges = ReadonlyMap<string, Pick<Unknown, "lo" | "hi">>;

/** The symbolic value of an open parameter; appends its unknowns in declaration order. */
export function unknownsOfParameter(
  terms: TermGraph,
  { name, type }: { readonly name: string; readonly type: Type },
  into: {
    readonly unknowns: Unknown[];
    /** Replace the declared ranges. */
    readonly ranges: UnknownRanges | undefined;
  },
): SymbolicValue {
  if (type.kind === "shape") {
    const fields = new Map<string, SymbolicValue>();
    for (const field of type.shape.fields) {
      const part = { name: `${name}.${field.name}`, type: field.type };
      fields.set(field.name, unknownsOfParameter(terms, part, into));
    }
    return { kind: "struct", ty: type.shape.name, fields };
  }
  const { unknowns, ranges } = into;
  assert(type.kind === "bool" || type.kind === "int", `the type of ${name} is not decidable`);
  const isBool = type.kind === "bool";
  const declared = isBool ? { lo: 0, hi: 1 } : { lo: intMin(type), hi: intMax(type) };
  const unknown = { name, isBool, ...(ranges?.get(name) ?? declared) };
  unknowns.push(unknown);
  return { kind: "term", term: terms.variable(unknowns.length - 1, unknown) };
}
