/**
 * Another program, as a worker: appends lines to a file, one at a time.
 *
 * @module
 */
import { parentPort } from "node:worker_threads";

interface Task {
  readonly path: string;
  readonly lines: number;
}

parentPort?.once("message", ({ path, lines }: Task) => {
  for (let line = 0; line < lines; line++) {
    Deno.writeTextFileSync(path, `another program's line ${line}\n`, { append: true });
  }
  parentPort?.postMessage("finished");
});
