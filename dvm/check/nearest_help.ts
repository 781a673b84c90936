/**
 * Help for paths that do not name one process.
 *
 * @module
 */
import { nameInPath, nearestProcs, procPath } from "../dir/lookup.ts";
import type { Proc, Program } from "../dir/model.ts";

/** Paths offered at once. */
const OFFERED_MAX = 3;

/** `did you mean compute?`, or full paths where the bare name is right; `undefined` if no process is near enough. */
export function nearestHelp(program: Program, path: string): string | undefined {
  const procs = nearestProcs(program, path);
  const [first] = procs;
  if (first === undefined) return undefined;
  const offered = first.name === nameInPath(path)
    ? procs.slice(0, OFFERED_MAX).map(procPath).join(" or ")
    : first.name;
  return `did you mean ${offered}?`;
}

/** `write the full path: B::K::f`, of the first of several candidates that has a unique path. */
export function fullPathHelp(candidates: readonly Proc[]): string {
  const unique = candidates.find((proc) =>
    candidates.filter((other) => procPath(other) === procPath(proc)).length === 1
  );
  return unique === undefined
    ? "rename or remove all but one of them: they have the same path"
    : `write the full path: ${procPath(unique)}`;
}
