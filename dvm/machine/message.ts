/**
 * The sentences of a run's failures. With `failure_help.ts` and the other `*_message.ts` beside it the only code that holds them; nothing
 * reads them back.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import { renderClause } from "../dir/contract.ts";
import { pathList } from "../dir/lookup.ts";
import type { Bind, Proc, Stmt } from "../dir/model.ts";
import { renderValue } from "../dir/notation.ts";
import { renderType } from "../dir/type.ts";
import type { Destination, RunFailure } from "./failure.ts";
import { isIoFailure } from "./io_failure.ts";
import { ioMessage } from "./io_message.ts";
import { contractReason, offerReason } from "./refusal_message.ts";
import { isThreadFailure } from "./thread_failure.ts";
import { threadMessage } from "./thread_message.ts";
import { argumentMessage, evaluationMessage, fitMessage } from "./value_message.ts";

/** The message of a conflict names so many of its statements; the marks are at all of them. */
const NAMED_MEMBERS_MAX = 8;

/** What happened, in one sentence: the outcome's `error.message`. */
export function failureMessage(failure: RunFailure): string {
  if (isIoFailure(failure)) return ioMessage(failure);
  if (isThreadFailure(failure)) return threadMessage(failure);
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
      if (texts.length === 1) return constraintMessage(only);
      const left = texts.length - NAMED_MEMBERS_MAX;
      return left <= 1
        ? `constraints conflict: ${texts.join("; ")}`
        : `constraints conflict: ${texts.slice(0, NAMED_MEMBERS_MAX).join("; ")}; and ${left} more`;
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

/** A process with its regime. */
export function nameOf({ regime, name }: Proc): string {
  return `${regime}::${name}`;
}
