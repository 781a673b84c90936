/**
 * The sentences of a run's failures: what happened, and the smallest fix. With `refusal_message.ts` and `value_message.ts` the
 * only code that holds them; nothing reads them back.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import { renderClause } from "../dir/contract.ts";
import { pathList } from "../dir/lookup.ts";
import type { Bind, Proc, Stmt } from "../dir/model.ts";
import { renderValue } from "../dir/notation.ts";
import { renderType } from "../dir/type.ts";
import { EVALUATION_CODES } from "../eval/failure.ts";
import type { ContractRefusal } from "../event/refusal.ts";
import type { Destination, RunFailure } from "./failure.ts";
import { ioHelp, ioMessage } from "./io_message.ts";
import { contractReason, isTooLong, offerReason } from "./refusal_message.ts";
import { argumentMessage, evaluationHelp, evaluationMessage, fitMessage } from "./value_message.ts";

/** What happened, in one sentence: the outcome's `error.message`. */
export function failureMessage(failure: RunFailure): string {
  switch (failure.kind) {
    case "entry": {
      const { path, candidates } = failure;
      return candidates.length === 0
        ? `no process named ${path}`
        : `${path} names ${candidates.length} processes: ${pathList(candidates)}`;
    }
    case "missing_argument": {
      const { param, proc, isGate } = failure;
      const what = `${param.name}: ${renderType(param.type)} of ${nameOf(proc)}`;
      return isGate
        ? `a gate has no arguments, and existence is not decided over ${what}`
        : `missing argument ${what}`;
    }
    case "unknown_argument":
      return `${failure.proc.name} has no parameter ${failure.name}`;
    case "entry_handle": {
      const { proc, param } = failure;
      const what = param === undefined ? "returns a handle" : `takes the handle ${param.name}`;
      return `${nameOf(proc)} ${what} and cannot be an entry`;
    }
    case "negative_size":
      return `${failure.operation} of ${failure.size} bytes`;
    case "memory_limit": {
      const { operation, size, used, limit } = failure;
      return `${operation} of ${size} bytes, ${used} of ${limit} in use`;
    }
    case "use_after_free":
      return `${failure.holder} is used after it was freed`;
    case "double_free":
      return `${failure.holder} is freed twice`;
    case "leak":
      return failure.name === undefined
        ? `memory leak: ${failure.holder} is bound to no name`
        : `memory leak: ${failure.name} still holds ${failure.holder}`;
    case "outside_region":
      return `access to ${failure.width} bytes of a region that has ${failure.size}`;
    case "wrong_memory":
    case "missing_entry":
    case "missing_file":
    case "missing_port":
    case "unknown_mode":
    case "mode_not_allowed":
    case "wrong_mode":
    case "closed_file":
    case "left_open":
    case "written_again":
    case "write_limit":
    case "script_exhausted":
    case "outside_device":
      return ioMessage(failure);
    case "argument":
      return argumentMessage(failure.param.name, failure.failure);
    case "resource": {
      const { use, refusal, proc } = failure;
      return `resource unavailable: ${offerReason(use.resource, refusal)} ` +
        `(declared by ${nameOf(proc)})`;
    }
    case "gate":
      return violated(failure.bind, `cannot be interpreted: ${renderClause(failure.clause)}`);
    case "contract":
      return violated(failure.bind, contractReason(failure.refusal));
    case "constraint":
      return constraintMessage(failure.stmt.predicate.text);
    case "conflict": {
      const texts = failure.members.map(({ stmt }) => conditionOf(stmt));
      const [only] = texts;
      if (only === undefined) return `${nameOf(failure.proc)} has no configuration`;
      return texts.length === 1
        ? constraintMessage(only)
        : `constraints conflict: ${texts.join("; ")}`;
    }
    case "undecided":
      return `${nameOf(failure.proc)} was not decided within max_work ${failure.work}`;
    case "unordered": {
      const found = failure.found.map(({ name, value }) => `${name} = ${renderValue(value)}`);
      return `${nameOf(failure.proc)} has a configuration, such as ${found.join(", ")}, ` +
        "but the least one was not found within max_configuration_work";
    }
    case "false_proof":
      return `proof source is false: ${failure.from}`;
    case "evaluation":
      return evaluationMessage(failure.failure.cause);
    case "misfit":
      return `${fitMessage(failure.failure)}${destinationText(failure.destination)}`;
    case "deadline":
      return `deadline exceeded: ${nameOf(failure.proc)} needs at least ${failure.cost} us, ` +
        `deadline_us is ${failure.deadline}`;
    case "tick_limit":
      return `tick limit reached: max_ticks is ${failure.limit}`;
    case "call_limit":
      return `call limit reached: max_ticks is ${failure.limit}`;
    case "depth_limit":
      return `call depth limit reached: max_depth is ${failure.limit}`;
    default:
      return unreachable(failure);
  }
}

/** That a predicate does not hold: also the `reason` of `constraint_failed`. */
export function constraintMessage(predicate: string): string {
  return `constraint failed: ${predicate}`;
}

/** The smallest fix, one line; `undefined` when there is none to name. */
export function failureHelp(failure: RunFailure): string | undefined {
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
        : `pass --arg ${failure.param.name}=VALUE`;
    case "unknown_argument":
      return failure.proc.params.length === 0
        ? "it has no parameters"
        : `its parameters are ${failure.proc.params.map(({ name }) => name).join(", ")}`;
    case "argument":
      return `give ${failure.param.name} a value of type ${renderType(failure.param.type)}`;
    case "resource":
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
      return "free it after its last use, or copy it first: let q = p";
    case "double_free":
      return "remove one of the two, or copy it first: let q = p";
    case "leak":
      return failure.name === undefined
        ? "bind it to a name with let, and free that"
        : `free ${failure.name} before, or return it`;
    case "outside_region":
      return `allocate at least ${failure.width} bytes`;
    case "wrong_memory":
    case "missing_entry":
    case "missing_file":
    case "missing_port":
    case "unknown_mode":
    case "mode_not_allowed":
    case "wrong_mode":
    case "closed_file":
    case "left_open":
    case "written_again":
    case "write_limit":
    case "script_exhausted":
    case "outside_device":
      return ioHelp(failure);
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

function violated({ source, target }: Bind, reason: string): string {
  return `contract violated: bind ${source} -> ${target}: ${reason}`;
}

function destinationText(destination: Destination): string {
  switch (destination.kind) {
    case "local":
      return "";
    case "parameter":
      return ` (parameter ${destination.param.name} of ${destination.proc.name})`;
    case "result":
      return ` (result of ${destination.proc.name})`;
    default:
      return unreachable(destination);
  }
}

/** The condition that a statement puts on a configuration. */
function conditionOf(stmt: Stmt): string {
  switch (stmt.kind) {
    case "Constrain":
      return stmt.predicate.text;
    case "Prove":
      return stmt.from.text;
    case "Let":
      return `${stmt.name} = ${stmt.expr.text}`;
    case "Return":
      return stmt.expr?.text ?? "";
    case "Call":
      return stmt.call.text;
    default:
      return stmt.path;
  }
}

function nameOf({ regime, name }: Proc): string {
  return `${regime}::${name}`;
}
