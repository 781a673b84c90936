/**
 * The report of a comparison as text: unified, or side by side.
 *
 * @module
 */
import type { DiffCount, Difference, DiffRecord, DiffReport, DiffTopic } from "../../api/diff.ts";
import { parsePlain } from "../../api/input.ts";
import { renderContent, renderMemberPath } from "../../api/notation.ts";
import type { Places } from "../../api/places.ts";
import { type Line, line } from "../text/style.ts";
import { cut, displayWidth } from "../text/width.ts";
import { renderEventLine } from "./event.ts";
import { renderPayloadText } from "./payload.ts";

/** The names of the two sides. */
export interface DiffNames {
  readonly left: string;
  readonly right: string;
}

/** How a report is drawn. */
export interface DiffView {
  /** The places of either side's program. */
  readonly places: { readonly left: Places; readonly right: Places };
  /** Columns of the side by side view; without them it is unified. */
  readonly width: number | undefined;
}

/** The report. */
export function renderDiff(
  report: DiffReport,
  names: DiffNames,
  view: DiffView,
): readonly Line[] {
  if (report.same) return [line(sameText(report, names)), ...notes(report, names)];
  if (report.differences.length === 0) {
    const heading = `${names.left} and ${names.right} agree as far as they go`;
    return [line(heading, "strong"), ...notes(report, names)];
  }
  return [
    line(`${names.left} and ${names.right} differ in ${whatDiffers(report)}`, "strong"),
    ...causeLines(report),
    line(`--- ${names.left}`, "left"),
    line(`+++ ${names.right}`, "right"),
    ...report.before.map((event) => line(`  ${renderEventLine(event, view.places.left)}`, "quiet")),
    ...report.differences.flatMap((difference) =>
      view.width === undefined
        ? unified(difference, view.places)
        : sideBySide(difference, view.places, view.width)
    ),
    ...untold(report),
    ...summary(report),
    ...notes(report, names),
  ];
}

/** What differs, as far as the level looks. */
function whatDiffers(report: DiffReport): string {
  const { level, counts } = report;
  if (level === "bytes") return "their bytes";
  const topics = level === "trace"
    ? Object.entries(TOPICS).flatMap(([topic, title]) => topic in counts ? [title] : [])
    : [...outcomeDifferences(report), ..."effects" in counts ? ["effects"] : []];
  return topics.join(", ").replace(/, ([^,]*)$/, " and $1");
}

function outcomeDifferences({ left, right, counts }: DiffReport): readonly string[] {
  if (left?.kind !== "outcome" || right?.kind !== "outcome") {
    return "outcome" in counts ? ["outcome"] : [];
  }
  const isSame = (a: unknown, b: unknown) => renderContent(a) === renderContent(b);
  return [
    ...left.status === right.status ? [] : ["status"],
    ...left.error?.kind === right.error?.kind || left.status !== right.status ? [] : ["failure"],
    ...isSame(left.returned, right.returned) ? [] : ["returned value"],
  ];
}

/** The first thing that the two were given differently. If there is none, at most one of them can be an execution. */
function causeLines({ cause, level, incomplete, left, right }: DiffReport): readonly Line[] {
  if (level === "bytes" || left === undefined || right === undefined) return [];
  if (cause === undefined) {
    return incomplete.length > 0 ? [] : [
      line(
        "first cause: none; program, input and version are the same, so one log is of no execution",
      ),
    ];
  }
  const { kind, name } = cause;
  const of = (given: string | undefined) =>
    given === undefined ? "nothing" : cut(given, { start: 0, end: 0 }, CAUSE_COLUMNS).text;
  const what = name === undefined ? kind : `${kind} ${name}`;
  return [line(`first cause: ${what}: ${of(cause.left)} and ${of(cause.right)}`)];
}

/** Columns of each of the two things that were given. */
const CAUSE_COLUMNS = 60;

function sameText(report: DiffReport, names: DiffNames): string {
  const { left, right } = names;
  switch (report.level) {
    case "observational":
      return `${left} and ${right} are equivalent: ${sameOutcome(report)}`;
    case "trace":
      return `${left} and ${right} have the same events`;
    case "bytes":
      return `${left} and ${right} are equal`;
  }
}

function sameOutcome({ left }: DiffReport): string {
  return left?.kind === "outcome" && left.error !== undefined
    ? `same status, failure (${left.error.kind}) and effects`
    : "same status, returned value and effects";
}

