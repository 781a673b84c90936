/**
 * Encodes the members of the events that a host adds: realization, and the recovery of a torn log.
 *
 * @module
 */
import { unreachable } from "../../dvm/base/result.ts";
import type { Checkpoint, StoreEvent } from "../../dvm/event/event.ts";
import { count, key, text } from "./encode_field.ts";
import type { LineBytes } from "./line_bytes.ts";

/** Appends the members after `kind`. */
export function encodeHostEvent(into: LineBytes, e: Exclude<StoreEvent, Checkpoint>): void {
  into.ascii(',"host":true');
  text(into, "time", e.time);
  switch (e.kind) {
    case "realization_started":
      text(into, "occurrence", e.occurrence);
      text(into, "machine", e.machine);
      key(into, "sinks");
      return into.list(e.sinks, ({ effect, sink }) => {
        into.ascii('{"effect":');
        into.string(effect);
        text(into, "sink", sink);
        into.ascii("}");
      });
    case "effect_intended":
      range(into, e);
      text(into, "sink", e.sink);
      count(into, "position", e.position);
      return count(into, "inode", e.inode);
    case "effect_realized":
      range(into, e);
      text(into, "sink", e.sink);
      return count(into, "position", e.position);
    case "effect_in_doubt":
      range(into, e);
      text(into, "sink", e.sink);
      return text(into, "reason", e.reason);
    case "effect_resolved":
      range(into, e);
      return text(into, "decision", e.decision);
    case "realization_finished":
      text(into, "status", e.status);
      count(into, "performed", e.performed);
      return text(into, "reason", e.reason);
    case "recovered":
      count(into, "cut", e.cut);
      return text(into, "sha256", e.sha256);
    default:
      return unreachable(e);
  }
}

function range(
  into: LineBytes,
  { first, last }: { readonly first: number; readonly last: number },
): void {
  count(into, "first", first);
  count(into, "last", last);
}
