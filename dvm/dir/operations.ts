/**
 * Which callees are operations of draft v0.2: by name where no process of the program has it, and the memory statements in any
 * program.
 *
 * @module
 */
import { procsNamed } from "./lookup.ts";
import {
  type Callee,
  type EffectOperation,
  type MemoryOperation,
  type Operation,
  OPERATIONS,
  type Proc,
  type Program,
} from "./model.ts";

/** The callee of the call that a memory statement is. No identifier begins like this. */
export function statementCallee(operation: MemoryOperation): string {
  return `#${operation}`;
}

/** The name of an operation, from the callee of a call of it. */
export function operationName(callee: string): string {
  return callee.startsWith("#") ? callee.slice(1) : callee;
}

/** The operation that the path of a call means; `undefined` where it means none. */
export function operationOf(program: Program, path: string): Callee | undefined {
  const name = OPERATIONS.find((known) => known === operationName(path));
  if (name === undefined) return undefined;
  return name !== path || procsNamed(program, name).length === 0
    ? { kind: "operation", name }
    : undefined;
}

/** Whether the body of a process has an operation. */
export function usesOperations(proc: Proc): boolean {
  for (const { kind } of proc.callees.values()) if (kind === "operation") return true;
  return false;
}

/** Whether the body of a process has an operation that is an effect. */
export function hasEffectOperation({ callees }: Proc): boolean {
  for (const callee of callees.values()) {
    if (callee.kind === "operation" && isEffectOperation(callee.name)) return true;
  }
  return false;
}

/** Whether an operation is an effect: what it writes leaves the run. */
export function isEffectOperation(name: Operation): name is EffectOperation {
  return name === "write" || name === "io_write" || name === "mmio_write";
}
