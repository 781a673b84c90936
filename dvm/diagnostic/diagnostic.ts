/**
 * Diagnostics by their code.
 *
 * @module
 */
import type { Diagnostic } from "./failure.ts";
import { type DiagnosticCode, REGISTRY } from "./registry.ts";

/** A diagnostic of the kind that its code has. */
export function diagnostic(
  code: DiagnosticCode,
  rest: Omit<Diagnostic, "code" | "kind">,
): Diagnostic {
  return { code, kind: REGISTRY[code].kind, ...rest };
}
