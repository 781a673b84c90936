/**
 * A diagnostic as text: graphic for a terminal, plain for pipes and editors, JSON for programs. All three are made from the same
 * value and need nothing else; what a program brings into them cannot command a terminal.
 *
 * @module
 */
import { type Diagnostic, findCode, mainMark, type Mark } from "../../api/diagnostics.ts";
import { renderPlace } from "../../api/notation.ts";
import { visible } from "../../api/visible.ts";
import { type Shown, shownColored, shownJson, shownLines, shownPage } from "../text/shown.ts";
import { cut, displayWidth, wrap } from "../text/width.ts";

/** How the graphic form is drawn. */
export interface GraphicStyle {
  /** Columns of the terminal; at least {@link WIDTH_MIN} are used. */
  readonly width: number;
  readonly color: boolean;
}

/** Below this nothing readable fits. */
const WIDTH_MIN = 40;

/** What a part of the drawing is, for its colour. */
type Part = "error" | "strong" | "frame" | "main" | "other" | "help";

const COLORS: { readonly [part in Part]: string } = {
  error: "1;31",
  strong: "1",
  frame: "2",
  main: "31",
  other: "34",
  help: "32",
};

/**
 * The graphic form: the rule, what happened, the statement with a mark under the offending part, the other marks in order, and
 * what to do. No line is wider than `style.width`, unless a single word is. Ends with a line break.
 */
export function renderGraphic(diagnostic: Diagnostic, style: GraphicStyle): Shown {
  const width = Math.max(style.width, WIDTH_MIN);
  const paint = (part: Part, text: string) =>
    style.color ? `\x1b[${COLORS[part]}m${text}\x1b[0m` : text;
  const { code, message, marks, help } = diagnostic;
  const [heading = "", ...more] = wrap(`error[${code}]: ${titleOf(diagnostic)}`, width);
  const lines = [
    `${paint("error", `error[${code}]`)}${paint("strong", heading.slice(`error[${code}]`.length))}`,
    ...more.map((line) => paint("strong", line)),
    ...wrap(visible(message), width - 2).map((line) => `  ${line}`),
  ];
  marks.forEach((mark, index) => {
    const drawn = drawMark(mark, { isFirst: index === 0, width, message, paint });
    for (const line of drawn) lines.push(line);
  });
  const corner = marks.length === 0 ? "  " : `  ${paint("frame", "╰─")} `;
  const indent = marks.length === 0 ? "  " : "     ";
  const advice = help ?? `dustrun explain ${code}`;
  const word = help === undefined ? "see" : "help";
  wrap(`${word}: ${visible(advice)}`, width - indent.length).forEach((line, index) => {
    const painted = index === 0 ? line.replace(`${word}:`, paint("help", `${word}:`)) : line;
    lines.push(index === 0 ? `${corner}${painted}` : `${indent}${painted}`);
  });
  const drawing = `${lines.join("\n")}\n`;
  return style.color ? shownColored(drawing) : shownPage(drawing);
}

interface MarkStyle {
  readonly isFirst: boolean;
  readonly width: number;
  /** The diagnostic's message. */
  readonly message: string;
  readonly paint: (part: Part, text: string) => string;
}

