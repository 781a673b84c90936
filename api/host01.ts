/**
 * The upstream executor's own output.
 *
 * @module
 */
export { renderHost01 } from "../store/log/host01_output.ts";
