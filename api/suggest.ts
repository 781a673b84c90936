/**
 * Suggestions for misspelled words.
 *
 * @module
 */
export { nearestWord } from "../dvm/text/suggest.ts";
