/**
 * Which processes have effects, directly or through calls (EFF-15).
 *
 * @module
 */
import { memoize } from "../base/memoize.ts";
import type { Proc, Program } from "./model.ts";
import { hasEffectOperation } from "./operations.ts";
import { effectStmtsOf } from "./walk.ts";

/** Whether running a process of the program may have an effect. */
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
  for (const proc of effectful) { // a Set also visits what is added during the loop
    for (const caller of callers.get(proc) ?? []) effectful.add(caller);
  }
  return effectful;
}

function hasOwnEffect(proc: Proc): boolean {
  return effectStmtsOf(proc).some(({ effect }) => effect !== "expr") || hasEffectOperation(proc);
}
