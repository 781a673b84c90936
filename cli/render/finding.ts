/**
 * What programs for other programs report: violations of a check and failed cases of a suite, in one form for SARIF, GitHub and JSON Lines.
 *
 * @module
 */
import { type Diagnostic, findCode, mainMark, type Mark } from "../../api/diagnostics.ts";
import type { CaseResult } from "../../api/conformance.ts";

/** A place in a file. */
export interface FindingPlace {
  /** The path as it was given, with slashes. */
  readonly file: string;
  /** From 1; 0 for the whole file. */
  readonly line: number;
  /** From 1, in UTF-16 units; 0 for the whole file. */
  readonly column: number;
  /** What the place shows; empty where there is nothing to say. */
  readonly label: string;
}

/** One finding. All of them are errors. */
export interface Finding {
  /** `DR0301`, or `CASE` for a case. */
  readonly rule: string;
  readonly message: string;
  /** The offence first. */
  readonly places: readonly FindingPlace[];
  readonly help: string | undefined;
}

/** A rule that findings break. */
export interface FindingRule {
  readonly id: string;
  /** A short title. */
  readonly title: string;
  /** The rule in a sentence or two. */
  readonly rule: string;
}

/** The finding of a diagnostic; `files` has the paths of the artifacts by their names. */
export function findingOf(diagnostic: Diagnostic, files: ReadonlyMap<string, string>): Finding {
  const { code, message, marks, help } = diagnostic;
  const main = mainMark(diagnostic);
  const others = marks.filter((mark) => mark !== main);
  const placeOf = ({ artifact, line, column, label }: Mark): FindingPlace => ({
    file: files.get(artifact) ?? artifact,
    line,
    column,
    label,
  });
  return {
    rule: code,
    message,
    places: [...(main === undefined ? [] : [main]), ...others].map(placeOf),
    help,
  };
}

/** The finding of a case that failed. */
export function findingOfCase({ name, file, reason }: CaseResult): Finding {
  const place = { file, line: 0, column: 0, label: "" };
  return { rule: CASE_RULE.id, message: `${name}: ${reason}`, places: [place], help: undefined };
}

/** The rules of findings, each once, in the order of their ids. */
export function rulesOf(findings: readonly Finding[]): readonly FindingRule[] {
  const ids = [...new Set(findings.map(({ rule }) => rule))].sort();
  return ids.map((id) => {
    const entry = findCode(id);
    return entry === undefined ? CASE_RULE : { id, title: entry.title, rule: entry.rule };
  });
}

/** What a failed case breaks. It has no code, as it is a fault of an executor and not of a program. */
const CASE_RULE: FindingRule = {
  id: "CASE",
  title: "Conformance case that fails",
  rule: "An executor runs each case of a suite with the result that the case expects.",
};
