/**
 * Values that are handed over and used later: the static verdict on a program, and whether some path of it has such a use.
 *
 * @module
 */
import { assertEquals } from "../../../std/assert.ts";
import { codes } from "../../support/program.ts";
import { everyWay } from "./choices.ts";
import { hasLateUse } from "./value_oracle.ts";
import { type Process, textOf } from "./value_program.ts";

/** More paths than this are not walked. */
const PATHS_MAX = 3_000;

/** Effects or returns after a return, which no path reaches. */
const UNREACHABLE = "DR0210";

/** Whether dustrun accepts the program. */
export function isAccepted(processes: readonly Process[]): boolean {
  const found = codes(textOf(processes));
  const others = found.filter((code) => code !== "DR0405" && code !== UNREACHABLE);
  assertEquals(others, [], textOf(processes));
  return !found.includes("DR0405");
}

/** Whether some path of some process has a late use; `undefined` if there are too many paths. */
export function hasLateUseOnPath(processes: readonly Process[]): boolean | undefined {
  for (const process of processes) {
    const ways = everyWay((choose) => hasLateUse(processes, process, choose), PATHS_MAX);
    if (ways === undefined) return undefined;
    if (ways.includes(true)) return true;
  }
  return false;
}

/** How a verdict on a program differs from its paths; `undefined` if it does not, or if there are too many paths to tell. */
export function valueFlowDifference(
  processes: readonly Process[],
  accepts = isAccepted,
): string | undefined {
  const refused = hasLateUseOnPath(processes);
  if (refused === undefined || accepts(processes) === !refused) return undefined;
  return refused
    ? "accepted, though a path has a late use"
    : "refused, though no path has a late use";
}
