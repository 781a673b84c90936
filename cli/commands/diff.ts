/**
 * `dustrun diff A B`: exits 0 when they are equal at the requested level, 1 when they differ.
 *
 * @module
 */
import {
  diffLogs,
  type DiffOptions,
  type DiffReport,
  diffTraces,
  type TraceSide,
} from "../../api/diff.ts";
import { Bug } from "../../api/bug.ts";
import { Places, placesOf } from "../../api/places.ts";
import { encodeWireValue } from "../../api/values.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { EXIT_DIFFERENT, EXIT_INCOMPLETE } from "../host/exit_codes.ts";
import { Fault } from "../host/fault.ts";
import { type Io, isColored } from "../host/io.ts";
import {
  type LogOperand,
  openTrace,
  readSummary,
  type SummaryOperand,
  type UnreadText,
} from "../input/trace_operand.ts";
import { damagedLog, refuseDamaged } from "../input/log_operand.ts";
import { paintLines } from "../text/style.ts";
import { renderDiff } from "../render/diff.ts";
import { shownJson } from "../text/shown.ts";

/** Compares two operands and prints the report. */
export function run(args: ArgumentsOf<"diff">, io: Io): number {
  const options = readOptions(args);
  const opened: (LogOperand | UnreadText)[] = [];
  try {
    for (const name of args.operands) opened.push(openTrace(name, args, io));
    io.drop("read", "write");
    const verified = args.full || opened.every(isShort) || opened.some(isSummary);
    const [left, right] = opened.map((operand) => operandOf(operand, verified));
    if (left === undefined || right === undefined) throw new Bug("diff takes two operands");
    const report = compare(left, right, { ...options, verified });
    const { damage } = report;
    if (damage !== undefined) throw damagedLog({ left, right }[damage.side].path, damage);
    return printReport({ left, right, report }, args, io);
  } finally {
    for (const operand of opened) if (operand.kind === "log") operand.source.close();
  }
}

/** The two operands and the report on them. */
interface Compared {
  readonly left: Operand;
  readonly right: Operand;
  readonly report: DiffReport;
}

function printReport({ left, right, report }: Compared, args: ArgumentsOf<"diff">, io: Io): number {
  const names = { left: left.path, right: right.path };
  if (args.json) io.stdout(shownJson(encodeWireValue({ ...names, report })));
  else if (!args.quiet) {
    const width = isSideBySide(args, io) ? Math.max(io.columns, SIDE_COLUMNS_MIN) : undefined;
    const places = { left: placesIn(left), right: placesIn(right) };
    io.stdout(paintLines(renderDiff(report, names, { places, width }), isColored(io)));
  }
  if (report.level !== "bytes" && report.incomplete.length > 0) return EXIT_INCOMPLETE;
  return report.same ? 0 : EXIT_DIFFERENT;
}

/** A summary trace names no places. */
function placesIn(operand: Operand): Places {
  return operand.kind === "log" ? placesOf(operand.source) : new Places(() => undefined);
}

type Operand = LogOperand | SummaryOperand;

/** Logs up to this size are verified first: that takes a fifth of a second. In longer ones the blocks are checked that are read. */
const SHORT_BYTES_MAX = 8 * 1024 * 1024;

function isShort(opened: LogOperand | UnreadText): boolean {
  return opened.kind === "log" && opened.source.size() <= SHORT_BYTES_MAX;
}

/** What is compared with a summary is read by its effects, not by its blocks. */
function isSummary(opened: LogOperand | UnreadText): boolean {
  return opened.kind === "text";
}

function operandOf(opened: LogOperand | UnreadText, verified: boolean): Operand {
  if (opened.kind === "text") return readSummary(opened);
  if (verified) refuseDamaged({ path: opened.path, log: opened.source });
  return opened;
}

function compare(left: Operand, right: Operand, options: DiffOptions): DiffReport {
  if (left.kind === "log" && right.kind === "log") {
    return diffLogs(left.source, right.source, options);
  }
  if (options.level === "bytes") {
    throw new Fault({
      code: "DR1303",
      message: "a summary trace is compared by its content, not by its bytes",
      place: "--level",
      help: "cmp compares files",
    });
  }
  return diffTraces(sideOf(left), sideOf(right), options);
}

function sideOf(operand: Operand): TraceSide {
  return operand.kind === "log"
    ? { kind: "log", source: operand.source }
    : { kind: "summary", trace: operand.trace };
}

function readOptions(args: ArgumentsOf<"diff">): DiffOptions {
  const { context, limit, level } = args;
  return {
    ...(level === undefined ? {} : { level }),
    ignore: args.ignore,
    ...(context === undefined ? {} : { context }),
    ...(limit === undefined ? {} : { limit }),
    full: args.full,
  };
}

/** In fewer columns the two sides are not readable. */
const SIDE_COLUMNS_MIN = 120;

function isSideBySide(args: ArgumentsOf<"diff">, io: Io): boolean {
  const view = args.view;
  if (view !== undefined) return view === "side";
  return io.isStdoutTerminal && io.columns >= SIDE_COLUMNS_MIN;
}
