/**
 * The configurations of a Φ process, and why it has none.
 *
 * @module
 */
export {
  checkCertificate,
  type ConfigurationList,
  type ConfigurationQuery,
  type ConflictExplanation,
  explainConflict,
  type ExplainedConjunct,
  type ExplainedRange,
  listConfigurations,
} from "../dvm/api/configurations.ts";
