/**
 * All damaged logs, in the order of the rules that they violate.
 *
 * @module
 */
import type { Fault } from "./damage.ts";
import { MEMBER_FAULTS, SPELLING_FAULTS, structuralFaults, TYPE_FAULTS } from "./line_faults.ts";
import { ORDER_FAULTS, RECEIPT_FAULTS, REFERENCE_FAULTS } from "./run_faults.ts";
import { PLACE_FAULTS, TREE_FAULTS } from "./tree_faults.ts";

/** Each violates one rule of `docs/log-format.md`, and is consistent in everything else. */
export const FAULTS: readonly Fault[] = [
  ...SPELLING_FAULTS,
  ...MEMBER_FAULTS,
  ...TYPE_FAULTS,
  ...structuralFaults(),
  ...ORDER_FAULTS,
  ...REFERENCE_FAULTS,
  ...RECEIPT_FAULTS,
  ...PLACE_FAULTS,
  ...TREE_FAULTS,
];
