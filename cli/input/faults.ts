/**
 * Several faults of one input.
 *
 * @module
 */
import { Bug } from "../../api/bug.ts";
import type { CommonOptions } from "../spec/options.ts";
import { Fault, type FaultReport, faultToJson, renderFault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";

/** Reports all faults but the last, which is returned and ends the command. */
export function reportButLast(
  faults: readonly FaultReport[],
  args: Pick<CommonOptions, "json">,
  io: Io,
): Fault {
  const last = faults[faults.length - 1];
  if (last === undefined) throw new Bug("an input is refused without a fault");
  for (const fault of faults.slice(0, -1)) {
    io.stderr(args.json ? faultToJson(fault) : renderFault(fault));
  }
  return new Fault(last);
}
