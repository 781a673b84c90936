/**
 * Decodes the events that a host adds: realization, and the recovery of a torn log.
 *
 * @module
 */
import { unreachable } from "../../dvm/base/result.ts";
import type {
  Checkpoint,
  HostEvent,
  RealizationStarted,
  ResolvedSink,
  StoreEvent,
} from "../../dvm/event/event.ts";
import { count, digest, optionalCount, optionalText, text, word } from "./decode_field.ts";
import type { LineScanner } from "./line_scanner.ts";

type HostLine = Exclude<StoreEvent, Checkpoint>;

/** Reads the members after `kind`. */
export function readHostEvent(s: LineScanner, seq: number, kind: HostLine["kind"]): HostLine {
  s.literal(',"host":true');
  const base: HostEvent = { seq, host: true, time: readTime(s) };
  switch (kind) {
    case "realization_started":
      return readStarted(s, base);
    case "effect_intended": {
      const intent = { ...base, kind, ...readSink(s), position: readPosition(s) };
      const inode = optionalCount(s, "inode");
      return inode === undefined ? intent : { ...intent, inode };
    }
    case "effect_realized":
      return { ...base, kind, ...readSink(s), position: readPosition(s) };
    case "effect_in_doubt":
      return { ...base, kind, ...readSink(s), reason: text(s, "reason") };
    case "effect_resolved":
      return { ...base, kind, ...readRange(s), decision: word(s, "decision", ["perform", "skip"]) };
    case "realization_finished": {
      const status = word(s, "status", ["complete", "failed", "abandoned"]);
      const performed = count(s, "performed");
      const reason = status === "complete" ? undefined : readReason(s);
      return { ...base, kind, status, performed, reason };
    }
    case "recovered":
      return { ...base, kind, cut: count(s, "cut"), sha256: digest(s, "sha256") };
    default:
      return unreachable(kind);
  }
}

function readStarted(s: LineScanner, base: HostEvent): RealizationStarted {
  const occurrence = text(s, "occurrence");
  if (!/^[0-9a-f]{32}$/.test(occurrence)) s.stop("an occurrence is 32 hex digits");
  const machine = optionalText(s, "machine");
  s.key("sinks");
  const sinks = s.list((): ResolvedSink => {
    s.literal('{"effect":');
    const sink = { effect: s.string(), sink: text(s, "sink") };
    s.literal("}");
    return sink;
  });
  return { ...base, kind: "realization_started", occurrence, machine, sinks };
}

const TIME = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/;

/** A time in UTC with milliseconds. */
function readTime(s: LineScanner): string {
  const time = text(s, "time");
  return TIME.test(time) ? time : s.stop("a time is YYYY-MM-DDThh:mm:ss.sssZ");
}

function readRange(s: LineScanner): { readonly first: number; readonly last: number } {
  return { first: count(s, "first"), last: count(s, "last") };
}

function readSink(
  s: LineScanner,
): { readonly first: number; readonly last: number; readonly sink: string } {
  return { ...readRange(s), sink: text(s, "sink") };
}

/** Why a realization failed: never nothing. */
function readReason(s: LineScanner): string {
  return optionalText(s, "reason") ?? s.stop("a realization that is not complete has a reason");
}

/** A length in bytes; -1 for a sink without a length. */
function readPosition(s: LineScanner): number {
  return s.skip(',"position":-1') ? -1 : count(s, "position");
}
