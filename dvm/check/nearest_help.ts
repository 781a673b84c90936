/**
 * Help for paths that name no process.
 *
 * @module
 */
import { nameInPath, nearestProcs, procPath } from "../dir/lookup.ts";
import type { Program } from "../dir/model.ts";

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
