/**
 * Violations of the rules for holders that are certain without running: those that every run from an entry meets, whatever its
 * arguments (MEM-02 to MEM-04, X-55). What only some runs meet is found by those runs.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import type { Diagnostic } from "../diagnostic/failure.ts";
import { entryCandidates, reachableProcs } from "../dir/lookup.ts";
import { usesOperations } from "../dir/operations.ts";
import type { Program } from "../dir/model.ts";
import type { Violation } from "../typing/violation.ts";
import { reportedViolations } from "./check.ts";
import { holderHelp } from "./holder_help.ts";
import { type Broken, HolderWalk } from "./holder_walk.ts";
import { Report } from "./report.ts";

/**
 * The violations that every run from the entry meets, in document order; none if a static rule is violated, or if `entry` does not
 * name one K process. They are those on the path that all runs share: it ends at the first statement that may return or may not,
 * and after 10,000 statements, and nothing is said of a holder that may have been freed or may not. No run is refused for them before
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
  const walk = new HolderWalk();
  walk.run(proc);
  const report = new Report(program);
  for (const broken of walk.found) report.add(broken.at, violationOf(broken));
  return report.inOrder().map(({ diagnostic }) => diagnostic);
}

function violationOf({ kind, name, holder: { origin, freed } }: Broken): Violation {
  const made = { at: origin, label: "it was made here" };
  const story = freed === undefined ? [made] : [{ at: freed, label: "it was freed here" }, made];
  const help = holderHelp(kind, name);
  switch (kind) {
    case "use_after_free":
      return {
        code: "DR0906",
        message: `${name} is used after it was freed, in every run`,
        label: "used here",
        help,
        origin: story,
      };
    case "double_free":
      return {
        code: "DR0907",
        message: `${name} is freed twice, in every run`,
        label: "freed again here",
        help,
        origin: story,
      };
    case "leak":
      return {
        code: "DR0908",
        message: name === undefined
          ? "memory leak: what this makes is bound to no name, in every run"
          : `memory leak: ${name} still holds its region, in every run`,
        label: name === undefined ? "no name holds it" : `${name} is lost here`,
        help,
        origin: story,
      };
    default:
      return unreachable(kind);
  }
}
