/**
 * Decodes a line of the log. The inverse of `encode_event.ts`: the fields of each kind are read in the order in which they are
 * written there, and nothing else is accepted.
 *
 * @module
 */
import { type Result, unreachable } from "../../dvm/base/result.ts";
import { FAILURE_KINDS } from "../../dvm/diagnostic/failure.ts";
import {
  type Checkpoint,
  type EffectEvent,
  type Event,
  type EventKind,
  isThreadKind,
  type OutcomeError,
  type OutcomeEvent,
  type PhiResolved,
  type StmtEvent,
  type ThreadEvent,
  type WitnessEvent,
} from "../../dvm/event/event.ts";
import type { NamedValue } from "../../dvm/value/value.ts";
import {
  count,
  digest,
  named,
  optionalNamed,
  optionalText,
  optionalTexts,
  optionalValue,
  place,
  reference,
  text,
  texts,
  truth,
  value,
  word,
} from "./decode_field.ts";
import { readHostEvent } from "./decode_host_event.ts";
import { readOffer, readRunStarted } from "./decode_run_started.ts";
import { readInputLoaded, readIoEvent } from "./io_fields.ts";
import { readMemoryEvent } from "./memory_fields.ts";
import { readThreadOperation } from "./thread_fields.ts";
import { type CorruptLine, type LineScanner, scanLine } from "./line_scanner.ts";
import { readContractRefusal, readOfferRefusal } from "./refusal.ts";

/** Decodes a line given without its LF. */
export function decodeLine(line: string): Result<Event, CorruptLine> {
  return scanLine(line, readEvent);
}

/** Every kind; a new one in the union breaks the build here. */
const KINDS: { readonly [K in EventKind]: true } = {
  run_started: true,
  program_loaded: true,
  input_loaded: true,
  resource_granted: true,
  resource_denied: true,
  bind_checked: true,
  constraint_added: true,
  constraint_held: true,
  constraint_failed: true,
  enter_proc: true,
  stmt: true,
  leave_proc: true,
  q_alloc: true,
  q_move: true,
  q_use: true,
  q_consume: true,
  q_leak: true,
  mem_alloc: true,
  mem_copy: true,
  mem_load: true,
  mem_store: true,
  mem_free: true,
  thread_spawn: true,
  thread_join: true,
  mutex_new: true,
  mutex_lock: true,
  mutex_unlock: true,
  file_open: true,
  file_read: true,
  file_close: true,
  port_read: true,
  device_read: true,
  phi_resolved: true,
  witness: true,
  effect: true,
  outcome: true,
  realization_started: true,
  effect_intended: true,
  effect_realized: true,
  effect_in_doubt: true,
  effect_resolved: true,
  realization_finished: true,
  checkpoint: true,
  recovered: true,
};

const KIND_NAMES: ReadonlySet<string> = new Set(Object.keys(KINDS));

/** Every kind of event, in the order of `docs/log-format.md`. */
export const EVENT_KINDS: readonly EventKind[] = [...KIND_NAMES].filter(isEventKind);

function isEventKind(word: string): word is EventKind {
  return KIND_NAMES.has(word);
}

function readEvent(s: LineScanner): Event {
  s.literal('{"seq":');
  const seq = s.natural();
  s.literal(',"kind":');
  const kind = s.string();
  if (!isEventKind(kind)) return s.stop(`unknown event kind ${JSON.stringify(kind)}`);
  const base = s.skip(',"thread":') ? { seq, thread: readThread(s, kind) } : { seq };
  const event = readFields(s, base, kind);
  s.literal("}");
  return event;
}

/** The number of a thread; that of the first one, 0, is left out. */
function readThread(s: LineScanner, kind: EventKind): number {
  if (!isThreadKind(kind)) return s.stop(`an event of kind ${kind} belongs to no thread`);
  const thread = s.natural();
  return thread > 0 ? thread : s.stop("the thread 0 is left out");
}

