/**
 * The result of a realization in messages.
 *
 * @module
 */
import type { RealizationResult } from "../../api/realize.ts";
import { shellWord } from "../../api/visible.ts";
import { Fault } from "../host/fault.ts";
import { storeWords } from "../input/store_folder.ts";
import type { ConsentOption, StoreOption } from "../spec/options.ts";
import { countOf } from "../text/count.ts";

/** The command that continues the realization of a run, with the store and the consent that it needs. */
export function resumeCommand(
  reference: string,
  args: StoreOption & Partial<ConsentOption>,
  sinks: readonly string[] = [],
): string {
  const allowed = [...new Set([...args.allowSink ?? [], ...sinks])];
  const consent = allowed.map((path) => ` --allow-sink ${shellWord(path)}`).join("");
  return `dustrun resume ${shellWord(reference)}${storeWords(args)}${consent}`;
}

/** The fault that an unfinished realization ends with; `undefined` for one that is complete. */
export function faultOfRealization(
  realized: RealizationResult,
  { effects, resume }: {
    readonly effects: number;
    /** The command that continues the realization. */
    readonly resume: string;
  },
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
        help: `${resume} continues from there`,
      });
    case "in_doubt": {
      const { first, last, sink, reason, performed } = realized;
      const which = first === last ? `effect ${first}` : `effects ${first} to ${last}`;
      return new Fault({
        code: "DR1311",
        message: `${which} may have reached ${sink}: ${reason}; ${performed} of ${
          countOf(effects, "effect")
        } performed`,
        help: `look, then: ${resume} --in-doubt perform, or --in-doubt skip`,
      });
    }
  }
}
