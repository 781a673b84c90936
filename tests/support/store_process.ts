/**
 * A process that begins runs as fast as it can. `run_store_test.ts` starts several of it at once.
 *
 * @module
 */
import { createRun } from "../../mod.ts";

const [store = "", label = "", count = ""] = Deno.args;
for (let n = 0; n < Number(count); n++) {
  const run = createRun(store, label);
  if (!run.ok) throw new Error(run.failure.reason);
  run.value.file.close();
  run.value.storeLog.release();
}
