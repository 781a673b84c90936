/**
 * The first configurations of a Φ process, for `solve` and for `run --all`.
 *
 * @module
 */
import { type ConfigurationList, listConfigurations } from "../../api/configurations.ts";
import { DEFAULT_LIMITS, type Limits } from "../../api/input.ts";
import { encodeWireValue } from "../../api/values.ts";
import { exitOfFailure } from "../host/exit_codes.ts";
import type { Io } from "../host/io.ts";
import { watchQuery } from "../host/progress.ts";
import { type PhiOperand, unfitQuery } from "./phi_operand.ts";
import { configurationTable, configurationText } from "../render/solution.ts";
import type { CommonOptions } from "../spec/options.ts";
import { countOf } from "../text/count.ts";
import { shownJson, shownLines } from "../text/shown.ts";

/** Prints the first `count` configurations, and whether there are more; returns the exit code. */
export function listFirst(
  { program, query, input: { limits } }: PhiOperand,
  { count, isTable }: { readonly count: number; readonly isTable: boolean },
  args: CommonOptions,
  io: Io,
): number {
  const listed = listConfigurations(program, watchQuery(query, io), count);
  io.showProgress("");
  if (!listed.ok) throw unfitQuery(listed.failure, "--all");
  const { configurations, end } = listed.value;
  if (args.json) {
    for (const configuration of configurations) {
      io.stdout(shownJson(encodeWireValue({ configuration })));
    }
    io.stdout(shownJson(JSON.stringify({ end, count: configurations.length })));
  } else {
    const lines = isTable
      ? configurationTable(configurations)
      : configurations.map(configurationText);
    io.stdout(shownLines(lines));
    if (!args.quiet) io.stderr(shownLines([endText(listed.value, limits)]));
  }
  if (end === "undecided" || end === "unordered") return exitOfFailure("Runtime", "spec");
  return configurations.length === 0 ? exitOfFailure("Inadmissible", "spec") : 0;
}

function endText(
  { configurations: { length }, end }: ConfigurationList,
  {
    max_work = DEFAULT_LIMITS.max_work,
    max_configuration_work = max_work,
  }: Partial<Limits> = {},
): string {
  const found = countOf(length, "configuration");
  switch (end) {
    case "all":
      return length === 0 ? "no configuration exists" : `${found}; there are no more`;
    case "more":
      return `${found}; there are more`;
    case "unordered":
      return `${found}; there are more, but which is next was not found within max_configuration_work ${max_configuration_work}; --max-work raises the budget`;
    case "undecided":
      return `${found}; undecided within max_work ${max_work} whether there are more; --max-work raises the budget`;
  }
}
