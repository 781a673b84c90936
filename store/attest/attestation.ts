/**
 * Notes about a log: making their text, and comparing a log with a note that was made of it earlier.
 *
 * @module
 */
import { failure, type Result, success } from "../../dvm/base/result.ts";
import { type NotedTree, type RunOrigin, runOrigin } from "../note/noted_tree.ts";
import { treeRoot } from "../tree/tree_head.ts";
import type { LogTree } from "./log_tree.ts";

/** The log begins with the blocks that the note attests. */
export interface Attestation {
  /** Number of attested blocks; 0 if the note attests nothing. */
  readonly blocks: number;
  /** Number of attested lines, the checkpoints of these blocks included. */
  readonly events: number;
  /** Number of lines after them, which the note does not attest. */
  readonly beyond: number;
}

/** The note is about another run, or the log was made into one. */
export interface OtherRun {
  /** The code. */
  readonly code: "other-run";
  /** The run of the log: its occurrence or identity, whichever the note names. */
  readonly run: string;
}

/** The log has fewer blocks than the note attests. */
export interface ShorterLog {
  /** The code. */
  readonly code: "shorter-log";
  /** Number of blocks of the log. */
  readonly blocks: number;
}

/** The log has as many blocks as the note attests, and some of them were changed. */
export interface RewrittenLog {
  /** The code. */
  readonly code: "rewritten-log";
}

/** Why a log is not the one that a note attests. */
export type NoteMismatch = OtherRun | ShorterLog | RewrittenLog;

/**
 * The text of a note about the log, for a key of this name; `undefined` if no checkpoint follows an outcome. Before realization
 * a run has one tree, that of its outcome; a realized run has an occurrence, and its tree grows with its receipts.
 */
export function noteOf(
  { blocks, outcome, occurrence }: LogTree,
  name: string,
): NotedTree | undefined {
  if (outcome === undefined) return undefined;
  if (occurrence === undefined) {
    const { size, identity } = outcome;
    return { origin: runOrigin({ name, run: identity }), size, root: identity };
  }
  const root = treeRoot(blocks.map(({ leaf }) => leaf));
  return { origin: runOrigin({ name, run: occurrence }), size: blocks.length, root };
}

/**
 * Compares a log, which must be undamaged, with a note.
 *
 * @example
 * ```ts
 * import {
 *   attestableLog, compareWithNote, executeToLog, LogWriter, MemoryFile, noteOf, openRunNote, renderNotedTree,
 * } from "../../mod.ts";
 * const text = `{"forges":[{"name":"F","shapes":[],"binds":[],"procs":[{"regime":"K","name":"main","params":[],
 *   "uses":[],"ret":"i64","qualifiers":[],"body":[{"Return":{"expr":"1"}}]}]}]}`;
 * const log = new MemoryFile();
 * executeToLog({ artifacts: [{ name: "one", text }], input: {} }, new LogWriter(log));
 * const verified = attestableLog(log);
 * const noted = verified.ok ? noteOf(verified.value.tree, "example.org/runs") : undefined;
 * if (!verified.ok || noted === undefined) throw new Error();
 * const note = await openRunNote(renderNotedTree(noted));
 * if (!note.ok || !compareWithNote(verified.value.tree, note.value).ok) throw new Error();
 * const other = compareWithNote(verified.value.tree, { ...note.value, root: "0".repeat(64) });
 * if (other.ok || other.failure.code !== "rewritten-log") throw new Error();
 * ```
 */
export function compareWithNote(
  tree: LogTree,
  { run, size, root }: NotedTree & { readonly run: RunOrigin },
): Result<Attestation, NoteMismatch> {
  const own = run.run.length === OCCURRENCE_DIGITS ? occurrenceOf(tree) : tree.outcome?.identity;
  if (own !== undefined && own !== run.run) return failure({ code: "other-run", run: own });
  const { blocks } = tree;
  if (size > blocks.length) return failure({ code: "shorter-log", blocks: blocks.length });
  const attested = blocks.slice(0, size);
  const actual = treeRoot(attested.map(({ leaf }) => leaf));
  if (actual !== root) return failure({ code: "rewritten-log" });
  const last = attested.at(-1);
  const events = last === undefined ? 0 : last.checkpoint + 1;
  return success({ blocks: size, events, beyond: tree.events - events });
}

const OCCURRENCE_DIGITS = 32;

/** The occurrence of the run, or its identity where it cannot have one; `undefined` if the log may have been cut off before it. */
function occurrenceOf({ occurrence, outcome, needsRealization }: LogTree): string | undefined {
  return occurrence ?? (needsRealization ? undefined : outcome?.identity);
}
