/**
 * `@std/path`, for tools and tests. This file alone knows where the package comes from (see `assert.ts`). At run time dustrun
 * uses `node:path`, which is in the runtime: loading this package costs start-up (`docs/dependencies.md`).
 *
 * @module
 */
// @ts-types="./path.d.ts"
export {
  basename,
  dirname,
  fromFileUrl,
  join,
  relative,
  resolve,
  toFileUrl,
} from "npm:deno-std@1.4.0/path/mod.js";
