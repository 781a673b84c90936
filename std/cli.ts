/**
 * `@std/cli`, the parser of command lines. This file alone knows where the package comes from (see `assert.ts`).
 *
 * @module
 */
// @ts-types="./cli.d.ts"
export { parseArgs } from "npm:deno-std@1.4.0/cli/parse_args.js";
