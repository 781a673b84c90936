/**
 * Text from outside, made harmless for terminals and shells.
 *
 * @module
 */
export { shellWord, visible, visibleJson, visibleLines } from "../dvm/text/visible.ts";
