/**
 * What is compared between two logs: the requested level, and what is to be ignored. The observational level is the equivalence of
 * two executions: status and failure kind, returned value, effects in order.
 *
 * @module
 */
import { eventToWire } from "../../../dvm/event/wire_event.ts";
import { parseReference, splitPlace } from "../../../dvm/dir/reference.ts";
import { type Event, isMachineKind, type OutcomeEvent } from "../../../dvm/event/event.ts";
import { encodeValue } from "../../../dvm/value/wire_text.ts";
import { encodeWireValue } from "../../../dvm/value/wire_object.ts";
import { EVENT_KINDS } from "../../codec/decode_event.ts";
import { decodeRecord, type RawRecord } from "../../log/raw_record.ts";
import { type Numbered, withoutNumbering } from "./numbering.ts";

/** What to compare: observable results; every event of the execution; every byte. */
export const DIFF_LEVELS = ["observational", "trace", "bytes"] as const;
/** One of the three levels. */
export type DiffLevel = (typeof DIFF_LEVELS)[number];

/** What is not compared. */
export interface Ignored {
  readonly kinds: ReadonlySet<string>;
  /** Members of events by path: `payload`, `set.x`. */
  readonly fields: readonly string[];
  readonly procs: ReadonlySet<string>;
}

/** Member names of events; a bare word among them means the member. */
const FIELD_WORDS =
  /^(format|version|semantics|entry|args|mode|limits|seed|schedule|tick_us|resources|realizers|artifacts|inputs|program|name|text|digest|base64|thread|proc|resource|reason|source|target|stage|holds|ticks|at|id|predicate|control|set|range|value|origin|from|to|gate|verdict|configuration|conflict|minimal|bounds|work|certificate|constraints|index|effect|payload|status|returned|error|effects|canonical|refusal|region|holder|size|offset|width|released|input|modes|mode|number|base|sink|file|count|port|device|spawned|joined|mutex)(\.|$)/;

/**
 * Parses the words of `--ignore`: `kind:effect`, `field:payload`, `proc:main`. A bare word is a kind if one has that name, else a member
 * if events have one, else a process.
 */
export function parseIgnored(words: readonly string[]): Ignored {
  const kinds = new Set<string>(), procs = new Set<string>();
  const fields: string[] = [];
  const known: ReadonlySet<string> = new Set(EVENT_KINDS);
  for (const word of words) {
    const [, scope, named = word] = /^(kind|field|proc):(.+)$/.exec(word) ?? [];
    if (scope === "kind" || (scope === undefined && known.has(word))) kinds.add(named);
    else if (scope === "field" || (scope === undefined && FIELD_WORDS.test(word))) {
      fields.push(named);
    } else procs.add(named);
  }
  return { kinds, fields, procs };
}

/** Compares records at one level. */
export class DiffComparison {
  readonly #level: DiffLevel;
  readonly #ignored: Ignored;
  readonly #ignoresInside: boolean;
  /** What is a number only, and no separate difference. */
  readonly numbered: Numbered;

  constructor(level: DiffLevel, ignored: Ignored, numbered: Numbered) {
    this.#level = level;
    this.#ignored = ignored;
    this.#ignoresInside = ignored.fields.length > 0 || ignored.procs.size > 0;
    this.numbered = numbered;
  }

