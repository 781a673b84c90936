/**
 * The operations that draft v0.2 of the language adds to the K regime: memory, threads, locks, files and devices. Each is meant only
 * where no process of the program has its name.
 *
 * @module
 */

const DRAFT_OPERATIONS: ReadonlySet<string> = new Set([
  "alloc",
  "free",
  "load",
  "store",
  "spawn",
  "join",
  "mutex_new",
  "mutex_lock",
  "mutex_unlock",
  "open",
  "read",
  "write",
  "close",
  "io_read",
  "io_write",
  "mmio_read",
  "mmio_write",
  "unsafe",
]);

/** Whether a call of this name means an operation of the draft, unless a process has the name. */
export function isDraftOperation(name: string): boolean {
  return DRAFT_OPERATIONS.has(name);
}
