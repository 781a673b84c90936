/**
 * Diagnostics on standard error: graphic on a terminal, plain elsewhere, JSON on request.
 *
 * @module
 */
import type { Diagnostic } from "../../api/diagnostics.ts";
import type { CommonOptions } from "../spec/options.ts";
import type { Io } from "../host/io.ts";
import { shownLines } from "../text/shown.ts";
import { renderGraphic, renderJson, renderPlain } from "./diagnostic.ts";

/** Writes diagnostics to standard error, in the form that fits the options and the terminal. */
export function tellDiagnostics(
  diagnostics: readonly Diagnostic[],
  { args, io }: { readonly args: CommonOptions; readonly io: Io },
): void {
  if (args.quiet && !args.json) return;
  for (const [index, diagnostic] of diagnostics.entries()) {
    if (args.json) io.stderr(renderJson(diagnostic));
    else if (!io.isStderrTerminal) io.stderr(renderPlain(diagnostic));
    else {
      if (index > 0) io.stderr(shownLines([""]));
      io.stderr(renderGraphic(diagnostic, { width: io.columns, color: io.color }));
    }
  }
}
