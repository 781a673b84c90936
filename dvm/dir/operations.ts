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

const SPAWN_PREFIX = "#spawn ";
const SEEDED_PREFIX = "#spawn+seed ";

/** The callee of a `spawn` of the process with this path. With a seed, that is its last argument. */
export function spawnCallee(path: string, hasSeed: boolean): string {
  return (hasSeed ? SEEDED_PREFIX : SPAWN_PREFIX) + path;
}

/** The path of the process that a `spawn` starts; `undefined` for the callee of any other call. */
export function spawnedPath(callee: string): string | undefined {
  if (!callee.startsWith("#spawn")) return undefined;
  return callee.slice((hasSeed(callee) ? SEEDED_PREFIX : SPAWN_PREFIX).length);
}

/** Whether the last argument of a `spawn` is its seed. */
export function hasSeed(callee: string): boolean {
  return callee.startsWith(SEEDED_PREFIX);
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
  for (const [path, { kind }] of proc.callees) {
    if (kind === "operation" || spawnedPath(path) !== undefined) return true;
  }
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
