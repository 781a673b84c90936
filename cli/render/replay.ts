/**
 * The report of a replay as text.
 *
 * @module
 */
import type { Mark } from "../../api/diagnostics.ts";
import type { Diverged, ReplayReport, SummaryReplayReport } from "../../api/replay.ts";
import { renderContent, renderMemberPath, renderPlace } from "../../api/notation.ts";
import type { Places } from "../../api/places.ts";
import type { WireEvent } from "../../api/values.ts";
import { countOf } from "../text/count.ts";
import { type Line, line } from "../text/style.ts";
import { renderEventLine } from "./event.ts";
import { renderPayloadText } from "./payload.ts";

/** The report on a log; `places` are those of the program that was executed. */
export function renderReplay(
  path: string,
  report: ReplayReport,
  places: Places,
): readonly Line[] {
  const lines = [...renderVerdict(path, report, places)];
  if (!report.sameProgram) {
    lines.push(line("note: the program executed is not byte for byte the one that the log names"));
  }
  if (report.tornBytes > 0) {
    lines.push(line(`note: ${report.tornBytes} bytes after the last whole line were not read`));
  }
  return lines;
}

function renderVerdict(path: string, report: ReplayReport, places: Places): readonly Line[] {
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
            : `the run would continue with ${renderEventLine(report.next, places).trimStart()}`,
        ),
      ];
    case "diverged":
      return renderDivergence(path, report, places);
  }
}

function renderDivergence(
  path: string,
  divergence: Diverged,
  places: Places,
): readonly Line[] {
  const { seq, offset, before, expected, recorded, cause, field } = divergence;
  const heading = `${path}: diverges at event ${seq} (line ${divergence.line}, byte ${offset})`;
  return [
    line(heading, "strong"),
    ...renderMark(divergence.place),
    ...before.map((event) => line(`         ${renderEventLine(event, places)}`, "quiet")),
    line(
      `expected ${eventOr(expected, { places, otherwise: "nothing: the run has ended" })}`,
      "right",
    ),
    line(
      `recorded ${eventOr(recorded, { places, otherwise: `no event: ${divergence.unreadable}` })}`,
      "left",
    ),
    ...(field === "" ? [] : [
      line(
        `field    ${renderMemberPath(field)}: expected ${memberText(expected, field)}, recorded ${
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
  if (at === undefined) return "nothing";
  return typeof at === "string" ? JSON.stringify(at) : renderContent(at);
}

function eventOr(
  event: WireEvent | undefined,
  { places, otherwise }: { readonly places: Places; readonly otherwise: string },
): string {
  return event === undefined ? otherwise : renderEventLine(event, places);
}

function renderMark(mark: Mark | undefined): readonly Line[] {
  if (mark === undefined) return [];
  return [line(`  --> ${renderPlace(mark)}`), line(`   |  ${mark.text}`)];
}

/** The report on a summary trace. */
export function renderSummaryReplay(path: string, report: SummaryReplayReport): readonly Line[] {
  if (report.verdict === "reproduced") {
    return [line(`${path}: reproduced: ${countOf(report.effects, "effect")}`)];
  }
  const { field, before, expected, recorded, cause } = report;
  return [
    line(`${path}: diverges at ${renderMemberPath(field)}`, "strong"),
    ...renderMark(report.place),
    ...before.map(({ kind, payload }) =>
      line(`         ${kind} ${renderPayloadText(payload)}`, "quiet")
    ),
    line(`expected ${memberText(expected, "")}`, "right"),
    line(`recorded ${memberText(recorded, "")}`, "left"),
    line(`cause    ${cause.class}: ${cause.evidence}`),
  ];
}
