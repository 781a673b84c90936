/**
 * Finding processes by name: the entry of a run, and the process an event speaks of.
 *
 * @module
 */
import { memoize } from "../base/memoize.ts";
import {
  type Alias,
  type Callee,
  type Forge,
  type Local,
  type Proc,
  type Program,
  Q_INTRINSICS,
  type Regime,
} from "./model.ts";
import type { Shape } from "./type.ts";
import { TypeIndex } from "./type_names.ts";

/** A process as an event names it; `forge` is undefined where any forge will do. */
export interface Callable {
  readonly forge: string | undefined;
  readonly regime: Regime;
  readonly name: string;
}

/** The first process with this forge, regime and name. */
export function findProc(program: Program, wanted: Callable): Proc | undefined {
  return procsNamed(program, wanted.name).find((proc) =>
    proc.regime === wanted.regime &&
    (wanted.forge === undefined || proc.forge.name === wanted.forge)
  );
}

/**
 * The processes an entry path may mean: `name`, `regime::name` or `forge::regime::name`. Exactly one is a choice;
 * none or several are the caller's failure to report (FAI-16).
 */
export function entryCandidates(program: Program, path: string): readonly Proc[] {
  const parts = path.split("::");
  const name = parts[parts.length - 1] ?? "";
  const regime = parts.length > 1 ? parts[parts.length - 2] : undefined;
  const forge = parts.length > 2 ? parts.slice(0, -2).join("::") : undefined;
  return procsNamed(program, name).filter((proc) =>
    (regime === undefined || proc.regime === regime) &&
    (forge === undefined || proc.forge.name === forge)
  );
}

/** The local that a process declares under this name (DIR v0.2). Most processes declare none, and every binding asks. */
export function localNamed(proc: Proc, name: string): Local | undefined {
  return proc.locals.length === 0 ? undefined : proc.localsByName.get(name);
}

/** A process's full path, `Forge::K::name`. */
export function procPath(proc: Proc): string {
  return `${proc.forge.name}::${proc.regime}::${proc.name}`;
}

/** Whether several processes are one entity that its forge declares several times (DIR-04). */
export function areOneEntity(procs: readonly Proc[]): boolean {
  return procs.every(({ forge, regime, name }) =>
    forge === procs[0]?.forge && regime === procs[0].regime && name === procs[0].name
  );
}

/** The processes that `entry` can reach through calls, itself first, each once. */
export function reachableProcs(entry: Proc): readonly Proc[] {
  const reached = new Set<Proc>([entry]);
  for (const proc of reached) { // a Set visits what is added while it is walked
    for (const callee of proc.callees.values()) {
      if (callee.kind === "proc") reached.add(callee.proc);
    }
  }
  return [...reached];
}

/** Processes by bare name: a call-heavy run looks one up at every call. */
const procsByName = memoize(({ procs }: Program) => Map.groupBy(procs, ({ name }) => name));

/** The processes with this bare name, in document order. */
export function procsNamed(program: Program, name: string): readonly Proc[] {
  return procsByName(program).get(name) ?? [];
}

/** What a path in a call or bind leads to. */
export type Resolution =
  | { readonly kind: "found"; readonly callee: Callee }
  | { readonly kind: "missing" }
  | { readonly kind: "ambiguous"; readonly candidates: readonly Proc[] };

/** The shape that a name means in a forge of the program. */
export function findShape(program: Program, forge: Forge, name: string): Shape | undefined {
  const found = declaredTypes.get(program)?.find(name, { artifact: forge.place.artifact, forge });
  return found !== undefined && "fields" in found ? found : undefined;
}

/** Every shape of the program, those declared beside the forges last. */
export function shapesOf(program: Program): readonly Shape[] {
  return declaredTypes.get(program)?.shapes ?? [];
}

/** Every alias of the program. */
export function aliasesOf(program: Program): readonly Alias[] {
  return declaredAliases.get(program) ?? [];
}

/**
 * What a call's path means in `proc`: its own forge first, then exactly one other forge of the program. A bare name that
 * several processes of one forge have is ambiguous: nothing is guessed (DIR-25).
 */
export function resolveCallee(program: Program, forge: Forge, path: string): Resolution {
  const segments = path.split("::");
  const name = segments[segments.length - 1] ?? "";
  const regime = segments.length > 1 ? segments[segments.length - 2] : undefined;
  const forgeName = segments.length > 2 ? segments.slice(0, -2).join("::") : undefined;
  const named = procsNamed(program, name).filter((proc) =>
    (regime === undefined || proc.regime === regime) &&
    (forgeName === undefined || proc.forge.name === forgeName)
  );
  const own = named.filter((proc) => proc.forge === forge);
  const candidates = own.length > 0 ? own : named;
  const [found] = candidates;
  if (found !== undefined && candidates.length === 1) {
    return { kind: "found", callee: { kind: "proc", proc: found } };
  }
  if (candidates.length > 1) return { kind: "ambiguous", candidates };
  const intrinsic = Q_INTRINSICS.find((known) => known === path);
  return intrinsic === undefined
    ? { kind: "missing" }
    : { kind: "found", callee: { kind: "intrinsic", name: intrinsic } };
}

export const declaredTypes = new WeakMap<Program, TypeIndex>();

export const declaredAliases = new WeakMap<Program, readonly Alias[]>();

/** What a bind's end means. */
export function resolveBindEnd(program: Program, forge: Forge, path: string): Resolution {
  const resolution = resolveCallee(program, forge, path);
  const isQualified = path.split("::").length > 2;
  if (isQualified || resolution.kind !== "found" || resolution.callee.kind !== "proc") {
    return resolution;
  }
  return resolution.callee.proc.forge === forge ? resolution : { kind: "missing" };
}
