/**
 * `@std/streams`, where tests read the output of a process. This file alone knows where the package comes from (see `assert.ts`).
 *
 * @module
 */
// @ts-types="./streams.d.ts"
export { TextLineStream, toText } from "npm:deno-std@1.4.0/streams/mod.js";