/** The fields after `kind`, up to the closing brace. */
function readFields(
  s: LineScanner,
  base: ThreadEvent,
  kind: EventKind,
): Event {
  const { seq } = base;
  switch (kind) {
    case "run_started":
      return readRunStarted(s, seq);
    case "program_loaded":
      return { seq, kind, name: text(s, "name"), text: text(s, "text") };
    case "input_loaded":
      return readInputLoaded(s, seq);
    case "resource_granted":
      return { seq, kind, proc: reference(s), ...readOffer(s, ",") };
    case "resource_denied":
      return {
        seq,
        kind,
        proc: reference(s),
        ...readOffer(s, ","),
        reason: text(s, "reason"),
        refusal: readOfferRefusal(s),
      };
    case "bind_checked":
      return {
        ...base,
        kind,
        source: text(s, "source"),
        target: text(s, "target"),
        stage: word(s, "stage", ["enter", "during", "leave"]),
        holds: truth(s, "holds"),
        ticks: count(s, "ticks"),
        reason: text(s, "reason"),
        refusal: readContractRefusal(s),
      };
    case "constraint_added":
      return {
        ...base,
        kind,
        at: place(s),
        id: text(s, "id"),
        predicate: text(s, "predicate"),
      };
    case "constraint_held":
      return { ...base, kind, id: text(s, "id") };
    case "constraint_failed":
      return { ...base, kind, id: text(s, "id"), reason: text(s, "reason") };
    case "enter_proc":
      return { ...base, kind, proc: reference(s), args: named(s, "args") };
    case "stmt":
      return readStmt(s, base);
    case "leave_proc":
      return { ...base, kind, proc: reference(s), value: optionalValue(s, "value") };
    case "q_alloc":
      return {
        ...base,
        kind,
        ...readLinear(s),
        origin: word(s, "origin", ["allocated", "parameter", "bound", "received"]),
      };
    case "q_move":
      return {
        ...base,
        kind,
        proc: reference(s),
        resource: text(s, "resource"),
        from: text(s, "from"),
        to: text(s, "to"),
      };
    case "q_use":
    case "q_leak":
      return { ...base, kind, ...readLinear(s) };
    case "q_consume":
      return {
        ...base,
        kind,
        ...readLinear(s),
        reason: word(s, "reason", ["measured", "returned", "passed", "projected", "freed"]),
      };
    case "mem_alloc":
    case "mem_copy":
    case "mem_load":
    case "mem_store":
    case "mem_free":
      return readMemoryEvent(s, base, kind);
    case "thread_spawn":
    case "thread_join":
    case "mutex_new":
    case "mutex_lock":
    case "mutex_unlock":
      return readThreadOperation(s, base, kind);
    case "file_open":
    case "file_read":
    case "file_close":
    case "port_read":
    case "device_read":
      return readIoEvent(s, base, kind);
    case "phi_resolved":
      return readPhiResolved(s, base);
    case "witness":
      return readWitness(s, base);
    case "effect":
      return readEffect(s, base);
    case "outcome":
      return readOutcome(s, seq);
    case "checkpoint":
      return readCheckpoint(s, seq);
    case "realization_started":
    case "effect_intended":
    case "effect_realized":
    case "effect_in_doubt":
    case "effect_resolved":
    case "realization_finished":
    case "recovered":
      return readHostEvent(s, seq, kind);
    default:
      return unreachable(kind);
  }
}

function readEffect(s: LineScanner, base: ThreadEvent): EffectEvent {
  const effect: EffectEvent = {
    ...base,
    kind: "effect",
    at: place(s),
    index: count(s, "index"),
    effect: text(s, "effect"),
    value: value(s, "value"),
    payload: text(s, "payload"),
  };
  const file = optionalText(s, "file");
  return file === undefined ? effect : { ...effect, file, holder: text(s, "holder") };
}

