/**
 * Diagnostics by their code.
 *
 * @module
 */
import { assert } from "../base/result.ts";
import type { Diagnostic, Mark } from "./failure.ts";
import { type DiagnosticCode, findCode } from "./registry.ts";

/** A diagnostic of the kind that its code has. */
export function diagnostic(
  code: DiagnosticCode,
  rest: Omit<Diagnostic, "code" | "kind">,
): Diagnostic {
  const entry = findCode(code);
  assert(entry !== undefined, `the registry has no code ${code}`);
  return { code, kind: entry.kind, ...rest };
}

/** The place of the offence itself, if there is a diagnostic that has one. */
export function mainMark(diagnostic: Diagnostic | undefined): Mark | undefined {
  return diagnostic?.marks.find(({ role }) => role === "main");
}
