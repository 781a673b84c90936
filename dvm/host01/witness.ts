/**
 * Witnesses as in the upstream executor: four texts, numbered from 1 within a run. The program determines the digest.
 *
 * @module
 */
import { stringValue, type StructValue } from "../value/value.ts";

/** The witness with this number and digest. */
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
