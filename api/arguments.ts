/**
 * Arguments against the parameters of the entry, before a run begins.
 *
 * @module
 */
export { type ArgumentFault, argumentFaults, entryParameters } from "../dvm/api/arguments.ts";
