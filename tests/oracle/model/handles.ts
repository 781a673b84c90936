/**
 * Where handles may be (TYP-24; language-v0.2, "Handles"): names, parameters and results of K processes.
 *
 * @module
 */
import { callsIn, type Expression } from "./expression.ts";
import type { Lookup } from "./lookup.ts";
import type { Meaning } from "./meaning.ts";
import {
  allStatements,
  expressionsOf,
  type ModelProc,
  procsOf,
  type Statement,
} from "./program.ts";
import { type ModelType, typeNamed } from "./types.ts";
import type { Violation } from "./violation.ts";

/** Every violation of a program, bodies apart. */
export function handleDeclarations(lookup: Lookup): readonly Violation[] {
  const { program, rules } = lookup;
  if (rules.breaks("handles go anywhere")) return [];
  const places: number[] = [];
  const shapes = program.forges.flatMap((forge) => forge.shapes);
  const structs = program.types.flatMap((type) => (type.kind === "struct" ? type.shape : []));
  for (const { home, fields } of [...shapes, ...structs]) {
    for (const { ty, at } of fields) {
      if (isOrHolds(typeNamed(program, home, ty, rules))) places.push(at);
    }
  }
  for (const proc of procsOf(program)) {
    const declared = [...proc.params, ...proc.locals];
    if (proc.ret !== undefined) declared.push({ name: "", ty: proc.ret, at: proc.at });
    for (const { ty, at } of declared) {
      const type = typeNamed(program, proc.home, ty, rules);
      const isRefused = type?.kind === "array" || proc.regime !== "K";
      if (isOrHolds(type) && isRefused) places.push(at);
    }
    const isReaching = lookup.reachableFrom([proc]).some((one) =>
      one !== proc && hasOperation(lookup, one)
    );
    if (proc.regime === "Φ" && isReaching) places.push(proc.at);
  }
  for (const { bind, source, target } of lookup.binds()) {
    if (source === undefined || target === undefined) continue;
    const isOneWay = rules.breaks("a handle crosses a bind against its direction");
    if (passesHandle(lookup, source, target) || !isOneWay && passesHandle(lookup, target, source)) {
      places.push(bind.at);
    }
  }
  return places.map((at) => ({ at, kind: "DirValidate" }));
}

/** Every violation in a body: payloads, constraints, proofs. */
export function handleUses(
  lookup: Lookup,
  proc: ModelProc,
  { names, types }: Meaning,
): readonly Violation[] {
  if (lookup.rules.breaks("handles go anywhere")) return [];
  const isHandle = (expr: Expression) => {
    const binding = expr.kind === "name" ? names.meaning(expr) : undefined;
    return binding !== undefined && types.typeOfBinding(binding)?.kind === "handle";
  };
  const yieldsHandle = (expr: Expression) =>
    callsIn(expr).some((call) => {
      const target = lookup.meaningOf(proc, call);
      const callee = target.kind === "proc" ? target.proc : undefined;
      return callee?.ret !== undefined &&
        typeNamed(lookup.program, callee.home, callee.ret, lookup.rules)?.kind === "handle";
    });
  const isWrong = (statement: Statement) => {
    if (statement.kind === "Effect") return isHandle(statement.expr);
    if (statement.kind !== "Constrain" && statement.kind !== "Prove") return false;
    return names.mentionsIn(statement.expr).some(isHandle) || yieldsHandle(statement.expr);
  };
  return allStatements(proc.body).filter(isWrong).map(({ at }) => ({ at, kind: "DirValidate" }));
}

/** Whether a process takes or returns a handle. */
function hasHandles({ program, rules }: Lookup, proc: ModelProc): boolean {
  const texts = [...proc.params.map(({ ty }) => ty), ...proc.ret === undefined ? [] : [proc.ret]];
  return texts.some((text) => typeNamed(program, proc.home, text, rules)?.kind === "handle");
}

/** Whether a process cannot be an entry: it returns a handle, or takes one that the environment does not have. */
export function isNoEntry({ program, rules }: Lookup, proc: ModelProc): boolean {
  const nameOf = (text: string) => {
    const type = typeNamed(program, proc.home, text, rules);
    return type?.kind === "handle" ? type.name : undefined;
  };
  const isReturned = proc.ret !== undefined && nameOf(proc.ret) !== undefined;
  const isTaken = (name: string | undefined) => name !== undefined && !GIVEN.includes(name);
  return isReturned || proc.params.some(({ ty }) => isTaken(nameOf(ty)));
}

/** Handles of what the environment has. */
const GIVEN: readonly string[] = ["Mem", "Port", "Device"];

/** Whether a process calls another, and that takes or returns a handle: both cross a bind between them. */
function passesHandle(lookup: Lookup, caller: ModelProc, callee: ModelProc): boolean {
  return lookup.calleesOf(caller).includes(callee) && hasHandles(lookup, callee);
}

function hasOperation(lookup: Lookup, proc: ModelProc): boolean {
  return allStatements(proc.body).flatMap(expressionsOf).flatMap(callsIn).some((call) =>
    lookup.meaningOf(proc, call).kind === "operation"
  );
}

function isOrHolds(type: ModelType | undefined): boolean {
  return type?.kind === "handle" || (type?.kind === "array" && isOrHolds(type.element));
}
