/**
 * What a run starts from: entry, arguments, limits, environment.
 *
 * @module
 */
export { DEFAULT_LIMITS, LIMIT_NAMES, type Limits } from "../dvm/base/limits.ts";
export type { EffectRoute, ResourceOffer } from "../dvm/event/event.ts";
export type { Environment, PlainArgument, RunInput, Semantics } from "../dvm/event/input.ts";
export { byteOrderMarkIn } from "../dvm/text/json_syntax.ts";
export { parsePlain, type PlainFailure } from "../dvm/event/plain_json.ts";
