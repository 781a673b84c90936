/**
 * The events of a resource in order: a linear value of Q (`q1`, or any name bound to it), a region of memory (`m1`, or any
 * holder of it), a thread (`t1`), a lock (`x1`), a file (`f1`, or its name), a port or a device by its name, or a resource that the environment offers (`Console`).
 *
 * @module
 */
import { splitPlace } from "../../../dvm/dir/reference.ts";
import type { EffectEvent, Event, MemoryEvent, ThreadEvent } from "../../../dvm/event/event.ts";
import { renderNamedValues, renderValue } from "../../../dvm/dir/notation.ts";
import { ioEffectOf } from "../../../dvm/event/io_effect.ts";
import { bytesOfPayload } from "../../../dvm/value/bytes.ts";
import type { HandleOf, MemValue, Value } from "../../../dvm/value/value.ts";

/** One event of a resource. */
export interface LifelineEntry {
  /** `seq` of the event. */
  readonly seq: number;
  /** The process in which it happened. */
  readonly proc: string;
  /** The place of the statement, for a region of memory, a file, a port or a device where one is executed: `main.body[2]`. */
  readonly at?: string;
  /** The identifier within the run, `q1`, `m1`, `t1`, `x1` or `f1`; for a port, a device and an offered resource its name. */
  readonly resource: string;
  /** `allocated as q`, `consumed: measured`, `granted (device="stdout")`. */
  readonly what: string;
}

/** The entry of an event; `undefined` if it does not concern a resource. */
function lifelineEntryOf(event: Event): LifelineEntry | undefined {
  const entry = (what: string) =>
    "resource" in event && "proc" in event
      ? { seq: event.seq, proc: event.proc, resource: event.resource, what }
      : undefined;
  switch (event.kind) {
    case "q_alloc":
      return entry(`${event.origin} as ${event.name}`);
    case "q_move":
      return entry(`moved from ${event.from} to ${event.to}`);
    case "q_use":
      return entry(`used as ${event.name}`);
    case "q_consume":
      return entry(`consumed as ${event.name}: ${event.reason}`);
    case "q_leak":
      return entry(`leaked as ${event.name}`);
    case "mem_alloc":
      return memoryEntry(event, `allocated: ${event.size} bytes, ${event.holder}`);
    case "mem_copy":
      return memoryEntry(event, `copied: ${event.holder} from ${event.from}`);
    case "mem_load":
      return memoryEntry(event, `loaded through ${event.holder}: ${event.value.value}`);
    case "mem_store":
      return memoryEntry(event, `stored through ${event.holder}: ${event.value.value}`);
    case "mem_free":
      return memoryEntry(event, `freed: ${event.holder}${event.released ? ", released" : ""}`);
    case "thread_spawn":
      return placedEntry(event, `t${event.spawned}`, `started: ${event.proc}`);
    case "thread_join":
      return placedEntry(event, `t${event.joined}`, `joined by ${threadName(event)}`);
    case "mutex_new":
      return placedEntry(event, event.mutex, "made");
    case "mutex_lock":
      return placedEntry(event, event.mutex, `taken by ${threadName(event)}`);
    case "mutex_unlock":
      return placedEntry(event, event.mutex, `released by ${threadName(event)}`);
    case "file_open":
      return placedEntry(event, event.file, `opened ${event.name}, mode ${event.mode}`);
    case "file_read":
      return placedEntry(event, event.file, `read ${event.count} bytes into ${event.holder}`);
    case "file_close":
      return placedEntry(event, event.file, "closed");
    case "port_read":
      return placedEntry(event, event.port, `read: ${event.value.value}`);
    case "device_read":
      return placedEntry(event, event.device, `read at byte ${event.offset}: ${event.value.value}`);
    case "effect":
      return writeEntry(event);
    case "resource_granted":
      return entry(`granted (${renderNamedValues(event.args)})`);
    case "resource_denied":
      return entry(`denied (${renderNamedValues(event.args)}): ${event.reason}`);
    default: // not about a resource
      return undefined;
  }
}

function memoryEntry(event: MemoryEvent, what: string): LifelineEntry {
  const by = event.thread === undefined ? "" : `, by ${threadName(event)}`;
  return placedEntry(event, event.region, what + by);
}

function threadName({ thread = 0 }: ThreadEvent): string {
  return `thread ${thread}`;
}

