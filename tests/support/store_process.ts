/**
 * A process that begins runs as fast as it can. `run_store_test.ts` starts several of it at once.
 *
 * @module
 */
import { createRun } from "../../mod.ts";

const [store = "", label = "", count = ""] = Deno.args;
for (let n = 0; n < Number(count); n++) createRun(store, label).file.close();
