/**
 * A diagnostic as text: graphic for a terminal, plain for pipes and editors, JSON for programs. All three are made from the same
 * value and need nothing else; what a program brings into them cannot command a terminal.
 *
 * @module
 */
import { type Diagnostic, findCode, type Mark } from "../../api/diagnostics.ts";
import { cut, displayWidth, visible, visibleJson, wrap } from "../text/visible.ts";

/** How the graphic form is drawn. */
export interface GraphicStyle {
  /** Columns of the terminal; at least {@link WIDTH_MIN} are used. */
  readonly width: number;
  readonly color: boolean;
}

/** Below this nothing readable fits. */
const WIDTH_MIN = 40;

/** What a part of the drawing is, for its colour. */
type Role = "error" | "strong" | "frame" | "main" | "origin" | "help";

const COLORS: { readonly [role in Role]: string } = {
  error: "1;31",
  strong: "1",
  frame: "2",
  main: "31",
  origin: "34",
  help: "32",
};

/**
 * The graphic form: what rule, what happened, the statement with a mark under the offending part, a second mark where the story
 * began, and what to do. No line is wider than `style.width`, unless a single word is. Ends with a line break.
 */
export function renderGraphic(diagnostic: Diagnostic, style: GraphicStyle): string {
  const width = Math.max(style.width, WIDTH_MIN);
  const paint = (role: Role, text: string) =>
    style.color ? `\x1b[${COLORS[role]}m${text}\x1b[0m` : text;
  const { code, message, main, origin, help } = diagnostic;
  const [heading = "", ...more] = wrap(`error[${code}]: ${titleOf(diagnostic)}`, width);
  const lines = [
    `${paint("error", `error[${code}]`)}${paint("strong", heading.slice(`error[${code}]`.length))}`,
    ...more.map((line) => paint("strong", line)),
    ...wrap(visible(message), width - 2).map((line) => `  ${line}`),
  ];
  const marks = [
    ...(main === undefined ? [] : [{ mark: main, role: "main" as const }]),
    ...(origin === undefined ? [] : [{ mark: origin, role: "origin" as const }]),
  ];
  marks.forEach(({ mark, role }, index) => {
    lines.push(...drawMark(mark, { role, isFirst: index === 0, width, message, paint }));
  });
  const corner = marks.length === 0 ? "  " : `  ${paint("frame", "╰─")} `;
  const indent = marks.length === 0 ? "  " : "     ";
  const advice = help ?? `dustrun explain ${code}`;
  const word = help === undefined ? "see" : "help";
  wrap(`${word}: ${visible(advice)}`, width - indent.length).forEach((line, index) => {
    const told = index === 0 ? line.replace(`${word}:`, paint("help", `${word}:`)) : line;
    lines.push(index === 0 ? `${corner}${told}` : `${indent}${told}`);
  });
  return `${lines.join("\n")}\n`;
}

interface MarkStyle {
  readonly role: "main" | "origin";
  readonly isFirst: boolean;
  readonly width: number;
  /** The diagnostic's message. */
  readonly message: string;
  readonly paint: (role: Role, text: string) => string;
}

function drawMark(mark: Mark, { role, isFirst, width, message, paint }: MarkStyle): string[] {
  const side = `  ${paint("frame", "│")}`;
  const corner = paint("frame", isFirst ? "╭─" : "├─");
  const [place = "", ...more] = wrapParts(placeParts(mark), width - 5);
  const shown = cut(
    visible(mark.text),
    mark.span ?? { start: 0, end: mark.text.length },
    width - 6,
  );
  const { start, end } = shown.span;
  const line = (role === "main" ? "^" : "-").repeat(end - start);
  // What the message has said already is not said again.
  const label = mark.label === message ? "" : visible(mark.label);
  const beside = 6 + end + 1 + displayWidth(label) <= width;
  const under = beside
    ? [`${line} ${label}`.trimEnd()]
    : [line, ...wrap(label, Math.max(width - 6 - start, width >> 1))];
  // A label that does not fit below the mark starts further left.
  const indent = (text: string) =>
    " ".repeat(Math.max(Math.min(start, width - 6 - displayWidth(text)), 0));
  return [
    `  ${corner} ${place}`,
    ...more.map((part) => `${side}  ${part}`),
    side,
    `${side}   ${shown.text.trimEnd()}`.trimEnd(),
    ...under.map((text) => `${side}   ${indent(text)}${paint(role, text)}`),
    side,
  ];
}

/** `file:line:column`, the process, the path. */
function placeParts(mark: Mark): string[] {
  const parts = [locate(mark)];
  if (mark.proc !== undefined) parts.push(`in ${visible(mark.proc)}`);
  if (mark.path !== "") parts.push(`(${mark.path})`);
  return parts;
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
export function renderPlain(diagnostic: Diagnostic): string {
  const { code, message, main, origin, help } = diagnostic;
  const place = main === undefined ? "" : `${locate(main)}: `;
  const lines = [`${place}error[${code}]: ${visible(message)}`, `  rule: ${titleOf(diagnostic)}`];
  if (main !== undefined) lines.push(`  at ${describe(main, message)}`, ...underline(main, "^"));
  if (origin !== undefined) {
    lines.push(`  ${locate(origin)}: ${describe(origin, message)}`, ...underline(origin, "-"));
  }
  if (help !== undefined) lines.push(`  help: ${visible(help)}`);
  return `${lines.join("\n")}\n`;
}

function describe(mark: Mark, message: string): string {
  const process = mark.proc === undefined ? "" : ` of ${visible(mark.proc)}`;
  const path = mark.path === "" ? "the program" : mark.path;
  return mark.label === message ? `${path}${process}` : `${path}${process}: ${visible(mark.label)}`;
}

function underline(mark: Mark, sign: string): string[] {
  const text = visible(mark.text);
  const span = mark.span ?? { start: 0, end: text.length };
  const before = displayWidth(text.slice(0, span.start));
  const marked = Math.max(displayWidth(text.slice(span.start, span.end)), 1);
  return [`    ${text}`, `    ${" ".repeat(before)}${sign.repeat(marked)}`];
}

/** The JSON form: the diagnostic's own members with the rule's title, clauses and section. One line, ends with a line break. */
export function renderJson(diagnostic: Diagnostic): string {
  const { code, kind, message, main, origin, help } = diagnostic;
  const entry = findCode(code);
  const rule = entry === undefined
    ? {}
    : { title: entry.title, clauses: entry.clauses, spec: entry.spec };
  const json = JSON.stringify({ code, kind, ...rule, message, main, origin, help });
  return `${visibleJson(json)}\n`;
}

function titleOf({ code, kind }: Diagnostic): string {
  return findCode(code)?.title ?? kind;
}
