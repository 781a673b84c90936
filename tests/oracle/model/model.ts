/**
 * A naive reference model of `spec` execution: a second opinion on what a program means, written for clarity from
 * `semantics.md` and the clauses, and sharing no code with `dvm/`. It covers K with the control flow of v0.2, Q, binds and
 * contracts, resources and timers, effects and ticks, and Φ over tiny domains. It knows neither match, char, the memory
 * statements, nor type declarations of v0.2.
 *
 * With one bug planted it is a wrong backend: that is how the conformance suite is tested (`tests/oracle/mutants/`).
 *
 * @module
 */
import type { Bug } from "./bugs.ts";
import { reachableFrom, violationsOf } from "./check.ts";
import { isLinear } from "./check_linear.ts";
import { hasUnknownClause, type ModelEffect, type ModelLimits, Run } from "./execute.ts";
import { blocksIn, calleesOf, endOf, procsOf } from "./lookup.ts";
import { resolvePhi } from "./phi.ts";
import { type ModelBind, type ModelProc, type ModelProgram, readProgram } from "./program.ts";
import { LoadRefusal, Rules, RunFailure } from "./rules.ts";
import { enterType, inRange, type ModelType, type ModelValue, tagged, typeNamed } from "./types.ts";

/** What a run starts from: the part of dustrun's `RunInput` that the model knows. */
export interface ModelInput {
  readonly entry?: string;
  readonly args?: { readonly [name: string]: unknown };
  readonly limits?: { readonly max_ticks?: number; readonly max_depth?: number };
  readonly environment?: {
    readonly tick_us?: number;
    readonly resources?: readonly {
      readonly resource: string;
      readonly args: readonly { readonly name: string; readonly value: unknown }[];
    }[];
  };
}

/** What the model answers. */
export interface Verdict {
  readonly status: "returned" | "admissible" | "inadmissible" | "failed";
  /** The kind of failure. */
  readonly kind: string | undefined;
  /** All kinds that the first violations have, where several share one place. */
  readonly kinds: readonly string[];
  /** The returned value as tagged JSON, `null` when there is none. */
  readonly returned: string;
  readonly effects: readonly { readonly kind: string; readonly payload: string }[];
  /** The effects' values as tagged JSON. */
  readonly values: readonly string[];
  readonly ticks: number;
}

/** Executes an artifact by the rules, or by all rules but one. */
export function judge(text: string, input: ModelInput = {}, bug?: Bug): Verdict {
  const rules = new Rules(bug);
  let run: Run | undefined;
  try {
    const program = readProgram(text, rules);
    run = new Run(program, rules, limitsOf(input));
    return success(run, start(run, input));
  } catch (thrown) {
    if (thrown instanceof LoadRefusal) return refused(["DirLoad"]);
    if (thrown instanceof StaticRefusal) return refused(thrown.kinds);
    if (!(thrown instanceof RunFailure)) throw thrown;
    if (run !== undefined && rules.breaks("a failed run is a success")) {
      return success(run, { isPhi: false, value: undefined });
    }
    const shows = rules.breaks("effects before a failure happen") ? run?.effects ?? [] : [];
    return { ...refused([thrown.kind]), ...shown(shows) };
  }
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
    tickUs: environment?.tick_us ?? 1,
  };
}

function success(
  run: Run,
  { isPhi, value }: { readonly isPhi: boolean; readonly value: ModelValue | undefined },
): Verdict {
  return {
    status: isPhi ? "admissible" : "returned",
    kind: undefined,
    kinds: [],
    returned: value === undefined ? "null" : tagged(value),
    ...shown(run.rules.breaks("effects in reverse order") ? run.effects.reverse() : run.effects),
    ticks: run.ticks,
  };
}

function shown(effects: readonly ModelEffect[]): Pick<Verdict, "effects" | "values"> {
  return {
    effects: effects.map(({ kind, payload }) => ({ kind, payload })),
    values: effects.map(({ value }) => tagged(value)),
  };
}

