/**
 * Why a run ended as it did, as text.
 *
 * @module
 */
import { parseReference } from "../../api/reference.ts";
import type { ExplainedConjunct, ExplainedRange } from "../../api/configurations.ts";
import { findCode, mainMark } from "../../api/diagnostics.ts";
import type { Evidence, LogExplanation } from "../../api/explain.ts";
import { renderPlace, renderWireFields, renderWireValue } from "../../api/notation.ts";
import type { WireEvent } from "../../api/values.ts";
import { type Line, line } from "../text/style.ts";
import { wrap } from "../text/width.ts";
import { renderPlain } from "./diagnostic.ts";
import { renderLongConflict, SHORT_CONFLICT_MAX } from "./long_conflict.ts";
import { countOf } from "../text/count.ts";

/** The explanation of a log that is reproduced, wrapped to `width` columns where it is prose. */
export function renderLogExplanation(
  path: string,
  { replay, evidence }: LogExplanation,
  width: number,
): readonly Line[] {
  if (replay.verdict !== "reproduced") return [];
  const { error, returned, status } = replay.outcome;
  if (error === undefined) {
    const value = returned === undefined ? "nothing" : renderWireValue(returned);
    return [
      line(`${path}: exists: ${status}, and returns ${value}`, "strong"),
      ...evidence.flatMap(renderEvidence),
    ];
  }
  const main = mainMark(replay.diagnostics[0]);
  const where = main === undefined ? "" : ` at ${renderPlace(main)}`;
  const entry = findCode(error.code);
  const isAbsent = error.kind === "Inadmissible" || error.kind === "ConstraintFailure";
  const verdict = isAbsent ? "does not exist" : "fails, and has no effects";
  return [
    line(`${path}: ${verdict}: ${error.kind} (${error.code})${where}`, "strong"),
    ...replay.diagnostics.flatMap((diagnostic) =>
      renderPlain(diagnostic).trimEnd().split("\n").map((text) => line(text))
    ),
    ...evidence.filter(({ kind }) => kind !== "configuration").flatMap(renderEvidence),
    ...(entry === undefined ? [] : [
      line(`the rule: ${entry.title}`, "strong"),
      ...wrap(entry.rule, width - 2).map((text) => line(`  ${text}`)),
      line(`  clauses ${entry.clauses.join(", ")}; source ${entry.spec}`, "quiet"),
    ]),
  ];
}

function renderEvidence(evidence: Evidence): readonly Line[] {
  switch (evidence.kind) {
    case "constraint":
      return [
        line(
          `event ${evidence.event.seq}: ${evidence.event.id}, ${evidence.event.reason}`,
          "heading",
        ),
        ...evidence.names.map(({ name, value }) => line(`  ${name} = ${renderWireValue(value)}`)),
      ];
    case "conflict":
      return renderConflict(evidence);
    case "configuration": {
      const { seq, proc, configuration } = evidence.event;
      const which = configuration === undefined
        ? "a configuration"
        : `the configuration (${renderWireFields(configuration)})`;
      return [line(`event ${seq}: ${phiPath(proc)} has ${which}`, "heading")];
    }
    case "contract": {
      const { seq, source, target, reason } = evidence.event;
      const when = stageText(evidence.event);
      return [
        line(
          `event ${seq}: the contract ${source} -> ${target} is not kept ${when}: ${reason}`,
          "heading",
        ),
      ];
    }
    case "resource": {
      const { seq, resource, args, reason } = evidence.event;
      return [
        line(
          `event ${seq}: ${resource}(${renderWireFields(args)}) is denied: ${reason}`,
          "heading",
        ),
      ];
    }
  }
}

/** When the check of a contract was made. */
function stageText({ stage, ticks }: Extract<Evidence, { kind: "contract" }>["event"]): string {
  switch (stage) {
    case "enter":
      return "when the call begins";
    case "during":
      return `before its statement of tick ${ticks}`;
    case "leave":
      return `when the call ends, ${countOf(ticks, "tick")} later`;
  }
}

function renderConflict(
  { event, statements, conjuncts }: Extract<Evidence, { kind: "conflict" }>,
): readonly Line[] {
  if (event.verdict === "undecided") {
    return [
      line(
        `event ${event.seq}: ${phiPath(event.proc)} is undecided after ${event.work} steps`,
        "heading",
      ),
    ];
  }
  return [
    line(
      `event ${event.seq}: ${phiPath(event.proc)} has no configuration${
        event.minimal === true
          ? "; without any one of these it may have:"
          : "; no minimal conflict was found within its budget, but these exclude one another:"
      }`,
      "heading",
    ),
    ...(statements.length > SHORT_CONFLICT_MAX
      ? renderLongConflict(statements, conjuncts)
      : statements.flatMap(({ path, place, text }) => [
        line(`  ${text === "" ? place : text}`),
        ...(text === "" ? [] : [line(`    ${place}`, "quiet")]),
        ...conjuncts.filter((each) => each.path === path).flatMap(renderConjunct),
      ])),
    ...(event.bounds ?? []).map((name) => line(`  the range of ${name}'s type`)),
    ...certificate(event),
  ];
}

/** Why the statement is part of the conflict, and the effect of changing it. */
function renderConjunct({ variables, reason, change }: ExplainedConjunct): readonly Line[] {
  return [
    line(`    ${reason}`),
    ...variables.map(({ name, here, others }) =>
      line(`    ${name}: ${renderRange(here)} here, ${renderRange(others)} by the others`)
    ),
    line(`    ${change}`),
  ];
}

function renderRange({ lo, hi }: ExplainedRange): string {
  return lo === hi ? String(lo) : `${lo} … ${hi}`;
}

/** The regime and the name of a Φ process. */
function phiPath(proc: string): string {
  return `Φ::${parseReference(proc)?.name ?? proc}`;
}

function certificate(event: Extract<WireEvent, { kind: "phi_resolved" }>): readonly Line[] {
  return event.certificate === undefined
    ? []
    : [line(`  refutation ${event.certificate}`, "quiet")];
}
