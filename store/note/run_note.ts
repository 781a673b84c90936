/**
 * Notes about the log of a run: what they say, and how far that can be relied on.
 *
 * @module
 */
import { failure, type Result, success } from "../../dvm/base/result.ts";
import type { VerifierKey } from "./key.ts";
import { type MalformedNote, parseNote, type UnverifiedNote, verifyNote } from "./note.ts";
import { type NotedTree, parseNotedTree, parseRunOrigin, type RunOrigin } from "./noted_tree.ts";

/** A note about a run's log. */
export interface RunNote extends NotedTree {
  /** The run that its origin names. */
  readonly run: RunOrigin;
  /** Whether the key that was given signed it; if none was given, whether anybody claims to have. */
  readonly signature: "checked" | "unchecked" | "unsigned";
  /** The whole note, as it was written. */
  readonly written: string;
}

/** The note is about something else than a run, or about a run of somebody else than the key. */
export interface ForeignOrigin {
  /** The code. */
  readonly code: "foreign-origin";
  /** What the note is about. */
  readonly origin: string;
}

/** Why a text does not say anything about a run's log. */
export type UnusableNote = MalformedNote | UnverifiedNote | ForeignOrigin;

/** Opens a note. With a key, only what the key signed about its own runs is taken; without, everything, and the result says so. */
export async function openRunNote(
  written: string,
  key?: VerifierKey,
): Promise<Result<RunNote, UnusableNote>> {
  const note = parseNote(written);
  if (!note.ok) return note;
  if (key !== undefined) {
    const verified = await verifyNote(note.value, key);
    if (!verified.ok) return verified;
  }
  const tree = parseNotedTree(note.value.text);
  if (!tree.ok) return tree;
  const { origin } = tree.value;
  const run = parseRunOrigin(origin);
  const isForeign = run === undefined || (key !== undefined && run.name !== key.name);
  if (isForeign) return failure({ code: "foreign-origin", origin });
  const isUnsigned = note.value.signatures.length === 0;
  const signature = key !== undefined ? "checked" : isUnsigned ? "unsigned" : "unchecked";
  return success({ ...tree.value, run, signature, written });
}
