/**
 * The log's codec: one line of `dustrun-log/2` as an event, and back. `docs/log-format.md` specifies the format; its rules 1 to 6 are
 * about single lines, and are kept here: a line is valid if and only if it has the canonical spelling that {@link encodeEvent}
 * writes. The rules that concern several lines are checked in `store/log/`. If a writer was killed, the last line may lack its LF;
 * it is then not a line and never read as one.
 *
 * @module
 */
import type { Event } from "../../dvm/event/event.ts";
import { eventToWire, type WireEvent, wireToEvent } from "../../dvm/event/wire_event.ts";
import { failure, type Result, success } from "../../dvm/base/result.ts";
import { decodeLine } from "./decode_event.ts";
import { encodeLine } from "./encode_event.ts";
import type { CorruptLine } from "./line_scanner.ts";

export type { CorruptLine };

/**
 * Encodes one event as a line of the log, without its LF.
 *
 * @example
 * ```ts
 * import { encodeEvent, executeText } from "../../mod.ts";
 * const [, , entered] = executeText(`{"forges":[{"name":"F","shapes":[],"binds":[],"procs":[{"regime":"K","name":"main",
 *   "params":[],"uses":[],"ret":"i64","qualifiers":[],"body":[{"Return":{"expr":"1"}}]}]}]}`).events;
 * if (entered === undefined) throw new Error();
 * if (encodeEvent(entered) !== '{"seq":2,"kind":"enter_proc","proc":"main","args":{}}') throw new Error();
 * ```
 */
export function encodeEvent(event: WireEvent): string {
  return encodeLine(wireToEvent(event));
}

/**
 * Decodes a line (without its LF). Refuses, with the column, everything that {@link encodeEvent} would not have written:
 * `encodeEvent(decodeEvent(line).value) === line` whenever it succeeds.
 *
 * @example
 * ```ts
 * import { decodeEvent } from "../../mod.ts";
 * const left = decodeEvent('{"seq":9,"kind":"leave_proc","proc":"main","value":{"Int":9223372036854775807}}');
 * if (!left.ok || left.value.kind !== "leave_proc") throw new Error();
 * if (JSON.stringify(left.value.value, (_, v) => typeof v === "bigint" ? String(v) : v) !== '{"Int":"9223372036854775807"}') {
 *   throw new Error();
 * }
 * const spaced = decodeEvent('{"seq": 9}');
 * if (spaced.ok || spaced.failure.column !== 7) throw new Error();
 * ```
 */
export function decodeEvent(line: string): Result<WireEvent, CorruptLine> {
  const decoded = decodeLine(line);
  return decoded.ok ? success(eventToWire<Event>(decoded.value)) : failure(decoded.failure);
}
