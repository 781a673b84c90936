/**
 * The result of a realization in messages.
 *
 * @module
 */
import type { RealizationResult } from "../../api/realize.ts";
import { shellWord } from "../../api/visible.ts";
import { Fault } from "../host/fault.ts";
import { countOf } from "../text/count.ts";

/** The fault that an unfinished realization ends with; `undefined` for one that is complete. */
export function faultOfRealization(
  realized: RealizationResult,
  { effects, reference }: { readonly effects: number; readonly reference: string },
): Fault | undefined {
  switch (realized.status) {
    case "complete":
      return undefined;
    case "failed":
      return new Fault({
        code: "DR1310",
        message: `${realized.sink}: ${realized.reason}; ${realized.performed} of ${
          countOf(effects, "effect")
        } performed`,
        help: `dustrun resume ${shellWord(reference)} continues from there`,
      });
    case "in_doubt": {
      const { first, last, sink, reason, performed } = realized;
      const which = first === last ? `effect ${first}` : `effects ${first} to ${last}`;
      return new Fault({
        code: "DR1311",
        message: `${which} may have reached ${sink}: ${reason}; ${performed} of ${
          countOf(effects, "effect")
        } performed`,
        help: `look, then: dustrun resume ${shellWord(reference)} --in-doubt perform, or skip`,
      });
    }
  }
}
