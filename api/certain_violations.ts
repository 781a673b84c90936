/**
 * Leaks and wrong uses of memory that every run of a program meets.
 *
 * @module
 */
export { certainViolations } from "../dvm/check/holders.ts";
