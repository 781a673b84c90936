/**
 * `deno task bundle`: all of dustrun as one JavaScript file, `dist/dustrun.js`, that runs from a URL or a disk without an
 * import map.
 *
 * @module
 */
import { fromFileUrl } from "../std/path.ts";
import { bundle } from "../tests/support/bundle.ts";

const output = fromFileUrl(new URL("../dist/dustrun.js", import.meta.url));
await bundle(output);
console.log(output);
