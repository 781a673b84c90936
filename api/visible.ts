/**
 * Text from outside, made harmless for terminals.
 *
 * @module
 */
export { visible, visibleJson, visibleLines } from "../dvm/text/visible.ts";
