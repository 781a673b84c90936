/**
 * Diagnostics on standard error: graphic on a terminal, plain elsewhere, JSON on request.
 *
 * @module
 */
import type { Diagnostic } from "../../api/diagnostics.ts";
import type { CommonOptions } from "../spec/options.ts";
import type { Io } from "../host/io.ts";
import { shownLines } from "../text/shown.ts";

/**
 * Writes diagnostics to standard error, in the form that fits the options and the terminal. What renders them is loaded where there
 * are any.
 */
export async function tellDiagnostics(
  diagnostics: readonly Diagnostic[],
  { args, io }: { readonly args: CommonOptions; readonly io: Io },
): Promise<void> {
  if (diagnostics.length === 0 || (args.quiet && !args.json)) return;
  const { renderGraphic, renderJson, renderPlain } = await import("./diagnostic.ts");
  for (const [index, diagnostic] of diagnostics.entries()) {
    if (args.json) io.stderr(renderJson(diagnostic));
    else if (!io.isStderrTerminal && !io.isColorForced) io.stderr(renderPlain(diagnostic));
    else {
      if (index > 0) io.stderr(shownLines([""]));
      io.stderr(renderGraphic(diagnostic, { width: io.columns, color: io.color }));
    }
  }
}
