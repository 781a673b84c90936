/**
 * `dustrun explain CODE`: the rule of a code, and its source.
 *
 * @module
 */
import { type FailureKind, findCode, REGISTRY } from "../../api/diagnostics.ts";
import { exitOfFailure } from "../host/exit_codes.ts";
import { FAULT_CODES, type FaultCode } from "../host/fault.ts";
import { type Shown, shownPage } from "../text/shown.ts";
import { wrap } from "../text/width.ts";
import examples from "./explain_examples.json" with { type: "json" };

/** Every code that can be explained, in order: those of the registry, and the faults of the command line. */
export function explainableCodes(): readonly string[] {
  return [...Object.keys(REGISTRY), ...Object.keys(FAULT_CODES)].sort();
}

/** For each code, what a terminal shows for a program that breaks its rule; written by `deno task docs`. */
const EXAMPLES: { readonly [code: string]: string | undefined } = examples;

/** What is known about a code; kind, clauses and section only of a failure of programs. */
export interface CodeExplanation {
  readonly code: string;
  readonly title: string;
  readonly rule: string;
  readonly exit: number;
  readonly kind?: FailureKind;
  readonly clauses?: readonly string[];
  readonly spec?: string;
  /** What a terminal shows for a program that breaks the rule. */
  readonly example?: string;
}

/** The explanation of a code; `undefined` for an unknown one. Upper and lower case are equal. */
export function explanationOf(asked: string): CodeExplanation | undefined {
  const code = asked.toUpperCase();
  const example = EXAMPLES[code];
  const shown = example === undefined ? {} : { example };
  const entry = findCode(code);
  if (entry !== undefined) {
    const { title, rule, kind, clauses, spec } = entry;
    // Under `host-0.1` all failures except load failures have the same exit code.
    const exit = exitOfFailure(kind, spec === "host-0.1" ? "host-0.1" : "spec");
    return { code, title, rule, exit, kind, clauses, spec, ...shown };
  }
  if (!isFaultCode(code)) return undefined;
  const { title, rule, exit } = FAULT_CODES[code];
  return { code, title, rule, exit, ...shown };
}

/** The explanation as text, wrapped to `width` columns. */
export function renderExplanation(
  { code, title, rule, exit, kind, clauses = [], spec, example }: CodeExplanation,
  { width }: { readonly width: number },
): Shown {
  const source = kind === undefined
    ? [`A fault of the command line or of a file (exit ${exit}).`]
    : [`Failure kind: ${kind} (exit ${exit}).`, `Clauses: ${clauses.join(", ")}. Source: ${spec}.`];
  const paragraphs = [`${code}: ${title}`, rule, ...source]
    .map((section) => wrap(section, Math.max(width, 40)).join("\n"));
  const shown = example === undefined ? [] : [`Example:\n\n${indented(example.trimEnd())}`];
  return shownPage(`${[...paragraphs, ...shown].join("\n\n")}\n`);
}

function isFaultCode(code: string): code is FaultCode {
  return Object.hasOwn(FAULT_CODES, code);
}

function indented(text: string): string {
  return text.split("\n").map((line) => line === "" ? "" : `    ${line}`).join("\n");
}
