/**
 * Everything that the program decides about the failures of the fixtures, without a sentence: codes, marks, clauses, exit codes,
 * the events with the facts of refusals. Run as a program, it prints them as JSON, one fixture a line, and at the end a line with
 * all sentences.
 *
 * @module
 */
import { exitOfFailure } from "../../cli/host/exit_codes.ts";
import {
  check,
  type Diagnostic,
  executeArtifacts,
  type Execution,
  findCode,
  load,
  type RunInput,
} from "../../mod.ts";
import { diagnosticFixtures } from "./diagnostic_fixtures.ts";
import { fixtures } from "./fixtures.ts";

/** A line for each fixture. */
export function failureFacts(): readonly string[] {
  return [...fixtures(), ...diagnosticFixtures()].map(({ name, artifacts, input = {} }) => {
    const loaded = load(artifacts);
    const found = loaded.ok ? check(loaded.value) : loaded.failure;
    const run = executeArtifacts(artifacts, input);
    return JSON.stringify({ name, check: found.map(factsOf), run: runFacts(run, input) }, exactly);
  });
}

function runFacts({ outcome, diagnostics, events }: Execution, { semantics = "spec" }: RunInput) {
  const { error, status } = outcome;
  return {
    status,
    error: error === undefined ? undefined : [error.code, error.kind, error.where],
    exit: error === undefined ? 0 : exitOfFailure(error.kind, semantics),
    diagnostics: diagnostics.map(factsOf),
    events: events.map((event) =>
      event.kind === "outcome"
        ? event.kind
        : "reason" in event && isSentence(event.kind)
        ? { ...event, reason: undefined }
        : event
    ),
  };
}

/** Events whose `reason` is a sentence; that of `q_consume` is one of five words. */
function isSentence(kind: string): boolean {
  return kind !== "q_consume";
}

function factsOf({ code, kind, marks }: Diagnostic) {
  return {
    code,
    kind,
    clauses: findCode(code)?.clauses,
    marks: marks.map(({ label: _, ...place }) => place),
  };
}

function exactly(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

/** Every sentence of the fixtures' diagnostics and of the events under `spec`, each once. */
export function failureSentences(): readonly string[] {
  const sentences = new Set<string>();
  for (const { artifacts, input = {} } of [...fixtures(), ...diagnosticFixtures()]) {
    const loaded = load(artifacts);
    const run = executeArtifacts(artifacts, input);
    const found = [...(loaded.ok ? check(loaded.value) : loaded.failure), ...run.diagnostics];
    for (const { message, marks, help } of found) {
      for (const text of [message, ...marks.map(({ label }) => label), help]) {
        if (text !== undefined) sentences.add(text);
      }
    }
    for (const event of input.semantics === "host-0.1" ? [] : run.events) {
      if ("reason" in event && isSentence(event.kind)) sentences.add(event.reason);
    }
  }
  return [...sentences].filter((sentence) => sentence !== "");
}

if (import.meta.main) {
  for (const line of failureFacts()) console.log(line);
  console.log(JSON.stringify(failureSentences()));
}