function notes(
  { incomplete, traceDiffersFrom, givenUp }: DiffReport,
  names: DiffNames,
): readonly Line[] {
  const lines = incomplete.map((side) =>
    line(`note: ${names[side]} is incomplete: it has no outcome, so it is equivalent to no run`)
  );
  if (traceDiffersFrom !== undefined) {
    lines.push(
      line(`note: their events differ from event ${traceDiffersFrom} on; --level trace shows them`),
    );
  }
  if (givenUp > 0) {
    lines.push(
      line(
        `note: they differ so much in ${givenUp} ${
          givenUp === 1 ? "place" : "places"
        } that there may be an alignment with fewer differences`,
      ),
    );
  }
  return lines;
}

function heading({ topic, field }: Difference): Line {
  return line(`@@ ${topic}${field === "" ? "" : `: ${renderMemberPath(field)}`} @@`, "heading");
}

function unified(difference: Difference, places: DiffView["places"]): readonly Line[] {
  const { left, right } = difference;
  return [
    heading(difference),
    ...(left === undefined ? [] : [line(`- ${recordText(left, places.left)}`, "left")]),
    ...(right === undefined ? [] : [line(`+ ${recordText(right, places.right)}`, "right")]),
  ];
}

function sideBySide(
  difference: Difference,
  places: DiffView["places"],
  width: number,
): readonly Line[] {
  const half = Math.floor((width - 3) / 2);
  const left = wrapped(difference.left, places.left, half);
  const right = wrapped(difference.right, places.right, half);
  const rows = Array.from({ length: Math.max(left.length, right.length) }, (_, row) => {
    const text = left[row] ?? "";
    const padding = " ".repeat(Math.max(0, half - displayWidth(text)));
    return line(`${text}${padding} | ${right[row] ?? ""}`.trimEnd());
  });
  return [heading(difference), ...rows];
}

/** An event over several lines: number and kind first, then one member a line. */
function wrapped(
  record: DiffRecord | undefined,
  places: Places,
  width: number,
): readonly string[] {
  if (record === undefined) return [];
  const parts = recordText(record, places).trimStart().split(/ +(?=[a-z_]+=)| {2}(?=\S)/);
  return parts.map((part, index) => {
    const indented = index === 0 ? part : `  ${part}`;
    return cut(indented, { start: 0, end: 0 }, width).text;
  });
}

function recordText({ event, text }: DiffRecord, places: Places): string {
  return event === undefined ? summaryText(text) : renderEventLine(event, places);
}

/** A record of a summary trace, a word and JSON, in the notation; any other text, which is a line that is no event, as it is. */
function summaryText(text: string): string {
  const [, word = "", json = ""] = /^(effect|outcome) (\{.*)$/s.exec(text) ?? [];
  const parsed = parsePlain(json);
  return parsed.ok ? `${word} ${renderSummary(parsed.value)}` : text;
}

function renderSummary(content: unknown): string {
  if (typeof content !== "object" || content === null) return renderContent(content);
  return Object.entries(content).map(([name, member]) =>
    name === "payload" && typeof member === "string"
      ? `payload=${renderPayloadText(member)}`
      : `${name}=${renderContent(member)}`
  ).join(" ");
}

/** How many differences are counted but not shown. Differences of numbering are not listed, except the very first difference. */
function untold({ counts, differences }: DiffReport): readonly Line[] {
  let rest = 0;
  for (const [topic, count] of Object.entries(counts)) {
    if (topic === "numbering") continue;
    rest += sum(count) - differences.filter((shown) => shown.topic === topic).length;
  }
  return rest === 0 ? [] : [line(`… and ${rest} more; --limit shows them`, "quiet")];
}

function sum({ changed, onlyLeft, onlyRight }: DiffCount): number {
  return changed + onlyLeft + onlyRight;
}

const TOPICS: { readonly [T in DiffTopic]: string } = {
  input: "program or input",
  effects: "effects",
  values: "values",
  constraints: "constraints",
  resources: "resources",
  control: "control flow",
  outcome: "outcome",
  numbering: "only places, indices, ids",
  other: "other",
};

function summary({ counts, left, right }: DiffReport): readonly Line[] {
  const lines = [
    line(
      `${"".padEnd(26)}${"changed".padStart(9)}${"only ---".padStart(10)}${
        "only +++".padStart(10)
      }`,
      "quiet",
    ),
  ];
  for (const [topic, title] of Object.entries(TOPICS)) {
    const count = Object.entries(counts).find(([counted]) => counted === topic)?.[1];
    if (count === undefined) continue;
    const numbers = `${String(count.changed).padStart(9)}${String(count.onlyLeft).padStart(10)}${
      String(count.onlyRight).padStart(10)
    }`;
    lines.push(line(`  ${title.padEnd(24)}${numbers}`));
  }
  if (left?.kind === "outcome" && right?.kind === "outcome" && left.ticks !== right.ticks) {
    lines.push(line(`  ticks: ${left.ticks} and ${right.ticks}`));
  }
  return lines;
}
