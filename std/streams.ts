/**
 * `@std/streams`, for tests that read the output of a process. Only this file names the origin of the package (see `assert.ts`).
 *
 * @module
 */
// @ts-types="./streams.d.ts"
export { TextLineStream, toText } from "npm:deno-std@1.4.0/streams/mod.js";
