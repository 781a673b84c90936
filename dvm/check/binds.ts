/**
 * Binds: both ends are processes, no two binds have the same ends, and the value of each clause fits its attribute (BND-03, DIR-04,
 * CTR-08). A call decides at run time whether the contract holds.
 *
 * @module
 */
import { CONTRACT_ATTRIBUTES, LATENCY, renderClause } from "../dir/contract.ts";
import { areOneEntity, nameInPath, pathList, procsNamed, resolveBindEnd } from "../dir/lookup.ts";
import type { Bind, Clause, Forge, Proc, Program } from "../dir/model.ts";
import { renderBind } from "../dir/notation.ts";
import type { Violation } from "../typing/violation.ts";
import { fullPathHelp, nearestHelp } from "./nearest_help.ts";
import type { Report } from "./report.ts";

/** Checks every bind of the program. */
export function checkBinds(program: Program, report: Report): void {
  for (const forge of program.forges) {
    for (const bind of forge.binds) {
      checkEnd(program, forge, { bind, end: "source" }, report);
      checkEnd(program, forge, { bind, end: "target" }, report);
      for (const clause of bind.clauses) checkClause(bind, clause, report);
    }
  }
  reportRepeated(program, report);
}

function checkEnd(
  program: Program,
  forge: Forge,
  { bind, end }: { readonly bind: Bind; readonly end: "source" | "target" },
  report: Report,
): void {
  const path = bind[end];
  const resolution = resolveBindEnd(program, forge, path);
  if (resolution.kind === "found") return;
  const isMissing = resolution.kind === "missing";
  if (!isMissing && areOneEntity(resolution.candidates)) return;
  const text = renderBind(bind);
  const start = end === "source" ? "bind ".length : text.length - path.length;
  const violation: Violation = {
    code: "DR0601",
    label: `${path} does not name one process`,
    ...(isMissing ? missingEnd(program, forge, path) : ambiguousEnd(path, resolution.candidates)),
  };
  report.addAt(bind.place, text, violation, { start, end: start + path.length });
}

/** A bare name may be missing in its forge although others have it. */
function missingEnd(program: Program, forge: Forge, path: string): EndFault {
  const name = nameInPath(path);
  const isElsewhere = path === name && procsNamed(program, name).length > 0;
  return {
    message: isElsewhere
      ? `no process named ${path} in forge ${forge.name}`
      : `no process named ${path}`,
    help: nearestHelp(program, path) ?? "name a process as regime::name",
  };
}

function ambiguousEnd(path: string, candidates: readonly Proc[]): EndFault {
  return {
    message: `${path} matches ${candidates.length} processes: ${pathList(candidates)}`,
    help: fullPathHelp(candidates),
  };
}

type EndFault = Pick<Violation, "message" | "help">;

function checkClause(bind: Bind, clause: Clause, report: Report): void {
  const reason = misfit(clause);
  if (reason === undefined) return;
  report.addAtClause(bind, clause, {
    code: "DR0604",
    message: `${renderClause(clause)}: ${reason}`,
    label: reason,
    help: clause.key === "latency_us"
      ? "write latency_us < N with a whole number N"
      : `write ${clause.key} == true`,
  });
}

/** Why a clause does not fit its attribute. An attribute that the language does not define is reported when a call uses the bind. */
function misfit(clause: Clause): string | undefined {
  const attribute = CONTRACT_ATTRIBUTES.find((known) => known === clause.key);
  switch (attribute) {
    case undefined:
      return undefined;
    case "latency_us":
      return LATENCY.test(clause.value) ? undefined : "a latency is a whole number of microseconds";
    case "witness_transfer":
    case "effects_allowed":
    case "linearity_enforced":
      if (clause.op !== "==") return "a boolean attribute is compared with ==";
      return clause.value === "true" || clause.value === "false"
        ? undefined
        : "the value is true or false";
  }
}

/**
 * Two binds with the same ends declare one entity twice, in whatever forges: which contract governs a call would depend on their order.
 */
function reportRepeated(program: Program, report: Report): void {
  const first = new Map<Proc, Map<Proc, Bind>>();
  for (const bind of program.forges.flatMap(({ binds }) => binds)) {
    const { sourceProc, targetProc } = bind;
    if (sourceProc === undefined || targetProc === undefined) continue;
    const targets = first.get(sourceProc) ?? new Map<Proc, Bind>();
    first.set(sourceProc, targets);
    const earlier = targets.get(targetProc);
    if (earlier === undefined) targets.set(targetProc, bind);
    else {
      report.addAt(bind.place, renderBind(bind), {
        code: "DR0205",
        message: `${renderBind(bind)} is declared twice`,
        label: "declared again here",
        help: "write all clauses in one contract",
        origin: { at: { bind: earlier }, label: "the first declaration of these ends" },
      });
    }
  }
}
