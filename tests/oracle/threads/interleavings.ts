/**
 * Every schedule of a program, by brute force over the reference model: nothing is left out because it would make no difference.
 * Each schedule is a run from the start, which shares nothing with another.
 *
 * @module
 */
import {
  execute,
  type Judged,
  type ModelInput,
  type Prepared,
  type Verdict,
} from "../model/model.ts";
import type { Choice, Dispatch } from "../model/run.ts";
import { areDependent, type Dependence, traceOf } from "./traces.ts";

/** What all schedules of a program do. */
export interface Interleavings {
  /** How many schedules were executed. */
  readonly schedules: number;
  /** The traces of all of them. */
  readonly traces: ReadonlyMap<string, Trace>;
  /** The outcomes, each with the first schedule that has it: the thread of each turn since the first spawn. */
  readonly outcomes: ReadonlyMap<string, readonly number[]>;
}

/** A class of equivalent schedules. */
export interface Trace {
  /** Their outcomes: one, or the relation that makes them equivalent is wrong. */
  readonly outcomes: Set<string>;
  /** The first of them: the thread of each turn since the first spawn. */
  readonly schedule: readonly number[];
}

/** What is executed of the schedules. */
export interface InterleavingOptions {
  /** More than this many runs are too many. */
  readonly most?: number;
  /** Whether a schedule is left where an equivalent beginning has been followed already. */
  readonly isByTrace?: boolean;
  /** Another relation than that of the language: for a planted bug. */
  readonly dependence?: Dependence;
}

/** Executes a program in every schedule; `undefined` where there are too many. */
export function everyInterleaving(
  prepared: Prepared,
  input: ModelInput,
  { most = 100_000, isByTrace = false, dependence = areDependent }: InterleavingOptions = {},
): Interleavings | undefined {
  const traces = new Map<string, Trace>();
  const outcomes = new Map<string, readonly number[]>();
  const seen = new Set<string>();
  const open: (readonly number[])[] = [[]];
  let schedules = 0;
  for (let prefix = open.pop(); prefix !== undefined; prefix = open.pop()) {
    if (++schedules > most) return undefined;
    const follow = new Following(prefix, isByTrace ? seen : undefined);
    const judged = runOf(prepared, input, follow);
    for (const other of follow.others) open.push(other);
    if (judged === undefined) continue;
    const outcome = outcomeOf(judged.verdict);
    const trace = traceOf(judged.dispatches, dependence);
    const known = traces.get(trace) ?? { outcomes: new Set(), schedule: follow.schedule };
    traces.set(trace, known);
    known.outcomes.add(outcome);
    if (!outcomes.has(outcome)) outcomes.set(outcome, follow.schedule);
  }
  return { schedules, traces, outcomes };
}

/** Executes a program in one schedule; where it has no thread that is ready, the rule decides. */
export function executeSchedule(
  prepared: Prepared,
  input: ModelInput,
  schedule: readonly number[],
): Judged {
  const left = [...schedule];
  return execute(prepared, input, (ready) => {
    const next = left.shift();
    return ready.find(({ number }) => number === next);
  });
}

/** How a run ended, as text: what a caller or a sink can see of it. */
export function outcomeOf({ status, kind, code, returned, effects }: Verdict): string {
  if (kind !== undefined) return [status, code ?? kind].join(" ");
  return [status, returned, ...effects.map((each) => `${each.kind} ${each.payload}`)].join("; ");
}

function runOf(prepared: Prepared, input: ModelInput, follow: Following) {
  try {
    return execute(prepared, input, follow.choose);
  } catch (thrown) {
    if (thrown instanceof Known) return undefined;
    throw thrown;
  }
}

/** The rest of a run follows equivalent turns that were executed before. */
class Known {}

/** Follows a beginning of a schedule, and then the first thread that is ready, always. */
class Following {
  readonly schedule: number[] = [];
  /** Beginnings of other schedules, found on the way. */
  readonly others: (readonly number[])[] = [];
  readonly #prefix: readonly number[];
  readonly #seen: Set<string> | undefined;

  constructor(prefix: readonly number[], seen: Set<string> | undefined) {
    this.#prefix = prefix;
    this.#seen = seen;
  }

  readonly choose: Choice = (ready, dispatches) => {
    const given = this.#prefix[this.schedule.length];
    if (given === undefined) this.#look(ready.map(({ number }) => number), dispatches);
    const chosen = given === undefined ? ready[0] : ready.find(({ number }) => number === given);
    if (chosen !== undefined) this.schedule.push(chosen.number);
    return chosen;
  };

  #look(ready: readonly number[], dispatches: readonly Dispatch[]): void {
    if (this.#seen !== undefined) {
      const trace = traceOf(dispatches);
      if (this.#seen.has(trace)) throw new Known();
      this.#seen.add(trace);
    }
    for (const other of ready.slice(1)) this.others.push([...this.schedule, other]);
  }
}
