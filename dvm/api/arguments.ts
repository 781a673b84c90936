/**
 * Whether arguments fit the entry of a program, before a run begins.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import { reportedViolations } from "../check/check.ts";
import { entryCandidates } from "../dir/lookup.ts";
import type { Proc, Program } from "../dir/model.ts";
import type { RunInput } from "../event/input.ts";
import { violationsOf } from "../machine/analysis.ts";
import {
  type EntryArgumentFailure,
  entryFailure,
  readEntryArguments,
} from "../machine/entry_arguments.ts";
import { failureHelp } from "../machine/failure_help.ts";
import { failureMessage } from "../machine/message.ts";
import { validateArgument } from "../machine/validate_argument.ts";
import { nearestWord } from "../text/suggest.ts";

/** What is wrong with one argument. */
export interface ArgumentFault {
  /** Not a parameter, without a value, or not of the type of its parameter. */
  readonly kind: "unknown" | "missing" | "unfit";
  /** The name of the argument or of the parameter. */
  readonly name: string;
  /** One sentence. */
  readonly message: string;
  /** The smallest fix, with the nearest name where one is misspelled. */
  readonly help: string;
}

/**
 * The parameters of the process that a run enters, in order; `undefined` where the run fails before it reads its arguments: the static
 * rules refuse it, the entry names no single process, or that takes or returns a handle.
 *
 * @example
 * ```ts
 * import { entryParameters, load } from "../../mod.ts";
 * const program = load([{ name: "demo", text: '{"forges":[{"name":"F","shapes":[],"procs":[],"binds":[]}]}' }]);
 * if (!program.ok || entryParameters(program.value, "main") !== undefined) throw new Error();
 * ```
 */
export function entryParameters(program: Program, entry = "main"): readonly string[] | undefined {
  return runnableEntry(program, entry)?.params.map(({ name }) => name);
}

function runnableEntry(program: Program, path: string): Proc | undefined {
  const [entry, ...others] = entryCandidates(program, path);
  if (entry === undefined || others.length > 0) return undefined;
  const analysis = { program, violations: reportedViolations(program) };
  const isRefused = violationsOf(analysis, entry).length > 0 || entryFailure(entry) !== undefined;
  return isRefused ? undefined : entry;
}

/**
 * Everything that is wrong with the arguments of a run under `spec`: unknown names first, then parameter by parameter. Nothing is
 * reported where {@link entryParameters} is `undefined`: the run then fails for another reason.
 * In a run, the first of these faults is the outcome (DR1002, DR1003).
 *
 * @example
 * ```ts
 * import { argumentFaults, load } from "../../mod.ts";
 * const text = `{"forges":[{"name":"F","shapes":[],"procs":[{"regime":"K","name":"main","params":[
 *   {"name":"amount","ty":"u8"}],"uses":[],"ret":"u8","qualifiers":[],"body":[{"Return":{"expr":"amount"}}]}],"binds":[]}]}`;
 * const program = load([{ name: "demo", text }]);
 * if (!program.ok) throw new Error();
 * const [unknown, missing] = argumentFaults(program.value, { args: { amuont: 1 } });
 * if (unknown?.help !== "did you mean amount?" || missing?.kind !== "missing") throw new Error();
 * ```
 */
export function argumentFaults(
  program: Program,
  input: Pick<RunInput, "entry" | "args">,
): readonly ArgumentFault[] {
  const entry = runnableEntry(program, input.entry ?? "main");
  if (entry === undefined) return [];
  const given = Object.entries(input.args ?? {});
  const read = readEntryArguments(
    entry,
    new Map(given.map(([name, plain]) => [name, validateArgument(plain)])),
  );
  return read.ok ? [] : read.failure.map(toFault);
}

function toFault(failure: EntryArgumentFailure): ArgumentFault {
  const message = failureMessage(failure);
  const help = failureHelp(failure) ?? "";
  switch (failure.kind) {
    case "unknown_argument": {
      const { name, proc } = failure;
      const nearest = nearestWord(name, proc.params.map((param) => param.name));
      return {
        kind: "unknown",
        name,
        message,
        help: nearest === undefined ? help : `did you mean ${nearest}?`,
      };
    }
    case "missing_argument":
      return { kind: "missing", name: failure.param.name, message, help };
    case "argument":
      return { kind: "unfit", name: failure.param.name, message, help };
    default:
      return unreachable(failure);
  }
}
