/**
 * Violations of the rules for handles that are certain without running: those that every run from an entry meets, whatever its
 * arguments and its environment (MEM-02 to MEM-04, MEM-07, RES-08, X-55). What only some runs meet is found by those runs.
 *
 * @module
 */
import type { Diagnostic } from "../diagnostic/failure.ts";
import { entryCandidates, reachableProcs } from "../dir/lookup.ts";
import { usesOperations } from "../dir/operations.ts";
import type { Program } from "../dir/model.ts";
import { violationOf } from "./broken_handles.ts";
import { reportedViolations } from "./check.ts";
import { HandleWalk } from "./handle_walk.ts";
import { Report } from "./report.ts";

/**
 * The violations that every run from the entry meets, in document order; none if a static rule is violated, or if `entry` does not
 * name one K process. They are those on the path that all runs share: it ends at the first statement that may return or may not,
 * and after 10,000 statements, and nothing is said of a handle that may have been ended or may not. No run is refused for them before
 * it meets one.
 *
 * @example
 * ```ts
 * import { certainViolations, load } from "../../mod.ts";
 * const text = `{"forges":[{"name":"F","shapes":[],"binds":[],"procs":[{"regime":"K","name":"main","params":[],
 *   "uses":[],"ret":"i64","qualifiers":[],"body":[{"Let":{"name":"p","expr":"alloc(8)"}},{"Return":{"expr":"0"}}]}]}]}`;
 * const program = load([{ name: "demo", text }]);
 * if (!program.ok) throw new Error();
 * const [leak] = certainViolations(program.value);
 * if (leak?.code !== "DR0908") throw new Error();
 * ```
 */
export function certainViolations(program: Program, entry = "main"): readonly Diagnostic[] {
  if (reportedViolations(program).length > 0) return [];
  const [proc, other] = entryCandidates(program, entry);
  if (proc?.regime !== "K" || other !== undefined) return [];
  if (!reachableProcs(proc).some(usesOperations)) return [];
  const report = new Report(program);
  for (const broken of new HandleWalk().run(proc)) report.add(broken.at, violationOf(broken));
  return report.inOrder().map(({ diagnostic }) => diagnostic);
}
