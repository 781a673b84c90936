/**
 * The pages and the data of `dustrun explain` that are generated from the code. `deno task docs` writes them; a test fails if they
 * are out of date.
 *
 * @module
 */
import { coveragePage } from "./coverage_page.ts";
import { diagnosticsPage } from "./diagnostics_page.ts";
import { explainExamples } from "./explain_examples.ts";
import { commandLinePage } from "../cli/spec/reference_page.ts";

/** Each generated file: its path from the root, and the function that returns its text. */
export const GENERATED_PAGES: readonly (readonly [string, () => string])[] = [
  ["docs/cli.md", commandLinePage],
  ["docs/coverage.md", coveragePage],
  ["docs/diagnostics.md", diagnosticsPage],
  ["cli/render/explain_examples.json", explainExamples],
];

if (import.meta.main) {
  const root = new URL("../", import.meta.url);
  for (const [path, make] of GENERATED_PAGES) Deno.writeTextFileSync(new URL(path, root), make());
}