/** The entry of an event that names its statement. */
function placedEntry(
  { seq, at }: { readonly seq: number; readonly at: string },
  resource: string,
  what: string,
): LifelineEntry {
  return { seq, proc: splitPlace(at)?.proc ?? "", at, resource, what };
}

/** A write to a file, a port or a device; `undefined` for the effect of a statement. */
function writeEntry(event: EffectEvent): LifelineEntry | undefined {
  const { effect, index, file, holder, payload, value } = event;
  const io = ioEffectOf(effect);
  if (io === undefined) return undefined;
  const what = io.operation === "write"
    ? `wrote ${bytesOfPayload(payload).length} bytes from ${holder}, effect ${index}`
    : `written, effect ${index}: ${renderValue(value)}`;
  return placedEntry(event, file ?? io.name, what);
}

function isPassed(value: Value): value is MemValue | HandleOf<"File"> {
  return value.kind === "Mem" || value.kind === "File";
}

/** Collects the lifelines of one resource, by its identifier or any of its names, or of all resources. */
export class Lifelines {
  readonly #requested: string;
  readonly #entries: LifelineEntry[] = [];
  readonly #identifiers: Set<string>;
  /** The live holders of memory, each with its region. */
  readonly #holders = new Map<string, string>();

  /** `requested` is a resource's identifier or name; `*` for all. */
  constructor(requested: string) {
    this.#requested = requested;
    this.#identifiers = new Set([requested]);
  }

  /** Adds the next event. */
  add(event: Event): void {
    for (const entry of this.#passed(event)) this.#entries.push(entry);
    const moved = this.#movedEntry(event);
    if (moved !== undefined) this.#entries.push(moved);
    const entry = lifelineEntryOf(event);
    if (entry === undefined) return;
    this.#entries.push(entry);
    if (namesOf(event).includes(this.#requested)) this.#identifiers.add(entry.resource);
  }

  /** What files do to the region that they are read into or written from. */
  #movedEntry(event: Event): LifelineEntry | undefined {
    if (event.kind === "file_read") {
      const { file, region, holder, count } = event;
      return placedEntry(event, region, `filled through ${holder}: ${count} bytes of ${file}`);
    }
    if (event.kind !== "effect" || event.holder === undefined) return undefined;
    const { file, holder, index, payload } = event;
    const { length } = bytesOfPayload(payload);
    const what = `${length} bytes written to ${file} through ${holder}, effect ${index}`;
    return placedEntry(event, this.#holders.get(holder) ?? holder, what);
  }

  /** Where processes pass holders and files, and which holders are live at the end of the run. */
  #passed(event: Event): LifelineEntry[] {
    const entry = (proc: string, handle: string, what: string) => {
      const resource = this.#holders.get(handle) ?? handle;
      return { seq: event.seq, proc, resource, what: `${what}: ${handle}` };
    };
    switch (event.kind) {
      case "mem_alloc":
      case "mem_copy":
        this.#holders.set(event.holder, event.region);
        return [];
      case "mem_free":
        this.#holders.delete(event.holder);
        return [];
      case "enter_proc":
        return event.args.flatMap(({ name, value }) =>
          isPassed(value) ? entry(event.proc, value.value, `passed as ${name}`) : []
        );
      case "leave_proc":
        return event.value !== undefined && isPassed(event.value)
          ? [entry(event.proc, event.value.value, "returned")]
          : [];
      case "outcome":
        return [...this.#holders.keys()].map((holder) => entry("", holder, "live at the end"));
      default: // passes no holder
        return [];
    }
  }

  /** The identifiers of all resources, in the order of their first events. */
  get resources(): string[] {
    return [...new Set(this.#entries.map(({ resource }) => resource))];
  }

  /** In the order of the log. */
  get entries(): LifelineEntry[] {
    if (this.#requested === "*") return this.#entries;
    return this.#entries.filter(({ resource }) => this.#identifiers.has(resource));
  }
}

function namesOf(event: Event): readonly string[] {
  switch (event.kind) {
    case "q_alloc":
    case "q_use":
    case "q_consume":
    case "q_leak":
      return [event.name];
    case "q_move":
      return [event.from, event.to];
    case "mem_alloc":
    case "mem_copy":
      return [event.holder];
    case "file_open":
      return [event.name];
    default: // has no other name
      return [];
  }
}
