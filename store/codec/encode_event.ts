/**
 * Encodes an event as one line of the log: compact JSON in a fixed order, straight into bytes. This is the hot path of a logged run.
 * `decode_event.ts` accepts exactly what is written here.
 *
 * @module
 */
import { decodeText } from "../file/decode_text.ts";
import { unreachable } from "../../dvm/base/result.ts";
import type {
  Checkpoint,
  Event,
  OutcomeEvent,
  PhiResolved,
  ProgramLoaded,
  StmtEvent,
  WitnessEvent,
} from "../../dvm/event/event.ts";
import { textPieces } from "../file/text_pieces.ts";
import { encodeHostEvent } from "./encode_host_event.ts";
import { encodeRunStarted } from "./encode_run_started.ts";
import { count, named, text, texts, truth, value } from "./encode_field.ts";
import { encodeInput, encodeIoEvent } from "./io_fields.ts";
import { LineBytes } from "./line_bytes.ts";
import { encodeMemoryEvent } from "./memory_fields.ts";
import { encodeThreadOperation } from "./thread_fields.ts";
import { encodeStmt } from "./stmt_lines.ts";
import { encodeContractRefusal, encodeOfferRefusal } from "./refusal.ts";

/** The line of an event as text, without its LF. */
export function encodeLine(event: Event): string {
  const isLarge = event.kind === "program_loaded" || event.kind === "input_loaded";
  const into = isLarge ? new LineBytes(256) : LINE;
  into.clear();
  encodeEventInto(into, event);
  return decodeText(into.view().subarray(0, -1));
}

/** How many bytes the line of an event has, with its LF. */
export function lineLength(event: Event): number {
  LINE.clear();
  encodeEventInto(LINE, event);
  return LINE.length;
}

/** Used again and again: the lines of most events are short. */
const LINE = new LineBytes(256);

/** Appends the line of an event; with `seq`, as if that were its number. */
export function encodeEventInto(into: LineBytes, e: Event, seq = e.seq): void {
  if (e.kind === "stmt") return encodeStmt(into, e, seq);
  into.lineStart(seq);
  into.ascii(`,"kind":"${e.kind}"`);
  if ("thread" in e) count(into, "thread", e.thread);
  encodeMembers(into, e);
  into.lineEnd();
}

/** The members after `thread`. */
function encodeMembers(into: LineBytes, e: Exclude<Event, StmtEvent>): void {
  switch (e.kind) {
    case "enter_proc":
      text(into, "proc", e.proc);
      return named(into, "args", e.args);
    case "leave_proc":
      text(into, "proc", e.proc);
      return value(into, "value", e.value);
    case "constraint_added":
      text(into, "at", e.at);
      text(into, "id", e.id);
      return text(into, "predicate", e.predicate);
    case "constraint_held":
      return text(into, "id", e.id);
    case "constraint_failed":
      text(into, "id", e.id);
      return text(into, "reason", e.reason);
    case "effect":
      text(into, "at", e.at);
      count(into, "index", e.index);
      text(into, "effect", e.effect);
      value(into, "value", e.value);
      text(into, "payload", e.payload);
      text(into, "file", e.file);
      return text(into, "holder", e.holder);
    case "q_alloc":
      linear(into, e);
      return text(into, "origin", e.origin);
    case "q_move":
      text(into, "proc", e.proc);
      text(into, "resource", e.resource);
      text(into, "from", e.from);
      return text(into, "to", e.to);
    case "q_use":
    case "q_leak":
      return linear(into, e);
    case "q_consume":
      linear(into, e);
      return text(into, "reason", e.reason);
    case "mem_alloc":
    case "mem_copy":
    case "mem_load":
    case "mem_store":
    case "mem_free":
      return encodeMemoryEvent(into, e);
    case "thread_spawn":
    case "thread_join":
    case "mutex_new":
    case "mutex_lock":
    case "mutex_unlock":
      return encodeThreadOperation(into, e);
    case "file_open":
    case "file_read":
    case "file_close":
    case "port_read":
    case "device_read":
      return encodeIoEvent(into, e);
    case "phi_resolved":
      return phiResolved(into, e);
    case "witness":
      return witness(into, e);
    case "bind_checked":
      text(into, "source", e.source);
      text(into, "target", e.target);
      text(into, "stage", e.stage);
      truth(into, "holds", e.holds);
      count(into, "ticks", e.ticks);
      text(into, "reason", e.reason);
      return encodeContractRefusal(into, e.refusal);
    case "resource_granted":
    case "resource_denied":
      text(into, "proc", e.proc);
      text(into, "resource", e.resource);
      named(into, "args", e.args);
      if (e.kind === "resource_granted") return;
      text(into, "reason", e.reason);
      return encodeOfferRefusal(into, e.refusal);
    case "run_started":
      return encodeRunStarted(into, e);
    case "program_loaded":
      for (const _ of programContent(into, e)); // in one piece
      return;
    case "input_loaded":
      return encodeInput(into, e);
    case "outcome":
      return outcome(into, e);
    case "checkpoint":
      return checkpoint(into, e);
    case "realization_started":
    case "effect_intended":
    case "effect_realized":
    case "effect_in_doubt":
    case "effect_resolved":
    case "realization_finished":
    case "recovered":
      return encodeHostEvent(into, e);
    default:
      return unreachable(e);
  }
}

