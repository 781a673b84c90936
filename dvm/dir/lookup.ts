/**
 * Finding processes and shapes by name: the entry of a run, the callee of a call, the ends of a bind.
 *
 * @module
 */
import { memoize } from "../base/memoize.ts";
import {
  type Callee,
  type Forge,
  type Local,
  type Proc,
  type Program,
  Q_INTRINSICS,
} from "./model.ts";
import { nearestWord } from "../text/suggest.ts";
import type { Shape } from "./type.ts";

/**
 * The processes that an entry path matches: `name`, `regime::name` or `forge::regime::name`. The caller reports a path
 * that matches none or several (FAI-16).
 */
export function entryCandidates(program: Program, path: string): readonly Proc[] {
  return procsMatching(program, parseProcPath(path));
}

/** The path of a process as written; a part that is left out matches any. */
interface ProcPath {
  readonly forge: string | undefined;
  readonly regime: string | undefined;
  readonly name: string;
}

function parseProcPath(path: string): ProcPath {
  const parts = path.split("::");
  return {
    forge: parts.length > 2 ? parts.slice(0, -2).join("::") : undefined,
    regime: parts.at(-2),
    name: parts.at(-1) ?? "",
  };
}

function procsMatching(program: Program, { forge, regime, name }: ProcPath): readonly Proc[] {
  return procsNamed(program, name).filter((proc) =>
    (regime === undefined || proc.regime === regime) &&
    (forge === undefined || proc.forge.name === forge)
  );
}

/** The name in a process path, without forge and regime. */
export function nameInPath(path: string): string {
  return parseProcPath(path).name;
}

/** The local that a process declares under this name (DIR v0.2). */
export function localNamed(proc: Proc, name: string): Local | undefined {
  // Most processes declare none, and this runs for every binding.
  return proc.locals.length === 0 ? undefined : proc.localsByName.get(name);
}

/** The full path of a process, `Forge::K::name`. */
export function procPath(proc: Proc): string {
  return `${proc.forge.name}::${proc.regime}::${proc.name}`;
}

/** The shortest path with a regime that names this process alone; where none does, its full path and its artifact. */
export function uniquePath(program: Program, proc: Proc): string {
  const full = procPath(proc);
  for (const path of [`${proc.regime}::${proc.name}`, full]) {
    if (entryCandidates(program, path).length === 1) return path;
  }
  return `${full} (${program.artifacts[proc.place.artifact]?.name ?? ""})`;
}

/** The full paths of processes as a list; a path that several have is written once, with their number. */
export function pathList(procs: readonly Proc[]): string {
  const counts = Map.groupBy(procs, procPath);
  return [...counts]
    .map(([path, { length }]) => length === 1 ? path : `${path} (${length} times)`)
    .join(", ");
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
  for (const proc of reached) { // a Set also visits what is added during the loop
    for (const callee of proc.callees.values()) {
      if (callee.kind === "proc") reached.add(callee.proc);
    }
  }
  return [...reached];
}

/** Memoized, because replay looks a process up at every call. */
const procsByName = memoize(({ procs }: Program) => Map.groupBy(procs, ({ name }) => name));

/** The processes with this bare name, in document order. */
export function procsNamed(program: Program, name: string): readonly Proc[] {
  return procsByName(program).get(name) ?? [];
}

/** Memoized, because a program may call a million missing processes. */
const procNames = memoize((program: Program) => [...procsByName(program).keys()]);

/**
 * The processes that a path which names none probably means: those with its bare name, or else those with the nearest name.
 */
export function nearestProcs(program: Program, path: string): readonly Proc[] {
  const name = nameInPath(path);
  const named = procsNamed(program, name);
  if (named.length > 0) return named;
  const nearest = nearestWord(name, procNames(program));
  return nearest === undefined ? [] : procsNamed(program, nearest);
}

/** The shape that a name denotes in a forge of the program. */
export function findShape(program: Program, forge: Forge, name: string): Shape | undefined {
  const found = program.types.find(name, { artifact: forge.place.artifact, forge });
  return found !== undefined && "fields" in found ? found : undefined;
}

/** What the path of a call or of a bind's end resolves to. */
export type Resolution =
  | { readonly kind: "found"; readonly callee: Callee }
  | { readonly kind: "missing" }
  | { readonly kind: "ambiguous"; readonly candidates: readonly Proc[] };

/**
 * Resolves the path of a call in a process of `forge`: first in that forge, then in the other forges of the program. A path that
 * several processes match is ambiguous; none of them is preferred (DIR-25).
 */
export function resolveCallee(program: Program, forge: Forge, path: string): Resolution {
  const resolution = resolveAmong(procsMatching(program, parseProcPath(path)), forge);
  if (resolution.kind !== "missing") return resolution;
  const intrinsic = Q_INTRINSICS.find((known) => known === path);
  return intrinsic === undefined
    ? resolution
    : { kind: "found", callee: { kind: "intrinsic", name: intrinsic } };
}

/** Resolves an end of a bind of `forge` like a call; a bare name is looked up in that forge alone (BND-03, X-51). */
export function resolveBindEnd(program: Program, forge: Forge, path: string): Resolution {
  const parsed = parseProcPath(path);
  const matching = procsMatching(program, parsed);
  const isBare = parsed.regime === undefined;
  return resolveAmong(isBare ? matching.filter((proc) => proc.forge === forge) : matching, forge);
}

/** The one process of `forge`, else the one of all, that a path means. */
function resolveAmong(matching: readonly Proc[], forge: Forge): Resolution {
  const own = matching.filter((proc) => proc.forge === forge);
  const candidates = own.length > 0 ? own : matching;
  const [found] = candidates;
  if (found === undefined) return { kind: "missing" };
  return candidates.length === 1
    ? { kind: "found", callee: { kind: "proc", proc: found } }
    : { kind: "ambiguous", candidates };
}
