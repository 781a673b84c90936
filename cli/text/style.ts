/**
 * Coloured lines for terminals.
 *
 * @module
 */
import { visible } from "../../api/visible.ts";
import { type Shown, shownColored, shownLines } from "./shown.ts";

/** What colours are used for. */
export type Tone = "plain" | "left" | "right" | "heading" | "quiet" | "strong" | "changed";

const CODES: { readonly [T in Tone]: string } = {
  plain: "",
  left: "31",
  right: "32",
  heading: "36",
  quiet: "2",
  strong: "1",
  changed: "1;33",
};

/** A line and its colour. */
export interface Line {
  readonly tone: Tone;
  readonly text: string;
}

/** A line with a tone; plain by default. */
export function line(text: string, tone: Tone = "plain"): Line {
  return { tone, text };
}

/** Lines as one text, each ended by LF. */
export function paintLines(lines: readonly Line[], isColored: boolean): Shown {
  if (!isColored) return shownLines(lines.map(({ text }) => text));
  return shownColored(lines.map((each) => `${paint(each)}\n`).join(""));
}

function paint({ tone, text }: Line): string {
  const shown = visible(text);
  return tone === "plain" ? shown : `\u001b[${CODES[tone]}m${shown}\u001b[0m`;
}