function drawMark(mark: Mark, { isFirst, width, message, paint }: MarkStyle): string[] {
  const side = `  ${paint("frame", "│")}`;
  const corner = paint("frame", isFirst ? "╭─" : "├─");
  const [place = "", ...more] = wrapParts(placeParts(mark), width - 5);
  const head = [`  ${corner} ${place}`, ...more.map((part) => `${side}  ${part}`), side];
  if (mark.text === "") {
    return [
      ...head,
      ...wrap(visible(mark.label), width - 6).map((line) => `${side}   ${line}`),
      side,
    ];
  }
  const shown = cut(
    visible(mark.text),
    mark.span ?? { start: 0, end: mark.text.length },
    width - 6,
  );
  const { start, end } = shown.span;
  const line = signOf(mark).repeat(end - start);
  // A label that repeats the message is left out.
  const label = mark.label === message ? "" : visible(mark.label);
  const beside = 6 + end + 1 + displayWidth(label) <= width;
  const under = beside
    ? [`${line} ${label}`.trimEnd()]
    : [line, ...wrap(label, Math.max(width - 6 - start, width >> 1))];
  // A label that does not fit below the mark starts further left.
  const indent = (text: string) =>
    " ".repeat(Math.max(Math.min(start, width - 6 - displayWidth(text)), 0));
  return [
    ...head,
    `${side}   ${shown.text.trimEnd()}`.trimEnd(),
    ...under.map((text) =>
      `${side}   ${indent(text)}${paint(mark.role === "main" ? "main" : "other", text)}`
    ),
    side,
  ];
}

/** The place in parts that are not broken: artifact and line, process, statement. */
function placeParts(mark: Mark): string[] {
  const parts = visible(renderPlace(mark)).split(", ");
  return parts.map((part, index) => index < parts.length - 1 ? `${part},` : part);
}

/** Parts joined by spaces into lines, never broken inside; of one that is too long, its end is shown. */
function wrapParts(parts: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const whole of parts) {
    const part = cut(whole, { start: whole.length - 1, end: whole.length }, width).text;
    const last = lines[lines.length - 1];
    if (last === undefined || displayWidth(last) + 1 + displayWidth(part) > width) lines.push(part);
    else lines[lines.length - 1] = `${last} ${part}`;
  }
  return lines;
}

/** The place as editors read it. */
function locate({ artifact, line, column }: Mark): string {
  const file = visible(artifact);
  return line === 0 ? file : `${file}:${line}:${column}`;
}

/**
 * The plain form: `file:line:column: error[CODE]: message` on the first line, as editors and `grep` read it; then the statements
 * with their marks, and what to do. No width, no colour, no drawing characters. Ends with a line break.
 */
export function renderPlain(diagnostic: Diagnostic): Shown {
  const { code, message, marks, help } = diagnostic;
  const main = mainMark(diagnostic);
  const place = main === undefined ? "" : `${locate(main)}: `;
  const lines = [`${place}error[${code}]: ${visible(message)}`, `  rule: ${titleOf(diagnostic)}`];
  for (const mark of marks) {
    lines.push(`  at ${describe(mark, message)}`);
    for (const line of underline(mark)) lines.push(line);
  }
  if (help !== undefined) lines.push(`  help: ${help}`);
  return shownLines(lines);
}

function describe(mark: Mark, message: string): string {
  const place = visible(renderPlace(mark));
  return mark.label === message ? place : `${place}: ${visible(mark.label)}`;
}

/** What underlines a mark: the offence itself is distinguished without colour. */
function signOf({ role }: Mark): "^" | "-" {
  return role === "main" ? "^" : "-";
}

function underline(mark: Mark): string[] {
  if (mark.text === "") return [];
  const text = visible(mark.text);
  const span = mark.span ?? { start: 0, end: text.length };
  const before = displayWidth(text.slice(0, span.start));
  const marked = Math.max(displayWidth(text.slice(span.start, span.end)), 1);
  return [`    ${text}`, `    ${" ".repeat(before)}${signOf(mark).repeat(marked)}`];
}

/** The JSON form: the diagnostic's own members with the rule's title, clauses and section. One line, ends with a line break. */
export function renderJson(diagnostic: Diagnostic): Shown {
  const { code, kind, message, marks, help } = diagnostic;
  const entry = findCode(code);
  const rule = entry === undefined
    ? {}
    : { title: entry.title, clauses: entry.clauses, spec: entry.spec };
  return shownJson(JSON.stringify({ code, kind, ...rule, message, marks, help }));
}

function titleOf({ code, kind }: Diagnostic): string {
  return findCode(code)?.title ?? kind;
}
