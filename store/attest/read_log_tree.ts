/**
 * Reads the tree of a log from its checkpoints.
 *
 * @module
 */
import { decodeText } from "../file/decode_text.ts";
import { assert } from "../../dvm/base/result.ts";
import type { Checkpoint } from "../../dvm/event/event.ts";
import { type Readable, readRange } from "../file/byte_file.ts";
import { needsRealization } from "../log/event_order.ts";
import { readEventLine } from "../log/log_line.ts";
import type { ScannedLog } from "../log/scan.ts";
import type { LogTree, OutcomeTree, TreeBlock } from "./log_tree.ts";

/** The tree of a log that was scanned: its checkpoints say what the lines before them give. */
export function readLogTree(
  log: Readable,
  { end, header, outcome, occurrence }: ScannedLog,
): LogTree {
  const blocks: TreeBlock[] = [];
  let start = 0, first = 0;
  let outcomeTree: OutcomeTree | undefined;
  for (const at of end.tree.checkpoints) {
    const { checkpoint, length } = readCheckpoint(log, at);
    blocks.push({ leaf: checkpoint.block, start, end: at, first, checkpoint: checkpoint.seq });
    start = at + length;
    first = checkpoint.seq + 1;
    if (outcome !== undefined && outcomeTree === undefined && outcome.seq < checkpoint.seq) {
      outcomeTree = { size: blocks.length, identity: checkpoint.root };
    }
  }
  return {
    blocks,
    events: end.seq,
    outcome: outcomeTree,
    needsRealization: needsRealization(header, outcome),
    occurrence,
  };
}

/** More than the line of any checkpoint has: ten numbers, two hashes, and one offset for each bit of their number. */
const CHECKPOINT_BYTES_MAX = 2_048;
const LF = 0x0a;

function readCheckpoint(
  log: Readable,
  at: number,
): { readonly checkpoint: Checkpoint; readonly length: number } {
  const bytes = readRange(log, { at, end: at + CHECKPOINT_BYTES_MAX });
  const length = bytes.indexOf(LF);
  const read = readEventLine(decodeText(bytes.subarray(0, length)));
  assert(
    read.ok && read.value.kind === "checkpoint",
    "a checkpoint is where the scan found it",
  );
  return { checkpoint: read.value, length: length + 1 };
}
