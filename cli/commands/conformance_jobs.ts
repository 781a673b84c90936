/**
 * Runs the tasks of a suite in several workers.
 *
 * @module
 */
import type { CaseResult } from "../../api/conformance.ts";
import { runTasks, type Task } from "./conformance_tasks.ts";

/**
 * Runs the tasks in `jobs` workers, every `jobs`-th task in one. The results are in the order of the tasks and do not depend
 * on `jobs`. Where a worker cannot start (a lone bundle has no file for it), this process runs its tasks.
 */
export async function runInWorkers(tasks: readonly Task[], jobs: number): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  const parts = Array.from(
    { length: jobs },
    (_, part) =>
      tasks.map((task, index) => ({ task, index })).filter(({ index }) => index % jobs === part),
  );
  await Promise.all(parts.map(async (part) => {
    const mine = part.map(({ task }) => task);
    const done = await runInWorker(mine) ?? runTasks(mine);
    part.forEach(({ index }, position) => {
      const result = done[position];
      if (result !== undefined) results[index] = result;
    });
  }));
  return results;
}

/** The results of a worker, or `undefined` where it cannot start. */
async function runInWorker(tasks: readonly Task[]): Promise<readonly CaseResult[] | undefined> {
  const file = workerFile();
  if (file === undefined) return undefined;
  const { Worker } = await import("node:worker_threads");
  return await new Promise((resolve) => {
    const worker = new Worker(file);
    const settle = (results: readonly CaseResult[] | undefined) => {
      resolve(results);
      void worker.terminate();
    };
    worker.once("message", (results: readonly CaseResult[]) => settle(results));
    worker.once("error", () => settle(undefined));
    worker.postMessage(tasks);
  });
}

/** The worker's module: beside this one in the sources, beside the bundle in the executable. */
function workerFile(): URL | undefined {
  if (import.meta.url.endsWith("/conformance_jobs.ts")) {
    return new URL("./conformance_worker.ts", import.meta.url);
  }
  const bundled = new URL("./conformance_worker.js", import.meta.url);
  return isFile(bundled) ? bundled : undefined;
}

function isFile(url: URL): boolean {
  try {
    return Deno.statSync(url).isFile;
  } catch {
    return false; // no such file, no permission, or a bundle that was loaded over the network
  }
}
