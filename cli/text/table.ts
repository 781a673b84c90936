/**
 * Rows in columns, for terminals.
 *
 * @module
 */
import { visible } from "../../api/visible.ts";
import { displayWidth } from "./width.ts";

/** Rows in columns, a line each, without control characters; the last column is as wide as it needs to be. */
export function tableLines(rows: readonly (readonly string[])[]): string[] {
  const shown = rows.map((row) => row.map(visible));
  const widths = (shown[0] ?? []).map((_, column) =>
    shown.reduce((width, row) => Math.max(width, displayWidth(row[column] ?? "")), 0)
  );
  return shown.map((row) =>
    row.map((cell, column) =>
      column === row.length - 1
        ? cell
        : cell + " ".repeat((widths[column] ?? 0) - displayWidth(cell))
    ).join("  ")
  );
}
