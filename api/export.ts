/**
 * Logs in other formats.
 *
 * @module
 */
export {
  EVENT_FORMATS,
  type EventFormat,
  exportEvent,
  exportHead,
} from "../store/projection/trace/export.ts";
