/**
 * The members of the events of threads and locks after `thread`: writing them, and reading exactly what is written.
 *
 * @module
 */
import { unreachable } from "../../dvm/base/result.ts";
import type { ThreadEvent, ThreadOperationEvent } from "../../dvm/event/event.ts";
import type { IntValue } from "../../dvm/value/value.ts";
import { count, named, optionalValue, place, reference, text } from "./decode_field.ts";
import {
  count as writeCount,
  named as writeNamed,
  text as writeText,
  value as writeValue,
} from "./encode_field.ts";
import type { LineBytes } from "./line_bytes.ts";
import type { LineScanner } from "./line_scanner.ts";

/** Appends the members of an event. */
export function encodeThreadOperation(into: LineBytes, e: ThreadOperationEvent): void {
  writeText(into, "at", e.at);
  switch (e.kind) {
    case "thread_spawn":
      writeCount(into, "spawned", e.spawned);
      writeText(into, "proc", e.proc);
      writeNamed(into, "args", e.args);
      return writeValue(into, "seed", e.seed);
    case "thread_join":
      writeCount(into, "joined", e.joined);
      writeCount(into, "ticks", e.ticks);
      return writeValue(into, "value", e.value);
    case "mutex_new":
    case "mutex_lock":
    case "mutex_unlock":
      return writeText(into, "mutex", e.mutex);
    default:
      return unreachable(e);
  }
}

/** Reads the members of an event of this kind. */
export function readThreadOperation(
  s: LineScanner,
  base: ThreadEvent,
  kind: ThreadOperationEvent["kind"],
): ThreadOperationEvent {
  const at = place(s);
  switch (kind) {
    case "thread_spawn":
      return {
        ...base,
        kind,
        at,
        spawned: count(s, "spawned"),
        proc: reference(s),
        args: named(s, "args"),
        seed: readSeed(s),
      };
    case "thread_join":
      return {
        ...base,
        kind,
        at,
        joined: count(s, "joined"),
        ticks: count(s, "ticks"),
        value: optionalValue(s, "value"),
      };
    case "mutex_new":
    case "mutex_lock":
    case "mutex_unlock":
      return { ...base, kind, at, mutex: text(s, "mutex") };
    default:
      return unreachable(kind);
  }
}

function readSeed(s: LineScanner): IntValue | undefined {
  const seed = optionalValue(s, "seed");
  return seed === undefined || seed.kind === "Int" ? seed : s.stop("a seed is an integer");
}