  /** Whether records of a kind are compared, unless their process is ignored. */
  includesKind(kind: string): boolean {
    if (this.#level === "bytes") return true;
    if (this.#level === "observational" && kind !== "effect" && kind !== "outcome") return false;
    return isMachineKind(kind) && !this.#ignored.kinds.has(kind);
  }

  /** Whether records that differ in their numbering only can be recognized by their bytes. */
  get seesAll(): boolean {
    return this.#level !== "bytes" && !this.#ignoresInside;
  }

  /** Whether numbering is compared. */
  get seesNumbering(): boolean {
    return this.#level !== "observational";
  }

  /** Whether a record is compared. */
  includes(record: RawRecord): boolean {
    if (!this.includesKind(record.kind)) return false;
    if (this.#level === "bytes" || this.#ignored.procs.size === 0) return true;
    const decoded = decodeRecord(record);
    const proc = decoded.ok ? procOf(decoded.value) : undefined;
    return proc === undefined ||
      !(this.#ignored.procs.has(proc) || this.#ignored.procs.has(parseReference(proc)?.name ?? ""));
  }

  /** Whether two records are equal at this level. */
  equal(a: RawRecord, b: RawRecord): boolean {
    if (this.#level === "bytes") return a.text === b.text;
    return a.body === b.body || this.#comparedText(a) === this.#comparedText(b);
  }

  /** The compared part without numbers that follow from what is before the record. */
  contentOf(record: RawRecord): string {
    return withoutNumbering(record.kind, this.#comparedText(record), this.numbered);
  }

  /** The part of a record that is compared at this level, as a text. */
  #comparedText(record: RawRecord): string {
    if (this.#level === "bytes") return record.text;
    if (this.#level === "trace" && !this.#ignoresInside) return record.body;
    const decoded = decodeRecord(record);
    if (!decoded.ok) return record.text;
    return this.#level === "observational"
      ? observed(decoded.value)
      : withoutFields(decoded.value, this.#ignored.fields);
  }
}

/** The reference of the process that an event happens in; `undefined` for events that name none. */
function procOf(event: Event): string | undefined {
  if ("proc" in event) return event.proc;
  return "at" in event ? splitPlace(event.at)?.proc : undefined;
}

/** The observable part of an event (semantics, "Equivalence"). */
function observed(event: Event): string {
  if (event.kind === "effect") return `${event.effect} ${encodeValue(event.value)}`;
  if (event.kind === "outcome") return observedOutcome(event);
  return "";
}

/** The observable part of an outcome. */
function observedOutcome({ status, error, returned }: OutcomeEvent): string {
  const value = returned === undefined ? "nothing" : encodeValue(returned);
  return `${status} ${error?.kind ?? ""} ${value}`;
}

function withoutFields(event: Event, fields: readonly string[]): string {
  const wire: { [field: string]: unknown } = { ...eventToWire<Event>(event) };
  delete wire["seq"];
  for (const field of fields) removeField(wire, field.split("."));
  return encodeWireValue(wire);
}

function removeField(content: { [field: string]: unknown }, [name, ...rest]: string[]): void {
  if (name === undefined || !Object.hasOwn(content, name)) return;
  const inner = content[name];
  if (rest.length === 0) delete content[name];
  else if (typeof inner === "object" && inner !== null && !Array.isArray(inner)) {
    const copy: { [field: string]: unknown } = { ...inner };
    removeField(copy, rest);
    content[name] = copy;
  }
}

/** The topics of differences. */
export const DIFF_TOPICS = [
  "input",
  "effects",
  "values",
  "constraints",
  "resources",
  "control",
  "outcome",
  "numbering",
  "other",
] as const;
/** One of the topics. */
export type DiffTopic = (typeof DIFF_TOPICS)[number];

/** The topic of a record. */
export function topicOf({ kind, body }: RawRecord): DiffTopic {
  switch (kind) {
    case "run_started":
    case "program_loaded":
    case "input_loaded":
      return "input";
    case "effect":
      return "effects";
    case "stmt":
      return body.includes(',"set":{') ? "values" : "control";
    case "enter_proc":
    case "leave_proc":
    case "witness":
    case "phi_resolved":
      return "values";
    case "constraint_added":
    case "constraint_held":
    case "constraint_failed":
    case "bind_checked":
      return "constraints";
    case "resource_granted":
    case "resource_denied":
    case "q_alloc":
    case "q_move":
    case "q_use":
    case "q_consume":
    case "q_leak":
    case "mem_alloc":
    case "mem_copy":
    case "mem_load":
    case "mem_store":
    case "mem_free":
    case "thread_spawn":
    case "thread_join":
    case "mutex_new":
    case "mutex_lock":
    case "mutex_unlock":
    case "file_open":
    case "file_read":
    case "file_close":
    case "port_read":
    case "device_read":
      return "resources";
    case "outcome":
      return "outcome";
    default:
      return "other";
  }
}
