/**
 * The registry's entry for one diagnostic code.
 *
 * @module
 */
import type { FailureKind } from "./failure.ts";

/** One entry of the registry; `dustrun explain CODE` prints it. */
export interface CodeEntry {
  /** The kind of failure that a diagnostic with this code is. */
  readonly kind: FailureKind;
  /** The rule's name, a short noun phrase in sentence case: `Linear value used twice`. */
  readonly title: string;
  /** The rule in full, one to four sentences, with the way out. */
  readonly rule: string;
  /** Clauses of the language that the rule serves: `Q-01`. */
  readonly clauses: readonly string[];
  /** Where the specification says so: `spec 4.4.2`. */
  readonly spec: string;
}
