/**
 * A worker of `dustrun conformance --jobs N`: receives cases, runs them one after the other, and posts the results.
 *
 * @module
 */
import { parentPort } from "node:worker_threads";
import { runTasks, type Task } from "./conformance_tasks.ts";

parentPort?.once("message", (tasks: readonly Task[]) => {
  parentPort?.postMessage(runTasks(tasks));
});
