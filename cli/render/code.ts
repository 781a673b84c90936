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

/**
 * The explanation of a code, wrapped to `width` columns, with an example; `undefined` for an unknown code. Upper and lower
 * case are equal.
 */
export function renderExplanation(
  code: string,
  { width }: { readonly width: number },
): Shown | undefined {
  const known = code.toUpperCase();
  const sections = explainRule(known) ?? explainFault(known);
  if (sections === undefined) return undefined;
  const paragraphs = sections.map((section) => wrap(section, Math.max(width, 40)).join("\n"));
  const example = EXAMPLES[known];
  const shown = example === undefined ? [] : [`Example:\n\n${indented(example.trimEnd())}`];
  return shownPage(`${[...paragraphs, ...shown].join("\n\n")}\n`);
}

function explainRule(code: string): readonly string[] | undefined {
  const entry = findCode(code);
  if (entry === undefined) return undefined;
  return [
    `${code}: ${entry.title}`,
    entry.rule,
    `Failure kind: ${entry.kind} (${exitText(entry.kind, entry.spec)}).`,
    `Clauses: ${entry.clauses.join(", ")}. Source: ${entry.spec}.`,
  ];
}

/** Under `host-0.1` all failures except load failures have the same exit code. */
function exitText(kind: FailureKind, spec: string): string {
  return `exit ${exitOfFailure(kind, spec === "host-0.1" ? "host-0.1" : "spec")}`;
}

function explainFault(code: string): readonly string[] | undefined {
  if (!isFaultCode(code)) return undefined;
  const { title, rule, exit } = FAULT_CODES[code];
  return [`${code}: ${title}`, rule, `A fault of the command line or of a file (exit ${exit}).`];
}

function isFaultCode(code: string): code is FaultCode {
  return Object.hasOwn(FAULT_CODES, code);
}

function indented(text: string): string {
  return text.split("\n").map((line) => line === "" ? "" : `    ${line}`).join("\n");
}
