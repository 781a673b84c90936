/**
 * Decodes a line of the log. The inverse of `encode_event.ts`: the fields of each kind are read in the order in which they are
 * written there, and nothing else is accepted.
 *
 * @module
 */
import { type Result, unreachable } from "../../dvm/base/result.ts";
import { FAILURE_KINDS } from "../../dvm/diagnostic/failure.ts";
import type {
  Control,
  Event,
  EventKind,
  OutcomeError,
  OutcomeEvent,
  PhiResolved,
  StmtExec,
  WitnessEvent,
} from "../../dvm/event/event.ts";
import type { NamedValue } from "../../dvm/value/value.ts";
import {
  count,
  digest,
  named,
  optionalValue,
  text,
  texts,
  truth,
  value,
  word,
} from "./decode_field.ts";
import { readOffer, readRunStarted } from "./decode_run_started.ts";
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
  resource_granted: true,
  resource_denied: true,
  bind_checked: true,
  constraint_added: true,
  constraint_held: true,
  constraint_failed: true,
  enter_proc: true,
  stmt_exec: true,
  leave_proc: true,
  q_alloc: true,
  q_move: true,
  q_use: true,
  q_consume: true,
  q_leak: true,
  phi_resolved: true,
  witness: true,
  effect: true,
  outcome: true,
  effect_intended: true,
  effect_realized: true,
  effect_in_doubt: true,
  effect_resolved: true,
  realization_finished: true,
  checkpoint: true,
  recovered: true,
};

/** Every kind of event, in the order of `docs/log-format.md`. */
export const EVENT_KINDS: readonly EventKind[] = Object.keys(KINDS).filter(isEventKind);

function isEventKind(word: string): word is EventKind {
  return Object.hasOwn(KINDS, word);
}

function readEvent(s: LineScanner): Event {
  s.literal('{"seq":');
  const seq = s.natural();
  s.literal(',"kind":');
  const kind = s.string();
  if (!isEventKind(kind)) return s.stop(`unknown event kind ${JSON.stringify(kind)}`);
  const event = readFields(s, { seq, kind });
  s.literal("}");
  return event;
}

/** The fields after `kind`, up to the closing brace. */
function readFields(
  s: LineScanner,
  { seq, kind }: { readonly seq: number; readonly kind: EventKind },
): Event {
  switch (kind) {
    case "run_started":
      return readRunStarted(s, seq);
    case "program_loaded":
      return { seq, kind, name: text(s, "name"), text: text(s, "text") };
    case "resource_granted":
      return { seq, kind, proc: text(s, "proc"), ...readOffer(s, ",") };
    case "resource_denied":
      return {
        seq,
        kind,
        proc: text(s, "proc"),
        ...readOffer(s, ","),
        reason: text(s, "reason"),
        refusal: readOfferRefusal(s),
      };
    case "bind_checked":
      return {
        seq,
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
        seq,
        kind,
        ...readAtStatement(s),
        id: text(s, "id"),
        predicate: text(s, "predicate"),
        tick: count(s, "tick"),
      };
    case "constraint_held":
      return { seq, kind, ...readAtStatement(s), id: text(s, "id") };
    case "constraint_failed":
      return { seq, kind, ...readAtStatement(s), id: text(s, "id"), reason: text(s, "reason") };
    case "enter_proc":
      return {
        seq,
        kind,
        proc: text(s, "proc"),
        forge: text(s, "forge"),
        regime: word(s, "regime", ["K", "Q", "Φ"]),
        args: named(s, "args"),
      };
    case "stmt_exec":
      return readStmtExec(s, seq);
    case "leave_proc":
      return { seq, kind, proc: text(s, "proc"), value: optionalValue(s, "value") };
    case "q_alloc":
      return {
        seq,
        kind,
        ...readLinear(s),
        origin: word(s, "origin", ["allocated", "parameter", "bound", "received"]),
      };
    case "q_move":
      return {
        seq,
        kind,
        proc: text(s, "proc"),
        resource: text(s, "resource"),
        from: text(s, "from"),
        to: text(s, "to"),
      };
    case "q_use":
    case "q_leak":
      return { seq, kind, ...readLinear(s) };
    case "q_consume":
      return {
        seq,
        kind,
        ...readLinear(s),
        reason: word(s, "reason", ["measured", "returned", "passed", "projected", "freed"]),
      };
    case "phi_resolved":
      return readPhiResolved(s, seq);
    case "witness":
      return readWitness(s, seq);
    case "effect":
      return {
        seq,
        kind,
        ...readAtStatement(s),
        index: count(s, "index"),
        effect: text(s, "effect"),
        value: value(s, "value"),
        payload: text(s, "payload"),
        tick: count(s, "tick"),
      };
    case "outcome":
      return readOutcome(s, seq);
    case "effect_intended":
    case "effect_realized":
      return {
        seq,
        kind,
        ...readSink(s),
        position: readPosition(s),
        key: text(s, "key"),
      };
    case "effect_in_doubt":
      return { seq, kind, ...readSink(s), reason: text(s, "reason") };
    case "effect_resolved":
      return { seq, kind, ...readRange(s), decision: word(s, "decision", ["perform", "skip"]) };
    case "realization_finished":
      return {
        seq,
        kind,
        host: readHost(s),
        status: word(s, "status", ["complete", "failed"]),
        performed: count(s, "performed"),
        reason: text(s, "reason"),
      };
    case "checkpoint":
      return {
        seq,
        kind,
        bytes: count(s, "bytes"),
        sha256: digest(s, "sha256"),
        skip: readSkip(s),
      };
    case "recovered":
      return { seq, kind, host: readHost(s), cut: count(s, "cut"), sha256: digest(s, "sha256") };
    default:
      return unreachable(kind);
  }
}

