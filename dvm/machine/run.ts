/**
 * The run loop: decide, pass the event to the sink, evolve, until there is an outcome. This is resolution: it performs nothing.
 *
 * @module
 */
import { DEFAULT_LIMITS, type Limits } from "../base/limits.ts";
import { assert } from "../base/result.ts";
import { VERSION } from "../base/version.ts";
import type { Diagnostic } from "../diagnostic/failure.ts";
import type { Program } from "../dir/model.ts";
import type { Checkpoint, Event, MachineEvent, RunStarted } from "../event/event.ts";
import type { EventSink, Execution, RunInput, Sha256 } from "../event/input.ts";
import {
  hasEarlierEffects,
  initialState,
  type State,
  type StateEffect,
  takeEarlierEffects,
} from "../event/state.ts";
import type { NamedValue } from "../value/value.ts";
import { type Analysis, analyze, type MachineTools } from "./analysis.ts";
import { inNameOrder, plainToValue } from "./arguments.ts";
import { Decider } from "./decide.ts";
import { evolve } from "./evolve.ts";
import { validateArgument } from "./validate_argument.ts";
import { recordedText } from "./recorded_text.ts";

/** Observes the state right after a checkpoint. */
export type CheckpointObserver = (state: State, checkpoint: Checkpoint) => void;

/** What a run needs besides its program and input. */
export interface RunTools extends MachineTools {
  /** Takes each event as it happens; without it, the execution collects them. */
  readonly sink?: EventSink;
  /** Called at each checkpoint of the log. The state must not be kept: it changes with the next event. */
  readonly atCheckpoint?: CheckpointObserver;
  /** The sink takes the effects too, so that memory does not grow with them; the execution then has none. */
  readonly forgetsEffects?: boolean;
  /** The analysis of the same program, when the caller has one. */
  readonly analysis?: Analysis;
}

/** Executes a loaded program from its entry to its outcome, under `spec` semantics. */
export function run(program: Program, input: RunInput, tools: RunTools): Execution {
  const analysis = tools.analysis ?? analyze(program, tools);
  const state = initialState(program);
  const events: MachineEvent[] = [];
  const effects: RunEffect[] = [];
  const hooks: StepHooks = {
    sink: tools.sink ?? collectInto(events),
    atCheckpoint: tools.atCheckpoint,
    effects: tools.forgetsEffects === true ? undefined : effects,
  };
  for (const event of headerOf(program, input, tools.sha256)) {
    step(state, { ...event, seq: state.seq }, hooks);
  }
  const decider = new Decider(analysis, state);
  let diagnostics: readonly Diagnostic[] = [];
  while (state.outcome === undefined) {
    const decision = decider.next();
    if (decision.kind === "ending") {
      diagnostics = decision.diagnostics;
      step(state, decision.outcome, hooks);
    } else {
      step(state, decision, hooks);
    }
  }
  collectEffects(state.effects, hooks);
  const hasFailed = state.outcome.error !== undefined;
  return {
    outcome: state.outcome,
    events,
    diagnostics,
    effects: hasFailed ? [] : effects,
    ticks: hasFailed ? 0 : state.tick,
  };
}

/** A sink that keeps the events. */
export function collectInto(events: MachineEvent[]): EventSink {
  return (event) => {
    events.push(event);
    return undefined;
  };
}

/** What is called with each event, and with the state at checkpoints. */
interface StepHooks {
  readonly sink: EventSink;
  readonly atCheckpoint: CheckpointObserver | undefined;
  /** Where the effects are collected; `undefined` where they are not. */
  readonly effects: RunEffect[] | undefined;
}

type RunEffect = Execution["effects"][number];

function step(state: State, event: MachineEvent, hooks: StepHooks): void {
  const { sink, atCheckpoint } = hooks;
  const checkpoint = sink(event);
  fit(state, event);
  if (hasEarlierEffects(state)) collectEffects(takeEarlierEffects(state), hooks);
  if (checkpoint === undefined) return;
  fit(state, checkpoint);
  atCheckpoint?.(state, checkpoint);
}

function collectEffects(taken: readonly StateEffect[], { effects }: StepHooks): void {
  for (const { event: { effect, payload, value } } of taken) {
    effects?.push({ kind: effect, payload, value });
  }
}

function fit(state: State, event: Event): void {
  const evolved = evolve(state, event);
  assert(
    evolved.ok,
    evolved.ok ? "" : `event ${event.seq} does not fit: ${evolved.failure.reason}`,
  );
}

/** The events that record a run's whole initial state: arguments, limits, environment, and the program itself. */
export function headerOf(
  { artifacts }: Pick<Program, "artifacts">,
  input: RunInput,
  sha256: Sha256,
): MachineEvent[] {
  const realizers = input.environment?.realizers;
  const inputs = input.environment?.inputs ?? [];
  const digests = artifacts.map(({ text }) => sha256(text));
  const started: RunStarted = {
    seq: 0,
    kind: "run_started",
    format: "dustrun-log/2",
    version: VERSION,
    semantics: input.semantics ?? "spec",
    entry: input.entry ?? "main",
    args: argumentsOf(input),
    mode: input.mode ?? "simulate",
    limits: limitsOf(input),
    seed: input.seed === undefined ? undefined : whole("seed", input.seed),
    schedule: scheduleOf(input),
    tick_us: whole("tick_us", input.environment?.tick_us ?? 1),
    resources: input.environment?.resources,
    realizers: realizers?.length === 0 ? undefined : realizers,
    artifacts: artifacts.length,
    inputs: inputs.length === 0 ? undefined : inputs.length,
    program: `sha256:${sha256(digests.join("\n"))}`,
  };
  const loaded = artifacts.map(({ name, text }, index) => ({
    seq: index + 1,
    kind: "program_loaded",
    name,
    text: recordedText(text),
  } as const));
  const given = inputs.map((entry, index) => ({
    seq: artifacts.length + index + 1,
    kind: "input_loaded",
    ...entry,
  } as const));
  return [started, ...loaded, ...given];
}

function limitsOf(input: RunInput): Limits {
  const given = input.limits ?? {};
  const max_work = given.max_work ?? DEFAULT_LIMITS.max_work;
  const limits: Limits = {
    ...DEFAULT_LIMITS,
    max_configuration_work: max_work,
    max_conflict_work: max_work,
    ...given,
  };
  return {
    max_ticks: whole("max_ticks", limits.max_ticks),
    max_depth: whole("max_depth", limits.max_depth),
    max_memory: whole("max_memory", limits.max_memory),
    max_work: whole("max_work", limits.max_work),
    max_configuration_work: whole("max_configuration_work", limits.max_configuration_work),
    max_conflict_work: whole("max_conflict_work", limits.max_conflict_work),
  };
}

/** An empty schedule leaves everything to the scheduler, as none does. */
function scheduleOf({ schedule = [] }: RunInput): readonly number[] | undefined {
  if (schedule.length === 0) return undefined;
  return schedule.map((thread) => whole("a thread of a schedule", thread));
}

/** With any other number a run might never end and its log could not be read: a bug of the calling program. */
function whole(name: string, number: number): number {
  assert(Number.isSafeInteger(number) && number >= 0, `${name} is a whole number, not ${number}`);
  return number;
}

function argumentsOf(input: RunInput): NamedValue[] {
  return inNameOrder(input.args ?? {}).map(([name, plain]) => ({
    name,
    value: plainToValue(validateArgument(plain)),
  }));
}
