/**
 * How a command tells diagnostics: graphic on a terminal, plain elsewhere, JSON where asked.
 *
 * @module
 */
import type { Diagnostic } from "../../mod.ts";
import type { CommandArguments } from "../spec/command_spec.ts";
import type { Io } from "../host/io.ts";
import { renderGraphic, renderJson, renderPlain } from "./diagnostic.ts";

/** Writes diagnostics to standard error, in the form that the options and the terminal ask for. */
export function tellDiagnostics(
  diagnostics: readonly Diagnostic[],
  { args, io }: { readonly args: CommandArguments; readonly io: Io },
): void {
  if (args.flag("quiet") && !args.flag("json")) return;
  for (const [index, diagnostic] of diagnostics.entries()) {
    if (args.flag("json")) io.stderr(renderJson(diagnostic));
    else if (!io.isStderrTerminal) io.stderr(renderPlain(diagnostic));
    else {
      const between = index === 0 ? "" : "\n";
      io.stderr(`${between}${renderGraphic(diagnostic, { width: io.columns, color: io.color })}`);
    }
  }
}
