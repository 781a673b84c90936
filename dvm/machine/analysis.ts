/**
 * What is known of a program before it runs: computed once, and read by every decision.
 *
 * @module
 */
import { memoize } from "../base/memoize.ts";
import { type Reported, reportedViolations } from "../check/check.ts";
import type { Diagnostic } from "../diagnostic/failure.ts";
import type { DiagnosticCode } from "../diagnostic/registry.ts";
import { effectsOf } from "../dir/effects.ts";
import { findShape } from "../dir/lookup.ts";
import type { Proc, Program } from "../dir/model.ts";
import type { Shape } from "../dir/type.ts";
import type { Sha256 } from "../event/input.ts";
import type { resolvePhi } from "../phi/answer/resolve.ts";
import type { WorkObserver } from "../phi/number/work_budget.ts";
import { procsOfRun } from "../regime/admission.ts";

/** A program with what the static rules say of it. */
export interface Analysis {
  readonly program: Program;
  /** Every violation of a static rule, in document order. */
  readonly violations: readonly Reported[];
  /** Whether a process has effects, its own or through calls (EFF-15). */
  readonly isEffectful: (proc: Proc) => boolean;
  /** The shapes that names mean in a process. */
  readonly findShape: (proc: Proc) => (name: string) => Shape | undefined;
  readonly sha256: Sha256;
  readonly resolvePhi: typeof resolvePhi;
  /** Observes the work of resolutions. */
  readonly observeWork: WorkObserver | undefined;
}

/** What the machine is given from outside: the host's digest, and the Φ solver, which many programs never need. */
export interface MachineTools extends Pick<Analysis, "sha256" | "resolvePhi"> {
  /** Observes the work of resolutions; what it throws ends the run. */
  readonly observeWork?: WorkObserver | undefined;
}

/** Analyses a program. */
export function analyze(
  program: Program,
  { sha256, resolvePhi, observeWork }: MachineTools,
): Analysis {
  return {
    program,
    violations: reportedViolations(program),
    isEffectful: effectsOf(program),
    findShape: shapeFinder(program),
    sha256,
    resolvePhi,
    observeWork,
  };
}

/** The shapes that names mean in each process of a program. */
export function shapeFinder(program: Program): Analysis["findShape"] {
  return memoize((proc: Proc) => (name: string) => findShape(program, proc.forge, name));
}

/**
 * The violations that stop a run from `entry`. A program linked from several artifacts may call what none or several of them define,
 * as long as the run cannot reach the call: a library is used in parts (docs/decisions/0003-linked-sets.md).
 */
export function violationsOf(
  { program, violations }: Pick<Analysis, "program" | "violations">,
  entry: Proc | undefined,
): readonly Diagnostic[] {
  if (violations.length === 0) return [];
  const reached = entry === undefined ? new Set<Proc>() : procsOfRun(program, entry);
  const stopsRun = ({ diagnostic: { code }, proc }: Reported) =>
    program.artifacts.length < 2 || !UNRESOLVED_CALLEE.has(code) ||
    (proc !== undefined && reached.has(proc));
  return violations.filter(stopsRun).map(({ diagnostic }) => diagnostic);
}

/** A call of what no artifact defines, or several define. */
const UNRESOLVED_CALLEE: ReadonlySet<string> = new Set<DiagnosticCode>([
  "DR0201",
  "DR0202",
  "DR0220",
]);
