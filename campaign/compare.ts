/**
 * What must hold of every program, valid or not: dustrun and the reference model agree on what it means, the same run gives the
 * same events, and the state after every prefix of the log yields the next event.
 *
 * @module
 */
import { analyze } from "../dvm/machine/analysis.ts";
import { decide } from "../dvm/machine/decide.ts";
import { evolve as evolveEvent } from "../dvm/machine/evolve.ts";
import { eventToWire, wireToEvent } from "../dvm/event/wire_event.ts";
import { encodeValue } from "../dvm/value/wire_text.ts";
import { wireToValue } from "../dvm/value/wire_object.ts";
import {
  encodeEvent,
  executeText,
  executeToLog,
  type Execution,
  initialState,
  load,
  LogWriter,
  MemoryFile,
  replayLog,
  type RunInput,
  summaryTrace,
} from "../mod.ts";
import { sha256 } from "../store/file/sha256.ts";
import { judge, type Verdict, verdictTrace } from "../tests/oracle/model/model.ts";
import type { Bug } from "../tests/oracle/model/bugs.ts";

/** Executes an artifact; the machine itself, or a copy of it with something wrong. */
export type Executor = (text: string, input: RunInput) => Execution;

/** What does not hold of a program, in one sentence; `undefined` when everything does. */
export function differenceIn(
  text: string,
  input: RunInput,
  execute: Executor = executeText,
): string | undefined {
  const execution = execute(text, input);
  const verdict = judge(text, modelInput(input));
  return disagreement(execution, verdict) ?? brokenInvariant(text, input, execution);
}

/** How the model with one bug planted differs from dustrun; for tests of the judge itself. */
export function differenceFromBug(text: string, input: RunInput, bug: Bug): string | undefined {
  return disagreement(executeText(text, input), judge(text, modelInput(input), bug));
}

function modelInput(input: RunInput): Parameters<typeof judge>[1] {
  const { entry, args, limits, environment } = input;
  return {
    ...(entry === undefined ? {} : { entry }),
    ...(args === undefined ? {} : { args }),
    ...(limits === undefined ? {} : { limits }),
    environment: {
      ...(environment?.tick_us === undefined ? {} : { tick_us: environment.tick_us }),
      ...(environment?.resources === undefined ? {} : {
        resources: environment.resources.map(({ resource, args }) => ({
          resource,
          args: args.map(({ name, value }) => ({
            name,
            value: "value" in value ? value.value : undefined,
          })),
        })),
      }),
    },
  };
}

function disagreement(execution: Execution, verdict: Verdict): string | undefined {
  const { outcome } = execution;
  // Where several violations share one place, any of them may come first.
  const isTie = new Set(verdict.kinds).size > 1;
  if (
    (outcome.status !== verdict.status && !isTie) || !isKindAmong(outcome.error?.kind, verdict)
  ) {
    const executed = `${outcome.status} ${outcome.error?.kind ?? ""} ${
      outcome.error?.message ?? ""
    }`;
    return `the machine: ${executed}; the model: ${verdict.status} ${verdict.kind ?? ""}`;
  }
  if (outcome.error !== undefined) return undefined;
  const trace = JSON.stringify(summaryTrace(execution));
  const expected = verdictTrace(verdict);
  if (trace !== expected) return `the machine: ${trace}; the model: ${expected}`;
  const values = execution.effects.map(({ value }) => encodeValue(wireToValue(value))).join();
  if (values !== verdict.values.join()) {
    return `effect values, the machine: ${values}; the model: ${verdict.values.join()}`;
  }
  return undefined;
}

function isKindAmong(kind: string | undefined, verdict: Verdict): boolean {
  return kind === verdict.kind || (kind !== undefined && verdict.kinds.includes(kind));
}

function brokenInvariant(
  text: string,
  input: RunInput,
  execution: Execution,
): string | undefined {
  const events = execution.events.map((event) => encodeEvent(event));
  const again = executeText(text, input).events.map((event) => encodeEvent(event));
  if (events.join("\n") !== again.join("\n")) return "a second run has other events";
  const loaded = load([{ name: "program", text }]);
  if (!loaded.ok) return undefined;
  const analysis = analyze(loaded.value, sha256);
  const state = initialState(loaded.value);
  for (const [seq, event] of execution.events.entries()) {
    // The header records the input; everything after it is decided from the state alone.
    if (state.input !== undefined && event.kind !== "program_loaded") {
      const decided = decide(analysis, state);
      const decidedText = decided === undefined ? "none" : encodeEvent(eventToWire(decided));
      if (decidedText !== events[seq]) return `event ${seq} is not what the state before it yields`;
    }
    const evolved = evolveEvent(state, wireToEvent(event));
    if (!evolved.ok) return `event ${seq} does not fit: ${evolved.failure.reason}`;
  }
  if (decide(analysis, state) !== undefined) return "the run goes on after its outcome";
  return brokenReplay(text, input);
}

/** The log of the run, written whole, executes again to the same bytes. */
function brokenReplay(text: string, input: RunInput): string | undefined {
  const file = new MemoryFile();
  executeToLog({ artifacts: [{ name: "program", text }], input }, new LogWriter(file));
  const replayed = replayLog(file);
  if (!replayed.ok) return "the log cannot be read back";
  return replayed.value.verdict === "reproduced"
    ? undefined
    : `the log does not replay: ${replayed.value.verdict}`;
}