function refused(kinds: readonly string[]): Verdict {
  const [kind] = kinds;
  const status = kind === "Inadmissible" ? "inadmissible" : "failed";
  return { status, kind, kinds, returned: "null", effects: [], values: [], ticks: 0 };
}

/** The steps of a run, in order (semantics, "The run"). */
function start(
  run: Run,
  input: ModelInput,
): { readonly isPhi: boolean; readonly value: ModelValue | undefined } {
  const { program, rules } = run;
  const entries = entriesNamed(program, input.entry ?? "main");
  const [entry] = entries;
  const concerned = rules.breaks("only what runs is checked") && entry !== undefined
    ? reachableFrom(program, [entry])
    : procsOf(program);
  const violations = violationsOf(program, rules).filter(({ at }) =>
    concerned.length === procsOf(program).length ||
    concerned.some((proc) => isWithin(at, proc, program))
  );
  const [first] = violations;
  if (first !== undefined) {
    // Where exactly linearity breaks in a process with branches is a matter of presentation.
    const isBranching = procsOf(program).some((proc) =>
      isLinear(proc, rules) && proc.body.some((statement) => blocksIn(statement).length > 0)
    );
    const told = isBranching ? violations : violations.filter(({ at }) => at === first.at);
    const kinds = told.map(({ kind }) => kind);
    throw new StaticRefusal(
      rules.breaks("linearity faults are DirValidate") ? ["DirValidate"] : kinds,
    );
  }
  const isChosen = entries.length === 1 || rules.breaks("the first entry wins");
  if (entry === undefined || !isChosen) throw new RunFailure("EntrypointNotFound", "entry");
  const args = argumentsOf(run, entry, input.args ?? {});
  if (!rules.breaks("resources ignored")) grantResources(run, entry, input);
  if (!rules.breaks("gates ignored")) {
    for (const { proc, binds } of gatesOf(program, entry)) {
      const isUnusable = binds.some((bind) => hasUnknownClause(bind));
      if (isUnusable && !rules.breaks("unknown clause ignored")) {
        throw new RunFailure("ContractViolation", "a gate's clause cannot be interpreted");
      }
      resolvePhi(run, proc, new Map());
    }
  }
  return { isPhi: entry.regime === "Φ", value: run.enter(entry, args) };
}

function isWithin(at: number, proc: ModelProc, program: ModelProgram): boolean {
  const next = procsOf(program).find((other) => other.at > proc.at);
  return at >= proc.at && (next === undefined || at < next.at);
}

function entriesNamed(program: ModelProgram, path: string): readonly ModelProc[] {
  const [name, regime, ...forge] = path.split("::").reverse();
  return procsOf(program).filter((proc) =>
    proc.name === name && (regime === undefined || proc.regime === regime) &&
    (forge.length === 0 || proc.forge === forge.reverse().join("::"))
  );
}

function argumentsOf(
  run: Run,
  entry: ModelProc,
  given: { readonly [name: string]: unknown },
): Map<string, ModelValue> {
  const unknown = Object.keys(given).some((name) => !entry.params.some((p) => p.name === name));
  if (unknown) throw new RunFailure("Runtime", "an argument without a parameter");
  const args = new Map<string, ModelValue>();
  for (const { name, ty } of entry.params) {
    const type = typeNamed(run.program, entry.forge, ty);
    const plain = given[name];
    if (plain === undefined) {
      if (entry.regime === "Φ") continue;
      if (!run.rules.breaks("a missing argument is zero")) {
        throw new RunFailure("Runtime", `${name} is missing`);
      }
      args.set(name, { kind: "Int", value: 0n });
      continue;
    }
    const value = type === undefined ? undefined : readPlain(run, entry, plain, type);
    if (value === undefined) throw new RunFailure("Runtime", `${name} does not fit`);
    args.set(name, value);
  }
  return args;
}

