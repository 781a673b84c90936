/**
 * Suites: selection and order of cases, counts of results, and rewritten golden files.
 *
 * @module
 */
import type { ConformanceCase } from "./fixture.ts";
import type { CaseResult } from "./run_case.ts";

/** One part of a suite. */
export interface Shard {
  /** From 1 to `count`. */
  readonly index: number;
  /** Number of parts. */
  readonly count: number;
}

/** Which cases to run. */
export interface Selection {
  /** Only cases whose name contains this or that cover this clause. */
  readonly filter?: string;
  /** Only this part of the selected cases. */
  readonly shard?: Shard;
}

/** The result of a suite. */
export interface SuiteReport {
  /** One result per case, in the order of execution. */
  readonly results: readonly CaseResult[];
  /** Number of passed cases. */
  readonly passed: number;
  /** Number of failed cases. */
  readonly failed: number;
  /** Number of skipped cases. */
  readonly skipped: number;
}

/** Parses `2/5`; `undefined` if it is not a shard. */
export function parseShard(text: string): Shard | undefined {
  const match = /^([0-9]+)\/([0-9]+)$/.exec(text);
  const index = Number(match?.[1]), count = Number(match?.[2]);
  return match !== null && index >= 1 && index <= count ? { index, count } : undefined;
}

/**
 * The cases to run, ordered by name. A shard has every `count`-th of the filtered cases, so the shards of a suite are disjoint and
 * together complete, on any machine.
 */
export function selectCases(
  cases: readonly ConformanceCase[],
  { filter, shard }: Selection,
): readonly ConformanceCase[] {
  const named = [...cases].sort((a, b) => order(a.name, b.name) || order(a.file, b.file));
  const wanted = filter === undefined
    ? named
    : named.filter(({ name, covers }) =>
      name.includes(filter) || covers.some((clause) => clause === filter)
    );
  return shard === undefined
    ? wanted
    : wanted.filter((_, position) => position % shard.count === shard.index - 1);
}

/** The names that more than one case has; names must be unique. */
export function repeatedNames(cases: readonly ConformanceCase[]): readonly string[] {
  const seen = new Set<string>();
  const again = new Set<string>();
  for (const { name } of cases) (seen.has(name) ? again : seen).add(name);
  return [...again];
}

/** Counts results by status. */
export function reportOf(results: readonly CaseResult[]): SuiteReport {
  const count = (status: CaseResult["status"]) =>
    results.filter((result) => result.status === status).length;
  return { results, passed: count("pass"), failed: count("fail"), skipped: count("skip") };
}

/** A golden file to rewrite. */
export interface BlessedFile {
  /** The path of the golden file. */
  readonly path: string;
  /** Its new content. */
  readonly text: string;
  /** The names of the cases whose trace has changed. */
  readonly changed: readonly string[];
}

/**
 * The golden files that change if the traces of `results` become golden. Traces of cases that did not run are kept.
 */
export function blessedFiles(
  cases: readonly ConformanceCase[],
  results: readonly CaseResult[],
  read: (path: string) => string | undefined,
): readonly BlessedFile[] {
  const traces = new Map(results.map(({ name, trace }) => [name, trace]));
  const paths = [...new Set(cases.flatMap(({ golden }) => golden?.path ?? []))].sort();
  return paths.flatMap((path) => {
    const before = read(path);
    const here = cases.filter(({ golden }) => golden?.path === path);
    const single = here.find(({ golden }) => golden?.member === undefined);
    const text = single === undefined
      ? manyText(memberTexts(before ?? ""), here, traces)
      : singleText(traces.get(single.name));
    if (text === undefined || text === before) return [];
    const old = memberTexts(before ?? "");
    const changed = here.filter(({ name }) =>
      old.get(name) !== withoutMessage(traces.get(name) ?? "")
    );
    return [{ path, text, changed: changed.map(({ name }) => name) }];
  });
}

/** The content of a file with one trace: indented for people. */
function singleText(trace: string | undefined): string | undefined {
  return trace === undefined ? undefined : `${indented(trace)}\n`;
}

/** The content of a file with many traces: one line each, by name, without messages, since those differ among executors. */
function manyText(
  old: ReadonlyMap<string, string>,
  cases: readonly ConformanceCase[],
  traces: ReadonlyMap<string, string | undefined>,
): string {
  const lines = cases.flatMap(({ name }) => {
    const given = traces.get(name);
    const trace = given === undefined ? old.get(name) : withoutMessage(given);
    return trace === undefined ? [] : [`  ${JSON.stringify(name)}: ${trace}`];
  });
  return `{\n${lines.sort(order).join(",\n")}\n}\n`;
}

/** A trace without the message of its failure. */
function withoutMessage(trace: string): string {
  return trace.replace(
    /^\{"error":\{("kind":"\w+"),"message":"(?:[^"\\]|\\.)*"\}/,
    '{"error":{$1}',
  );
}

/** The lines of a golden file with many traces, by name. */
function memberTexts(text: string): Map<string, string> {
  const members = new Map<string, string>();
  for (const line of text.split("\n")) {
    const match = /^ {2}"([^"]*)": (\{.*\}),?$/.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) members.set(match[1], match[2]);
  }
  return members;
}

/** Indents compact JSON without changing numbers and strings. */
function indented(json: string): string {
  let depth = 0, isInString = false, out = "";
  for (let at = 0; at < json.length; at++) {
    const char = json.charAt(at);
    if (isInString) {
      out += char;
      if (char === "\\") out += json.charAt(++at);
      else if (char === '"') isInString = false;
      continue;
    }
    if (char === '"') isInString = true;
    const next = json.charAt(at + 1);
    if ((char === "{" || char === "[") && (next === "}" || next === "]")) {
      out += char + next;
      at++;
    } else if (char === "{" || char === "[") out += `${char}\n${"  ".repeat(++depth)}`;
    else if (char === "}" || char === "]") out += `\n${"  ".repeat(--depth)}${char}`;
    else if (char === ",") out += `,\n${"  ".repeat(depth)}`;
    else out += char === ":" ? ": " : char;
  }
  return out;
}

/** Compares code units, which does not depend on the locale. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
