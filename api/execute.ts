/**
 * Synchronous execution, with every engine loaded.
 *
 * @module
 */
export { execute, executeArtifacts, executeText } from "../store/log/execution.ts";
export { exploreSchedules } from "../store/log/exploration.ts";
export { executeToLog } from "../store/runs/logged_execution.ts";
