/**
 * Coloured lines for terminals. Control characters in them are shown, never passed to the terminal.
 *
 * @module
 */
import { visible } from "./visible.ts";

/** What colours are used for. */
export type Tone = "plain" | "left" | "right" | "heading" | "quiet" | "strong";

const CODES: { readonly [T in Tone]: string } = {
  plain: "",
  left: "31",
  right: "32",
  heading: "36",
  quiet: "2",
  strong: "1",
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

/** The text in its colour, with control characters made visible. */
export function paint({ tone, text }: Line, isColored: boolean): string {
  const shown = visible(text);
  return isColored && tone !== "plain" ? `\u001b[${CODES[tone]}m${shown}\u001b[0m` : shown;
}

/** Lines as one text, each ended by LF. */
export function paintLines(lines: readonly Line[], isColored: boolean): string {
  return lines.map((each) => `${paint(each, isColored)}\n`).join("");
}
