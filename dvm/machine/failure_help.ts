/**
 * The smallest fix of each failure of a run, one line.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import { handleHelp } from "../check/handle_help.ts";
import { pathList } from "../dir/lookup.ts";
import { renderType } from "../dir/type.ts";
import { EVALUATION_CODES } from "../eval/failure.ts";
import type { ContractRefusal } from "../event/refusal.ts";
import { exampleHint } from "./example_value.ts";
import type { RunFailure } from "./failure.ts";
import { isIoFailure } from "./io_failure.ts";
import { ioHelp } from "./io_message.ts";
import { nameOf } from "./message.ts";
import { isTooLong } from "./refusal_message.ts";
import { isThreadFailure } from "./thread_failure.ts";
import { threadHelp } from "./thread_message.ts";
import { evaluationHelp } from "./value_message.ts";

/** The smallest fix, one line; `undefined` when there is none to name. */
export function failureHelp(failure: RunFailure): string | undefined {
  if (isIoFailure(failure)) return ioHelp(failure);
  if (isThreadFailure(failure)) return threadHelp(failure);
  switch (failure.kind) {
    case "entry":
      if (failure.nearest.length > 0) return `did you mean ${pathList(failure.nearest)}?`;
      if (failure.choices.length > 0) return `choose one of ${pathList(failure.choices)}`;
      return failure.candidates.length === 0
        ? "define the process, or link the artifact that has it"
        : "rename or remove all but one of them: they have the same path";
    case "missing_argument":
      return failure.isGate
        ? `let the gated process call ${nameOf(failure.proc)} with a value, or give ` +
          `${failure.param.name} a type over which existence is decided`
        : `pass --arg ${failure.param.name}=VALUE${exampleHint(failure.param.type)}`;
    case "unknown_argument":
      return failure.proc.params.length === 0
        ? "it has no parameters"
        : `its parameters are ${failure.proc.params.map(({ name }) => name).join(", ")}`;
    case "argument":
      return `give ${failure.param.name} a value of type ${renderType(failure.param.type)}` +
        exampleHint(failure.param.type);
    case "resource":
      if (failure.nearest !== undefined) {
        return `did you mean ${failure.nearest}, which is on offer?`;
      }
      return `offer ${failure.use.resource} in the environment manifest, with the declared arguments`;
    case "gate":
      return UNUSABLE_HELP;
    case "contract":
      return contractHelp(failure.refusal);
    case "constraint":
      return "change the values it mentions, or the constraint";
    case "conflict":
      return conflictHelp(failure.members.length, failure.bounds);
    case "undecided":
    case "unordered":
      return "raise the budget with --max-work";
    case "false_proof":
      return "prove from the candidate, or from what is true";
    case "evaluation":
      return evaluationHelp(EVALUATION_CODES[failure.failure.cause.kind]);
    case "misfit":
      return evaluationHelp("DR0807");
    case "deadline":
      return "raise deadline_us, or execute fewer statements";
    case "entry_handle":
      return "call it from a process that makes and ends the handle";
    case "negative_size":
      return "give a size of 0 bytes or more";
    case "use_after_free":
    case "double_free":
    case "leak":
    case "outside_region":
      return handleHelp(failure);
    case "memory_limit":
      return "allocate less, free earlier, or raise max_memory in the environment manifest";
    case "tick_limit":
    case "call_limit":
      return "raise it with --max-ticks";
    case "depth_limit":
      return "raise it with --max-depth";
    default:
      return unreachable(failure);
  }
}

const UNUSABLE_HELP = "leave the clause out, or use an attribute of the language";

function contractHelp(refusal: ContractRefusal): string {
  switch (refusal.kind) {
    case "unusable":
      return UNUSABLE_HELP;
    case "effects":
      return "write effects_allowed == true, or call what has no effects";
    case "witness":
    case "direction":
      return "write witness_transfer == true in a bind that leads that way, or keep the witness";
    case "latency":
      return latencyHelp(refusal);
    default:
      return unreachable(refusal);
  }
}

/** A call that is too long needs a larger bound or fewer statements, and one that is too short the opposite. */
function latencyHelp(refusal: Extract<ContractRefusal, { kind: "latency" }>): string {
  return isTooLong(refusal)
    ? "raise the bound, or execute fewer statements in the call"
    : "lower the bound, or execute more statements in the call";
}

function conflictHelp(members: number, bounds: readonly string[]): string {
  if (members === 0) {
    return "raise max_conflict_work in the environment manifest for a minimal conflict";
  }
  const what = members === 1 ? "it" : `any one of the ${members} in conflict`;
  const types = bounds.length === 0 ? "" : `, or the type of ${bounds.join(", ")}`;
  return `change ${what}${types}`;
}
