/**
 * The tree against a recursion written down from RFC 6962 §2.1, and its proofs against everything that they must not accept.
 *
 * @module
 */
import { assert, assertNotStrictEquals, assertStrictEquals } from "../../std/assert.ts";
import { isConsistent, isIncluded } from "./check_proof.ts";
import { EMPTY_ROOT, leafHash, nodeHash, startLeafHash } from "./hash.ts";
import { proveConsistency, proveInclusion } from "./prove.ts";
import { TreeHead, treeRoot } from "./tree_head.ts";
import { sized } from "../../tests/support/size.ts";
import { createHash } from "node:crypto";

const SMALL_MAX = sized({ quick: 40, ci: 70 });
const SIZES = [...Array.from({ length: SMALL_MAX + 1 }, (_, size) => size), 127, 128, 129, 1_025];

/** Different for every index. */
const leaf = (index: number) => leafHash(new TextEncoder().encode(`leaf ${index}`));
const leavesOf = (size: number) => Array.from({ length: size }, (_, index) => leaf(index));
const LEAVES = leavesOf(1_030);
/** The root at every size; a test compares it with the recursion. */
const ROOTS = rootsOf(LEAVES);

const sha256 = (...parts: (string | number[])[]) => {
  const hash = createHash("sha256");
  for (const part of parts) {
    hash.update(typeof part === "string" ? Uint8Array.from(hexBytes(part)) : Uint8Array.from(part));
  }
  return hash.digest("hex");
};
const hexBytes = (hex: string) => hex.match(/../g)?.map((pair) => Number.parseInt(pair, 16)) ?? [];

function rootsOf(leaves: readonly string[]): readonly string[] {
  const head = new TreeHead();
  return [head.root(), ...leaves.map((hash) => (head.append(hash), head.root()))];
}

/** A stretch of {@link LEAVES}, as the recursions of the RFC go over them. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** MTH(D[n]) of RFC 6962 §2.1; memoized, since the recursions meet the same stretches again. */
function naiveRoot({ start, end }: Stretch): string {
  const key = `${start}-${end}`;
  const root = naiveRoots.get(key) ?? computeNaiveRoot({ start, end });
  naiveRoots.set(key, root);
  return root;
}

const naiveRoots = new Map<string, string>();

function computeNaiveRoot({ start, end }: Stretch): string {
  if (start === end) return sha256([]);
  if (end - start === 1) return hashAt(start);
  const middle = start + naiveSplit(end - start);
  return sha256([1], naiveRoot({ start, end: middle }), naiveRoot({ start: middle, end }));
}

/** PATH(m, D[n]) of RFC 6962 §2.1.1. */
function naivePath(index: number, { start, end }: Stretch): readonly string[] {
  if (end - start === 1) return [];
  const middle = start + naiveSplit(end - start);
  const left = { start, end: middle }, right = { start: middle, end };
  return index < middle
    ? [...naivePath(index, left), naiveRoot(right)]
    : [...naivePath(index, right), naiveRoot(left)];
}

/** SUBPROOF(m, D[n], b) of RFC 6962 §2.1.2; `older` is an index of {@link LEAVES}. */
function naiveSubproof(older: number, { start, end }: Stretch, whole: boolean): readonly string[] {
  if (older === end) return whole ? [] : [naiveRoot({ start, end })];
  const middle = start + naiveSplit(end - start);
  const left = { start, end: middle }, right = { start: middle, end };
  return older <= middle
    ? [...naiveSubproof(older, left, whole), naiveRoot(right)]
    : [...naiveSubproof(older, right, false), naiveRoot(left)];
}

const naiveSplit = (size: number) => 2 ** (Math.ceil(Math.log2(size)) - 1);
const state = (size: number) => ({ size, root: ROOTS[size] ?? "" });
const indicesOf = (size: number) =>
  Array.from({ length: size }, (_, index) => index)
    .filter((index) => size <= SMALL_MAX || index % 97 === 0 || index >= size - 3);
const hashAt = (index: number) => LEAVES[index] ?? "";

Deno.test("hashes of leaves and nodes are those of RFC 6962", () => {
  assertStrictEquals(EMPTY_ROOT, sha256([]));
  assertStrictEquals(leafHash(new Uint8Array()), sha256([0]));
  assertStrictEquals(leafHash(Uint8Array.of(7, 8)), sha256([0, 7, 8]));
  assertStrictEquals(nodeHash(leaf(1), leaf(2)), sha256([1], leaf(1), leaf(2)));
  const streamed = startLeafHash();
  for (const byte of [7, 8]) streamed.update(Uint8Array.of(byte));
  assertStrictEquals(streamed.digest(), leafHash(Uint8Array.of(7, 8)));
});

Deno.test("a tree of the known answers in RFC 9162's reference tests has their roots", () => {
  // The eight inputs and their roots that Certificate Transparency's implementations test with.
  const inputs = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
  ];
  const roots = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ];
  const head = new TreeHead();
  inputs.forEach((input, index) => {
    head.append(leafHash(Uint8Array.from(hexBytes(input))));
    assertStrictEquals(head.root(), roots[index]);
  });
});

Deno.test("TreeHead has the root of the recursion at every size, and is asked for it at any time", () => {
  const head = new TreeHead();
  for (let size = 0; size <= 1_025; size++) {
    assertStrictEquals(head.size, size);
    assertStrictEquals(head.root(), naiveRoot({ start: 0, end: size }), `size ${size}`);
    if (SIZES.includes(size)) assertStrictEquals(head.root(), treeRoot(LEAVES.slice(0, size)));
    head.append(hashAt(size));
  }
});

