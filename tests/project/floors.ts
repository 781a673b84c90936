/**
 * The order of the folders, as data. `docs/architecture.md` shows the same table for readers, and `architecture_test.ts` compares the
 * two, and the imports of every file with them.
 *
 * @module
 */

/**
 * Folders and top-level files, from the bottom to the top. A file may import files of its own folder and of the floors below. Folders
 * on one floor may not import each other. A file belongs to the entry with the longest path that contains it.
 */
export const FLOORS: readonly (readonly string[])[] = [
  ["dvm/base"],
  ["dvm/value"],
  ["dvm/text"],
  ["dvm/expr"],
  ["dvm/dir"],
  ["dvm/eval", "dvm/diagnostic"],
  ["dvm/event"],
  ["dvm/typing"],
  ["dvm/load"],
  ["dvm/regime"],
  ["dvm/phi/number"],
  ["dvm/phi/problem"],
  ["dvm/phi/certificate"],
  ["dvm/phi/solver"],
  ["dvm/phi/answer"],
  ["dvm/check"],
  ["dvm/machine"],
  ["dvm/explore", "dvm/host01"],
  ["dvm/api"],
  ["std"],
  ["store/file", "store/json"],
  ["store/codec", "store/tree", "store/note"],
  ["store/log"],
  ["store/realize", "store/conformance", "store/attest"],
  ["store/projection/state"],
  ["store/projection/trace"],
  ["store/projection/replay"],
  ["store/projection/diff"],
  ["store/projection/explain"],
  ["store/projection/audit"],
  ["store/runs"],
  ["api"],
  ["mod.ts"],
  ["campaign"],
  ["cli/text"],
  ["cli/host"],
  ["cli/spec"],
  ["cli/input"],
  ["cli/render"],
  ["cli/commands"],
  ["cli/dispatch.ts"],
  ["cli.ts"],
  ["tests"],
  ["tools"],
  ["bench"],
];
