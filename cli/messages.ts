/**
 * How a command tells diagnostics: graphic on a terminal, plain elsewhere, JSON where asked.
 *
 * @module
 */
import type { Diagnostic } from "../mod.ts";
import type { CommandArguments } from "./command.ts";
import type { Io } from "./io.ts";

/** Writes diagnostics to standard error, in the form that the options and the terminal ask for. */
export function tellDiagnostics(
  diagnostics: readonly Diagnostic[],
  { args, io }: { readonly args: CommandArguments; readonly io: Io },
): void {
  if (args.flag("quiet") && !args.flag("json")) return;
  for (const diagnostic of diagnostics) {
    if (args.flag("json")) io.stderr(`${JSON.stringify(diagnostic)}\n`);
    else io.stderr(`error[${diagnostic.code}]: ${diagnostic.message}\n`);
  }
}
