/**
 * Execution into a log with every engine at hand.
 *
 * @module
 */
import { ALL_ENGINES } from "../../dvm/api/all_engines.ts";
import type { Execution } from "../log/execution_form.ts";
import type { LogWriter } from "../log/writer.ts";
import { executeToLogWith, type LogRun } from "./record_execution.ts";

/**
 * Loads and executes, and writes every event to the log, up to the outcome and its checkpoint. Nothing is made durable: the
 * caller calls `writer.sync` for that. The execution's own `events` stay empty.
 */
export function executeToLog(run: LogRun, writer: LogWriter): Execution {
  return executeToLogWith(ALL_ENGINES, run, writer);
}
