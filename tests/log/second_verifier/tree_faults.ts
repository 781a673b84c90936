/**
 * Violations of rules 19 and 20 of `docs/log-format.md`: what writers with a bug in their tree would write.
 *
 * @module
 */
import {
  CORRECT,
  type Draft,
  logBytes,
  sha256,
  spell,
  type WriterParts,
} from "./independent_writer.ts";
import { events, type Fault, firstOf, REALIZED } from "./damage.ts";
import { returnedRun } from "./sample_drafts.ts";

const CHECKPOINT: Draft = { kind: "checkpoint" };

/** A run in blocks of nine events, as if its writer had been closed that often: skips of 1, 2, 4 and 8. */
const IN_BLOCKS = returnedRun("simulate", { rounds: 40 }).flatMap((draft, index) =>
  index % 9 === 8 ? [draft, CHECKPOINT] : [draft]
);

function planted(name: string, parts: Partial<WriterParts>): Fault {
  return events(20, name, IN_BLOCKS, parts);
}

/** A checkpoint whose members were changed last. */
function members(name: string, change: (checkpoint: Checkpoint) => object): Fault {
  return planted(name, {
    spell: (event) => spell(isCheckpoint(event) ? { ...event, ...change(event) } : event),
  });
}

interface Checkpoint {
  readonly kind: "checkpoint";
  readonly tick: number;
  readonly bytes: number;
  readonly effects: number;
  readonly constraints: number;
  readonly depth: number;
  readonly block: string;
  readonly root: string;
  readonly skip: readonly number[];
}

function isCheckpoint(event: object): event is Checkpoint {
  return "kind" in event && event.kind === "checkpoint";
}

/** Rule 19. */
export const PLACE_FAULTS: readonly Fault[] = [
  events(19, "no checkpoint after the header", REALIZED, { afterHeader: false }),
  events(19, "no checkpoint after the outcome", REALIZED, { afterOutcome: false }),
  events(19, "a block of 1,025 events", returnedRun("simulate", { rounds: 600 }), {
    blockEvents: 1025,
  }),
  events(
    19,
    "a checkpoint at the start",
    [REALIZED[0] ?? CHECKPOINT, ...REALIZED.slice(1)].toSpliced(0, 0, CHECKPOINT),
  ),
  events(
    19,
    "two checkpoints after the outcome",
    REALIZED.toSpliced(firstOf("outcome") + 1, 0, CHECKPOINT),
  ),
  events(19, "two checkpoints in the middle", REALIZED.toSpliced(20, 0, CHECKPOINT, CHECKPOINT)),
  events(19, "two checkpoints at the end", [...REALIZED, CHECKPOINT, CHECKPOINT]),
];

/** Rule 20. */
export const TREE_FAULTS: readonly Fault[] = [
  planted("leaves without a prefix", { leaf: (block) => sha256(block) }),
  planted("leaves with the prefix of nodes", { leaf: (block) => sha256(Uint8Array.of(1), block) }),
  planted("nodes without a prefix", { node: (left, right) => sha256(left, right) }),
  planted("nodes with the prefix of leaves", {
    node: (left, right) => sha256(Uint8Array.of(0), left, right),
  }),
  planted("nodes with exchanged sides", { node: (left, right) => CORRECT.node(right, left) }),
  planted("nodes that drop the right side", { node: (left) => left }),
  planted("a chain instead of a tree", { split: (leaves) => leaves - 1 }),
  planted("the tree split in the middle", { split: (leaves) => Math.ceil(leaves / 2) }),
  planted("blocks with the checkpoint before", {
    blockOf: (log, start, end) => log.subarray(previousLine(log, start), end),
  }),
  planted("blocks without the last LF", {
    blockOf: (log, start, end) => log.subarray(start, end - 1),
  }),
  planted("blocks from the start of the file", { blockOf: (log, _, end) => log.subarray(0, end) }),
  planted("blocks without their first line", {
    blockOf: (log, start, end) => log.subarray(log.indexOf(0x0a, start) + 1, end),
  }),
  planted("a clock that counts every event", { isClock: () => true }),
  planted("a clock that forgets effects", {
    isClock: (draft) => draft.kind !== "effect" && CORRECT.isClock(draft),
  }),
  planted("skips of 1, 2, 3 …", {
    distances: (count) => Array.from({ length: count }, (_, i) => i + 1),
  }),
  planted("no skips", { distances: () => [] }),
  planted("skips without the largest", { distances: (count) => CORRECT.distances(count - 1) }),
  planted("skips from the farthest", {
    distances: (count) => CORRECT.distances(count).toReversed(),
  }),
  members("one tick more", ({ tick }) => ({ tick: tick + 1 })),
  members("one byte less", ({ bytes }) => ({ bytes: bytes - 1 })),
  members("one effect more", ({ effects }) => ({ effects: effects + 1 })),
  members("one constraint more", ({ constraints }) => ({ constraints: constraints + 1 })),
  members("one process more", ({ depth }) => ({ depth: depth + 1 })),
  members("the block is the root", ({ root }) => ({ block: root })),
  members("the root is the block", ({ block }) => ({ root: block })),
  members("a root of zeros", () => ({ root: "0".repeat(64) })),
];

/** A log whose outcome's checkpoint is missing at its end is a prefix, not damage. */
export const UNCLOSED = logBytes(REALIZED.slice(0, firstOf("outcome") + 1), {
  afterOutcome: false,
  atEnd: false,
});

function previousLine(log: Uint8Array, start: number): number {
  return start === 0 ? 0 : log.lastIndexOf(0x0a, start - 2) + 1;
}
