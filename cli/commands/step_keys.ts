/**
 * What a key does in the stepper. Pure: a key gives the next state of the stepper, and a command for what needs the log.
 *
 * @module
 */
import type { LogPosition } from "../../api/state.ts";
import type { Key } from "../host/keys.ts";
import { parsePosition } from "../input/position_operand.ts";

/** The state of the stepper. */
export interface Stepper {
  /** Number of the event whose state is shown, and of events in the log. */
  readonly seq: number;
  readonly total: number;
  /** Index of the last effect up to here, -1 for none, and whether the event itself is that effect. */
  readonly effect: number;
  readonly isEffect: boolean;
  /** What is being typed; `undefined` without a prompt. */
  readonly prompt: Prompt | undefined;
  /** What was searched for last. */
  readonly searched: string;
  /** The statements with a breakpoint, by the places that events have. */
  readonly breakpoints: ReadonlySet<string>;
  /** Whether the keys are shown instead of the run. */
  readonly isHelp: boolean;
  /** How many lines of the state are scrolled out of view. */
  readonly scroll: number;
  /** The message in the last line. */
  readonly message: string;
}

/** A question that the user answers in the last line. */
export interface Prompt {
  readonly kind: "go" | "writer" | "break" | "search";
  /** What has been typed so far. */
  readonly text: string;
}

/** The command of a key. */
export type StepCommand =
  | { readonly kind: "none" }
  | { readonly kind: "quit" }
  | { readonly kind: "go"; readonly position: LogPosition }
  /** Over the current statement, or out of the innermost process. */
  | { readonly kind: "step"; readonly how: "over" | "out" }
  /** To the next breakpoint, or back to the previous one. */
  | { readonly kind: "run"; readonly isBack: boolean }
  /** Sets or removes a breakpoint: at a statement by its number, or at the next one; in a process, or in the innermost one. */
  | {
    readonly kind: "break";
    readonly proc: string | undefined;
    readonly statement: number | undefined;
  }
  /** To the event that gave a name of the innermost process its value. */
  | { readonly kind: "writer"; readonly name: string }
  /** To the next event whose line has this text. */
  | { readonly kind: "search"; readonly text: string };

/** What follows from a key. */
export interface KeyResult {
  readonly stepper: Stepper;
  readonly command: StepCommand;
}

const NONE: StepCommand = { kind: "none" };

/** The state of a new stepper. */
export const FIRST_STEPPER: Stepper = {
  seq: 0,
  total: 0,
  effect: -1,
  isEffect: false,
  prompt: undefined,
  searched: "",
  breakpoints: new Set(),
  isHelp: false,
  scroll: 0,
  message: "",
};

/** What a key does. */
export function onKey(stepper: Stepper, key: Key): KeyResult {
  if (key === "interrupt") return { stepper, command: { kind: "quit" } };
  if (stepper.prompt !== undefined) return onPromptKey(stepper, stepper.prompt, key);
  const calm = { ...stepper, message: "", isHelp: false };
  if (stepper.isHelp) return { stepper: calm, command: NONE };
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
    case "o":
      return then(calm, { kind: "step", how: "over" });
    case "u":
      return then(calm, { kind: "step", how: "out" });
    case "e":
      return go(calm, { kind: "effect", index: stepper.effect + 1 });
    case "E":
      return backToEffect(calm);
    case "r":
    case "R":
      return runToBreakpoint(calm, key === "R");
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
      return ask(calm, "go");
    case "w":
      return ask(calm, "writer");
    case "b":
      return ask(calm, "break");
    case "/":
      return ask(calm, "search");
    case "?":
      return { stepper: { ...calm, isHelp: true }, command: NONE };
    case "q":
    case "escape":
      return { stepper: calm, command: { kind: "quit" } };
    default:
      return { stepper: { ...calm, message: "no such key; ? shows the keys" }, command: NONE };
  }
}

/** The length of a long step, in events. */
const LEAP = 10;

function then(stepper: Stepper, command: StepCommand): KeyResult {
  return { stepper: { ...stepper, scroll: 0 }, command };
}

function go(stepper: Stepper, position: LogPosition): KeyResult {
  return then(stepper, { kind: "go", position });
}

function ask(stepper: Stepper, kind: Prompt["kind"]): KeyResult {
  return { stepper: { ...stepper, prompt: { kind, text: "" } }, command: NONE };
}

function tell(stepper: Stepper, message: string): KeyResult {
  return { stepper: { ...stepper, message }, command: NONE };
}

function move(stepper: Stepper, by: number): KeyResult {
  const seq = Math.min(Math.max(stepper.seq + by, 0), stepper.total - 1);
  if (seq !== stepper.seq) return go(stepper, { kind: "event", seq });
  return tell(stepper, by > 0 ? "this is the last event" : "this is the first event");
}

function backToEffect(stepper: Stepper): KeyResult {
  const index = stepper.isEffect ? stepper.effect - 1 : stepper.effect;
  return index >= 0
    ? go(stepper, { kind: "effect", index })
    : tell(stepper, "there is no effect before this");
}

function runToBreakpoint(stepper: Stepper, isBack: boolean): KeyResult {
  return stepper.breakpoints.size === 0
    ? tell(stepper, "there is no breakpoint; b sets one")
    : then(stepper, { kind: "run", isBack });
}

function onPromptKey(stepper: Stepper, prompt: Prompt, key: Key): KeyResult {
  const typed = (text: string): KeyResult => ({
    stepper: { ...stepper, prompt: { ...prompt, text }, message: "" },
    command: NONE,
  });
  const closed = { ...stepper, prompt: undefined, message: "" };
  switch (key) {
    case "enter":
      return onAnswer(closed, prompt);
    case "escape":
      return { stepper: closed, command: NONE };
    case "backspace":
      return prompt.text === ""
        ? { stepper: closed, command: NONE }
        : typed([...prompt.text].slice(0, -1).join(""));
    default: {
      const isTyped = [...key].length === 1 && prompt.text.length < PROMPT_LENGTH_MAX;
      return typed(isTyped ? prompt.text + key : prompt.text);
    }
  }
}

function onAnswer(stepper: Stepper, { kind, text }: Prompt): KeyResult {
  const quoted = JSON.stringify(text);
  switch (kind) {
    case "go": {
      const position = parsePosition(text);
      return position === undefined
        ? tell(stepper, `${quoted} is not a position: N, tick:N, effect:N, proc:NAME`)
        : go(stepper, position);
    }
    case "writer":
      return text === "" ? tell(stepper, "") : then(stepper, { kind: "writer", name: text });
    case "break": {
      const [, proc, number] = /^(?:(.+):)?([1-9][0-9]{0,8})$/.exec(text) ?? [];
      if (text !== "" && number === undefined) {
        return tell(stepper, `${quoted} is not a statement: N, or PROCESS:N`);
      }
      const statement = number === undefined ? undefined : Number(number);
      return { stepper, command: { kind: "break", proc, statement } };
    }
    case "search": {
      const searched = text === "" ? stepper.searched : text;
      return searched === ""
        ? tell(stepper, "")
        : then({ ...stepper, searched }, { kind: "search", text: searched });
    }
  }
}

const PROMPT_LENGTH_MAX = 200;