function readStmt(s: LineScanner, base: ThreadEvent): StmtEvent {
  const at = place(s);
  const control = s.skip(',"control":') ? s.word(CONTROLS) : undefined;
  const set = readSet(s);
  const range = readLoopRange(s);
  return base.thread === undefined
    ? { seq: base.seq, kind: "stmt", at, control, set, range }
    : { ...base, kind: "stmt", at, control, set, range };
}

const CONTROLS = ["then", "else", "body", "none", "break", "continue"] as const;

function readSet(s: LineScanner): NamedValue | undefined {
  if (!s.skip(',"set":{')) return undefined;
  const name = s.string();
  s.literal(":");
  const set = { name, value: s.value() };
  s.literal("}");
  return set;
}

function readLoopRange(s: LineScanner): StmtEvent["range"] {
  if (!s.skip(',"range":{"start":')) return undefined;
  const range = { start: s.value(), end: value(s, "end") };
  s.literal("}");
  return range;
}

function readLinear(
  s: LineScanner,
): { readonly proc: string; readonly resource: string; readonly name: string } {
  return { proc: reference(s), resource: text(s, "resource"), name: text(s, "name") };
}

function readPhiResolved(s: LineScanner, base: ThreadEvent): PhiResolved {
  const proc = reference(s);
  const gate = s.skip(',"gate":true') || undefined;
  const verdict = word(s, "verdict", ["admissible", "inadmissible", "undecided"]);
  const isAdmitted = verdict === "admissible", isRefuted = verdict === "inadmissible";
  return {
    ...base,
    kind: "phi_resolved",
    proc,
    gate,
    verdict,
    configuration: isAdmitted ? optionalNamed(s, "configuration") : undefined,
    canonical: isAdmitted && gate === undefined && s.skip(',"canonical":false') ? false : undefined,
    conflict: isRefuted ? optionalTexts(s, "conflict") : undefined,
    minimal: isRefuted ? truth(s, "minimal") : undefined,
    bounds: isRefuted ? optionalTexts(s, "bounds") : undefined,
    work: count(s, "work"),
    certificate: isRefuted ? optionalText(s, "certificate") : undefined,
  };
}

function readWitness(s: LineScanner, base: ThreadEvent): WitnessEvent {
  const fields = {
    at: place(s),
    proc: reference(s),
    constraints: texts(s, "constraints"),
    from: text(s, "from"),
    configuration: named(s, "configuration"),
    name: text(s, "name"),
  };
  const witness = value(s, "value");
  if (witness.kind !== "Struct") return s.stop("a witness is a struct");
  return { ...base, kind: "witness", ...fields, value: witness };
}

function readOutcome(s: LineScanner, seq: number): OutcomeEvent {
  const status = word(s, "status", ["returned", "admissible", "inadmissible", "failed"]);
  const isFailure = status === "inadmissible" || status === "failed";
  return {
    seq,
    kind: "outcome",
    status,
    returned: isFailure ? undefined : optionalValue(s, "returned"),
    error: isFailure ? readError(s) : undefined,
    ticks: count(s, "ticks"),
    effects: count(s, "effects"),
  };
}

function readError(s: LineScanner): OutcomeError {
  s.literal(',"error":{"code":');
  const error = {
    code: s.string(),
    kind: word(s, "kind", FAILURE_KINDS),
    message: text(s, "message"),
    where: text(s, "where"),
  };
  s.literal("}");
  return error;
}

function readCheckpoint(s: LineScanner, seq: number): Checkpoint {
  return {
    seq,
    kind: "checkpoint",
    tick: count(s, "tick"),
    bytes: count(s, "bytes"),
    effects: count(s, "effects"),
    constraints: count(s, "constraints"),
    depth: count(s, "depth"),
    block: digest(s, "block"),
    root: digest(s, "root"),
    skip: readSkip(s),
  };
}

function readSkip(s: LineScanner): number[] {
  s.key("skip");
  return s.list(() => s.natural());
}
