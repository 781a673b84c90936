/**
 * What the schedules of a program have in common: how many there are, and the kinds of their ends.
 *
 * @module
 */
import { DEFAULT_LIMITS } from "../base/limits.ts";
import { bug } from "../base/result.ts";
import type { DiagnosticCode } from "../diagnostic/registry.ts";
import type { RunInput } from "../event/input.ts";
import type { Analysis } from "../machine/analysis.ts";
import { valueToJson } from "../value/wire_object.ts";
import { type ExploredSchedule, exploreSchedules } from "./schedules.ts";
import { sampleSeeds } from "./seeds.ts";
import { areDependent, areDependentBelowLimit } from "./touch.ts";

/** The schedules of a program, or a sample of them. */
export interface Exploration {
  /** How many ended: classes of equivalent ones, or, in a sample, different ones. */
  readonly schedules: number;
  /** How many reached `max_ticks`. How they would have ended is not known. */
  readonly cut: number;
  /** Whether there are no others. */
  readonly isComplete: boolean;
  /** The kinds of ends, in the order in which they were found. */
  readonly ends: readonly EndKind[];
}

/** Schedules that end alike: with the same result and effects, or with the same failure at the same place. */
export interface EndKind {
  /** How many schedules, as in {@link Exploration}. */
  readonly schedules: number;
  /** The first that was found. */
  readonly first: FoundSchedule;
}

/** A schedule, with the seed for which the scheduler chooses it, if it was found so. */
export interface FoundSchedule extends ExploredSchedule {
  readonly seed?: number;
}

/** How far an exploration goes. */
export interface ExploreOptions {
  /** The most schedules that are executed, a whole number from 1. */
  readonly maxSchedules: number;
  /** Called after each schedule with the number so far; where it returns `false`, the exploration ends. */
  readonly goesOn?: ((schedules: number) => boolean) | undefined;
}

/** Executes a program in one schedule of each class, up to `maxSchedules`. */
export function explore(
  analysis: Analysis,
  input: RunInput,
  options: ExploreOptions,
): Exploration {
  const limit = input.limits?.max_memory ?? DEFAULT_LIMITS.max_memory;
  const below = tally(exploreSchedules(analysis, input, areDependentBelowLimit), options, limit);
  // Where the limit can be reached, it matters who allocates first, and more schedules differ.
  return below ?? tally(exploreSchedules(analysis, input, areDependent), options) ??
    bug("an exploration without a limit ended at it");
}

/** Executes a program once for each seed from 0 to `count` - 1. A sample never is complete. */
export function sample(
  analysis: Analysis,
  input: RunInput,
  { count, goesOn }: { readonly count: number } & Pick<ExploreOptions, "goesOn">,
): Exploration {
  const seen = new Set<string>();
  function* differentOnes(): Generator<FoundSchedule, void> {
    for (const found of sampleSeeds(analysis, input, count)) {
      const schedule = found.schedule.join();
      if (!seen.has(schedule)) yield found;
      seen.add(schedule);
      if (goesOn?.(found.seed + 1) === false) return;
    }
  }
  const sampled = tally(differentOnes(), { maxSchedules: count });
  return { ...sampled ?? bug("a sample without a limit ended at it"), isComplete: false };
}

/** Counts schedules; `undefined` once one of them may have needed more than `bytesMax` in another order. */
function tally(
  found: Iterable<FoundSchedule>,
  { maxSchedules, goesOn }: ExploreOptions,
  bytesMax = Infinity,
): Exploration | undefined {
  const ends = new Map<string, { schedules: number; readonly first: FoundSchedule }>();
  let schedules = 0;
  let cut = 0;
  let isStopped = false;
  for (const schedule of found) {
    if (isStopped || schedules + cut === maxSchedules) {
      return { schedules, cut, isComplete: false, ends: [...ends.values()] };
    }
    const code = schedule.outcome.error?.code;
    if (bytesMax < Infinity && (schedule.bytes > bytesMax || code === MEMORY_LIMIT)) {
      return undefined;
    }
    if (code !== undefined && TICK_LIMITS.has(code)) {
      cut++;
    } else {
      schedules++;
      const end = endOf(schedule);
      const known = ends.get(end);
      if (known === undefined) ends.set(end, { schedules: 1, first: schedule });
      else known.schedules++;
    }
    isStopped = goesOn?.(schedules + cut) === false;
  }
  return { schedules, cut, isComplete: true, ends: [...ends.values()] };
}

const MEMORY_LIMIT: DiagnosticCode = "DR1104";

/** The codes of runs that `max_ticks` ended. */
const TICK_LIMITS: ReadonlySet<string> = new Set<DiagnosticCode>(["DR1101", "DR1103"]);

/** What a caller or a sink sees of a run, as text. A failed run has no effects. */
function endOf({ outcome: { status, returned, error }, effects }: ExploredSchedule): string {
  if (error !== undefined) return JSON.stringify([status, error.code, error.where]);
  const performed = effects.map(({ effect, value }) => [effect, valueToJson(value)]);
  return JSON.stringify([status, returned === undefined ? null : valueToJson(returned), performed]);
}
