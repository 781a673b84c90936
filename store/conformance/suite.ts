/**
 * A whole suite: which cases, in which order, what they came to, and golden files rewritten.
 *
 * @module
 */
import type { ConformanceCase } from "./fixture.ts";
import type { CaseResult } from "./run_case.ts";

/** A part of a suite: `index` of `count`, from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Which cases to take. */
export interface Selection {
  /** Only cases whose name or a clause contains this. */
  readonly filter?: string;
  readonly shard?: Shard;
}

/** What a suite came to. */
export interface SuiteReport {
  readonly results: readonly CaseResult[];
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** `2/5` as a shard; `undefined` when it is none. */
export function parseShard(text: string): Shard | undefined {
  const match = /^([0-9]+)\/([0-9]+)$/.exec(text);
  const index = Number(match?.[1]), count = Number(match?.[2]);
  return match !== null && index >= 1 && index <= count ? { index, count } : undefined;
}

/**
 * The cases to run, by name. A shard takes every `count`-th of all that the filter leaves: the shards of one suite are disjoint
 * and together the whole, on any machine.
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

/** The names that several cases have; a name must tell a case. */
export function repeatedNames(cases: readonly ConformanceCase[]): readonly string[] {
  const seen = new Set<string>();
  const again = new Set<string>();
  for (const { name } of cases) (seen.has(name) ? again : seen).add(name);
  return [...again];
}

/** Counts what results say. */
export function reportOf(results: readonly CaseResult[]): SuiteReport {
  const count = (status: CaseResult["status"]) =>
    results.filter((result) => result.status === status).length;
  return { results, passed: count("pass"), failed: count("fail"), skipped: count("skip") };
}

/** A golden file's new text. */
export interface BlessedFile {
  readonly path: string;
  readonly text: string;
  /** Names of the cases whose trace changed. */
  readonly changed: readonly string[];
}

/**
 * The golden files that change when the traces of `results` become the golden ones. Traces of cases that did not run stay as
 * they are.
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

/** One trace a file: indented, as people read it. */
function singleText(trace: string | undefined): string | undefined {
  return trace === undefined ? undefined : `${indented(trace)}\n`;
}

/** Many traces a file: one line each, by name. What a refusal says in words is left out: a suite is for every executor. */
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

/** A trace with the kind of its failure and not its message. */
function withoutMessage(trace: string): string {
  return trace.replace(
    /^\{"error":\{("kind":"\w+"),"message":"(?:[^"\\]|\\.)*"\}/,
    '{"error":{$1}',
  );
}

/** The lines of a golden file that holds many traces, by name. */
function memberTexts(text: string): Map<string, string> {
  const members = new Map<string, string>();
  for (const line of text.split("\n")) {
    const match = /^ {2}"([^"]*)": (\{.*\}),?$/.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) members.set(match[1], match[2]);
  }
  return members;
}

/** Compact JSON spread over lines, its numbers and strings untouched. */
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

/** Code units, so that the order is the same everywhere. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
