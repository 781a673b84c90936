/**
 * Φ in the model: every configuration of the open parameters is tried, in the canonical order, until one executes (X-07,
 * PHI-02 to PHI-10). Complete for narrow types; wide integers are tried within a window, which problems here keep to.
 *
 * @module
 */
import { callsIn, type Expression, partsOf } from "./expression.ts";
import type { Lookup } from "./lookup.ts";
import type { ModelProc } from "./program.ts";
import { RunFailure } from "./rules.ts";
import { fieldType, type ModelType, rangeOf, typeNamed } from "./types.ts";
import { type ModelValue, UNIT } from "./values.ts";

/** The run that a configuration is tried in. */
export interface TrialRun {
  readonly lookup: Lookup;
  /** A new run of the same program without a limit of ticks. */
  unbounded(): TrialRun;
  /** Executes the body of a process with a value for every parameter. */
  body(proc: ModelProc, params: ReadonlyMap<string, ModelValue>): ModelValue | undefined;
}

/** Integers wider than 8 bits are tried from -WINDOW to WINDOW. */
export const WINDOW = 40n;

/** The first configuration, in canonical order, at which the process executes; inadmissible when there is none. */
export function resolvePhi(
  run: TrialRun,
  proc: ModelProc,
  given: ReadonlyMap<string, ModelValue>,
): ReadonlyMap<string, ModelValue> {
  const { rules, program } = run.lookup;
  if (rules.breaks("Φ is unsupported")) throw new RunFailure("UnsupportedRegime", "Φ");
  const hasWitness = proc.body.some(({ kind }) => kind === "Prove");
  if (rules.breaks("Φ needs a witness") && !hasWitness) throw new RunFailure("Inadmissible", "Φ");
  const choices = proc.params.map(({ name, ty }) => {
    const value = given.get(name);
    if (value !== undefined && !rules.breaks("a given candidate is replaced")) return [value];
    const type = typeNamed(program, proc.home, ty, rules);
    const all = type === undefined ? undefined : valuesOf(run, proc, name, type);
    if (all === undefined) throw new RunFailure("Runtime", `${name} needs an argument`);
    return all;
  });
  for (const values of combinations(choices)) {
    const configuration = new Map<string, ModelValue>(
      proc.params.map(({ name }, position) => [name, values[position] ?? UNIT]),
    );
    if (executes(run, proc, configuration)) return configuration;
  }
  throw new RunFailure(
    rules.breaks("no configuration is Runtime") ? "Runtime" : "Inadmissible",
    `${proc.name} has no configuration`,
  );
}

/** Whether a process executes at one configuration. A failing constraint, let or proof excludes it. */
function executes(
  run: TrialRun,
  proc: ModelProc,
  configuration: ReadonlyMap<string, ModelValue>,
): boolean {
  try {
    // Deciding takes no time of the run; its own limit is the solver's.
    run.unbounded().body(proc, configuration);
    return true;
  } catch (failure) {
    if (!(failure instanceof RunFailure)) throw failure;
    if (failure.kind === "Inadmissible") return false;
    if (failure.kind !== "Runtime") throw failure;
    return run.lookup.rules.breaks("an undefined predicate holds");
  }
}

/**
 * All values of a type in canonical order: 0, 1, -1, 2, -2, …; false before true; fields in declaration order. Values that a
 * constraint over this unknown alone (`path`) rules out are left out at once, or the products would be too large to try.
 */
function valuesOf(
  run: TrialRun,
  proc: ModelProc,
  path: string,
  type: ModelType,
): readonly ModelValue[] | undefined {
  const { rules, program } = run.lookup;
  switch (type.kind) {
    case "bool":
      return allowed(run, proc, path, [
        { kind: "Bool", value: false },
        { kind: "Bool", value: true },
      ]);
    case "int": {
      const byNumber = rules.breaks("the least configuration by number");
      return allowed(run, proc, path, integersOf(type, byNumber));
    }
    case "shape": {
      const { shape } = type;
      const fields = shape.fields.map(({ name }) => {
        const field = fieldType(program, shape, name, rules);
        return field && valuesOf(run, proc, `${path}.${name}`, field);
      });
      const known = fields.filter((values) => values !== undefined);
      if (known.length < fields.length) return undefined;
      const names = shape.fields.map(({ name }) => name);
      return [...combinations(known)].map((values) => ({
        kind: "Struct",
        ty: shape.name,
        fields: new Map(values.map((value, position) => [names[position] ?? "", value])),
      }));
    }
    case "array": {
      const isEmpty = rules.breaks("an open array parameter is empty") && type.length === 0;
      return isEmpty ? [{ kind: "Array", items: [] }] : undefined;
    }
    default:
      return undefined;
  }
}

/** The values at which every constraint over this unknown alone holds. */
function allowed(
  run: TrialRun,
  proc: ModelProc,
  path: string,
  values: readonly ModelValue[],
): readonly ModelValue[] {
  const isOwn = (expr: Expression) => mentionedPaths(expr).every((mentioned) => mentioned === path);
  const body = proc.body.filter((statement) =>
    statement.kind === "Constrain" && isOwn(statement.expr) && callsIn(statement.expr).length === 0
  );
  if (body.length === 0) return values;
  const part = { ...proc, body, ret: undefined };
  const [name = "", ...fields] = path.split(".");
  return values.filter((value) => {
    const held = fields.reduceRight<ModelValue>(
      (inner, field) => ({ kind: "Struct", ty: "", fields: new Map([[field, inner]]) }),
      value,
    );
    return executes(run, part, new Map([[name, held]]));
  });
}

/** The unknowns that an expression mentions, `c.x` as such. */
function mentionedPaths(expr: Expression): readonly string[] {
  const path = pathOf(expr);
  return path === undefined ? partsOf(expr).flatMap(mentionedPaths) : [path];
}

function pathOf(expr: Expression): string | undefined {
  if (expr.kind === "name") return expr.name;
  const base = expr.kind === "field" ? pathOf(expr.base) : undefined;
  return base !== undefined && expr.kind === "field" ? `${base}.${expr.field}` : undefined;
}

function integersOf(
  type: Extract<ModelType, { kind: "int" }>,
  isByNumber: boolean,
): readonly ModelValue[] {
  const [least, greatest] = rangeOf(type);
  const end = type.bits === 8 ? 256n : WINDOW;
  const values: bigint[] = [];
  for (let size = 0n; size <= end; size++) {
    for (const value of size === 0n ? [0n] : [size, -size]) {
      if (value >= least && value <= greatest) values.push(value);
    }
  }
  if (isByNumber) values.sort((a, b) => (a < b ? -1 : 1));
  return values.map((value) => ({ kind: "Int", value }));
}

/** Every choice of one value for each place, the first place slowest. */
function* combinations(
  choices: readonly (readonly ModelValue[])[],
): Generator<readonly ModelValue[]> {
  const [first, ...rest] = choices;
  if (first === undefined) {
    yield [];
    return;
  }
  for (const value of first) for (const others of combinations(rest)) yield [value, ...others];
}
