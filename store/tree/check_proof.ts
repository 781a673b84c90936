/**
 * Checks proofs about a tree from hashes alone (RFC 9162 §2.1.3.2 and §2.1.4.2). Sizes and indices are exact up to 2⁵³ − 1, so bits
 * are taken by division; everything comes from outside, and what is out of range is not proven.
 *
 * @module
 */
import { EMPTY_ROOT, nodeHash } from "./hash.ts";

/** The size of a tree and its root. */
export interface TreeState {
  /** The number of leaves. */
  readonly size: number;
  /** The root, in hexadecimal. */
  readonly root: string;
}

/** A leaf in a tree. */
export interface LeafState {
  /** From 0. */
  readonly index: number;
  /** The leaf's hash, in hexadecimal. */
  readonly hash: string;
}

/** Whether the proof shows that the leaf is in the tree. */
export function isIncluded(leaf: LeafState, tree: TreeState, proof: readonly string[]): boolean {
  if (!isCount(leaf.index) || !isCount(tree.size) || leaf.index >= tree.size) return false;
  let index = leaf.index, last = tree.size - 1, hash = leaf.hash;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (index % 2 === 1 || index === last) {
      hash = nodeHash(sibling, hash);
      [index, last] = climbRight(index, last);
    } else {
      hash = nodeHash(hash, sibling);
    }
    index = half(index);
    last = half(last);
  }
  return last === 0 && hash === tree.root;
}

/** Whether the proof shows that `older` is the beginning of `newer`. A tree without leaves is the beginning of every tree. */
export function isConsistent(
  older: TreeState,
  newer: TreeState,
  proof: readonly string[],
): boolean {
  if (!isCount(older.size) || !isCount(newer.size) || older.size > newer.size) return false;
  if (older.size === 0) return older.root === EMPTY_ROOT && proof.length === 0;
  if (older.size === newer.size) return older.root === newer.root && proof.length === 0;
  const [first, ...path] = isPowerOfTwo(older.size) ? [older.root, ...proof] : proof;
  if (first === undefined) return false;
  let index = older.size - 1, last = newer.size - 1;
  while (index % 2 === 1) {
    index = half(index);
    last = half(last);
  }
  let olderRoot = first, newerRoot = first;
  for (const hash of path) {
    if (last === 0) return false;
    if (index % 2 === 1 || index === last) {
      olderRoot = nodeHash(hash, olderRoot);
      newerRoot = nodeHash(hash, newerRoot);
      [index, last] = climbRight(index, last);
    } else {
      newerRoot = nodeHash(newerRoot, hash);
    }
    index = half(index);
    last = half(last);
  }
  return last === 0 && olderRoot === older.root && newerRoot === newer.root;
}

/** At the right border of a tree nodes without a sibling are passed through: up to the next that is a right child, or to the root. */
function climbRight(index: number, last: number): readonly [number, number] {
  while (index % 2 === 0 && index !== 0) {
    index = half(index);
    last = half(last);
  }
  return [index, last];
}

function half(count: number): number {
  return Math.floor(count / 2);
}

function isCount(count: number): boolean {
  return Number.isSafeInteger(count) && count >= 0;
}

function isPowerOfTwo(count: number): boolean {
  let power = 1;
  while (power < count) power *= 2;
  return power === count;
}
