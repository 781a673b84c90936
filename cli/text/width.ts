/**
 * Text in terminal columns: its width, wrapping it, and cutting it around a part.
 *
 * @module
 */
import { eastAsianWidth } from "npm:get-east-asian-width@1.7.0";

/** How many columns a text takes: none for combining marks, two for wide characters and emoji, one for ambiguous ones. */
export function displayWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length; // nearly every text
  let width = 0;
  for (const char of text) width += charWidth(char);
  return width;
}

function charWidth(char: string): number {
  if (char < "\u0300") return 1;
  if (/^[\p{Mn}\p{Me}]$/u.test(char)) return 0;
  return eastAsianWidth(char.codePointAt(0) ?? 0);
}

/** Lines of at most `width` columns, broken at spaces; a longer word gets a line to itself. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && displayWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  lines.push(line);
  return lines;
}

/** A line in parts of at most `width` columns, the later ones two columns further in. A longer word is not broken. */
export function fold(line: string, width: number): string[] {
  if (displayWidth(line) <= width) return [line];
  const indent = " ".repeat(line.search(/\S|$/));
  const [first = "", ...more] = wrap(line.slice(indent.length), width - indent.length - 2);
  return [`${indent}${first}`, ...more.map((part) => `${indent}  ${part}`)];
}

/** A part of a text, in UTF-16 units. */
export interface Span {
  /** The first unit. */
  readonly start: number;
  /** The unit after the last one. */
  readonly end: number;
}

/**
 * The text cut to `width` columns around the span, with `…` for each omitted part, and the position of the span in columns.
 */
export function cut(
  text: string,
  span: Span,
  width: number,
): { readonly text: string; readonly span: Span } {
  const chars = [...text];
  const offsets: number[] = []; // UTF-16 offset of each character
  let offset = 0;
  for (const char of chars) {
    offsets.push(offset);
    offset += char.length;
  }
  const indexOf = (unit: number) => {
    const index = offsets.findIndex((start) => start >= unit);
    return index < 0 ? chars.length : index;
  };
  const from = indexOf(span.start), to = Math.max(indexOf(span.end), from);
  const { first, last } = windowAround(chars, { start: from, end: to }, width);
  const left = first > 0 ? "…" : "", right = last < chars.length ? "…" : "";
  const before = chars.slice(first, from).join("");
  const marked = chars.slice(Math.max(first, from), Math.min(to, last)).join("");
  const start = displayWidth(left) + displayWidth(before);
  return {
    text: `${left}${chars.slice(first, last).join("")}${right}`,
    span: { start, end: start + Math.max(displayWidth(marked), 1) },
  };
}

/** The characters that fit: first those of the span, then its neighbors on the left and right in turn. */
function windowAround(
  chars: readonly string[],
  span: Span,
  width: number,
): { readonly first: number; readonly last: number } {
  const total = displayWidth(chars.join(""));
  if (total <= width) return { first: 0, last: chars.length };
  let room = Math.max(width - 2, 1); // each end may get an ellipsis
  let first = span.start, last = span.start;
  const takeRight = (limit: number) => {
    const char = chars[last];
    if (char === undefined || last >= limit || charWidth(char) > room) return false;
    room -= charWidth(char);
    last++;
    return true;
  };
  const takeLeft = () => {
    const char = chars[first - 1];
    if (char === undefined || charWidth(char) > room) return false;
    room -= charWidth(char);
    first--;
    return true;
  };
  while (takeRight(span.end));
  for (let grew = true; grew;) {
    const grewLeft = takeLeft();
    grew = takeRight(chars.length) || grewLeft;
  }
  return { first, last };
}
