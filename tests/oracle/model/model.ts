/**
 * A naive reference model of `spec` execution: a second opinion on what a program means, written for clarity from
 * `semantics.md` (its second round of decisions beats the first), the clauses and the decisions on conflicts, and sharing no
 * code with `dvm/`. It covers linked sets, declared types, K with the control flow of v0.2, Q, binds and contracts, resources
 * and timers, effects and ticks, and Φ over tiny domains. Of draft v0.2 it has memory, files, ports, devices, threads and locks.
 *
 * With one bug planted it is a wrong backend: that is how the conformance suite is tested (`tests/oracle/mutants/`).
 *
 * @module
 */
import { argumentsOf } from "./arguments.ts";
import type { Bug } from "./bugs.ts";
import { violationsOf } from "./check.ts";
import type { ModelLimits } from "./clock.ts";
import { isNoEntry } from "./handles.ts";
import type { ModelInputEntry } from "./io.ts";
import { isBranching, isLinear } from "./linear.ts";
import { hasUnknownClause, Lookup } from "./lookup.ts";
import { Meanings } from "./meaning.ts";
import { resolvePhi } from "./phi.ts";
import { type ModelProc, procsOf } from "./program.ts";
import { readProgram } from "./read_program.ts";
import { grantResources, type ResourceOffer } from "./resources.ts";
import { LoadRefusal, Rules, RunFailure } from "./rules.ts";
import { type Choice, type Dispatch, Run } from "./run.ts";
import type { ModelEffect } from "./run_context.ts";
import { type ModelValue, tagged } from "./values.ts";
import { withSpawnedCalls } from "./spawns.ts";
import type { Violation } from "./violation.ts";
import type { WitnessRecord } from "./witness.ts";

/** What a run starts from: the part of dustrun's `RunInput` that the model knows. */
export interface ModelInput {
  readonly entry?: string;
  readonly seed?: number;
  readonly args?: { readonly [name: string]: unknown };
  readonly limits?: {
    readonly max_ticks?: number;
    readonly max_depth?: number;
    readonly max_memory?: number;
  };
  readonly environment?: {
    readonly tick_us?: number;
    readonly resources?: readonly ResourceOffer[];
    readonly inputs?: readonly ModelInputEntry[];
  };
}

/** What the model answers. */
export interface Verdict {
  readonly status: "returned" | "admissible" | "inadmissible" | "failed";
  /** The kind of failure. */
  readonly kind: string | undefined;
  /** The code of its diagnostic, where the text that the model follows gives one. */
  readonly code: string | undefined;
  /** All kinds that the first violations have, where several share one place. */
  readonly kinds: readonly string[];
  /** The returned value as tagged JSON, `null` when there is none. */
  readonly returned: string;
  readonly effects: readonly { readonly kind: string; readonly payload: string }[];
  /** The effects' values as tagged JSON. */
  readonly values: readonly string[];
  /** The thread of each effect. */
  readonly threads: readonly number[];
  readonly ticks: number;
  /** What each proof recorded, in order. */
  readonly witnesses: readonly WitnessRecord[];
  /** Whether the static rules are broken anywhere, also where this run cannot reach. */
  readonly hasViolations: boolean;
}

/** Executes an artifact, or several that are linked, by the rules, or by all rules but one. */
export function judge(
  text: string | readonly string[],
  input: ModelInput = {},
  bug?: Bug,
): Verdict {
  try {
    return execute(prepare(text, bug), input).verdict;
  } catch (thrown) {
    if (thrown instanceof LoadRefusal) return refused(["DirLoad"], false);
    throw thrown;
  }
}

/** The bugs that may change a verdict: no other is asked for on the way to it. */
export function askedBugs(text: string | readonly string[], input: ModelInput): ReadonlySet<Bug> {
  const asked = new Set<Bug>();
  try {
    execute(prepare(text, undefined, asked), input);
  } catch (thrown) {
    if (!(thrown instanceof LoadRefusal)) throw thrown;
  }
  return asked;
}

