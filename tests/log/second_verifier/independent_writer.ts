/**
 * Writes logs from lists of events, after `docs/log-format.md` alone: no code of the executor is used, so that its reader and
 * `tools/verify_log.py` are judged by logs that neither the executor wrote nor the same mistake spoiled. Each part of the writer can be
 * replaced by a wrong one, to plant a bug.
 *
 * @module
 */
import { createHash } from "node:crypto";

/** An event as the log spells it, without `seq`; the order of the members counts. */
export type Draft = { readonly kind: string; readonly [member: string]: unknown };

/** The parts of the writer; a planted bug replaces some. */
export interface WriterParts {
  /** Events between two checkpoints, at most. */
  readonly blockEvents: number;
  /** Whether a checkpoint stands directly after the header, and after the outcome. */
  readonly afterHeader: boolean;
  readonly afterOutcome: boolean;
  /** Whether one stands at the end, if anything is before it. */
  readonly atEnd: boolean;
  readonly leaf: (block: Uint8Array) => Uint8Array;
  readonly node: (left: Uint8Array, right: Uint8Array) => Uint8Array;
  /** How many of `leaves` leaves the left subtree has. */
  readonly split: (leaves: number) => number;
  /** The bytes that a block has, of the log so far. */
  readonly blockOf: (log: Uint8Array, start: number, end: number) => Uint8Array;
  /** Whether an event advances the clock. */
  readonly isClock: (draft: Draft) => boolean;
  /** The distances to which the `count` checkpoints before can be skipped. */
  readonly distances: (count: number) => readonly number[];
  /** The last word on a line: its members to its text. */
  readonly spell: (event: object) => string;
  readonly seqOf: (line: number) => number;
}

export const CORRECT: WriterParts = {
  blockEvents: 1024,
  afterHeader: true,
  afterOutcome: true,
  atEnd: true,
  leaf: (block) => sha256(Uint8Array.of(0), block),
  node: (left, right) => sha256(Uint8Array.of(1), left, right),
  split: (leaves) => 2 ** Math.ceil(Math.log2(leaves) - 1),
  blockOf: (log, start, end) => log.subarray(start, end),
  isClock: ({ kind, effect }) =>
    ["stmt", "effect", "constraint_added", "witness"].includes(kind) &&
    !/^(?:write|io_write|mmio_write):/.test(String(effect)),
  distances: (count) => [...powersOfTwo(count)],
  spell,
  seqOf: (line) => line,
};

/** SHA-256 over some bytes. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

/** Bytes in hex. */
export function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A number that JavaScript does not print as the log does. */
export function number(text: string): string {
  return `#${text}#`;
}

/** A line without its LF. */
export function spell(event: object): string {
  return JSON.stringify(event).replaceAll(/"#([^"#]*)#"/g, "$1");
}

/** The root of a tree with these leaves. */
export function rootOf(leaves: readonly Uint8Array[], parts: WriterParts = CORRECT): Uint8Array {
  const [first] = leaves;
  if (first === undefined) return sha256();
  if (leaves.length === 1) return first;
  const left = parts.split(leaves.length);
  return parts.node(rootOf(leaves.slice(0, left), parts), rootOf(leaves.slice(left), parts));
}

/** A log, with where its checkpoints are. */
export interface WrittenLog {
  readonly bytes: Uint8Array;
  /** Hashes of its blocks. */
  readonly leaves: readonly Uint8Array[];
  readonly blocks: readonly Uint8Array[];
}

/** The bytes of a log with these events, and the checkpoints that belong there. */
export function logBytes(drafts: readonly Draft[], parts: Partial<WriterParts> = {}): Uint8Array {
  return writeLog(drafts, parts).bytes;
}

/** Writes these events, with the checkpoints that belong there; a draft of kind `checkpoint` forces one more. */
export function writeLog(
  drafts: readonly Draft[],
  replaced: Partial<WriterParts> = {},
): WrittenLog {
  const parts = { ...CORRECT, ...replaced };
  const writer = new IndependentWriter(parts);
  const [header] = drafts;
  const headerEnd = 1 + Number(header?.["artifacts"] ?? 0) + Number(header?.["inputs"] ?? 0);
  for (const [index, draft] of drafts.entries()) {
    if (draft.kind === "checkpoint") {
      writer.checkpoint();
      continue;
    }
    writer.append(draft);
    const isDue = writer.since === parts.blockEvents ||
      (parts.afterHeader && index + 1 === headerEnd) ||
      (parts.afterOutcome && draft.kind === "outcome");
    if (isDue) writer.checkpoint();
  }
  if (parts.atEnd && writer.since > 0) writer.checkpoint();
  return writer;
}

class IndependentWriter implements WrittenLog {
  readonly leaves: Uint8Array[] = [];
  readonly blocks: Uint8Array[] = [];
  /** Events since the last checkpoint. */
  since = 0;
  readonly #parts: WriterParts;
  readonly #counts = { tick: 0, effects: 0, constraints: 0, depth: 0 };
  readonly #checkpoints: number[] = [];
  #bytes = new Uint8Array(1 << 16);
  #length = 0;
  #start = 0;
  #line = 0;

  constructor(parts: WriterParts) {
    this.#parts = parts;
  }

  get bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  append(draft: Draft): void {
    this.#write(draft);
    this.since++;
    const { kind } = draft;
    if (this.#parts.isClock(draft)) this.#counts.tick++;
    if (kind === "effect") this.#counts.effects++;
    if (kind === "constraint_added") this.#counts.constraints++;
    if (kind === "enter_proc") this.#counts.depth++;
    if (kind === "leave_proc") this.#counts.depth--;
  }

  checkpoint(): void {
    const end = this.#length;
    const block = this.#parts.blockOf(this.bytes, this.#start, end);
    const leaf = this.#parts.leaf(block);
    this.leaves.push(leaf);
    this.blocks.push(block);
    const { tick, effects, constraints, depth } = this.#counts;
    this.#write({
      kind: "checkpoint",
      tick,
      bytes: end,
      effects,
      constraints,
      depth,
      block: hex(leaf),
      root: hex(rootOf(this.leaves, this.#parts)),
      skip: this.#parts.distances(this.#checkpoints.length).map((back) =>
        this.#checkpoints.at(-back)
      ),
    });
    this.#checkpoints.push(end);
    this.#start = this.#length;
    this.since = 0;
  }

  #write(draft: Draft): void {
    const text = this.#parts.spell({ seq: this.#parts.seqOf(this.#line++), ...draft });
    const line = new TextEncoder().encode(`${text}\n`);
    while (this.#length + line.length > this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#bytes.length);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(line, this.#length);
    this.#length += line.length;
  }
}

function* powersOfTwo(max: number): Generator<number> {
  for (let power = 1; power <= max; power *= 2) yield power;
}
