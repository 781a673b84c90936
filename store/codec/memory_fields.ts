/**
 * The members of the events of memory after `thread`: writing them, and reading exactly what is written.
 *
 * @module
 */
import { unreachable } from "../../dvm/base/result.ts";
import type { MemoryEvent, ThreadEvent } from "../../dvm/event/event.ts";
import { count, place, text, truth, value as readValue } from "./decode_field.ts";
import {
  count as writeCount,
  text as writeText,
  truth as writeTruth,
  value as writeValue,
} from "./encode_field.ts";
import type { LineBytes } from "./line_bytes.ts";
import type { LineScanner } from "./line_scanner.ts";

/** Appends the members of an event. */
export function encodeMemoryEvent(into: LineBytes, e: MemoryEvent): void {
  writeText(into, "at", e.at);
  writeText(into, "region", e.region);
  writeText(into, "holder", e.holder);
  switch (e.kind) {
    case "mem_alloc":
      return writeCount(into, "size", e.size);
    case "mem_copy":
      return writeText(into, "from", e.from);
    case "mem_load":
    case "mem_store":
      writeCount(into, "offset", e.offset);
      writeCount(into, "width", e.width);
      return writeValue(into, "value", e.value);
    case "mem_free":
      return writeTruth(into, "released", e.released);
    default:
      return unreachable(e);
  }
}

/** Reads the members of an event of this kind. */
export function readMemoryEvent(
  s: LineScanner,
  base: ThreadEvent,
  kind: MemoryEvent["kind"],
): MemoryEvent {
  const at = {
    ...base,
    at: place(s),
    region: text(s, "region"),
    holder: text(s, "holder"),
  };
  switch (kind) {
    case "mem_alloc":
      return { ...at, kind, size: count(s, "size") };
    case "mem_copy":
      return { ...at, kind, from: text(s, "from") };
    case "mem_load":
    case "mem_store": {
      const range = { offset: count(s, "offset"), width: count(s, "width") };
      const value = readValue(s, "value");
      return value.kind === "Int"
        ? { ...at, kind, ...range, value }
        : s.stop("memory holds integers");
    }
    case "mem_free":
      return { ...at, kind, released: truth(s, "released") };
    default:
      return unreachable(kind);
  }
}
