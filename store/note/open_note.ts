/**
 * Opens notes: what a note says about a tree, and how far that can be relied on.
 *
 * @module
 */
import { failure, type Result, success } from "../../dvm/base/result.ts";
import type { VerifierKey } from "./key.ts";
import { type MalformedNote, parseNote, type UnverifiedNote, verifyNote } from "./note.ts";
import { type NotedTree, parseNotedTree } from "./noted_tree.ts";

/** A note about a tree, whatever its leaves are. */
export interface OpenedNote extends NotedTree {
  /** Whether the key that was given signed it; if none was given, whether anybody claims to have. */
  readonly signature: "checked" | "unchecked" | "unsigned";
  /** The whole note, as it was written. */
  readonly written: string;
}

/** The note is about something else than was asked for, or about a run or store of somebody else than the key. */
export interface ForeignOrigin {
  /** The code. */
  readonly code: "foreign-origin";
  /** What the note is about. */
  readonly origin: string;
}

/** Why a text does not say anything about a tree. */
export type UnusableNote = MalformedNote | UnverifiedNote | ForeignOrigin;

/** What is accepted as a note. */
export interface NoteExpectation<Subject> {
  /** The key that must have signed it, about one of its own runs or stores; `undefined` to accept everything. */
  readonly key: VerifierKey | undefined;
  /** What an origin names; `undefined` if that is something else than is asked for. */
  readonly parseOrigin: (origin: string) => Subject | undefined;
}

/** Opens a note; returns also what its origin names. */
export async function openNote<Subject extends { readonly name: string }>(
  written: string,
  { key, parseOrigin }: NoteExpectation<Subject>,
): Promise<Result<{ readonly note: OpenedNote; readonly subject: Subject }, UnusableNote>> {
  const note = parseNote(written);
  if (!note.ok) return note;
  if (key !== undefined) {
    const verified = await verifyNote(note.value, key);
    if (!verified.ok) return verified;
  }
  const tree = parseNotedTree(note.value.text);
  if (!tree.ok) return tree;
  const { origin } = tree.value;
  const subject = parseOrigin(origin);
  const isForeign = subject === undefined || (key !== undefined && subject.name !== key.name);
  if (isForeign) return failure({ code: "foreign-origin", origin });
  const isUnsigned = note.value.signatures.length === 0;
  const signature = key !== undefined ? "checked" : isUnsigned ? "unsigned" : "unchecked";
  return success({ note: { ...tree.value, signature, written }, subject });
}
