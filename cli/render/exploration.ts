/**
 * What the schedules of a program do, as text and as JSON.
 *
 * @module
 */
import type { ScheduleEnd, ScheduleReport } from "../../api/explore.ts";
import { renderWireValue } from "../../api/notation.ts";
import type { Places } from "../../api/places.ts";
import { encodeWireValue } from "../../api/values.ts";
import { countOf } from "../text/count.ts";
import { type Shown, shownJson, shownLines } from "../text/shown.ts";
import { tableLines } from "../text/table.ts";

/** A report, and what was written of it. */
export interface LoggedReport {
  readonly report: ScheduleReport;
  /** The operands that name the logs of the first schedules, kind by kind; there may be fewer than kinds. */
  readonly runs: readonly string[];
  /** What follows an operand to name its store: ` --store out`, or nothing. */
  readonly storeWords: string;
  /** How many seeds were tried; `undefined` where it is no sample. */
  readonly seeds: number | undefined;
}

/** The counts, a line for each kind of outcome, and what follows from them. */
export function renderExploration(logged: LoggedReport, places: Places): Shown {
  const { report, runs, seeds } = logged;
  const noun = nounOf(seeds);
  const rows = report.ends.map((end, index) => {
    const run = runs[index];
    return [
      `  ${countOf(end.schedules, noun)}`,
      run === undefined ? "no log" : `run ${run}`,
      renderEnd(end, places),
    ];
  });
  return shownLines([renderCounts(logged), ...tableLines(rows), ...renderVerdict(logged)]);
}

/** In a sample, orders of dispatches are told apart, whether or not they are equivalent. */
function nounOf(seeds: number | undefined): string {
  return seeds === undefined ? "schedule" : "order";
}

function renderCounts({ report, seeds }: LoggedReport): string {
  const { schedules, cut, isComplete } = report;
  const ended = countOf(schedules, "schedule");
  const others = cut === 0 ? "" : `; ${countOf(cut, "other")} cut at max_ticks`;
  if (seeds !== undefined) {
    return `${countOf(schedules, "different order")} for ${countOf(seeds, "seed")}${others}`;
  }
  if (!isComplete) return `the first ${ended}${others}; there are more, see --max-schedules`;
  return cut === 0
    ? `${ended}, up to the order of independent steps; there are no others`
    : `${ended}, up to the order of independent steps${others}`;
}

function renderEnd({ outcome, effects }: ScheduleEnd, places: Places): string {
  const { error, returned } = outcome;
  if (error !== undefined) {
    const place = places.path(error.where);
    return `${error.code}: ${error.message}${place === undefined ? "" : ` (${place})`}`;
  }
  const result = returned === undefined ? "nothing" : renderWireValue(returned);
  const performed = effects.slice(0, EFFECTS_SHOWN)
    .map(({ kind, value }) => `${kind} ${renderWireValue(value)}`);
  if (effects.length > EFFECTS_SHOWN) performed.push("…");
  return [`returned ${result}`, ...performed].join("; ");
}

/** How many effects of a kind of outcome are shown. */
const EFFECTS_SHOWN = 8;

function renderVerdict({ report, runs, storeWords }: LoggedReport): string[] {
  const { schedules, cut, isComplete, ends, differ } = report;
  const [first, second] = runs;
  const failed = ends.findIndex(({ outcome }) => outcome.error !== undefined);
  const why = runs[failed] === undefined
    ? []
    : [`dustrun explain ${runs[failed]}${storeWords} says why the first that fails does`];
  if (differ) {
    const compared = first === undefined || second === undefined
      ? []
      : [`dustrun diff ${first} ${second}${storeWords} compares two of them`];
    return ["the outcome depends on the schedule (CCY-11)", ...compared, ...why];
  }
  if (schedules === 0) return ["none ended: nothing is known of the outcome"];
  if (isComplete && cut === 0) {
    return failed === 0 ? ["every schedule fails"] : ["the outcome is the same in all (CCY-11)"];
  }
  return ["no two of these differ; others may"];
}

/** The report as one line of JSON. */
export function explorationToJson({ report, runs, seeds }: LoggedReport): Shown {
  const { schedules, cut, isComplete, differ, ends } = report;
  return shownJson(encodeWireValue({
    schedules,
    cut,
    complete: isComplete,
    differ,
    ...(seeds === undefined ? {} : { seeds }),
    ends: ends.map(({ chosenBy, ...end }, index) => ({
      ...end,
      ...chosenBy,
      ...(runs[index] === undefined ? {} : { run: runs[index] }),
    })),
  }));
}
