/**
 * Notes about the log of a run.
 *
 * @module
 */
import { type Result, success } from "../../dvm/base/result.ts";
import type { VerifierKey } from "./key.ts";
import { parseRunOrigin, type RunOrigin } from "./noted_tree.ts";
import { type OpenedNote, openNote, type UnusableNote } from "./open_note.ts";

/** A note about a run's log. */
export interface RunNote extends OpenedNote {
  /** The run that its origin names. */
  readonly run: RunOrigin;
}

/** Opens a note. With a key, only what the key signed about its own runs is taken; without, everything, and the result says so. */
export async function openRunNote(
  written: string,
  key?: VerifierKey,
): Promise<Result<RunNote, UnusableNote>> {
  const opened = await openNote(written, { key, parseOrigin: parseRunOrigin });
  if (!opened.ok) return opened;
  const { note, subject: run } = opened.value;
  return success({ ...note, run });
}
