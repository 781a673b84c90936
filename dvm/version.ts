/**
 * The version of dustrun, and what it supports.
 *
 * @module
 */

/** The version of this executor, as in `deno.json`. */
export const VERSION = "0.1.0";
