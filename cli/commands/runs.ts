/**
 * `dustrun runs`: lists the runs of the store, reading the beginning and the end of each log; and removes runs.
 *
 * @module
 */
import { type ListedRun, summarizeRun } from "../../api/log.ts";
import { listRuns } from "../../api/runs.ts";
import { encodeWireValue } from "../../api/values.ts";
import { renderWireFields, renderWireValue } from "../../api/notation.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { Fault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import { storeOf } from "../input/store_folder.ts";
import { cut } from "../text/width.ts";
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
    message: action === "gc"
      ? `gc takes no run, such as ${JSON.stringify(references[0])}`
      : `runs has no action ${JSON.stringify(action)}`,
    place: "runs",
    help: "dustrun runs lists runs, dustrun runs rm RUN… removes them, dustrun runs gc tidies up",
  });
}

function list(args: ArgumentsOf<"runs">, io: Io): number {
  io.drop("write");
  const asked = [args.program, args.outcome].some((word) => word !== undefined);
  const last = args.last ?? Infinity;
  const stored = listRuns(storeOf(args));
  const runs = asked
    ? stored.map(summarizeRun).filter((listed) => isAsked(listed, args)).slice(-last)
    : stored.slice(-last).map(summarizeRun);
  if (args.json) {
    for (const listed of runs) io.stdout(shownJson(encodeWireValue(toJson(listed))));
  } else if (runs.length === 0) {
    const which = asked ? "no such runs" : "no runs";
    if (!args.quiet) io.stderr(shownLines([`there are ${which} in ${storeOf(args)}`]));
  } else {
    const rows = args.long ? [LONG_HEAD, ...runs.map(longRowOf)] : [HEAD, ...runs.map(rowOf)];
    io.stdout(shownLines(tableLines(rows)));
  }
  return 0;
}

/** Whether the filters let a run through: words that are part of its program's name and of its outcome. */
function isAsked(
  listed: ListedRun,
  { program = "", outcome = "" }: ArgumentsOf<"runs">,
): boolean {
  return listed.label.includes(program) && (rowOf(listed).at(-1) ?? "").includes(outcome);
}

const HEAD = ["run", "program", "entry", "events", "outcome"];
const LONG_HEAD = ["run", "program", "entry", "mode", "events", "size", "realized", "outcome"];

/** The row of a run with its arguments, its mode, the size of its log, and when its realization ended. */
function longRowOf(listed: ListedRun): string[] {
  const [number = "", label = "", entry = "", events = "", outcome = ""] = rowOf(listed);
  if (!listed.summary.ok || listed.summary.value === undefined) {
    return [number, label, entry, "", events, "", "", outcome];
  }
  const { header, bytes, realizedAt = "" } = listed.summary.value;
  const call = `${entry}(${renderWireFields(header.args)})`;
  const shown = cut(call, { start: 0, end: 0 }, CALL_COLUMNS_MAX).text;
  return [number, label, shown, header.mode, events, sizeOf(bytes), realizedAt, outcome];
}

/** Columns of a call in a list; of a longer one the beginning is shown. */
const CALL_COLUMNS_MAX = 40;

/** `2.6 kB`, in units of 1,000 bytes. */
function sizeOf(bytes: number): string {
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
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
  const { header, events, bytes, outcome, unfinished, realizedAt, torn } = summary.value;
  return {
    run: number,
    label,
    path,
    status: outcome?.status ?? "unfinished",
    error: outcome?.error?.kind,
    entry: header.entry,
    args: header.args,
    mode: header.mode,
    semantics: header.semantics,
    program: header.program,
    events,
    bytes,
    effects: outcome?.effects,
    unfinished,
    realizedAt,
    torn,
  };
}
