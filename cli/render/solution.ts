/**
 * Answers about the configurations of a Φ process, as text.
 *
 * @module
 */
import { renderWireFields, renderWireValue } from "../../api/notation.ts";
import type {
  ConflictList,
  NamedStatement,
  OptimizationStep,
  Relaxation,
} from "../../api/solve.ts";
import type { WireFields, WireValue } from "../../api/values.ts";
import { countOf } from "../text/count.ts";
import { tableLines } from "../text/table.ts";

/** What was asked for, and how it is printed. */
export interface AskedBest {
  readonly expr: string;
  readonly end: "least" | "greatest";
  readonly isTable: boolean;
}

/** The best configuration, and whether it is known to be the best. */
export function renderOptimum({ expr, end, isTable }: AskedBest, step: OptimizationStep): string[] {
  switch (step.kind) {
    case "none":
      return ["no configuration exists in which it has a value"];
    case "undecided":
      return ["undecided whether a configuration exists; --max-work raises the budget"];
    case "found": {
      const { value, bound, isFirst, configuration } = step;
      const claim = value === bound
        ? `${expr} = ${value}, the ${end} value`
        : `${expr} = ${value}, the best found; none is ${
          end === "least" ? "below" : "above"
        } ${bound}`;
      const order = value === bound && !isFirst
        ? "; which configuration with it is the first is not known"
        : "";
      const shown = isTable
        ? configurationTable([configuration])
        : [configurationText(configuration)];
      return [claim + order, ...shown];
    }
  }
}

/** A configuration on one line. */
export function configurationText(configuration: WireFields): string {
  return renderWireFields(configuration) || "(no parameters)";
}

/** Conflicts, one paragraph each. */
export function renderConflicts({ conflicts, end }: ConflictList): string[] {
  const lines = conflicts.flatMap((statements, index) => [
    `conflict ${index + 1}: these exclude one another, and no part of them does`,
    ...statements.flatMap(renderStatement),
  ]);
  const found = countOf(conflicts.length, "conflict");
  switch (end) {
    case "all":
      return conflicts.length === 0
        ? ["no conflict: a configuration exists"]
        : [...lines, `${found}; there are no more`];
    case "more":
      return [...lines, `${found}; there may be more`];
    case "undecided":
      return [...lines, `${found}; undecided whether there are more; --max-work raises the budget`];
  }
}

/** What to drop, and what exists then. */
export function renderRelaxation(relaxation: Relaxation): string[] {
  if (relaxation.kind === "undecided") {
    return ["undecided which are the fewest statements to drop; --max-work raises the budget"];
  }
  const { dropped, configuration, isFirst } = relaxation, shown = configurationText(configuration);
  if (dropped.length === 0) return ["nothing to drop: a configuration exists", `  ${shown}`];
  return [
    `${countOf(dropped.length, "statement")} to drop, and fewer do not suffice:`,
    ...dropped.flatMap(renderStatement),
    isFirst
      ? "the first configuration without:"
      : "a configuration without; which is the first is not known:",
    `  ${shown}`,
  ];
}

function renderStatement({ place, text }: NamedStatement): string[] {
  return [`  ${text}`, `    ${place}`];
}

/** Configurations as a table: a column for each field of each parameter. */
export function configurationTable(configurations: readonly WireFields[]): string[] {
  if (configurations.every((fields) => Object.keys(fields).length === 0)) {
    return configurations.map(configurationText);
  }
  const rows = configurations.map((fields) =>
    Object.entries(fields).flatMap(([name, value]) => cellsOf(name, value))
  );
  const [first] = rows;
  if (first === undefined) return [];
  return tableLines([
    first.map(([name]) => name),
    ...rows.map((row) => row.map(([, cell]) => cell)),
  ]);
}

function cellsOf(name: string, value: WireValue): (readonly [string, string])[] {
  return typeof value === "object" && "Struct" in value
    ? Object.entries(value.Struct.fields).flatMap(([field, inner]) =>
      cellsOf(`${name}.${field}`, inner)
    )
    : [[name, renderWireValue(value)]];
}
