/**
 * Every diagnostic code, once. Codes are never renamed or reused. The first two digits are the family: 01 loading, 02 names
 * and structure, 03 types, 04 linearity, 05 effects, 06 binds and contracts, 07 resources and time, 08 evaluation,
 * 09 constraints and Φ, 10 entry and arguments, 11 limits, 12 the upstream executor under
 * `--semantics host-0.1`.
 *
 * @module
 */
import type { CodeEntry } from "./entry.ts";
import { HOST01_CODES } from "./host01_codes.ts";
import { LOAD_CODES } from "./load_codes.ts";
import { RUN_CODES } from "./run_codes.ts";
import { STATIC_CODES } from "./static_codes.ts";

/** All codes with what is to be said about them. */
export const REGISTRY = {
  ...LOAD_CODES,
  ...STATIC_CODES,
  ...RUN_CODES,
  ...HOST01_CODES,
} as const satisfies {
  readonly [code: string]: CodeEntry;
};

/** A code of the registry. */
export type DiagnosticCode = keyof typeof REGISTRY;

/** The registry's entry for a code, or `undefined` for a text that is no code. */
export function findCode(code: string): CodeEntry | undefined {
  return Object.hasOwn(REGISTRY, code) ? REGISTRY[code as DiagnosticCode] : undefined;
}
