/**
 * Finding processes by name: the entry of a run, and the process an event speaks of.
 *
 * @module
 */
import { oncePer } from "../once_per.ts";
import type { Local, Proc, Program, Regime } from "./model.ts";

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
const procsByName = oncePer(({ procs }: Program) => Map.groupBy(procs, ({ name }) => name));

/** The processes with this bare name, in document order. */
export function procsNamed(program: Program, name: string): readonly Proc[] {
  return procsByName(program).get(name) ?? [];
}
