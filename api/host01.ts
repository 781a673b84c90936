/**
 * The upstream executor's own output.
 *
 * @module
 */
export type { Host01Flags, Host01Output } from "../dvm/host01/output.ts";
export { renderHost01 } from "../store/log/host01_output.ts";
