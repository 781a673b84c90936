/**
 * What the tree and its proofs must be, after the recursions of RFC 6962.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../../std/assert.ts";
import { CORRECT, hex, rootOf, sha256 } from "../second_verifier/independent_writer.ts";
import { inclusionPath } from "../second_verifier/notes.ts";

/** The code of trees and proofs. */
export interface TreeCode {
  readonly hash: typeof import("../../../store/tree/hash.ts");
  readonly head: typeof import("../../../store/tree/tree_head.ts");
  readonly prove: typeof import("../../../store/tree/prove.ts");
  readonly check: typeof import("../../../store/tree/check_proof.ts");
}

const SIZE_MAX = 17;
const BLOCKS = Array.from(
  { length: SIZE_MAX },
  (_, index) => new TextEncoder().encode(`${index}\n`),
);
const LEAVES = BLOCKS.map((block) => CORRECT.leaf(block));
const HASHES = LEAVES.map(hex);
const STRANGE = hex(sha256());
const state = (size: number) => ({ size, root: hex(rootOf(LEAVES.slice(0, size))) });

/** The hashes that lead from an older tree to a newer one (RFC 6962, 2.1.2). */
function consistencyPath(leaves: readonly Uint8Array[], older: number, isWhole = true): string[] {
  if (older === leaves.length) return isWhole ? [] : [hex(rootOf(leaves))];
  const left = CORRECT.split(leaves.length);
  const [before, after] = [leaves.slice(0, left), leaves.slice(left)];
  return older <= left
    ? [...consistencyPath(before, older, isWhole), hex(rootOf(after))]
    : [...consistencyPath(after, older - left, false), hex(rootOf(before))];
}

/** Throws if a root or a proof is another, or if what is none is accepted. */
export function checkTree(code: TreeCode): void {
  assertEquals(BLOCKS.map((block) => code.hash.leafHash(block)), HASHES);
  for (let size = 0; size <= SIZE_MAX; size++) {
    assertStrictEquals(code.head.treeRoot(HASHES.slice(0, size)), state(size).root);
    for (let index = 0; index < size; index++) checkInclusion(code, index, size);
    for (let older = 0; older <= size; older++) checkConsistency(code, older, size);
  }
}

function checkInclusion({ prove, check }: TreeCode, index: number, size: number): void {
  const proof = inclusionPath(LEAVES.slice(0, size), index).map(hex);
  const hash = HASHES[index] ?? "";
  const { root } = state(size);
  assertEquals(prove.proveInclusion(HASHES.slice(0, size), index), proof);
  assert(check.isIncluded({ index, hash }, { size, root }, proof));
  for (const wrong of wrongProofs(proof)) {
    assert(!check.isIncluded({ index, hash }, { size, root }, wrong));
  }
  assert(!check.isIncluded({ index, hash: STRANGE }, { size, root }, proof));
  assert(!check.isIncluded({ index: size, hash }, { size, root }, proof));
  assert(!check.isIncluded({ index, hash }, { size, root: STRANGE }, proof));
  // The root, or another inner node, is no leaf.
  if (size > 1) assert(!check.isIncluded({ index, hash: root }, { size, root }, []));
}

function checkConsistency({ prove, check }: TreeCode, olderSize: number, size: number): void {
  const older = state(olderSize), newer = state(size);
  const proof = olderSize === 0 ? [] : consistencyPath(LEAVES.slice(0, size), olderSize);
  assertEquals(prove.proveConsistency(HASHES.slice(0, size), olderSize), proof);
  assert(check.isConsistent(older, newer, proof));
  for (const wrong of wrongProofs(proof)) assert(!check.isConsistent(older, newer, wrong));
  assert(
    !check.isConsistent(
      { size: olderSize, root: hex(sha256(BLOCKS[0] ?? sha256())) },
      newer,
      proof,
    ),
  );
  if (olderSize > 0) assert(!check.isConsistent(older, { size, root: STRANGE }, proof));
}

function* wrongProofs(proof: readonly string[]): Generator<readonly string[]> {
  yield [...proof, STRANGE];
  for (const index of proof.keys()) {
    yield proof.with(index, STRANGE);
    yield proof.toSpliced(index, 1);
  }
}