/** A program that was read, with what is wrong with it. */
export interface Prepared {
  readonly lookup: Lookup;
  readonly meanings: Meanings;
  readonly violations: readonly Violation[];
}

/** Reads a program. Throws a {@link LoadRefusal}. `asked` is as in {@link Rules}. */
export function prepare(
  text: string | readonly string[],
  bug?: Bug,
  asked?: Set<Bug>,
): Prepared {
  const rules = new Rules(bug, asked);
  const program = readProgram(typeof text === "string" ? [text] : text, rules);
  const lookup = new Lookup(withSpawnedCalls(program, rules), rules);
  const meanings = new Meanings(lookup);
  return { lookup, meanings, violations: violationsOf(lookup, meanings) };
}

/** A verdict, with every turn of a thread, in order. */
export interface Judged {
  readonly verdict: Verdict;
  readonly dispatches: readonly Dispatch[];
}

/** Executes a program in the schedule of its seed, or in one that is chosen. */
export function execute(prepared: Prepared, input: ModelInput, choose?: Choice): Judged {
  const { lookup, meanings, violations } = prepared;
  const { rules } = lookup;
  const seed = input.seed === undefined ? undefined : BigInt(input.seed);
  const inputs = input.environment?.inputs ?? [];
  const run = new Run(lookup, meanings, { limits: limitsOf(input), inputs, seed, choose });
  const state = { run, violations };
  const judged = (verdict: Verdict) => ({ verdict, dispatches: run.dispatches });
  try {
    return judged(success(state, start(state, input)));
  } catch (thrown) {
    const hasViolations = violations.length > 0;
    if (thrown instanceof StaticRefusal) return judged(refused(thrown.kinds, hasViolations));
    if (!(thrown instanceof RunFailure)) throw thrown;
    if (rules.breaks("a failed run is a success")) {
      return judged(success(state, { isPhi: false, value: undefined }));
    }
    const isShown = rules.breaks("effects before a failure happen");
    const { kind, code } = thrown;
    return judged({
      ...refused([kind], hasViolations, code),
      ...shown(isShown ? run.effects : [], run.effectThreads),
    });
  }
}

interface State {
  readonly run: Run;
  readonly violations: readonly Violation[];
}

interface Result {
  readonly isPhi: boolean;
  readonly value: ModelValue | undefined;
}

class StaticRefusal extends Error {
  readonly kinds: readonly string[];

  constructor(kinds: readonly string[]) {
    super();
    this.kinds = kinds;
  }
}

function limitsOf({ limits, environment }: ModelInput): ModelLimits {
  return {
    ticks: limits?.max_ticks ?? 10_000_000,
    depth: limits?.max_depth ?? 1_000,
    memory: limits?.max_memory ?? 64 * 1024 * 1024,
    tickUs: environment?.tick_us ?? 1,
  };
}

function success({ run, violations }: State, { isPhi, value }: Result): Verdict {
  const isReversed = run.lookup.rules.breaks("effects in reverse order");
  return {
    status: isPhi ? "admissible" : "returned",
    kind: undefined,
    code: undefined,
    kinds: [],
    returned: value === undefined ? "null" : tagged(value),
    ...shown(isReversed ? run.effects.toReversed() : run.effects, run.effectThreads),
    ticks: run.ticks.ticks,
    witnesses: run.records,
    hasViolations: violations.length > 0,
  };
}

function shown(
  effects: readonly ModelEffect[],
  threads: readonly number[],
): Pick<Verdict, "effects" | "values" | "threads"> {
  return {
    threads: threads.slice(0, effects.length),
    effects: effects.map(({ kind, payload }) => ({ kind, payload })),
    values: effects.map(({ value }) => tagged(value)),
  };
}

function refused(kinds: readonly string[], hasViolations: boolean, code?: string): Verdict {
  const [kind] = kinds;
  return {
    status: kind === "Inadmissible" ? "inadmissible" : "failed",
    kind,
    code,
    kinds,
    returned: "null",
    ...shown([], []),
    ticks: 0,
    witnesses: [],
    hasViolations,
  };
}

