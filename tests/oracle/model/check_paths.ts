/**
 * Rules of the model that depend on what happened before on the same path: what is sealed does not change (EFF-16), what is
 * handed over a bind that enforces linearity is gone (CTR-06).
 *
 * @module
 */
import { type Expression, partsOf } from "./expression.ts";
import { expressionsOf } from "./lookup.ts";
import { pathsThrough } from "./paths.ts";
import type { ModelProc, Statement } from "./program.ts";

/** The offsets of assignments to what is sealed. */
export function sealedFaults(proc: ModelProc): readonly number[] {
  return faultsOnPaths(proc, (statement, sealed, fault) => {
    if (statement.kind === "Assign" && sealed.has(statement.name)) fault();
    if (statement.kind !== "Effect" || statement.effect !== "seal") return;
    const name = nameBehind(statement.expr);
    if (name !== undefined) sealed.add(name);
  });
}

/** The offsets of uses of what is handed over; `isTaking` says which calls take their arguments. */
export function handedOverFaults(
  proc: ModelProc,
  isTaking: (callee: string) => boolean,
): readonly number[] {
  return faultsOnPaths(proc, (statement, taken, fault) => {
    if (statement.kind === "Constrain") return;
    const visit = (expr: Expression): void => {
      const access = accessOf(expr);
      if (access !== undefined) {
        if ([...taken].some((other) => overlap(other, access))) fault();
        return;
      }
      partsOf(expr).forEach(visit);
      if (expr.kind !== "call" || !isTaking(expr.callee)) return;
      for (const arg of expr.args) {
        const given = accessOf(arg);
        if (given === undefined) continue;
        if ([...taken].some((other) => overlap(other, given))) fault();
        taken.add(given);
      }
    };
    expressionsOf(statement).forEach(visit);
  });
}

/** Walks every path with what is known of accesses on it; a name that is bound anew, or ends, is forgotten. */
function faultsOnPaths(
  proc: ModelProc,
  visit: (statement: Statement, known: Set<string>, fault: () => void) => void,
): readonly number[] {
  const faults = new Set<number>();
  for (const { steps } of pathsThrough(proc.body, boundName)) {
    const known = new Set<string>();
    const forget = (name: string) => {
      for (const access of known) if (overlap(access, name)) known.delete(access);
    };
    for (const step of steps) {
      if (step.kind === "exit") {
        step.names.forEach(forget);
        continue;
      }
      const { statement } = step;
      visit(statement, known, () => void faults.add(statement.at));
      const bound = boundName(statement);
      if (bound !== undefined) forget(bound);
    }
  }
  return [...faults];
}

function boundName(statement: Statement): string | undefined {
  if (statement.kind === "Let" || statement.kind === "Prove") return statement.name;
  return statement.kind === "Call" ? statement.result : undefined;
}

/** The name whose value, or part of it, an expression is. */
function nameBehind(expr: Expression): string | undefined {
  if (expr.kind === "name") return expr.name;
  return expr.kind === "field" || expr.kind === "index" ? nameBehind(expr.base) : undefined;
}

/** A name or a field of one as `c.x`. */
function accessOf(expr: Expression): string | undefined {
  if (expr.kind === "name") return expr.name;
  if (expr.kind !== "field") return undefined;
  const base = accessOf(expr.base);
  return base && `${base}.${expr.field}`;
}

/** Whether one access reaches what the other reaches. */
function overlap(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}
