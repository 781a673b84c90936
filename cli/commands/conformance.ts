/**
 * `dustrun conformance`: compares fixtures with their expectations and golden traces, or another backend's traces with the
 * reference execution of the same fixtures.
 *
 * @module
 */
import { pathInside } from "../../api/paths.ts";
import {
  blessedFiles,
  type CaseResult,
  type ConformanceCase,
  isFixtureText,
  parseShard,
  readFixtures,
  renderSuiteJson,
  renderSuiteJunit,
  renderSuiteTap,
  renderSuiteText,
  repeatedNames,
  reportOf,
  selectCases,
  type Shard,
  type SuiteReport,
} from "../../api/conformance.ts";
import type { Semantics } from "../../api/input.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { EXIT_DIFFERENT, EXIT_INCOMPLETE } from "../host/exit_codes.ts";
import { Fault } from "../host/fault.ts";
import { type Io, unreadable, unwritable } from "../host/io.ts";
import { Progress } from "../host/progress.ts";
import { WANTED } from "../input/file_gate.ts";
import { type FindingFormat, formatAsked } from "../input/finding_format.ts";
import { readText } from "../input/text_file.ts";
import { shownLines, shownPage } from "../text/shown.ts";
import { runInWorkers } from "./conformance_jobs.ts";
import { listLine } from "./conformance_list.ts";
import { readOptional, runTasks, tasksOf } from "./conformance_tasks.ts";

/** More workers than any machine that runs a suite has cores. */
const JOBS_MAX = 64;

/** Runs the suite and returns its exit code. */
export async function run(args: ArgumentsOf<"conformance">, io: Io): Promise<number> {
  const { filter } = args;
  const format = formatAsked(args);
  const shard = readShard(args);
  const all = args.operands.flatMap((path) => casesAt(path, semanticsAsked(args), io));
  refuseRepeated(all);
  const cases = selectCases(all, {
    ...(filter === undefined ? {} : { filter }),
    ...(shard === undefined ? {} : { shard }),
  });
  refuseNothing(all, cases, args);
  if (args.list) {
    for (const one of cases) io.stdout(listLine(one));
    return 0;
  }
  const results = await runAll(cases, args, io);
  if (args.bless) {
    bless(cases, results, io);
    return 0;
  }
  const report = reportOf(results);
  writeJunit(report, args);
  if (format === undefined) printReport(report, args, io);
  else await printFailures(report, format, io);
  return exitOf(report, args.requireAll === true);
}

/** A suite or a filter without a case would compare nothing, and succeed. A shard may be empty where there are more shards than cases. */
function refuseNothing(
  all: readonly ConformanceCase[],
  cases: readonly ConformanceCase[],
  { filter, shard, operands }: ArgumentsOf<"conformance">,
): void {
  if (all.length === 0) throw unusable(operands.join(", "), "there is no case in these fixtures");
  if (cases.length > 0 || filter === undefined) return;
  if (shard !== undefined && selectCases(all, { filter }).length > 0) return;
  throw new Fault({
    code: "DR1303",
    message: `no case has ${JSON.stringify(filter)} in its name, or covers it`,
    place: "--filter",
    help: "dustrun conformance --list prints the names and clauses of all cases",
  });
}

/**
 * 0 when some case passed and none failed: a skipped case does not count as passed, and with `requireAll` as failed. 7 when the only
 * failures are incomplete runs.
 */
function exitOf({ results, passed, failed, skipped }: SuiteReport, requireAll: boolean): number {
  if (requireAll && skipped > 0) return EXIT_DIFFERENT;
  if (failed === 0) return passed > 0 || results.length === 0 ? 0 : EXIT_DIFFERENT;
  const isIncomplete = results.every((one) => one.status !== "fail" || one.isIncomplete === true);
  return isIncomplete ? EXIT_INCOMPLETE : EXIT_DIFFERENT;
}

function semanticsAsked(args: ArgumentsOf<"conformance">): Semantics | undefined {
  const word = args.semantics;
  return word === "spec" || word === "host-0.1" ? word : undefined;
}

function readShard(args: ArgumentsOf<"conformance">): Shard | undefined {
  const word = args.shard;
  if (word === undefined) return undefined;
  const shard = parseShard(word);
  if (shard !== undefined) return shard;
  throw new Fault({
    code: "DR1303",
    message: `${JSON.stringify(word)} is not a shard`,
    place: "--shard",
    help: "write I/N, I from 1 to N",
  });
}

