/**
 * The versions of this program and of the language that it executes.
 *
 * @module
 */
export { SUPPORTS, VERSION } from "../dvm/base/version.ts";
