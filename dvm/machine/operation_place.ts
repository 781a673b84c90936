/**
 * Where the event of an operation belongs.
 *
 * @module
 */
import type { Located } from "../dir/statement_paths.ts";
import { currentStmt, type Frame } from "../event/frame.ts";
import { type State, topFrame } from "../event/state.ts";

/** The current statement, which must be at `at`, and its frame; or why the event does not fit. */
export function operationAt(
  state: State,
  at: string,
): { readonly frame: Frame; readonly located: Located } | string {
  const frame = topFrame(state);
  const stmt = frame === undefined ? undefined : currentStmt(frame);
  if (frame === undefined || stmt === undefined) return "no statement is next";
  if (stmt.at !== at) return `the next statement is ${stmt.at}`;
  return { frame, located: { proc: frame.proc, stmt } };
}
