/**
 * Programs: loading artifacts and checking the static rules.
 *
 * @module
 */
export type { ArtifactSource, DirVersion, Program } from "../dvm/dir/model.ts";
export type { Result } from "../dvm/base/result.ts";
export { check } from "../dvm/check/check.ts";
export { load } from "../dvm/load/load.ts";
export { entryCandidates } from "../dvm/dir/lookup.ts";