/** A value of a declared type from plain JSON; `undefined` when it does not fit. */
function readPlain(
  run: Run,
  entry: ModelProc,
  plain: unknown,
  type: ModelType,
): ModelValue | undefined {
  switch (type.kind) {
    case "int": {
      const isInteger = typeof plain === "number" && Number.isSafeInteger(plain);
      if (!isInteger && typeof plain !== "bigint") return undefined;
      const value = BigInt(plain);
      const isHeld = inRange(value, type) || run.rules.breaks("declared width ignored");
      return isHeld ? { kind: "Int", value } : undefined;
    }
    case "float":
      if (typeof plain !== "number") return undefined;
      return enterType({ kind: "Float", value: plain }, type, run.rules);
    case "bool":
      return typeof plain === "boolean" ? { kind: "Bool", value: plain } : undefined;
    case "string":
      return typeof plain === "string" ? { kind: "String", value: plain } : undefined;
    case "shape": {
      if (typeof plain !== "object" || plain === null) return undefined;
      const members = new Map<string, unknown>(Object.entries(plain));
      const fields = new Map<string, ModelValue>();
      for (const { name, ty } of type.shape.fields) {
        const fieldType = typeNamed(run.program, entry.forge, ty);
        const value = fieldType && readPlain(run, entry, members.get(name), fieldType);
        if (value === undefined) return undefined;
        fields.set(name, value);
      }
      return members.size === fields.size
        ? { kind: "Struct", ty: type.shape.name, fields }
        : undefined;
    }
    default:
      return undefined;
  }
}

/** Everything declared in the reachable call tree must be on offer, by name and by every stated argument. */
function grantResources(run: Run, entry: ModelProc, input: ModelInput): void {
  const offers = input.environment?.resources;
  if (offers === undefined) return;
  const reached = run.rules.breaks("resources of callees ignored")
    ? [entry]
    : reachableFrom(run.program, [entry]);
  for (const { resource, args } of reached.flatMap(({ uses }) => uses)) {
    const isOffered = offers.some((offer) => {
      if (offer.resource !== resource) return false;
      if (run.rules.breaks("a resource is only a name")) return true;
      return args.every(({ name, value }) => {
        if (resource === "Timer" && name.endsWith("_us")) return true;
        return offer.args.some((arg) => arg.name === name && String(arg.value) === String(value));
      });
    });
    if (!isOffered) throw new RunFailure("ResourceUnavailable", resource);
  }
}

/** Φ processes that are the source of a bind to a reached K process which does not call them. */
function gatesOf(
  program: ModelProgram,
  entry: ModelProc,
): readonly { readonly proc: ModelProc; readonly binds: readonly ModelBind[] }[] {
  const reached = reachableFrom(program, [entry]);
  const gates = new Map<ModelProc, ModelBind[]>();
  for (const forge of program.forges) {
    for (const bind of forge.binds) {
      const from = endOf(program, forge, bind.source);
      const to = endOf(program, forge, bind.target);
      const isGate = from?.regime === "Φ" && to?.regime === "K" && reached.includes(to) &&
        !calleesOf(program, to).includes(from);
      if (isGate) gates.set(from, [...gates.get(from) ?? [], bind]);
    }
  }
  return [...gates].map(([proc, binds]) => ({ proc, binds }));
}

/** A verdict as a summary trace in JSON, every digit of every integer written. A failure's message is left empty. */
export function verdictTrace(verdict: Verdict): string {
  const { kind, returned, effects, ticks } = verdict;
  const events = `"effects":{"events":${JSON.stringify(effects)}}`;
  if (kind === undefined) return `{"returned":${returned},${events},"time":{"tick":${ticks}}}`;
  const error = `"error":${JSON.stringify({ kind, message: "" })}`;
  return effects.length === 0 ? `{${error}}` : `{${error},${events}}`;
}
