/**
 * Proofs that an event is in a log that a signed note attests. Making one needs the log; checking it needs only the proof and the key.
 *
 * @module
 */
import { failure, type Result, success } from "../../dvm/base/result.ts";
import { type Readable, readRange } from "../file/byte_file.ts";
import { textOf } from "../log/lines.ts";
import { readEventLine } from "../log/log_line.ts";
import type { VerifierKey } from "../note/key.ts";
import type { LogProof } from "../note/log_proof.ts";
import type { UnsignedNote } from "../note/note.ts";
import type { UnusableNote } from "../note/open_note.ts";
import { openRunNote, type RunNote } from "../note/run_note.ts";
import { isIncluded } from "../tree/check_proof.ts";
import { leafHash } from "../tree/hash.ts";
import { proveInclusion } from "../tree/prove.ts";
import { compareWithNote, type NoteMismatch } from "./attestation.ts";
import type { LogTree } from "./log_tree.ts";

/** The log has no event of this number. */
export interface NoSuchEvent {
  /** The code. */
  readonly code: "no-such-event";
}

/** The line is a checkpoint, which is in no block: its members can be computed from the blocks. */
export interface CheckpointEvent {
  /** The code. */
  readonly code: "checkpoint-event";
}

/** The event is after the blocks that the note attests. */
export interface EventBeyondNote {
  /** The code. */
  readonly code: "event-beyond-note";
  /** Number of events that the note attests, from event 0 on. */
  readonly events: number;
}

/** Why an event cannot be proven with a note. One that nobody signed proves nothing to anybody else. */
export type UnprovableEvent =
  | NoteMismatch
  | UnsignedNote
  | NoSuchEvent
  | CheckpointEvent
  | EventBeyondNote;

/** What a proof of an event is made from. */
export interface ProofRequest {
  /** `seq` of the event. */
  readonly seq: number;
  /** The signed note that attests it. */
  readonly note: RunNote;
}

/** Proves that an event is in a log, which must be undamaged. The signature of the note is not checked: its key may be elsewhere. */
export function proveEvent(
  log: Readable,
  tree: LogTree,
  { seq, note }: ProofRequest,
): Result<LogProof, UnprovableEvent> {
  if (note.signature === "unsigned") return failure({ code: "unsigned-note" });
  const attested = compareWithNote(tree, note);
  if (!attested.ok) return attested;
  if (seq >= tree.events) return failure({ code: "no-such-event" });
  const { blocks, events } = attested.value;
  if (seq >= events) return failure({ code: "event-beyond-note", events });
  const index = tree.blocks.findIndex(({ checkpoint }) => seq <= checkpoint);
  const block = tree.blocks[index];
  if (block === undefined || seq === block.checkpoint) return failure({ code: "checkpoint-event" });
  const leaf = readRange(log, { at: block.start, end: block.end });
  const leaves = tree.blocks.slice(0, blocks).map(({ leaf }) => leaf);
  return success({ leaf, index, hashes: proveInclusion(leaves, index), note: note.written });
}

/** A block that was proven to be in a run's log. */
export interface ProvenBlock {
  /** The note that attests it. */
  readonly note: RunNote;
  /** Its index, from 0. */
  readonly index: number;
  /** Its events, as lines of the log without their LF. */
  readonly lines: readonly string[];
}

/** The proof does not lead from its leaf to the root of its note. */
export interface NotIncluded {
  /** The code. */
  readonly code: "not-included";
}

/** What the note attests is no block of a log: its lines are not events in a row. */
export interface NoBlock {
  /** The code. */
  readonly code: "no-block";
  /** What is wrong with it, as a sentence. */
  readonly reason: string;
}

/** Why a proof proves nothing. */
export type InvalidProof = UnusableNote | NotIncluded | NoBlock;

/** Checks a proof: the key signed its note about one of its own runs, and the block is in the tree of that note. */
export async function checkEventProof(
  { leaf, index, hashes, note }: LogProof,
  key: VerifierKey,
): Promise<Result<ProvenBlock, InvalidProof>> {
  const opened = await openRunNote(note, key);
  if (!opened.ok) return opened;
  if (!isIncluded({ index, hash: leafHash(leaf) }, opened.value, hashes)) {
    return failure({ code: "not-included" });
  }
  const lines = linesOfBlock(leaf);
  return lines.ok ? success({ note: opened.value, index, lines: lines.value }) : lines;
}

/** The lines of a block: events with consecutive numbers, and no checkpoint. */
function linesOfBlock(leaf: Uint8Array): Result<readonly string[], NoBlock> {
  const lines = textOf(leaf)?.split("\n") ?? [""];
  if (lines.length < 2 || lines.pop() !== "") return noBlock("it is not whole lines of UTF-8");
  let expected: number | undefined;
  for (const [at, line] of lines.entries()) {
    const read = readEventLine(line);
    if (!read.ok) return noBlock(`line ${at + 1}: ${read.failure}`);
    const { kind, seq } = read.value;
    if (kind === "checkpoint") {
      return noBlock(`line ${at + 1} is a checkpoint, which is in no block`);
    }
    if (seq !== (expected ?? seq)) {
      return noBlock(`line ${at + 1}: seq is ${seq}, expected ${expected}`);
    }
    expected = seq + 1;
  }
  return success(lines);
}

function noBlock(reason: string): Result<never, NoBlock> {
  return failure({ code: "no-block", reason });
}

/** The `seq` that a line of a log begins with; `undefined` if it begins otherwise. */
export function seqOfLine(line: string): number | undefined {
  const digits = /^\{"seq":([0-9]{1,15}),/.exec(line)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
