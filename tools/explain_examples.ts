/**
 * `cli/render/explain_examples.json`: for each code, the diagnostic of a case of `fixtures/diagnostics`, as a terminal shows it. It is
 * part of the program, so that `dustrun explain` can show an example everywhere.
 *
 * @module
 */
import { renderGraphic } from "../cli/render/diagnostic.ts";
import { diagnosticFixtures, diagnosticsOf } from "../tests/support/diagnostic_fixtures.ts";

/** Columns of an example: it fits an 80-column terminal when indented. */
const WIDTH = 76;

/** The text of the file. It uses cases with exactly one diagnostic. */
export function explainExamples(): string {
  const examples = new Map<string, string>();
  for (const fixture of diagnosticFixtures()) {
    const [first, ...others] = diagnosticsOf(fixture);
    if (first === undefined || others.length > 0 || examples.has(first.code)) continue;
    examples.set(first.code, renderGraphic(first, { width: WIDTH, color: false }));
  }
  const sorted = [...examples].sort(([a], [b]) => a < b ? -1 : 1);
  return `${JSON.stringify(Object.fromEntries(sorted), undefined, 2)}\n`;
}
