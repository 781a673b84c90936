/**
 * The invariants of a log: they hold of every program, valid or not, and need no reference.
 *
 * @module
 */
import {
  encodeEvent,
  evolve,
  executeText,
  executeToLog,
  type Execution,
  initialState,
  load,
  LogWriter,
  MemoryFile,
  nextEvent,
  replayLog,
  type RunInput,
} from "../mod.ts";
import type { Difference, Invariant } from "./difference.ts";

/** The input of a run, which nothing decides. */
const HEADER_KINDS: ReadonlySet<string> = new Set([
  "run_started",
  "program_loaded",
  "input_loaded",
]);

/** The first invariant that an execution breaks. Programs that do not load have no states; only determinism is checked. */
export function brokenInvariant(
  text: string,
  input: RunInput,
  execution: Execution,
): Difference | undefined {
  const lines = execution.events.map(encodeEvent);
  const again = executeText(text, input).events.map(encodeEvent);
  if (lines.join("\n") !== again.join("\n")) {
    const seq = lines.findIndex((line, index) => line !== again[index]);
    return broken("deterministic", `a second run differs at event ${seq}`);
  }
  return brokenFold(text, execution, lines) ?? brokenReplay(text, input);
}

/** Folds the events again; before each one after the header, the state must yield exactly that event. */
function brokenFold(
  text: string,
  { events }: Execution,
  lines: readonly string[],
): Difference | undefined {
  const loaded = load([{ name: "program", text }]);
  if (!loaded.ok) return undefined;
  const state = initialState(loaded.value);
  for (const [seq, event] of events.entries()) {
    if (!HEADER_KINDS.has(event.kind)) {
      const next = nextEvent(state);
      if (next === undefined || encodeEvent(next) !== lines[seq]) {
        return broken("decided by the state", `the state before event ${seq} yields another event`);
      }
    }
    const evolved = evolve(state, event);
    if (!evolved.ok) return broken("folds", `event ${seq}: ${evolved.failure.reason}`);
  }
  return nextEvent(state) === undefined
    ? undefined
    : broken("ends with the outcome", `an event follows event ${events.length - 1}`);
}

function brokenReplay(text: string, input: RunInput): Difference | undefined {
  const file = new MemoryFile();
  executeToLog({ artifacts: [{ name: "program", text }], input }, new LogWriter(file));
  const replayed = replayLog(file);
  if (!replayed.ok) return broken("replays", "the log cannot be read");
  const { verdict } = replayed.value;
  return verdict === "reproduced" ? undefined : broken("replays", verdict);
}

function broken(invariant: Invariant, detail: string): Difference {
  return { kind: "invariant", invariant, detail };
}
