/**
 * Findings in the format that is asked for, on standard output.
 *
 * @module
 */
import type { Diagnostic } from "../../api/diagnostics.ts";
import type { Io } from "../host/io.ts";
import { fileName } from "../input/artifacts.ts";
import { shownData, shownJson, shownPage } from "../text/shown.ts";
import type { FindingFormat } from "../input/finding_format.ts";
import { type Finding, findingOf } from "./finding.ts";
import { renderSarif } from "./sarif.ts";

/** The diagnostics of one program. */
export interface CheckedProgram {
  /** The artifacts as they were given. */
  readonly paths: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Prints the diagnostics of programs. */
export function printDiagnostics(
  programs: readonly CheckedProgram[],
  format: FindingFormat,
  io: Io,
): void {
  const findings = programs.flatMap(({ paths, diagnostics }) => {
    const files = new Map(paths.map((path) => [fileName(path), path]));
    return diagnostics.map((diagnostic) => findingOf(diagnostic, files));
  });
  printFindings(findings, format, io);
}

/** Prints findings in SARIF 2.1.0, as annotations of GitHub's workflows, or as one JSON object a line; and nothing else. */
export function printFindings(findings: readonly Finding[], format: FindingFormat, io: Io): void {
  switch (format) {
    case "sarif":
      return io.stdout(shownData(renderSarif(findings)));
    case "github":
      return io.stdout(shownPage(findings.map(annotation).join("")));
    case "jsonl":
      for (const finding of findings) io.stdout(shownJson(JSON.stringify(finding)));
  }
}

/** `::error file=a,line=1,col=1,title=DR0301::message`, one line. */
function annotation({ rule, message, places, help }: Finding): string {
  const [main] = places;
  const place = main === undefined ? [] : [
    `file=${property(main.file)}`,
    ...(main.line === 0 ? [] : [`line=${main.line}`, `col=${main.column}`]),
  ];
  const advice = help === undefined ? "" : `\nhelp: ${help}`;
  const properties = [...place, `title=${property(rule)}`].join(",");
  return `::error ${properties}::${data(`${message}${advice}`)}\n`;
}

/** Text in a workflow command: what would end the line is escaped. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** The value of a property, which also may not contain what separates properties. */
function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
