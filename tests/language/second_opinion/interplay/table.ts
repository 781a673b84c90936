/**
 * A second opinion on programs in which two rules of the language meet. Each expectation was derived from the clauses, the
 * decisions on conflicts and the semantics, never from the executor, and quotes the text that it rests on.
 *
 * @module
 */
import { assertStrictEquals } from "../../../../std/assert.ts";
import { check, encodeWireValue, executeArtifacts, load, type RunInput } from "../../../../mod.ts";
import { type Part, proc, program, type Statement } from "../../../support/program.ts";

/**
 * A program and its outcome. The outcome is one of
 * - the effects, then the value: `emit 7; {"Int":7}`; `null` when there is no value;
 * - `static Kind`: `check` reports violations and a run ends in a failure of that kind;
 * - `run Kind`: `check` reports nothing and a run ends in a failure of that kind;
 * - `Kind`: a run ends in a failure of that kind, whether found statically or not;
 * - `fails`: a run ends in some failure.
 *
 * After `reports; ` the same, where `check` reports violations that this run cannot reach.
 */
export interface Case {
  readonly id: string;
  /** The texts that the expectation rests on, quoted. */
  readonly rests: string;
  /** The artifacts, linked in this order. */
  readonly texts: readonly string[];
  readonly input: RunInput;
  readonly outcome: string;
  readonly more: More;
}

/** What else must hold of a run. */
export interface More {
  /** The code of the failure, where the texts name one. */
  readonly code?: string;
  /** Ticks at the end of a success. */
  readonly ticks?: number;
  /** The record of each witness: its constraints, then its configuration. */
  readonly witnesses?: readonly string[];
}

/** A case; `texts` is the parts of one forge, or the artifacts of a linked program. */
export function given(
  id: string,
  rests: string,
  texts: readonly Part[] | readonly string[],
  outcome: string,
  input: RunInput = {},
  more: More = {},
): Case {
  return { id, rests, texts: artifactTexts(texts).map(spaced), input, outcome, more };
}

/** `K::main() -> i64` with this body. */
export function main(...body: readonly Statement[]): Part {
  return proc("K::main() -> i64", ...body);
}

/** `let a0 = 1`, `let a1 = 1` and so on: that many statements. */
export function lets(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `let a${index} = 1`);
}

/** Asserts that every case of a table ends as expected; all that differ are reported together, each by its own id. */
export function agree(cases: readonly Case[]): void {
  assertStrictEquals(new Set(cases.map(({ id }) => id)).size, cases.length, "an id is given twice");
  const differing = cases.flatMap((each) => {
    const found = difference(each);
    return found === undefined ? [] : [`${each.id}: ${found}\n  ${each.rests}`];
  });
  assertStrictEquals(differing.length, 0, `${differing.length} differ\n${differing.join("\n")}`);
}

/** How a run of the case differs from its expectation; nothing when it does not. */
function difference(each: Case): string | undefined {
  const { outcome, more } = each;
  const expected = [outcome, ...extras(more)].join(" | ");
  const found = observe(each);
  return found === expected ? undefined : `must be ${expected}, is ${found}`;
}

function observe({ texts, input, outcome, more }: Case): string {
  const sources = texts.map((text, index) => ({ name: `${index}.dir.json`, text }));
  const loaded = load(sources);
  const reported = loaded.ok && check(loaded.value).length > 0;
  const execution = executeArtifacts(sources, input);
  const { error, returned } = execution.outcome;
  const wants = outcome.replace(/^reports; /, "");
  const effects = execution.effects.map(({ kind, payload }) => `${kind} ${payload}`);
  const ended = error === undefined
    ? [...effects, returned === undefined ? "null" : encodeWireValue(returned)].join("; ")
    : failure(error.kind, reported, wants);
  const toleratesReports = error === undefined || wants !== outcome;
  const prefix = reported && toleratesReports ? "reports; " : "";
  const found: More = {
    ...(more.code === undefined ? {} : { code: error?.code ?? "none" }),
    ...(more.ticks === undefined ? {} : { ticks: execution.ticks }),
    ...(more.witnesses === undefined ? {} : { witnesses: witnessesOf(execution.events) }),
  };
  return [`${prefix}${ended}`, ...extras(found)].join(" | ");
}

function failure(kind: string, reported: boolean, wants: string): string {
  if (wants === "fails" || wants === kind) return wants;
  return `${reported ? "static" : "run"} ${kind}`;
}

function witnessesOf(events: readonly object[]): string[] {
  return events.flatMap((event) => {
    if (!("kind" in event) || event.kind !== "witness") return [];
    if (!("constraints" in event) || !("configuration" in event)) return [];
    return [`${encodeWireValue(event.constraints)} ${encodeWireValue(event.configuration)}`];
  });
}

function extras({ code, ticks, witnesses }: More): string[] {
  return [
    ...(code === undefined ? [] : [`code ${code}`]),
    ...(ticks === undefined ? [] : [`${ticks} ticks`]),
    ...(witnesses === undefined ? [] : [`witnesses ${witnesses.join(" and ")}`]),
  ];
}

function artifactTexts(texts: readonly Part[] | readonly string[]): readonly string[] {
  const parts: Part[] = [];
  const whole: string[] = [];
  for (const each of texts) {
    if (typeof each === "string") whole.push(each);
    else parts.push(each);
  }
  return whole.length > 0 ? whole : [program(...parts)];
}

/** The notation of heads allows no space in a type: `[i64;0]` is written for `[i64; 0]`. */
function spaced(text: string): string {
  return text.replaceAll(/;(\d+)\]/g, "; $1]");
}
