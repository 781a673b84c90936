/**
 * The certificate of a log, where it has none.
 *
 * @module
 */
import type { NoCertificate } from "../../api/certificates.ts";
import { Fault } from "../host/fault.ts";
import { damagedLog } from "./log_operand.ts";

const NONE_HELP =
  "only the log of a run that ended as inadmissible, for want of a configuration, has a certificate";

/** The fault for a log without a certificate. */
export function noCertificate(path: string, none: NoCertificate): Fault {
  if (none.code === "damaged-log") return damagedLog(path, none);
  if (none.code === "no-refutation" && none.isComplete) {
    return new Fault({ code: "DR1303", message: none.reason, place: path, help: NONE_HELP });
  }
  return new Fault({
    code: "DR1309",
    message: none.reason,
    place: path,
    help: none.code === "no-refutation"
      ? NONE_HELP
      : "check it with the version that wrote the log",
  });
}
