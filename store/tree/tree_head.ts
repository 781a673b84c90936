/**
 * The head of a growing tree: leaves are appended, and the root is known after each of them. It keeps one hash for each complete
 * subtree, which is one for each bit that is set in the size.
 *
 * @module
 */
import { EMPTY_ROOT, nodeHash } from "./hash.ts";

/** The head of a tree that grows by leaves. */
export class TreeHead {
  /** The roots of the complete subtrees, from the largest, which is at the left, to the smallest. */
  readonly #subtrees: string[] = [];
  #size = 0;

  /** The number of leaves. */
  get size(): number {
    return this.#size;
  }

  /** Appends a leaf, given by its hash. */
  append(leaf: string): void {
    let hash = leaf;
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2) {
      const left = this.#subtrees.pop();
      if (left !== undefined) hash = nodeHash(left, hash);
    }
    this.#subtrees.push(hash);
    this.#size++;
  }

  /** The root of all leaves so far; more may follow. */
  root(): string {
    return this.#subtrees.reduceRight<string | undefined>(
      (right, left) => right === undefined ? left : nodeHash(left, right),
      undefined,
    ) ?? EMPTY_ROOT;
  }
}

/** The root of the tree that has these leaves, given by their hashes. */
export function treeRoot(leaves: Iterable<string>): string {
  const head = new TreeHead();
  for (const leaf of leaves) head.append(leaf);
  return head.root();
}
