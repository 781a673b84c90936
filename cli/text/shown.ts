/**
 * What may reach a terminal. The command line writes {@link Shown} only, and it is made here only: whatever a program, a log, a file name
 * or a word of the command line contains, no control, bidirectional or invisible character of it gets through.
 *
 * @module
 */
import { visible, visibleJson, visibleLines } from "../../api/visible.ts";

declare const SHOWN: unique symbol;

/** Text without characters that command a terminal, except line feeds, and colours where they are wanted. */
export type Shown = string & { readonly [SHOWN]: never };

/** Lines, each ended by LF; a line feed within one is shown, so that none can pretend to be two. */
export function shownLines(lines: readonly string[]): Shown {
  return brand(lines.map((each) => `${visible(each)}\n`).join(""));
}

/** A word or a cell of a table; a line feed within it is shown. */
export function shownWord(text: string): Shown {
  return brand(visible(text));
}

/**
 * The same with spaces after it, up to a number of columns. What counts columns is passed in: it needs a package, and every start loads
 * this module.
 */
export function shownCell(
  text: string,
  columns: number,
  widthOf: (shown: string) => number,
): Shown {
  const shown = visible(text);
  return brand(shown + " ".repeat(Math.max(0, columns - widthOf(shown))));
}

/** Parts that are shown, one after the other. */
export function shownParts(parts: readonly Shown[]): Shown {
  return brand(parts.join(""));
}

/** JSON, ended by LF, with escapes for these characters: an equal JSON text. */
export function shownJson(json: string): Shown {
  return shownData(`${json}\n`);
}

/** A part of JSON, JSON Lines or CSV, cut between characters, with the same escapes. */
export function shownData(data: string): Shown {
  return brand(visibleJson(data));
}

/** A text that dustrun has laid out itself: line feeds are kept. Names and values from outside belong into {@link shownLines}. */
export function shownPage(page: string): Shown {
  return brand(visibleLines(page));
}

/** The same with colours (`ESC [ … m`), for text whose parts were made visible before they were coloured. */
export function shownColored(page: string): Shown {
  return brand(
    page.split(COLOR).map((part, index) => index % 2 === 0 ? visibleLines(part) : part).join(""),
  );
}

/** The codes that set a colour. */
// deno-lint-ignore no-control-regex -- they begin with ESC
const COLOR = /(\x1b\[[0-9;]*m)/;

/** The output of the upstream executor, byte by byte what that one prints; a terminal gets it like any other text. */
export function shownUpstream(output: string, isTerminal: boolean): Shown {
  return isTerminal ? shownPage(output) : brand(output);
}

function brand(text: string): Shown {
  return text as Shown;
}
