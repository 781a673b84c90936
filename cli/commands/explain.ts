/**
 * `dustrun explain CODE`: the rule behind a diagnostic.
 *
 * @module
 */
import type { CommandArguments } from "../command.ts";
import { explainableCodes, renderExplanation } from "../explain_code.ts";
import { Fault } from "../fault.ts";
import type { Io } from "../io.ts";
import { nearest } from "../nearest.ts";

/** Prints the explanation. */
export function run(args: CommandArguments, io: Io): number {
  const code = args.operand(0);
  const text = renderExplanation(code, { width: Math.min(io.columns, 100) });
  if (text === undefined) throw unknownCode(code);
  io.stdout(text);
  return 0;
}

function unknownCode(code: string): Fault {
  const suggestion = nearest(code.toUpperCase(), explainableCodes());
  return new Fault({
    code: "DR1303",
    message: `there is no code ${JSON.stringify(code)}`,
    help: suggestion === undefined
      ? "docs/diagnostics.md lists the codes"
      : `did you mean ${suggestion}?`,
  });
}
