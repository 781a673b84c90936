/**
 * What the stepper shows: the events around the current one, the program with the statement that is next, and the state. Pure.
 *
 * @module
 */
import type { Places } from "../../api/places.ts";
import type { BodyView, StateView } from "../../api/state.ts";
import type { WireEvent } from "../../api/values.ts";
import { renderEventLine } from "../render/event.ts";
import { renderState } from "../render/state.ts";
import { type Line, line } from "../text/style.ts";
import { visible } from "../../api/visible.ts";
import { cut, displayWidth } from "../text/width.ts";
import type { Prompt, Stepper } from "./step_keys.ts";

/** What the stepper shows. */
export interface StepScreen {
  readonly name: string;
  readonly stepper: Stepper;
  readonly view: StateView;
  /** The process that control is in; `undefined` outside of any. */
  readonly body: BodyView | undefined;
  /** Events around the current one, in order. */
  readonly events: readonly WireEvent[];
  readonly places: Places;
}

/** The size of a terminal. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** From this width on, the program is beside the state instead of above it. */
const COLUMNS_BESIDE = 100;

/** The screen: exactly `rows` lines, none wider than `columns`. */
export function render(screen: StepScreen, { columns, rows }: Size): readonly Line[] {
  const { name, stepper } = screen;
  const head = line(`${name}: event ${stepper.seq} of ${stepper.total - 1}`, "strong");
  const foot = line(footText(stepper), stepper.prompt === undefined ? "quiet" : "plain");
  const room = Math.max(0, rows - 2);
  const middle = stepper.isHelp ? HELP.map((text) => line(text)) : runLines(screen, columns, room);
  return [head, ...filled(middle, room), foot].slice(-rows).map((each) => fit(each, columns));
}

/** The line in at most so many columns; where it has colours of its own parts, it fits already. */
function fit(each: Line, columns: number): Line {
  return { ...each, text: cut(visible(each.text), { start: 0, end: 0 }, columns).text };
}

/** Exactly `room` lines. */
function filled(lines: readonly Line[], room: number): readonly Line[] {
  const blank = Array.from({ length: Math.max(0, room - lines.length) }, () => line(""));
  return [...lines.slice(0, room), ...blank];
}

function runLines(screen: StepScreen, columns: number, room: number): readonly Line[] {
  const { stepper, events, view, places, body } = screen;
  const shown = events.map((event) => {
    const isCurrent = event.seq === stepper.seq;
    const text = `${isCurrent ? ">" : " "}${renderEventLine(event, places)}`;
    return line(text, isCurrent ? "heading" : "quiet");
  });
  const [, ...state] = renderState(view, places); // the event itself is shown above
  const rest = Math.max(0, room - shown.length - 1);
  if (columns >= COLUMNS_BESIDE && body !== undefined) {
    const left = Math.floor((columns - 3) / 2);
    const program = filled(programLines(body, stepper, rest), rest);
    const right = filled(scrolled(state, stepper, rest), rest);
    return [...shown, line(""), ...beside(program, right, left)];
  }
  const height = body === undefined ? 0 : Math.min(body.lines.length + 1, Math.ceil(rest * 0.45));
  const program = body === undefined ? [] : programLines(body, stepper, height);
  const below = Math.max(0, rest - program.length - 1);
  return [...shown, line(""), ...program, line(""), ...scrolled(state, stepper, below)];
}

/** Two panes; a row has the tone of its left side, unless only the right one has any. */
function beside(program: readonly Line[], state: readonly Line[], width: number): Line[] {
  return program.map((left, row) => {
    const right = state[row] ?? line("");
    const text = fit(left, width).text;
    const padding = " ".repeat(Math.max(0, width - displayWidth(text)));
    const tone = left.tone === "plain" || left.text === "" ? right.tone : left.tone;
    return line(`${text}${padding} | ${right.text}`.trimEnd(), tone);
  });
}

/** The head of the process, and as many of its statements as fit, the next one in the middle. */
function programLines(body: BodyView, { breakpoints }: Stepper, height: number): readonly Line[] {
  if (height === 0) return [];
  const width = String(body.lines.length).length;
  const lines = body.lines.map(({ number, at, depth, text }) => {
    const isNext = number !== undefined && number === body.current;
    const marks = `${breakpoints.has(at) ? "●" : " "}${isNext ? ">" : " "}`;
    const label = String(number ?? "").padStart(width);
    return line(`${marks} ${label}  ${"  ".repeat(depth)}${text}`, isNext ? "heading" : "plain");
  });
  const next = Math.max(0, body.lines.findIndex(({ number }) => number === body.current));
  const room = height - 1;
  const isAtEnd = body.current === undefined;
  const middle = isAtEnd ? lines.length : next - Math.floor(room / 2);
  const from = Math.max(0, Math.min(middle, lines.length - room));
  return [line(body.head, "strong"), ...lines.slice(from, from + room)];
}

/** The part of the state that is scrolled to, and how much of it is below. */
function scrolled(state: readonly Line[], stepper: Stepper, room: number): readonly Line[] {
  if (state.length <= room) return state;
  const height = Math.max(0, room - 1);
  const scroll = Math.min(stepper.scroll, Math.max(0, state.length - height));
  const hidden = state.length - scroll - height;
  const more = line(hidden > 0 ? `… ${hidden} more lines (j)` : "", "quiet");
  return [...state.slice(scroll, scroll + height), ...room === 0 ? [] : [more]];
}

const QUESTIONS: { readonly [K in Prompt["kind"]]: string } = {
  go: "go to",
  writer: "last writer of",
  break: "breakpoint at statement N or PROCESS:N (empty: the next one)",
  search: "search",
};

function footText({ prompt, message, isHelp }: Stepper): string {
  if (prompt !== undefined) return `${QUESTIONS[prompt.kind]}: ${prompt.text}`;
  if (isHelp) return "any key goes back to the run";
  return message === ""
    ? "n next  p back  o over  u out  r run  e effect  ? help  q quit"
    : message;
}

/** The keys. No line is wider than 80 columns. */
export const HELP: readonly string[] = [
  "Step",
  "  n  p        to the next event, to the previous one (right, left)",
  "  N  P        ten events on, ten back (page down, page up)",
  "  o           over: on until the current statement has been executed",
  "  u           out: on until the current process has been left",
  "  e  E        to the next effect, to the previous one",
  "  0  G        to the first event, to the last one (home, end)",
  "Find",
  "  w           to the event that gave a name its value: the last writer",
  "  b           set or remove a breakpoint at a statement: N or PROCESS:N",
  "  r  R        run to the next breakpoint, back to the previous one",
  "  /           to the next event whose line has a text; empty repeats",
  "  g           go to N (an event), tick:N, effect:N, proc:NAME or end",
  "Show",
  "  j  k        scroll the state (down, up)",
  "  >  ●  *     next statement, breakpoint, changed by this event",
  "  q           quit (escape)",
];