Deno.test("inclusion proofs are those of the recursion, and are accepted", () => {
  for (const size of SIZES) {
    const leaves = LEAVES.slice(0, size);
    for (const index of indicesOf(size)) {
      const proof = proveInclusion(leaves, index);
      assertStrictEquals(
        proof.join(),
        naivePath(index, { start: 0, end: size }).join(),
        `${index} of ${size}`,
      );
      assert(isIncluded({ index, hash: hashAt(index) }, state(size), proof), `${index} of ${size}`);
    }
  }
});

Deno.test("consistency proofs are those of the recursion, and are accepted", () => {
  for (const size of SIZES) {
    const leaves = LEAVES.slice(0, size);
    for (const older of [...indicesOf(size), size]) {
      const proof = proveConsistency(leaves, older);
      const expected = older === 0 ? [] : naiveSubproof(older, { start: 0, end: size }, true);
      assertStrictEquals(proof.join(), expected.join(), `${older} of ${size}`);
      assert(isConsistent(state(older), state(size), proof), `${older} of ${size}`);
    }
  }
});

/** A proof that is not the proof: every hash changed, one left out, one added, the order reversed. */
function* wrongProofs(proof: readonly string[]): Generator<readonly string[]> {
  for (let index = 0; index < proof.length; index++) {
    yield proof.with(index, leaf(-1));
    yield proof.toSpliced(index, 1);
  }
  yield [...proof, leaf(-1)];
  yield [leaf(-1), ...proof];
  if (proof.length > 1) yield proof.toReversed();
}

Deno.test("a changed proof, leaf, index, size or root is not accepted as an inclusion", () => {
  for (let size = 1; size <= 20; size++) {
    const tree = state(size), leaves = LEAVES.slice(0, size);
    for (let index = 0; index < size; index++) {
      const proof = proveInclusion(leaves, index), hash = hashAt(index);
      const message = `${index} of ${size}`;
      for (const wrong of wrongProofs(proof)) {
        assert(!isIncluded({ index, hash }, tree, wrong), message);
      }
      assert(!isIncluded({ index, hash: leaf(-1) }, tree, proof), message);
      assert(!isIncluded({ index, hash }, { size, root: leaf(-1) }, proof), message);
      for (let other = -1; other <= size; other++) {
        if (other !== index) {
          assert(!isIncluded({ index: other, hash }, tree, proof), `${message}, as ${other}`);
        }
      }
      for (const wrong of [-1, 0.5, Number.NaN, 2 ** 53]) {
        assert(!isIncluded({ index: wrong, hash }, tree, proof), `${wrong}`);
        assert(!isIncluded({ index, hash }, { size: wrong, root: tree.root }, proof), `${wrong}`);
      }
      if (index === size - 1) {
        assert(!isIncluded({ index, hash }, { size: size - 1, root: tree.root }, proof), message);
      }
    }
  }
});

Deno.test("a changed proof, size or root is not accepted as consistent", () => {
  for (let size = 1; size <= 20; size++) {
    const newer = state(size), leaves = LEAVES.slice(0, size);
    for (let older = 0; older <= size; older++) {
      const proof = proveConsistency(leaves, older), tree = state(older);
      const message = `${older} of ${size}`;
      for (const wrong of wrongProofs(proof)) assert(!isConsistent(tree, newer, wrong), message);
      assert(!isConsistent({ size: older, root: leaf(-1) }, newer, proof), message);
      // Every tree begins with the tree without leaves, whatever its root.
      if (older > 0) assert(!isConsistent(tree, { size, root: leaf(-1) }, proof), message);
      if (older < size) assert(!isConsistent(newer, tree, proof), message);
      for (const wrong of [-1, 0.5, Number.NaN, 2 ** 53]) {
        assert(!isConsistent({ size: wrong, root: tree.root }, newer, proof), `${wrong}`);
        assert(!isConsistent(tree, { size: wrong, root: newer.root }, proof), `${wrong}`);
      }
    }
  }
});

Deno.test("proofs of a tree with a changed leaf do not fit the root of the other", () => {
  for (let size = 2; size <= 12; size++) {
    const tree = state(size);
    for (let changed = 0; changed < size; changed++) {
      const leaves = LEAVES.slice(0, size).with(changed, leaf(-1));
      assertNotStrictEquals(treeRoot(leaves), tree.root);
      for (let index = 0; index < size; index++) {
        const proof = proveInclusion(leaves, index);
        assert(
          !isIncluded({ index, hash: leaves[index] ?? "" }, tree, proof),
          `${index} of ${size}`,
        );
      }
      for (let older = changed + 1; older < size; older++) {
        const newer = { size, root: treeRoot(leaves) };
        assert(
          !isConsistent(state(older), newer, proveConsistency(leaves, older)),
          `${older} of ${size}`,
        );
      }
    }
  }
});

Deno.test("proofs reach sizes and indices beyond 32 bits", () => {
  // A tree of 2⁴⁰ equal leaves has one hash for each level.
  const levels = [leaf(0)];
  for (let level = 0; level < 40; level++) {
    levels.push(nodeHash(levels[level] ?? "", levels[level] ?? ""));
  }
  const tree = { size: 2 ** 40, root: levels[40] ?? "" };
  const proof = levels.slice(0, 40);
  for (const index of [0, 2 ** 31, 2 ** 32 + 5, 2 ** 40 - 1]) {
    assert(isIncluded({ index, hash: leaf(0) }, tree, proof), `${index}`);
    assert(!isIncluded({ index: index + 2 ** 40, hash: leaf(0) }, tree, proof));
  }
  assert(isConsistent({ size: 2 ** 39, root: levels[39] ?? "" }, tree, [levels[39] ?? ""]));
  assert(!isConsistent({ size: 2 ** 38, root: levels[39] ?? "" }, tree, [levels[39] ?? ""]));
});
