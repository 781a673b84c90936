/**
 * The report of a replay as text.
 *
 * @module
 */
import type { Mark } from "../../api/diagnostics.ts";
import type { Diverged, ReplayReport, SummaryReplayReport } from "../../api/replay.ts";
import { encodeWireValue, type WireEvent } from "../../api/values.ts";
import { countOf } from "../text/count.ts";
import { type Line, line } from "../text/style.ts";
import { renderEventLine } from "./event.ts";

/** The report on a log. */
export function renderReplay(path: string, report: ReplayReport): readonly Line[] {
  const lines = [...renderVerdict(path, report)];
  if (!report.sameProgram) {
    lines.push(line("note: the program executed is not byte for byte the one that the log names"));
  }
  if (report.tornBytes > 0) {
    lines.push(line(`note: ${report.tornBytes} bytes after the last whole line were not read`));
  }
  return lines;
}

function renderVerdict(path: string, report: ReplayReport): readonly Line[] {
  switch (report.verdict) {
    case "reproduced":
      return [
        line(`${path}: reproduced: ${countOf(report.events, "event")}, ${report.outcome.status}`),
      ];
    case "prefix":
      return [
        line(
          `${path}: reproduced as far as it goes: it stops after ${
            countOf(report.stoppedAt, "line")
          }`,
        ),
        line(
          report.next === undefined
            ? "what follows is not known: the log lacks part of its header"
            : `the run would continue with ${renderEventLine(report.next).trimStart()}`,
        ),
      ];
    case "diverged":
      return renderDivergence(path, report);
  }
}

function renderDivergence(path: string, divergence: Diverged): readonly Line[] {
  const { seq, offset, before, expected, recorded, cause, field } = divergence;
  const heading = `${path}: diverges at event ${seq} (line ${divergence.line}, byte ${offset})`;
  return [
    line(heading, "strong"),
    ...renderPlace(divergence.place),
    ...before.map((event) => line(`         ${renderEventLine(event)}`, "quiet")),
    line(`expected ${eventOr(expected, "nothing: the run has ended")}`, "right"),
    line(`recorded ${eventOr(recorded, `no event: ${divergence.unreadable}`)}`, "left"),
    ...(field === "" ? [] : [
      line(
        `field    ${field}: expected ${memberText(expected, field)}, recorded ${
          memberText(recorded, field)
        }`,
      ),
    ]),
    line(`cause    ${cause.class}: ${cause.evidence}`),
  ];
}

/** The member at a path such as `bound.value.Int` or `skip[0]`. */
function memberText(content: unknown, path: string): string {
  let at = content;
  for (const name of path.split(/[.[\]]+/).filter((part) => part !== "")) {
    at = typeof at === "object" && at !== null ? Reflect.get(at, name) : undefined;
  }
  return at === undefined ? "nothing" : encodeWireValue(at);
}

function eventOr(event: WireEvent | undefined, otherwise: string): string {
  return event === undefined ? otherwise : renderEventLine(event);
}

function renderPlace(place: Mark | undefined): readonly Line[] {
  if (place === undefined) return [];
  const { artifact, column, path, text } = place;
  return [line(`  --> ${artifact}:${place.line}:${column} ${path}`), line(`   |  ${text}`)];
}

/** The report on a summary trace. */
export function renderSummaryReplay(path: string, report: SummaryReplayReport): readonly Line[] {
  if (report.verdict === "reproduced") {
    return [line(`${path}: reproduced: ${countOf(report.effects, "effect")}`)];
  }
  const { field, before, expected, recorded, cause } = report;
  return [
    line(`${path}: diverges at ${field}`, "strong"),
    ...renderPlace(report.place),
    ...before.map(({ kind, payload }) => line(`         ${kind} ${payload}`, "quiet")),
    line(`expected ${memberText(expected, "")}`, "right"),
    line(`recorded ${memberText(recorded, "")}`, "left"),
    line(`cause    ${cause.class}: ${cause.evidence}`),
  ];
}
