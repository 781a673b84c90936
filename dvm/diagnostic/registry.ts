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

/** All codes with their entries. */
export const REGISTRY: { readonly [code: string]: CodeEntry } = {
  ...LOAD_CODES,
  ...STATIC_CODES,
  ...RUN_CODES,
  ...HOST01_CODES,
};

/** A code of the registry. */
export type DiagnosticCode =
  | keyof typeof LOAD_CODES
  | keyof typeof STATIC_CODES
  | keyof typeof RUN_CODES
  | keyof typeof HOST01_CODES;

/** The registry's entry for a code, or `undefined` for any other text. */
export function findCode(code: string): CodeEntry | undefined {
  return Object.hasOwn(REGISTRY, code) ? REGISTRY[code] : undefined;
}
