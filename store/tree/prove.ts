/**
 * Proofs about a tree whose leaf hashes are all known (RFC 6962 §2.1.1 and §2.1.2). A proof is a list of hashes, from the leaves to the
 * root; `check_proof.ts` checks it without the leaves.
 *
 * @module
 */
import { assert } from "../../dvm/base/result.ts";
import { treeRoot } from "./tree_head.ts";

/** Proves that the leaf at `index`, from 0, is in the tree of these leaves. */
export function proveInclusion(leaves: readonly string[], index: number): readonly string[] {
  assert(Number.isInteger(index) && 0 <= index && index < leaves.length, "the leaf is in the tree");
  const proof: string[] = [];
  for (let start = 0, end = leaves.length; end - start > 1;) {
    const middle = start + leftSize(end - start);
    if (index < middle) {
      proof.push(rootOf(leaves, { start: middle, end }));
      end = middle;
    } else {
      proof.push(rootOf(leaves, { start, end: middle }));
      start = middle;
    }
  }
  return proof.reverse();
}

/** Proves that the tree of the first `size` leaves is the beginning of the tree of all of them. Nothing proves it for size 0. */
export function proveConsistency(leaves: readonly string[], size: number): readonly string[] {
  assert(Number.isInteger(size) && 0 <= size && size <= leaves.length, "the tree has the size");
  if (size === 0 || size === leaves.length) return [];
  const proof: string[] = [];
  let start = 0, end = leaves.length;
  while (end !== size) {
    const middle = start + leftSize(end - start);
    if (size <= middle) {
      proof.push(rootOf(leaves, { start: middle, end }));
      end = middle;
    } else {
      proof.push(rootOf(leaves, { start, end: middle }));
      start = middle;
    }
  }
  // The smaller tree's own root is known to who checks.
  if (start !== 0) proof.push(rootOf(leaves, { start, end }));
  return proof.reverse();
}

/** The leaves from `start` to before `end`. */
interface Range {
  readonly start: number;
  readonly end: number;
}

function rootOf(leaves: readonly string[], range: Range): string {
  return treeRoot(leaves.slice(range.start, range.end));
}

/** How many of `size` leaves, at least 2, are in the left subtree: the largest power of 2 below `size`. */
function leftSize(size: number): number {
  let left = 1;
  while (2 * left < size) left *= 2;
  return left;
}
