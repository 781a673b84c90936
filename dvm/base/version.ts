/**
 * The version of dustrun, and what it supports.
 *
 * @module
 */

/** The version of this executor, as in `deno.json`. */
export const VERSION = "0.2.0";

/** The supported language version, and what is missing of it (DIR-12). */
export const SUPPORTS = "runs DPL 0.1, as DIR 0.1 and as DIR 0.2 without unsafe blocks";