/** Appends the line of an artifact piece by piece; the caller may empty the buffer at each. The artifact may be large. */
export function* encodeProgramInto(into: LineBytes, e: ProgramLoaded): Generator<void, void> {
  into.lineStart(e.seq);
  into.ascii(`,"kind":"${e.kind}"`);
  yield* programContent(into, e);
  into.lineEnd();
}

function* programContent(into: LineBytes, e: ProgramLoaded): Generator<void, void> {
  text(into, "name", e.name);
  into.ascii(',"text":"');
  for (const piece of textPieces(e.text)) {
    into.stringContent(piece);
    yield;
  }
  into.ascii('"');
}

function linear(
  into: LineBytes,
  e: { readonly proc: string; readonly resource: string; readonly name: string },
): void {
  text(into, "proc", e.proc);
  text(into, "resource", e.resource);
  text(into, "name", e.name);
}

function phiResolved(into: LineBytes, e: PhiResolved): void {
  text(into, "proc", e.proc);
  truth(into, "gate", e.gate);
  text(into, "verdict", e.verdict);
  if (e.configuration !== undefined) named(into, "configuration", e.configuration);
  truth(into, "canonical", e.canonical);
  texts(into, "conflict", e.conflict);
  truth(into, "minimal", e.minimal);
  texts(into, "bounds", e.bounds);
  count(into, "work", e.work);
  text(into, "certificate", e.certificate);
}

function witness(into: LineBytes, e: WitnessEvent): void {
  text(into, "at", e.at);
  text(into, "proc", e.proc);
  texts(into, "constraints", e.constraints);
  text(into, "from", e.from);
  named(into, "configuration", e.configuration);
  text(into, "name", e.name);
  value(into, "value", e.value);
}

function outcome(into: LineBytes, e: OutcomeEvent): void {
  text(into, "status", e.status);
  value(into, "returned", e.returned);
  if (e.error !== undefined) {
    into.ascii(',"error":{"code":');
    into.string(e.error.code);
    text(into, "kind", e.error.kind);
    text(into, "message", e.error.message);
    text(into, "where", e.error.where);
    into.ascii("}");
  }
  count(into, "ticks", e.ticks);
  count(into, "effects", e.effects);
}

function checkpoint(into: LineBytes, e: Checkpoint): void {
  count(into, "tick", e.tick);
  count(into, "bytes", e.bytes);
  count(into, "effects", e.effects);
  count(into, "constraints", e.constraints);
  count(into, "depth", e.depth);
  into.ascii(`,"block":"${e.block}","root":"${e.root}","skip":[${e.skip.join(",")}]`);
}
