/**
 * Bugs for the checks of `store_checks.ts` to find, by what they are in.
 *
 * @module
 */
import type { PlantedBug } from "./plant.ts";

/** In the codec: another spelling is written or accepted. */
export const CODEC_BUGS: readonly PlantedBug[] = [
  {
    name: "a number may begin with 0",
    file: "codec/line_scanner.ts",
    text: "=== ZERO && at > start + 1",
    becomes: "=== ZERO && at > start + 99",
  },
  {
    name: "-0 is accepted",
    file: "codec/line_scanner.ts",
    text: 'if (isNegative && value === 0) this.#stopAt(start, "-0 must be written 0");',
    becomes: "",
  },
  {
    name: "a string may be escaped in any way",
    file: "codec/line_scanner.ts",
    text: "value === undefined || JSON.stringify(value) !== spelled",
    becomes: "value === undefined",
  },
  {
    name: "two fields may have one name",
    file: "codec/line_scanner.ts",
    text: "if (names.has(name))",
    becomes: "if (names.has(name) && depth > 9)",
  },
  {
    name: "something may follow the event on its line",
    file: "codec/line_scanner.ts",
    text: "if (this.#at !== this.#text.length)",
    becomes: "if (this.#at > this.#text.length)",
  },
  {
    name: "the thread 0 may be spelled",
    file: "codec/decode_event.ts",
    text: "return thread > 0 ?",
    becomes: "return thread >= 0 ?",
  },
  {
    name: "an empty list of conflicts may be spelled",
    file: "codec/decode_field.ts",
    text: "return items.length > 0 ?",
    becomes: "return items.length >= 0 ?",
  },
  {
    name: "zeros inside of a large integer are lost",
    file: "codec/digits.ts",
    text: "digitsAt(bytes, at, rest - high * TEN_MILLION, 7)",
    becomes: "digitsAt(bytes, at, rest - high * TEN_MILLION, digitsOf(rest - high * TEN_MILLION))",
  },
  {
    name: "a backslash is not escaped",
    file: "codec/line_bytes.ts",
    text: " || unit === BACKSLASH",
    becomes: "",
  },
  {
    name: "members are written in another order",
    file: "codec/encode_event.ts",
    text: 'text(into, "effect", e.effect);\n      value(into, "value", e.value);',
    becomes: 'value(into, "value", e.value);\n      text(into, "effect", e.effect);',
  },
];

/** In the rules: what one line says about others is not checked, or is checked wrongly. */
export const RULE_BUGS: readonly PlantedBug[] = [
  {
    name: "an effect may have the index of an earlier one",
    file: "log/count_rules.ts",
    text: "event.index !== before.effects",
    becomes: "event.index > before.effects",
  },
  {
    name: "off by one: the next constraint may be decided already",
    file: "log/count_rules.ts",
    text: "Number(digits) <= constraints",
    becomes: "Number(digits) <= constraints + 1",
  },
  {
    name: "the ticks of an outcome are not checked",
    file: "log/count_rules.ts",
    text: "ticks === before.tick && effects === before.effects)",
    becomes: "effects === before.effects)",
  },
  {
    name: "any process may be left",
    file: "log/frame_rules.ts",
    text: "left.proc === event.proc",
    becomes: 'left.proc !== ""',
  },
  {
    name: "a run may succeed with processes open",
    file: "log/frame_rules.ts",
    text: "event.error === undefined && this.#depth > 0",
    becomes: "event.error === undefined && this.#depth > 99",
  },
  {
    name: "a configuration may lack a parameter",
    file: "log/frame_rules.ts",
    text: "!names.has(name)",
    becomes: 'names.size === 0 && name !== ""',
  },
  {
    name: "a resource may be consumed twice",
    file: "log/resource_rules.ts",
    text: "this.#live.delete(event.resource)",
    becomes: "this.#live.has(event.resource)",
  },
  {
    name: "the digest of the program is not checked",
    file: "log/header_rules.ts",
    text: 'program === `sha256:${sha256(this.#digests.join("\\n"))}`',
    becomes: 'program !== ""',
  },
  {
    name: "the digest of an input is not checked",
    file: "log/header_rules.ts",
    text: "event.digest === digest",
    becomes: 'event.digest !== ""',
  },
  {
    name: "a simulated run may be realized",
    file: "log/event_order.ts",
    text: ' || header.mode !== "realize"',
    becomes: "",
  },
  {
    name: "two checkpoints may follow one another",
    file: "log/event_order.ts",
    text: "this.tally.sinceCheckpoint === 0",
    becomes: "this.tally.sinceCheckpoint < 0",
  },
  {
    name: "realization may begin twice",
    file: "log/realization_progress.ts",
    text: "if (this.#started !== undefined)",
    becomes: "if (this.isClosed)",
  },
  {
    name: "a receipt may be of another sink than its intent",
    file: "log/realization_progress.ts",
    text: "if (known !== undefined) continue;",
    becomes: 'if (sink !== "") continue;',
  },
  {
    name: "fewer effects may be reported than were performed",
    file: "log/realization_progress.ts",
    text: "event.performed !== this.#performed",
    becomes: "event.performed > this.#performed",
  },
  {
    name: "off by one: a block may have an event more",
    file: "log/log_tally.ts",
    text: "CHECKPOINT_EVENTS = 1_024",
    becomes: "CHECKPOINT_EVENTS = 1_025",
  },
  {
    name: "processes that were left count as open",
    file: "log/log_tally.ts",
    text: "        this.#depth--;\n",
    becomes: "",
  },
];

