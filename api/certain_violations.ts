/**
 * Leaks and wrong uses of memory, files and devices that every run of a program meets.
 *
 * @module
 */
export { certainViolations } from "../dvm/check/certain_violations.ts";
