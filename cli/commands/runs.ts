/**
 * `dustrun runs`: lists the runs of the store, reading the beginning and the end of each log; and removes runs.
 *
 * @module
 */
import { type ListedRun, summarizeRun } from "../../api/log.ts";
import { listRuns } from "../../api/runs.ts";
import { renderWireValue } from "../../api/notation.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { Fault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import { storeOf } from "../input/store_folder.ts";
import { tableLines } from "../text/table.ts";
import { shownJson, shownLines } from "../text/shown.ts";

/** Lists runs, the latest one last; or removes some. */
export async function run(args: ArgumentsOf<"runs">, io: Io): Promise<number> {
  const [action, ...references] = args.operands;
  if (action === undefined) return list(args, io);
  const { collect, removeNamed } = await import("./remove_runs.ts");
  if (action === "rm") return removeNamed(references, args, io);
  if (action === "gc" && references.length === 0) return collect(args, io);
  throw new Fault({
    code: "DR1304",
    message: `there is no action ${JSON.stringify([action, ...references].join(" "))}`,
    place: "runs",
    help: "dustrun runs, dustrun runs rm RUN…, or dustrun runs gc",
  });
}

function list(args: ArgumentsOf<"runs">, io: Io): number {
  io.drop("write");
  const runs = listRuns(storeOf(args)).slice(-(args.last ?? Infinity)).map(summarizeRun);
  if (args.json) {
    for (const listed of runs) io.stdout(shownJson(JSON.stringify(toJson(listed))));
  } else if (runs.length === 0) {
    if (!args.quiet) io.stderr(shownLines([`there are no runs in ${storeOf(args)}`]));
  } else {
    const rows = [["run", "program", "entry", "events", "outcome"], ...runs.map(rowOf)];
    io.stdout(shownLines(tableLines(rows)));
  }
  return 0;
}

function rowOf({ number, label, form, summary }: ListedRun): string[] {
  const name = String(number);
  if (form !== undefined) {
    return [name, label, "", "", `${form.format}, of dustrun ${form.version}`];
  }
  if (!summary.ok) return [name, label, "", "", `damaged: ${summary.failure.reason}`];
  if (summary.value === undefined) return [name, label, "", "0", "nothing was written"];
  const { header, events } = summary.value;
  return [name, label, header.entry, String(events), stateOf(summary.value)];
}

type Summary = Exclude<Extract<ListedRun["summary"], { ok: true }>["value"], undefined>;

/** The outcome of the run in a few words. */
function stateOf({ outcome, unfinished, torn }: Summary): string {
  const tail = torn === 0 ? "" : "; its last line is torn";
  if (outcome === undefined) return `unfinished${tail}`;
  const { status, returned, error } = outcome;
  const result = returned === undefined ? "" : ` ${renderWireValue(returned)}`;
  const reason = error === undefined ? "" : ` (${error.kind})`;
  return `${status}${result}${reason}${unfinished === undefined ? "" : `; ${unfinished}`}${tail}`;
}

function toJson({ number, label, path, form, summary }: ListedRun): unknown {
  if (form !== undefined) return { run: number, label, path, status: "earlier form", ...form };
  if (!summary.ok) return { run: number, label, path, status: "damaged", damage: summary.failure };
  if (summary.value === undefined) return { run: number, label, path, status: "empty", events: 0 };
  const { header, events, bytes, outcome, unfinished, torn } = summary.value;
  return {
    run: number,
    label,
    path,
    status: outcome?.status ?? "unfinished",
    error: outcome?.error?.kind,
    entry: header.entry,
    mode: header.mode,
    semantics: header.semantics,
    program: header.program,
    events,
    bytes,
    effects: outcome?.effects,
    unfinished,
    torn,
  };
}
