/**
 * The configurations of a Φ process, and why it has none.
 *
 * @module
 */
export {
  type ConfigurationList,
  type ConflictExplanation,
  explainConflict,
  type ExplainedConjunct,
  type ExplainedRange,
  listConfigurations,
} from "../dvm/api/configurations.ts";
export type { ConfigurationQuery } from "../dvm/api/configuration_query.ts";
