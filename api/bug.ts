/**
 * The error of a bug: thrown where an invariant of dustrun itself is broken, never for a property of any input.
 *
 * @module
 */
export { Bug } from "../dvm/base/result.ts";
