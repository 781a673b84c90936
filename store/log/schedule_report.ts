/**
 * What the schedules of a program do, in the public API: with values and events in the form of the log.
 *
 * @module
 */
import type { Engines } from "../../dvm/api/engines.ts";
import type { Program } from "../../dvm/dir/model.ts";
import type { OutcomeEvent } from "../../dvm/event/event.ts";
import type { RunInput } from "../../dvm/event/input.ts";
import { type EndKind, explore, sample } from "../../dvm/explore/explore.ts";
import { analyze } from "../../dvm/machine/analysis.ts";
import { eventToWire, type WireEvent } from "../../dvm/event/wire_event.ts";
import { valueToWire } from "../../dvm/value/wire_object.ts";
import { sha256 } from "../file/sha256.ts";
import type { ExecutedEffect } from "./execution_form.ts";

/** What is executed: one schedule of each class of equivalent ones, or those that the scheduler chooses for the seeds from 0 on. */
export interface ScheduleQuery {
  /** Entry, arguments, limits and environment; a seed or a schedule in it is ignored. */
  readonly input?: RunInput;
  /** The most schedules that are executed, a whole number from 1. Default 10,000. */
  readonly maxSchedules?: number;
  /** With this, only a sample is executed: one run for each of so many seeds. */
  readonly seeds?: number;
  /** Called after each schedule with the number so far; where it returns `false`, the exploration ends. */
  readonly goesOn?: (schedules: number) => boolean;
}

/** What the schedules of a program do. */
export interface ScheduleReport {
  /** How many ended. Of schedules that differ only in the order of independent steps, one is executed and counted. In a sample: how many different orders. */
  readonly schedules: number;
  /** How many reached `max_ticks`. How they would have ended is not known. */
  readonly cut: number;
  /** Whether there are no others, so that what holds of these holds of all; false of a sample. */
  readonly isComplete: boolean;
  /** Whether two of the ends are different outcomes: in status, kind of failure, value or effects. */
  readonly differ: boolean;
  /** The kinds of ends, in the order in which they were found. */
  readonly ends: readonly ScheduleEnd[];
}

/** Schedules with the same result and effects, or with the same failure at the same place. */
export interface ScheduleEnd {
  /** How many. */
  readonly schedules: number;
  /** The outcome of the first. */
  readonly outcome: WireEvent<OutcomeEvent>;
  /** Its effects, in order; empty after a failure. */
  readonly effects: readonly ExecutedEffect[];
  /** What a run needs in its input to have this end: the threads of its dispatches, or a seed. */
  readonly chosenBy: { readonly schedule: readonly number[] } | { readonly seed: number };
}

/** {@link exploreSchedules} with the given engines only, which `loadEngines` loads as a program needs them. */
export function exploreSchedulesWith(
  engines: Engines,
  program: Program,
  query: ScheduleQuery,
): ScheduleReport {
  const { maxSchedules = DEFAULT_MAX_SCHEDULES, seeds, goesOn } = query;
  const { seed: _, schedule: __, ...input } = query.input ?? {};
  const analysis = analyze(program, { sha256, ...engines });
  const found = seeds === undefined
    ? explore(analysis, input, { maxSchedules, goesOn })
    : sample(analysis, input, { count: seeds, goesOn });
  const ends = found.ends.map(toPublic);
  const failures = new Set(ends.map(({ outcome: { error } }) => error?.kind));
  return {
    ...found,
    differ: ends.length > 1 && (failures.size > 1 || failures.has(undefined)),
    ends,
  };
}

/** How many schedules are executed unless somebody asks for another number. */
export const DEFAULT_MAX_SCHEDULES = 10_000;

function toPublic({ schedules, first }: EndKind): ScheduleEnd {
  const { outcome, effects, schedule, seed } = first;
  return {
    schedules,
    outcome: eventToWire(outcome),
    effects: outcome.error !== undefined ? [] : effects.map(({ effect, payload, value }) => ({
      kind: effect,
      payload,
      value: valueToWire(value),
    })),
    chosenBy: seed === undefined ? { schedule } : { seed },
  };
}
