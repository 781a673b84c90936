/**
 * Rows in columns, for terminals.
 *
 * @module
 */
import { type Shown, shownCell, shownLines, shownParts, shownWord } from "./shown.ts";
import { displayWidth } from "./width.ts";

/** A column of a table: its head, and the cell of an item. */
export type TableColumn<Item> = readonly [head: string, cellOf: (item: Item) => string];

/** A table of any length. */
export interface Table<Item> {
  readonly items: readonly Item[];
  readonly columns: readonly TableColumn<Item>[];
}

type Row = readonly string[];

/** Rows in columns, a line each, without control characters; the last column is as wide as it needs to be. */
export function tableLines(rows: readonly Row[]): string[] {
  const [head, ...items] = rows;
  if (head === undefined) return [];
  const columns = head.map((title, at): TableColumn<Row> => [title, (row) => row[at] ?? ""]);
  const lines: string[] = [];
  for (const parts of partsOf({ items, columns })) lines.push(shownParts(parts));
  return lines;
}

/** Lines in one piece of a table. */
const PIECE_LINES = 1_000;

/**
 * The same for a table of any length, in pieces of some lines. Cells are made twice, first for the widths of their columns, but those of
 * the last one.
 */
export function* tablePieces<Item>(table: Table<Item>, indent: string): Generator<Shown> {
  const start = shownWord(indent);
  let piece: Shown[] = [];
  let lines = 0;
  for (const parts of partsOf(table)) {
    piece.push(start);
    for (const part of parts) piece.push(part);
    piece.push(LINE_END);
    if (++lines < PIECE_LINES) continue;
    yield shownParts(piece);
    piece = [];
    lines = 0;
  }
  if (lines > 0) yield shownParts(piece);
}

const LINE_END = shownLines([""]);

/** The padded cells of each line, the head first; the list is used again for the next line. */
function* partsOf<Item>({ items, columns }: Table<Item>): Generator<readonly Shown[]> {
  const padded = columns.slice(0, -1).map((column) => new Column(column));
  for (const item of items) {
    for (const column of padded) column.measure(item);
  }
  const [lastHead = "", lastOf = () => ""] = columns.at(-1) ?? [];
  const parts = [...padded.map((column) => column.head()), shownWord(lastHead)];
  yield parts;
  for (const item of items) {
    let at = 0;
    for (const column of padded) parts[at++] = column.cell(item);
    parts[at] = shownWord(lastOf(item));
    yield parts;
  }
}

/** Spaces between two columns, at least. */
const GAP = 2;

/** One column. Most cells are equal to the one above, which is remembered. */
class Column<Item> {
  readonly #head: string;
  readonly #cellOf: (item: Item) => string;
  #width: number;
  #measured: string | undefined;
  #cell: string | undefined;
  #padded = shownWord("");

  constructor([head, cellOf]: TableColumn<Item>) {
    this.#head = head;
    this.#cellOf = cellOf;
    this.#width = displayWidth(shownWord(head));
  }

  /** Makes the column as wide as the cell of an item. */
  measure(item: Item): void {
    const cell = this.#cellOf(item);
    if (cell === this.#measured) return;
    this.#measured = cell;
    // A cell has at most two columns for each unit.
    if (2 * cell.length <= this.#width) return;
    this.#width = Math.max(this.#width, displayWidth(shownWord(cell)));
  }

  /** The head with spaces up to the next column. */
  head(): Shown {
    return this.#pad(this.#head);
  }

  /** The cell of an item, the same. */
  cell(item: Item): Shown {
    const cell = this.#cellOf(item);
    if (cell !== this.#cell) {
      this.#cell = cell;
      this.#padded = this.#pad(cell);
    }
    return this.#padded;
  }

  #pad(cell: string): Shown {
    return shownCell(cell, this.#width + GAP, displayWidth);
  }
}
