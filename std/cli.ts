/**
 * `@std/cli`, the parser of command lines. Only this file names the origin of the package (see `assert.ts`).
 *
 * @module
 */
// @ts-types="./cli.d.ts"
export { parseArgs } from "npm:deno-std@1.4.0/cli/parse_args.js";
