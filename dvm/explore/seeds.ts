/**
 * A sample of the schedules of a program: those that the scheduler chooses for several seeds.
 *
 * @module
 */
import { assert } from "../base/result.ts";
import type { RunInput } from "../event/input.ts";
import type { Analysis } from "../machine/analysis.ts";
import { RunPath } from "./path.ts";
import type { ExploredSchedule } from "./schedules.ts";

/** Executes a program once for each seed from 0 to `count` - 1. */
export function* sampleSeeds(
  analysis: Analysis,
  input: RunInput,
  count: number,
): Generator<ExploredSchedule & { readonly seed: number }, void> {
  for (let seed = 0; seed < count; seed++) {
    const path = new RunPath(analysis, { ...input, seed });
    const schedule: number[] = [];
    while (path.outcome === undefined) {
      const thread = path.scheduled();
      if (thread === undefined) {
        path.finish();
        break;
      }
      schedule.push(thread);
      path.dispatch(thread);
    }
    const { outcome, effects, bytes } = path;
    assert(outcome !== undefined, "a run without an end");
    yield { seed, schedule, outcome, effects, bytes };
  }
}
