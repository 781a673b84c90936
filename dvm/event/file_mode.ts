/**
 * The modes of `open`, by each of their names.
 *
 * @module
 */
import type { FileMode } from "./event.ts";

/** The mode that a word means; `undefined` where it means none. */
export function fileModeOf(word: string): FileMode | undefined {
  return Object.hasOwn(MODES, word) ? MODES[word] : undefined;
}

const MODES: { readonly [word: string]: FileMode } = {
  r: "r",
  read: "r",
  w: "w",
  write: "w",
  a: "a",
  append: "a",
};
