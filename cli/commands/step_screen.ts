/**
 * The stepper without its terminal: what a key does, and what the screen shows. Both are pure.
 *
 * @module
 */
import type { LogPosition, StateView } from "../../api/state.ts";
import type { Places } from "../../api/places.ts";
import type { WireEvent } from "../../api/values.ts";
import type { Key } from "../host/keys.ts";
import { parsePosition } from "../input/position_operand.ts";
import { renderEventLine } from "../render/event.ts";
import { renderState } from "../render/state.ts";
import { type Line, line } from "../text/style.ts";
import { visible } from "../../api/visible.ts";
import { cut } from "../text/width.ts";

/** The state of the stepper. */
export interface Stepper {
  /** Number of the event whose state is shown, and of events in the log. */
  readonly seq: number;
  readonly total: number;
  /** Index of the last effect up to here, -1 for none, and whether the event itself is that effect. */
  readonly effect: number;
  readonly isEffect: boolean;
  /** What has been typed after `g`; `undefined` without a prompt. */
  readonly prompt: string | undefined;
  /** How many lines of the state are scrolled out of view. */
  readonly scroll: number;
  /** The message in the last line. */
  readonly message: string;
}

/** The command of a key. */
export type StepCommand =
  | { readonly kind: "none" }
  | { readonly kind: "quit" }
  | { readonly kind: "go"; readonly position: LogPosition };

/** What the stepper shows. */
export interface StepScreen {
  readonly name: string;
  readonly stepper: Stepper;
  readonly view: StateView;
  /** Events around the current one, in order. */
  readonly events: readonly WireEvent[];
  readonly places: Places;
}

const NONE: StepCommand = { kind: "none" };

/** What a key does. */
export function onKey(
  stepper: Stepper,
  key: Key,
): { readonly stepper: Stepper; readonly command: StepCommand } {
  if (key === "interrupt") return { stepper, command: { kind: "quit" } };
  if (stepper.prompt !== undefined) return onPromptKey(stepper, stepper.prompt, key);
  const calm = { ...stepper, message: "" };
  switch (key) {
    case "n":
    case "right":
    case " ":
    case "enter":
      return move(calm, 1);
    case "p":
    case "left":
    case "backspace":
      return move(calm, -1);
    case "N":
      return move(calm, LEAP);
    case "P":
      return move(calm, -LEAP);
    case "e":
      return go(calm, { kind: "effect", index: stepper.effect + 1 });
    case "E":
      return backToEffect(calm);
    case "home":
    case "0":
      return go(calm, { kind: "event", seq: 0 });
    case "end":
    case "G":
      return go(calm, { kind: "event", seq: stepper.total - 1 });
    case "down":
    case "j":
      return { stepper: { ...calm, scroll: calm.scroll + 1 }, command: NONE };
    case "up":
    case "k":
      return { stepper: { ...calm, scroll: Math.max(0, calm.scroll - 1) }, command: NONE };
    case "g":
      return { stepper: { ...calm, prompt: "" }, command: NONE };
    case "q":
    case "escape":
      return { stepper: calm, command: { kind: "quit" } };
    default:
      return { stepper: { ...calm, message: HELP }, command: NONE };
  }
}

/** The length of a long step, in events. */
const LEAP = 10;

const HELP =
  "n next  p previous  N P ten  e E effect  g go to (N, tick:N, effect:N, proc:NAME)  0 first  G last  j k scroll  q quit";

function go(stepper: Stepper, position: LogPosition) {
  return { stepper: { ...stepper, scroll: 0 }, command: { kind: "go", position } as const };
}

function move(stepper: Stepper, by: number) {
  const seq = Math.min(Math.max(stepper.seq + by, 0), stepper.total - 1);
  if (seq !== stepper.seq) return go(stepper, { kind: "event", seq });
  const message = by > 0 ? "this is the last event" : "this is the first event";
  return { stepper: { ...stepper, message }, command: NONE };
}

function backToEffect(stepper: Stepper) {
  const index = stepper.isEffect ? stepper.effect - 1 : stepper.effect;
  if (index >= 0) return go(stepper, { kind: "effect", index });
  return { stepper: { ...stepper, message: "there is no effect before this" }, command: NONE };
}

function onPromptKey(stepper: Stepper, prompt: string, key: Key) {
  const typing = (text: string | undefined, message = "") => ({
    stepper: { ...stepper, prompt: text, message },
    command: NONE,
  });
  switch (key) {
    case "enter": {
      const position = parsePosition(prompt);
      if (position !== undefined) {
        return go({ ...stepper, prompt: undefined, message: "" }, position);
      }
      return typing(
        undefined,
        `${JSON.stringify(prompt)} is not a position: N, tick:N, effect:N, proc:NAME`,
      );
    }
    case "escape":
      return typing(undefined);
    case "backspace":
      return typing(prompt === "" ? undefined : [...prompt].slice(0, -1).join(""));
    default:
      return typing(
        [...key].length === 1 && prompt.length < PROMPT_LENGTH_MAX ? prompt + key : prompt,
      );
  }
}

const PROMPT_LENGTH_MAX = 200;

/** The screen: exactly `rows` lines, none wider than `columns`. */
export function render(
  screen: StepScreen,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): readonly Line[] {
  const { name, stepper, events, view, places } = screen;
  const head = line(`${name}: event ${stepper.seq} of ${stepper.total - 1}`, "strong");
  const shown = events.map((event) =>
    line(
      `${event.seq === stepper.seq ? ">" : " "}${renderEventLine(event, places)}`,
      event.seq === stepper.seq ? "heading" : "quiet",
    )
  );
  const [, ...state] = renderState(view, places); // the event itself is shown above
  const foot = line(footText(stepper), stepper.prompt === undefined ? "quiet" : "plain");
  const room = Math.max(0, rows - shown.length - 4);
  const scroll = Math.min(stepper.scroll, Math.max(0, state.length - room));
  const body = state.slice(scroll, scroll + room);
  const blank = Array.from({ length: Math.max(0, room - body.length) }, () => line(""));
  const hidden = state.length - scroll - body.length;
  const more = line(hidden > 0 ? `… ${hidden} more lines (j)` : "", "quiet");
  return [head, ...shown, line(""), ...body, ...blank, more, foot].slice(-rows).map((each) => ({
    ...each,
    text: cut(visible(each.text), { start: 0, end: 0 }, columns).text,
  }));
}

function footText({ prompt, message }: Stepper): string {
  if (prompt !== undefined) return `go to: ${prompt}`;
  return message === "" ? "n next  p previous  e effect  g go to  q quit  ? help" : message;
}
