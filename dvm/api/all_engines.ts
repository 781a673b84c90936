/**
 * Every engine, loaded at once: for callers that execute synchronously and cannot wait for one.
 *
 * @module
 */
import { executeHost01 } from "../host01/execute.ts";
import { resolvePhi } from "../phi/answer/resolve.ts";
import type { Engines } from "./engines.ts";

/** The engines of every semantics and regime. */
export const ALL_ENGINES: Engines = { resolvePhi, executeHost01 };
