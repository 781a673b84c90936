/**
 * The members of an environment manifest: those that it is read by, and recognized by.
 *
 * @module
 */

/** Every member that a manifest may have. */
export const MANIFEST_MEMBERS = [
  "realizers",
  "resources",
  "tick_us",
  "limits",
  "files",
  "ports",
  "devices",
] as const;
