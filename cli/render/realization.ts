/**
 * The result of a realization in messages.
 *
 * @module
 */
import type { RealizationResult } from "../../api/realize.ts";
import { shellWord } from "../../api/visible.ts";
import { Fault, type FaultCode } from "../host/fault.ts";
import { stopReason, type StopSignal } from "../host/interrupt.ts";
import { storeWords } from "../input/store_folder.ts";
import type { ConsentOption, StoreOption } from "../spec/options.ts";
import { countOf } from "../text/count.ts";

/** The code of a run that a signal stopped. */
const CODE_OF_SIGNAL = { SIGINT: "DR1327", SIGTERM: "DR1328" } as const satisfies {
  readonly [S in StopSignal]: FaultCode;
};

/** The fault of a run that was interrupted before its outcome: nothing was performed, and it cannot be continued. */
export function interruptedRun(
  signal: StopSignal,
  { tick, reference, args }: {
    readonly tick: number;
    /** The operand that names its log; `undefined` where no file has it. */
    readonly reference: string | undefined;
    readonly args: StoreOption;
  },
): Fault {
  const shows = reference === undefined
    ? ""
    : `; dustrun state ${shellWord(reference)}${storeWords(args)} shows how far it came`;
  return new Fault({
    code: CODE_OF_SIGNAL[signal],
    message: `after ${countOf(tick, "tick")}, before the outcome; no effect was performed`,
    help: `run it again from the beginning${shows}`,
  });
}

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
  { effects, resume, signal }: {
    readonly effects: number;
    /** The command that continues the realization. */
    readonly resume: string;
    /** The signal that came while it went on. */
    readonly signal: StopSignal | undefined;
  },
): Fault | undefined {
  switch (realized.status) {
    case "complete":
      return undefined;
    case "failed": {
      const { sink, reason, performed } = realized;
      const done = `${performed} of ${countOf(effects, "effect")} performed`;
      const help = `${resume} continues from there`;
      return signal !== undefined && reason === stopReason(signal)
        ? new Fault({ code: CODE_OF_SIGNAL[signal], message: done, help })
        : new Fault({ code: "DR1310", message: `${sink}: ${reason}; ${done}`, help });
    }
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
