/**
 * Parameters without a value: their unknowns, one for each boolean and integer in them.
 *
 * @module
 */
import { assert } from "../../base/result.ts";
import { intMax, intMin, type Type } from "../../dir/type.ts";
import type { Unknown } from "./problem.ts";
import type { Symbol } from "./symbol.ts";
import type { Terms } from "./term.ts";

/** Ranges of unknowns, by flattened name. */
export type UnknownRanges = ReadonlyMap<string, Pick<Unknown, "lo" | "hi">>;

/** The symbol of a parameter that is to be found; its unknowns are added in declaration order. */
export function unknownSymbol(
  terms: Terms,
  { name, type }: { readonly name: string; readonly type: Type },
  into: { readonly unknowns: Unknown[]; readonly ranges: UnknownRanges | undefined },
): Symbol {
  if (type.kind === "shape") {
    const fields = new Map<string, Symbol>();
    for (const field of type.shape.fields) {
      const part = { name: `${name}.${field.name}`, type: field.type };
      fields.set(field.name, unknownSymbol(terms, part, into));
    }
    return { kind: "struct", ty: type.shape.name, fields };
  }
  const { unknowns, ranges } = into;
  assert(type.kind === "bool" || type.kind === "int", `${name} has no decidable type`);
  const isBool = type.kind === "bool";
  const declared = isBool ? { lo: 0, hi: 1 } : { lo: intMin(type), hi: intMax(type) };
  const unknown = { name, isBool, ...(ranges?.get(name) ?? declared) };
  unknowns.push(unknown);
  return { kind: "term", term: terms.variable(unknowns.length - 1, unknown) };
}