/** In the tree and its proofs. */
export const TREE_BUGS: readonly PlantedBug[] = [
  {
    name: "leaves are hashed like nodes",
    file: "tree/hash.ts",
    text: "LEAF_PREFIX = Uint8Array.of(0)",
    becomes: "LEAF_PREFIX = Uint8Array.of(1)",
  },
  {
    name: "nodes are hashed like leaves",
    file: "tree/hash.ts",
    text: "NODE[0] = 1;",
    becomes: "NODE[0] = 0;",
  },
  {
    name: "the order of two hashes does not matter",
    file: "tree/hash.ts",
    text: "  hexInto(NODE, 1, left);\n  hexInto(NODE, 1 + HASH_BYTES, right);",
    becomes:
      "  const [low, high] = [left, right].sort();\n  hexInto(NODE, 1, low);\n  hexInto(NODE, 1 + HASH_BYTES, high);",
  },
  {
    name: "a subtree without a sibling is its own sibling",
    file: "tree/tree_head.ts",
    text: "right === undefined ? left :",
    becomes: "right === undefined ? (this.#subtrees.length > 1 ? nodeHash(left, left) : left) :",
  },
  {
    name: "subtrees are joined with their sides exchanged",
    file: "tree/tree_head.ts",
    text: "hash = nodeHash(left, hash)",
    becomes: "hash = nodeHash(hash, left)",
  },
  {
    name: "skip pointers go to every checkpoint",
    file: "log/block_tree.ts",
    text: "back *= 2",
    becomes: "back += 1",
  },
  {
    name: "a block has the bytes of the block before it too",
    file: "log/block_tree.ts",
    text: "    this.#leaf = startLeafHash();\n    return",
    becomes: "    return",
  },
  {
    name: "a proof leads to the neighbour of the last leaf of a subtree",
    file: "tree/prove.ts",
    text: "if (index < middle)",
    becomes: "if (index <= middle)",
  },
  {
    name: "off by one: the left subtree has too few leaves",
    file: "tree/prove.ts",
    text: "while (2 * left < size)",
    becomes: "while (2 * left < size - 1)",
  },
  {
    name: "a consistency proof repeats what is known",
    file: "tree/prove.ts",
    text: "if (start !== 0) proof.push",
    becomes: "proof.push",
  },
  {
    name: "off by one: the leaf after the last is in the tree",
    file: "tree/check_proof.ts",
    text: "leaf.index >= tree.size",
    becomes: "leaf.index > tree.size",
  },
  {
    name: "an inner node is accepted as a leaf",
    file: "tree/check_proof.ts",
    text: "return last === 0 && hash === tree.root",
    becomes: "return hash === tree.root",
  },
  {
    name: "the root of the older tree is not compared",
    file: "tree/check_proof.ts",
    text: "olderRoot === older.root && newerRoot",
    becomes: "newerRoot",
  },
  {
    name: "the root of the newer tree is not compared",
    file: "tree/check_proof.ts",
    text: " && newerRoot === newer.root",
    becomes: "",
  },
  {
    name: "two trees of one size are consistent",
    file: "tree/check_proof.ts",
    text: "older.root === newer.root && proof.length === 0",
    becomes: "proof.length === 0",
  },
  {
    name: "the empty tree may have any root",
    file: "tree/check_proof.ts",
    text: "older.root === EMPTY_ROOT && proof.length === 0",
    becomes: "proof.length === 0",
  },
];

/** In notes, and in comparing logs with them. */
export const NOTE_BUGS: readonly PlantedBug[] = [
  {
    name: "a key is known by its name alone",
    file: "note/note.ts",
    text: "name === key.name && id === key.id",
    becomes: "name === key.name",
  },
  {
    name: "one good signature makes up for a forged one",
    file: "note/note.ts",
    text: 'if (!isOwn) return failure({ code: "forged-note" });',
    becomes: "if (isOwn) break;",
  },
  {
    name: "the ID of a key is not compared",
    file: "note/key.ts",
    text: "if (idOf(name, publicKey) !== id)",
    becomes: 'if (id === "")',
  },
  {
    name: "a key may sign about the runs of others",
    file: "note/open_note.ts",
    text: " && subject.name !== key.name",
    becomes: ' && subject.name === ""',
  },
  {
    name: "the root of the attested blocks is not compared",
    file: "attest/attestation.ts",
    text: "if (actual !== root)",
    becomes: 'if (actual === "")',
  },
  {
    name: "the run of the note is not compared",
    file: "attest/attestation.ts",
    text: "own !== undefined && own !== run.run",
    becomes: "own === undefined && tree.outcome !== undefined",
  },
  {
    name: "a note of size 0 may have any root",
    file: "attest/attestation.ts",
    text: "const actual = treeRoot(",
    becomes: "const actual = size === 0 ? root : treeRoot(",
  },
  {
    name: "off by one: a proof has the block before",
    file: "attest/event_proof.ts",
    text: "seq <= checkpoint)",
    becomes: "seq <= checkpoint + 1)",
  },
  {
    name: "any block is taken as proven",
    file: "attest/event_proof.ts",
    text: "if (!isIncluded({ index, hash: leafHash(leaf) }, opened.value, hashes))",
    becomes: "if (hashes.length > 99)",
  },
  {
    name: "the block of a proof begins with the checkpoint before it",
    file: "attest/read_log_tree.ts",
    text: "start = at + length;",
    becomes: "start = at;",
  },
];
