/**
 * Numbers with a noun, for messages.
 *
 * @module
 */

/** `1 effect`, `2 effects`. */
export function countOf(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : nouns}`;
}
