/**
 * Witnesses as the upstream executor makes them: four texts, numbered from 1 within a run, whose digest is what the program
 * says it is.
 *
 * @module
 */
import { stringValue, type StructValue } from "../value/value.ts";

/** Witness number `number` of a run, with this digest. */
export function makeHostWitness(number: number, digest: string): StructValue {
  return {
    kind: "Struct",
    ty: "PhiWitness",
    fields: new Map([
      ["kind", stringValue("Admissible")],
      ["id", stringValue(`Φwitness:${number}`)],
      ["constraint_digest", stringValue(digest)],
      ["note", stringValue("Φ witness stub (v0.1): admissible")],
    ]),
  };
}