/** The cases of a fixture file, or of every fixture file in a folder. */
function casesAt(
  path: string,
  semantics: Semantics | undefined,
  io: Io,
): readonly ConformanceCase[] {
  const found = isFolder(path)
    ? fixtureFilesIn(path).map((file) => ({ file, text: readText(file, WANTED.json, io) }))
      .filter(({ text }) => isFixtureText(text))
    : [{ file: path, text: readText(path, WANTED.fixtures, io) }];
  if (found.length === 0) throw unusable(path, "there is no fixture in this folder");
  return found.flatMap(({ file, text }) => {
    const read = readFixtures(file, text, semantics);
    if (!read.ok) throw unusable(file, read.failure);
    return read.value;
  });
}

function isFolder(path: string): boolean {
  try {
    return path !== "-" && Deno.statSync(path).isDirectory;
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** Files that may hold fixtures, in the order of their names; artifacts and golden traces are recognized by theirs. */
function fixtureFilesIn(folder: string): string[] {
  const entries = [...Deno.readDirSync(folder)].sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap(({ name, isDirectory }) => {
    const path = pathInside(folder, name);
    if (isDirectory) return fixtureFilesIn(path);
    const isOther = /\.(dir|trace|golden)\.json$/.test(name);
    return /\.jsonc?$/.test(name) && !isOther ? [path] : [];
  });
}

function refuseRepeated(cases: readonly ConformanceCase[]): void {
  const [again] = repeatedNames(cases);
  if (again !== undefined) throw unusable(again, "several cases have this name");
}

function unusable(place: string, message: string): Fault {
  return new Fault({
    code: "DR1303",
    message,
    place,
    help: "dustrun help fixtures shows the form of fixtures",
  });
}

async function runAll(
  cases: readonly ConformanceCase[],
  args: ArgumentsOf<"conformance">,
  io: Io,
): Promise<readonly CaseResult[]> {
  const tasks = tasksOf(cases, args.traces);
  const jobs = Math.min(args.jobs ?? 1, JOBS_MAX, tasks.length);
  if (jobs > 1) return await runInWorkers(tasks, jobs);
  const progress = new Progress(io, (done) => `conformance: ${done} of ${tasks.length}`);
  const results = runTasks(tasks, () => progress.step());
  progress.end();
  return results;
}

/** Rewrites golden files and reports what changed. */
function bless(
  cases: readonly ConformanceCase[],
  results: readonly CaseResult[],
  io: Io,
): void {
  const files = blessedFiles(cases, results, readOptional);
  for (const { path, text, changed } of files) {
    try {
      Deno.writeTextFileSync(path, text);
    } catch (cause) {
      throw unwritable(path, cause);
    }
    const what = changed.length === 0 ? "its form" : changed.join(", ");
    io.stdout(shownLines([`blessed ${path}: ${what}`]));
  }
  if (files.length === 0) io.stdout(shownLines(["every golden trace is as it was"]));
  for (const { name, unmet, reason } of results) {
    // Rewriting golden traces never changes what the author of a case expects.
    if (unmet === "expectation") io.stdout(shownLines([`still fails: ${name}: ${reason}`]));
  }
}

/** The failed cases as findings. */
async function printFailures(
  { results }: SuiteReport,
  format: FindingFormat,
  io: Io,
): Promise<void> {
  const { findingOfCase } = await import("../render/finding.ts");
  const { printFindings } = await import("../render/findings.ts");
  const failed = results.filter(({ status }) => status === "fail");
  printFindings(failed.map(findingOfCase), format, io);
}

/** The report as JUnit XML, in a file beside what is printed. */
function writeJunit(report: SuiteReport, { junit }: ArgumentsOf<"conformance">): void {
  if (junit === undefined) return;
  try {
    Deno.writeTextFileSync(junit, renderSuiteJunit(report));
  } catch (cause) {
    throw unwritable(junit, cause);
  }
}

function printReport(report: SuiteReport, args: ArgumentsOf<"conformance">, io: Io): void {
  if (args.tap) io.stdout(shownPage(renderSuiteTap(report)));
  else if (args.json) io.stdout(shownPage(renderSuiteJson(report)));
  else if (!args.quiet) io.stdout(shownPage(renderSuiteText(report)));
}
