/**
 * Which callees are operations on memory (draft v0.2): by name where no process of the program has it, and the memory
 * statements in any program.
 *
 * @module
 */
import { procsNamed } from "./lookup.ts";
import {
  type Callee,
  MEMORY_OPERATIONS,
  type MemoryOperation,
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
export function memoryOperation(program: Program, path: string): Callee | undefined {
  const name = MEMORY_OPERATIONS.find((known) => known === operationName(path));
  if (name === undefined) return undefined;
  return name !== path || procsNamed(program, name).length === 0
    ? { kind: "operation", name }
    : undefined;
}

/** Whether the body of a process has an operation on memory. */
export function usesMemory(proc: Proc): boolean {
  for (const { kind } of proc.callees.values()) if (kind === "operation") return true;
  return false;
}