/** The steps of a run, in order (semantics, "The run"). */
function start({ run, violations }: State, input: ModelInput): Result {
  const { lookup } = run;
  const { program, rules } = lookup;
  const entries = entriesNamed(procsOf(program), input.entry ?? "main");
  const [entry] = entries;
  const isChosen = entries.length === 1 || rules.breaks("the first entry wins");
  const reached = entry !== undefined && isChosen ? lookup.reachableFrom([entry]) : [];
  const gates = lookup.gatesOf(reached);
  const concerned = [...reached, ...lookup.reachableFrom(gates.map(({ proc }) => proc))];
  refuse(violations, concerned, run);
  if (entry === undefined || !isChosen) throw new RunFailure("EntrypointNotFound", "entry");
  if (!rules.breaks("an entry takes handles") && isNoEntry(lookup, entry)) {
    throw new RunFailure("DirValidate", "an entry with a handle");
  }
  const args = argumentsOf(lookup, entry, input.args ?? {});
  for (const value of args.values()) run.io.name(value);
  if (!rules.breaks("resources ignored")) {
    const isOwn = rules.breaks("resources of callees ignored");
    const isCalled = rules.breaks("resources of gates ignored");
    grantResources(isOwn ? [entry] : isCalled ? reached : concerned, input.environment, rules);
  }
  if (!rules.breaks("gates ignored")) {
    for (const { proc, binds } of gates) {
      const isUnusable = binds.some((bind) => hasUnknownClause(bind));
      if (isUnusable && !rules.breaks("unknown clause ignored")) {
        throw new RunFailure("ContractViolation", "a gate's clause cannot be interpreted");
      }
      resolvePhi(run, proc, new Map());
    }
  }
  return { isPhi: entry.regime === "Φ", value: run.entry(entry, args) };
}

/** Refuses a run for the first violation that concerns it. */
function refuse(
  violations: readonly Violation[],
  concerned: readonly ModelProc[],
  { lookup: { program, rules }, meanings }: Run,
): void {
  const isPartial = rules.breaks("only what runs is checked") && concerned.length > 0;
  const all = violations.filter(({ at, reaching }) =>
    (reaching === undefined || concerned.includes(reaching)) &&
    (!isPartial || concerned.some((proc) => isWithin(at, proc, procsOf(program))))
  );
  const [first] = all;
  if (first === undefined) return;
  // Where exactly linearity breaks in a process with branches, or with names that are broken themselves, is a matter of
  // presentation.
  const isVague = procsOf(program).some((proc) =>
    isLinear(proc, rules) && (isBranching(proc) || meanings.of(proc).names.isBroken())
  );
  const reported = isVague ? all : all.filter(({ at }) => at === first.at);
  const isPlain = rules.breaks("linearity faults are DirValidate");
  throw new StaticRefusal(isPlain ? ["DirValidate"] : reported.map(({ kind }) => kind));
}

function isWithin(at: number, proc: ModelProc, procs: readonly ModelProc[]): boolean {
  const next = procs.find((other) => other.at > proc.at);
  return at >= proc.at && (next === undefined || at < next.at);
}

function entriesNamed(procs: readonly ModelProc[], path: string): readonly ModelProc[] {
  const [name, regime, ...forge] = path.split("::").reverse();
  return procs.filter((proc) =>
    proc.name === name && (regime === undefined || proc.regime === regime) &&
    (forge.length === 0 || proc.forge === forge.reverse().join("::"))
  );
}

/** A verdict as a summary trace in JSON, every digit of every integer written. A failure's message is left empty. */
export function verdictTrace(verdict: Verdict): string {
  const { kind, returned, effects, ticks } = verdict;
  const events = `"effects":{"events":${JSON.stringify(effects)}}`;
  if (kind === undefined) return `{"returned":${returned},${events},"time":{"tick":${ticks}}}`;
  const error = `"error":${JSON.stringify({ kind, message: "" })}`;
  return effects.length === 0 ? `{${error}}` : `{${error},${events}}`;
}
