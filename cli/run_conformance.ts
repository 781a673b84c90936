/**
 * Running the cases of a suite, in this process or spread over workers.
 *
 * @module
 */
import { Worker } from "node:worker_threads";
import { join } from "node:path";
import {
  type CaseResult,
  type ConformanceCase,
  type ConformanceFiles,
  judgeCase,
  runCase,
} from "../mod.ts";
import { unreadable } from "./io.ts";

/** A case to run; with the file of a backend's trace, a case to judge. */
export interface Task {
  readonly one: ConformanceCase;
  readonly trace: string | undefined;
}

/** Runs or judges tasks one after the other; `onDone` is told of each. Files of many golden traces are parsed once. */
export function runTasks(tasks: readonly Task[], onDone = () => {}): CaseResult[] {
  const files: ConformanceFiles = { read: readOptional };
  return tasks.map(({ one, trace }) => {
    onDone();
    return trace === undefined ? runCase(one, files) : judgeCase(one, readOptional(trace), files);
  });
}

/** The tasks of a suite; with `traces`, the folder of a backend's answers. */
export function tasksOf(
  cases: readonly ConformanceCase[],
  traces: string | undefined,
): readonly Task[] {
  return cases.map((one) => ({
    one,
    trace: traces === undefined ? undefined : join(traces, traceFile(one.name)),
  }));
}

/** The name of the file in which a backend leaves its trace of a case. */
export function traceFile(name: string): string {
  return `${name.replaceAll(/[^\w.-]/g, "_")}.json`;
}

/**
 * Runs the tasks in `jobs` workers, every `jobs`-th task in one; the results stand in the order of the tasks, so nothing shows
 * how many there were. Where a worker cannot start (a one-file bundle has no file for it), this process does its part.
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
function runInWorker(tasks: readonly Task[]): Promise<readonly CaseResult[] | undefined> {
  // In a bundle this module has no file of its own, and neither has the worker.
  if (!import.meta.url.endsWith("/run_conformance.ts")) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const worker = new Worker(new URL("./conformance_worker.ts", import.meta.url));
    const settle = (results: readonly CaseResult[] | undefined) => {
      resolve(results);
      void worker.terminate();
    };
    worker.once("message", (results: readonly CaseResult[]) => settle(results));
    worker.once("error", () => settle(undefined));
    worker.postMessage(tasks);
  });
}

/** A file's text, or `undefined` where there is no such file. */
export function readOptional(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return undefined;
    throw unreadable(path, cause);
  }
}
