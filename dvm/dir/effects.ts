/**
 * Which processes have effects, their own or through what they call (EFF-15).
 *
 * @module
 */
import { memoize } from "../base/memoize.ts";
import type { Proc, Program } from "./model.ts";
import { effectStmtsOf } from "./walk.ts";

/** A predicate over the program's processes: whether running one may have an effect. Computed once per program. */
export function effectsOf(program: Program): (proc: Proc) => boolean {
  const effectful = effectfulOf(program);
  return (proc) => effectful.has(proc);
}

const effectfulOf = memoize(collectEffectful);

function collectEffectful(program: Program): Set<Proc> {
  const callers = new Map<Proc, Proc[]>();
  for (const proc of program.procs) {
    for (const callee of proc.callees.values()) {
      if (callee.kind !== "proc") continue;
      const of = callers.get(callee.proc);
      if (of === undefined) callers.set(callee.proc, [proc]);
      else of.push(proc);
    }
  }
  const effectful = new Set<Proc>(program.procs.filter(hasOwnEffect));
  for (const proc of effectful) { // a Set visits what is added while it is walked
    for (const caller of callers.get(proc) ?? []) effectful.add(caller);
  }
  return effectful;
}

function hasOwnEffect(proc: Proc): boolean {
  return effectStmtsOf(proc).some(({ effect }) => effect !== "expr");
}
