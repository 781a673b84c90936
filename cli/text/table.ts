/**
 * Rows in columns, for terminals.
 *
 * @module
 */
import { visible } from "../../api/visible.ts";
import { displayWidth } from "./width.ts";

type Row = readonly string[];

/** Rows in columns, a line each, without control characters; the last column is as wide as it needs to be. */
export function tableLines(rows: readonly Row[]): string[] {
  return [...tablePieces(() => rows)].flat();
}

/** Lines in one piece of a table. */
const PIECE_LINES = 1_000;

/** The same for a table of any length, in pieces of some lines. The rows are made twice, first for the widths of the columns. */
export function* tablePieces(rows: () => Iterable<Row>): Generator<readonly string[]> {
  const columns: Column[] = [];
  for (const row of rows()) {
    for (let at = 0; at < row.length; at++) (columns[at] ??= new Column()).measure(row[at] ?? "");
  }
  let lines: string[] = [];
  for (const row of rows()) {
    const last = row.length - 1;
    let line = "";
    for (let at = 0; at < last; at++) line += columns[at]?.padded(row[at] ?? "") ?? "";
    lines.push(line + visible(row[last] ?? ""));
    if (lines.length < PIECE_LINES) continue;
    yield lines;
    lines = [];
  }
  if (lines.length > 0) yield lines;
}

/** One column. Most cells are equal to the one above, which is remembered. */
class Column {
  #width = 0;
  #measured: string | undefined;
  #cell: string | undefined;
  #padded = "";

  /** Makes the column as wide as a cell. */
  measure(cell: string): void {
    if (cell === this.#measured) return;
    this.#measured = cell;
    this.#width = Math.max(this.#width, displayWidth(visible(cell)));
  }

  /** The cell with spaces up to the next column. */
  padded(cell: string): string {
    if (cell !== this.#cell) {
      this.#cell = cell;
      const shown = visible(cell);
      this.#padded = `${shown}${" ".repeat(this.#width - displayWidth(shown))}  `;
    }
    return this.#padded;
  }
}
