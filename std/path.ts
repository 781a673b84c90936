/**
 * `@std/path`, for tools and tests. Only this file names the origin of the package (see `assert.ts`). At run time dustrun
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
