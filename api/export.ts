/**
 * Logs in other formats.
 *
 * @module
 */
export { EVENT_FORMATS, EventExport, type EventFormat } from "../store/projection/trace/export.ts";
