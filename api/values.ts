/**
 * Values and events in the form of the log.
 *
 * @module
 */
export type * from "../dvm/event/event.ts";
export type { WireEvent } from "../dvm/event/wire_event.ts";
export { encodeWireValue, type WireFields, type WireValue } from "../dvm/value/wire_object.ts";
