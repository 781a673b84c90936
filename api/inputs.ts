/**
 * What the environment gives to a run: files, ports and devices.
 *
 * @module
 */
export { DEVICE_BYTES_MAX, INPUT_BYTES_MAX } from "../dvm/base/limits.ts";
export type { EnvironmentInput } from "../dvm/event/event.ts";
export {
  deviceInput,
  fileInput,
  type NamedInput,
  portInput,
} from "../store/log/environment_input.ts";
