/**
 * Queries about a Φ process, and the questions that they mean.
 *
 * @module
 */
import { DEFAULT_LIMITS } from "../base/limits.ts";
import { failure, type Result, success } from "../base/result.ts";
import { check } from "../check/check.ts";
import { entryCandidates } from "../dir/lookup.ts";
import type { Program } from "../dir/model.ts";
import { isDecidable } from "../dir/type.ts";
import type { PlainArgument } from "../event/input.ts";
import { readArgument } from "../machine/arguments.ts";
import { argumentMessage } from "../machine/value_message.ts";
import type { PhiQuestion } from "../phi/answer/question.ts";
import type { PhiBudgets } from "../phi/answer/resolve.ts";
import type { Value } from "../value/value.ts";

/** A Φ process, and what is known of its parameters. */
export interface ConfigurationQuery {
  /** `name`, `Φ::name` or `forge::Φ::name`. */
  readonly entry: string;
  /** Values of some parameters; the others are open. */
  readonly args?: { readonly [name: string]: PlainArgument };
  /** Solver steps for the verdict; default: that of a run. */
  readonly maxWork?: number;
  /** Solver steps for which configuration is the least or the next one; default: as many as for the verdict. */
  readonly maxConfigurationWork?: number;
  /** Solver steps for the minimal conflict; default: as many as for the verdict. */
  readonly maxConflictWork?: number;
  /** Observes the work: called now and then with the solver steps spent so far. What it throws ends the query. */
  readonly observe?: (spent: number) => void;
}

/** The budgets of a query, and its observer. */
export type QueryBudgets =
  & Required<Omit<PhiBudgets, "observe">>
  & Pick<ConfigurationQuery, "observe">;

/** The budgets of a query; those that it leaves out are as in a run. */
export function budgetsOf({
  maxWork = DEFAULT_LIMITS.max_work,
  maxConfigurationWork = maxWork,
  maxConflictWork = maxWork,
  observe,
}: ConfigurationQuery): QueryBudgets {
  const budgets = { maxWork, maxConfigurationWork, maxConflictWork };
  return observe === undefined ? budgets : { ...budgets, observe };
}

/** The question that a query means, or why it means none. */
export function questionOf(
  program: Program,
  query: ConfigurationQuery,
): Result<PhiQuestion, string> {
  const [violation] = check(program);
  if (violation !== undefined) return failure(`${violation.code}: ${violation.message}`);
  const candidates = entryCandidates(program, query.entry).filter(({ regime }) => regime === "Φ");
  const [proc] = candidates;
  if (proc === undefined) return failure(`${query.entry} names no Φ process`);
  if (candidates.length > 1) return failure(`${query.entry} names several Φ processes`);
  const given = new Map<string, Value>();
  for (const [name, plain] of Object.entries(query.args ?? {})) {
    const param = proc.params.find((one) => one.name === name);
    if (param === undefined) return failure(`${proc.name} has no parameter ${name}`);
    const read = readArgument(plain, param);
    if (!read.ok) return failure(argumentMessage(name, read.failure));
    given.set(name, read.value);
  }
  const open = proc.params.find((param) => !given.has(param.name) && !isDecidable(param.type));
  return open === undefined
    ? success({ program, proc, given })
    : failure(`${open.name} must be given: existence is decided over integers and booleans`);
}
