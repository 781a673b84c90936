/**
 * Questions that people ask about a Φ process: the best configuration, what contradicts what, what to drop.
 *
 * @module
 */
export {
  type ConflictList,
  listConflicts,
  type NamedStatement,
  relax,
  type Relaxation,
} from "../dvm/api/conflicts.ts";
export { type ObjectiveQuery, type OptimizationStep, optimize } from "../dvm/api/optimize.ts";
