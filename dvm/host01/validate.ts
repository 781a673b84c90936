/**
 * The checks of the upstream executor before a run: there is a forge, names are not blank, regimes are known, and the entry
 * exists.
 *
 * @module
 */
import { type Result, success } from "../base/result.ts";
import type { Regime } from "../dir/model.ts";
import { referencesOf } from "../dir/reference.ts";
import { type HostFailure, hostFailure } from "./failure.ts";
import type { HostForge, HostProc, HostProgram } from "./model.ts";
import { trimWhiteSpace } from "./rust_text.ts";

/** The entry of a run, and its location. */
export interface HostEntry {
  readonly forge: HostForge;
  readonly proc: HostProc;
  readonly regime: Regime;
  /** How events name the process. */
  readonly reference: string;
  /** DIR path, `forges[0].procs[2]`. */
  readonly path: string;
}

/** Validates a program; fails with its first fault, in document order. */
export function validateHostProgram(program: HostProgram): Result<HostProgram, HostFailure> {
  if (program.forges.length === 0) return hostFailure("DR1202", "program has no forges");
  for (const { name, procs } of program.forges) {
    if (isBlank(name)) return hostFailure("DR1202", "forge name is empty");
    for (const proc of procs) {
      if (isBlank(proc.name)) return hostFailure("DR1202", "proc name is empty");
      if (!isRegime(proc.regime)) return hostFailure("DR1202", `unknown regime: ${proc.regime}`);
    }
  }
  return success(program);
}

/** The first process with exactly this name, in document order. */
export function findHostEntry(program: HostProgram, name: string): HostEntry | undefined {
  const entries = entriesOf(program);
  const found = entries.findIndex(({ proc }) => proc.name === name);
  const entry = entries[found];
  const reference = referencesOf(
    entries.map(({ forge, regime, proc }) => ({ forge: forge.name, regime, name: proc.name })),
  )[found];
  return entry === undefined || reference === undefined ? undefined : { ...entry, reference };
}

/** Every process, in document order. */
function entriesOf({ forges }: HostProgram): Omit<HostEntry, "reference">[] {
  return forges.flatMap((forge, forgeIndex) =>
    forge.procs.flatMap((proc, procIndex) => {
      const { regime } = proc;
      const path = `forges[${forgeIndex}].procs[${procIndex}]`;
      return isRegime(regime) ? [{ forge, proc, regime, path }] : [];
    })
  );
}

function isRegime(regime: string): regime is Regime {
  return regime === "K" || regime === "Q" || regime === "Φ";
}

function isBlank(name: string): boolean {
  return trimWhiteSpace(name) === "";
}
