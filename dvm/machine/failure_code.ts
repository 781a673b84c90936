/**
 * The diagnostic code of each failure of a run.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import type { DiagnosticCode } from "../diagnostic/registry.ts";
import { EVALUATION_CODES } from "../eval/failure.ts";
import type { ContractRefusal } from "../event/refusal.ts";
import type { RunFailure } from "./failure.ts";

/** The code, from the kind of the failure and of what it holds. */
export function failureCode(failure: RunFailure): DiagnosticCode {
  switch (failure.kind) {
    case "contract":
      return CONTRACT_CODES[failure.refusal.kind];
    case "evaluation":
      return EVALUATION_CODES[failure.failure.cause.kind];
    case "entry":
      return "DR1001";
    case "missing_argument":
      return "DR1002";
    case "unknown_argument":
    case "argument":
      return "DR1003";
    case "resource":
      return "DR0790";
    case "gate":
      return "DR0693";
    case "constraint":
      return "DR0901";
    case "conflict":
      return "DR0902";
    case "undecided":
      return "DR0903";
    case "unordered":
      return "DR0905";
    case "false_proof":
      return "DR0904";
    case "misfit":
      return "DR0807";
    case "deadline":
      return "DR0791";
    case "entry_handle":
      return "DR1004";
    case "negative_size":
      return "DR0810";
    case "use_after_free":
      return "DR0906";
    case "double_free":
      return "DR0907";
    case "leak":
      return "DR0908";
    case "outside_region":
      return "DR0909";
    case "missing_file":
      return "DR0792";
    case "missing_port":
    case "missing_entry":
      return "DR0793";
    case "closed_file":
      return "DR0910";
    case "unknown_mode":
    case "mode_not_allowed":
    case "wrong_mode":
      return "DR0911";
    case "left_open":
      return "DR0912";
    case "script_exhausted":
      return "DR0913";
    case "outside_device":
      return "DR0914";
    case "wrong_memory":
      return "DR0915";
    case "written_again":
      return "DR0916";
    case "joined_twice":
      return "DR0917";
    case "not_held":
      return "DR0918";
    case "lock_left":
      return "DR0919";
    case "data_race":
      return "DR0920";
    case "deadlock":
      return "DR1106";
    case "thread_limit":
      return "DR1107";
    case "write_limit":
      return "DR1105";
    case "memory_limit":
      return "DR1104";
    case "tick_limit":
      return "DR1101";
    case "depth_limit":
      return "DR1102";
    case "call_limit":
      return "DR1103";
    default:
      return unreachable(failure);
  }
}

const CONTRACT_CODES: { readonly [kind in ContractRefusal["kind"]]: DiagnosticCode } = {
  effects: "DR0690",
  latency: "DR0691",
  witness: "DR0692",
  direction: "DR0692",
  unusable: "DR0693",
};
