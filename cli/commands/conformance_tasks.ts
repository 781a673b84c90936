/**
 * The tasks of a suite, and a loop that runs them.
 *
 * @module
 */
import { pathInside } from "../../api/paths.ts";
import {
  type CaseResult,
  type ConformanceCase,
  type ConformanceFiles,
  judgeCase,
  runCase,
} from "../../api/conformance.ts";
import { Fault } from "../host/fault.ts";
import { unreadable, withFile } from "../host/io.ts";
import { readStream } from "../host/read_stream.ts";
import { decodeText } from "../input/text_file.ts";

/** A case to run; with the file of a backend's trace, a case to judge. */
export interface Task {
  readonly one: ConformanceCase;
  readonly trace: string | undefined;
}

/** Runs or judges tasks one after the other and calls `onDone` after each. A file with many golden traces is parsed once. */
export function runTasks(tasks: readonly Task[], onDone = () => {}): CaseResult[] {
  const files: ConformanceFiles = { read: readOptional };
  return tasks.map(({ one, trace }) => {
    onDone();
    return trace === undefined ? runCase(one, files) : judgeCase(one, readOptional(trace), files);
  });
}

/** The tasks of a suite; with `traces`, the folder of a backend's traces. */
export function tasksOf(
  cases: readonly ConformanceCase[],
  traces: string | undefined,
): readonly Task[] {
  return cases.map((one) => ({
    one,
    trace: traces === undefined ? undefined : pathInside(traces, traceFile(one.name)),
  }));
}

/** The name of the file in which a backend leaves its trace of a case. */
export function traceFile(name: string): string {
  return `${name.replaceAll(/[^\w.-]/g, "_")}.json`;
}

/** A file's text, or `undefined` where there is no such file. */
export function readOptional(path: string): string | undefined {
  try {
    return withFile(path, (file) => decodeText(readStream(file, path), path));
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return undefined;
    throw cause instanceof Fault ? cause : unreadable(path, cause);
  }
}
