/**
 * Questions that people ask about a Φ process: the best configuration, what contradicts what, what to drop.
 *
 * @module
 */
export {
  type ConflictList,
  listConflicts,
  type NamedStatement,
  type ObjectiveQuery,
  type OptimizationStep,
  optimize,
  relax,
  type Relaxation,
} from "../dvm/api/solve.ts";