function readAtStatement(
  s: LineScanner,
): { readonly proc: string; readonly stmt_index: number; readonly at: string } {
  return { proc: text(s, "proc"), stmt_index: count(s, "stmt_index"), at: text(s, "at") };
}

function readStmtExec(s: LineScanner, seq: number): StmtExec {
  const proc = text(s, "proc");
  const stmt_index = count(s, "stmt_index");
  const at = text(s, "at");
  const tick = count(s, "tick");
  const control = readControl(s);
  const bound = readBound(s);
  const range = readLoopRange(s);
  return { seq, kind: "stmt_exec", proc, stmt_index, at, tick, control, bound, range };
}

function readControl(s: LineScanner): Control {
  if (s.skip(',"control":{"kind":"next"}')) return NEXT;
  s.literal(',"control":{"kind":');
  const kind = s.word(["branch", "break", "continue"]);
  const control: Control = kind === "branch"
    ? { kind, taken: word(s, "taken", ["then", "else", "body", "none"]) }
    : { kind };
  s.literal("}");
  return control;
}

const NEXT: Control = { kind: "next" };

function readBound(s: LineScanner): NamedValue | undefined {
  if (!s.skip(',"bound":{"name":')) return undefined;
  const bound = { name: s.string(), value: value(s, "value") };
  s.literal("}");
  return bound;
}

function readLoopRange(s: LineScanner): StmtExec["range"] {
  if (!s.skip(',"range":{"start":')) return undefined;
  const range = { start: s.value(), end: value(s, "end") };
  s.literal("}");
  return range;
}

function readLinear(
  s: LineScanner,
): { readonly proc: string; readonly resource: string; readonly name: string } {
  return { proc: text(s, "proc"), resource: text(s, "resource"), name: text(s, "name") };
}

function readPhiResolved(s: LineScanner, seq: number): PhiResolved {
  return {
    seq,
    kind: "phi_resolved",
    proc: text(s, "proc"),
    gate: truth(s, "gate"),
    verdict: word(s, "verdict", ["admissible", "inadmissible", "undecided"]),
    configuration: named(s, "configuration"),
    conflict: texts(s, "conflict"),
    bounds: texts(s, "bounds"),
    work: count(s, "work"),
    certificate: text(s, "certificate"),
  };
}

function readWitness(s: LineScanner, seq: number): WitnessEvent {
  const fields = {
    stmt_index: count(s, "stmt_index"),
    at: text(s, "at"),
    tick: count(s, "tick"),
    proc: text(s, "proc"),
    constraints: texts(s, "constraints"),
    from: text(s, "from"),
    configuration: named(s, "configuration"),
    name: text(s, "name"),
  };
  const witness = value(s, "value");
  if (witness.kind !== "Struct") return s.stop("a witness is a struct");
  return { seq, kind: "witness", ...fields, value: witness };
}

function readOutcome(s: LineScanner, seq: number): OutcomeEvent {
  return {
    seq,
    kind: "outcome",
    status: word(s, "status", ["returned", "admissible", "inadmissible", "failed"]),
    returned: optionalValue(s, "returned"),
    error: readError(s),
    ticks: count(s, "ticks"),
    effects: count(s, "effects"),
  };
}

function readError(s: LineScanner): OutcomeError | undefined {
  if (!s.skip(',"error":{"code":')) return undefined;
  const error = {
    code: s.string(),
    kind: word(s, "kind", FAILURE_KINDS),
    message: text(s, "message"),
    where: text(s, "where"),
  };
  s.literal("}");
  return error;
}

function readHost(s: LineScanner): true {
  s.literal(',"host":true');
  return true;
}

function readRange(
  s: LineScanner,
): { readonly host: true; readonly first: number; readonly last: number } {
  return { host: readHost(s), first: count(s, "first"), last: count(s, "last") };
}

function readSink(
  s: LineScanner,
): {
  readonly host: true;
  readonly first: number;
  readonly last: number;
  readonly sink: string;
} {
  return { ...readRange(s), sink: text(s, "sink") };
}

/** A length in bytes; -1 for a sink without a length. */
function readPosition(s: LineScanner): number {
  return s.skip(',"position":-1') ? -1 : count(s, "position");
}

function readSkip(s: LineScanner): number[] {
  s.key("skip");
  return s.list(() => s.natural());
}
