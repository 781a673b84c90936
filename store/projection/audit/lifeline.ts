/**
 * What happened to a resource, from its first event to its last: to a linear value of Q (`q1`, or the name it goes by), or to
 * something that the environment offers (`Console`).
 *
 * @module
 */
import type { Event } from "../../../dvm/event/event.ts";
import { encodeNamedValues } from "../../../dvm/value/wire_text.ts";

/** One thing that happened to a resource. */
export interface LifelineEntry {
  readonly seq: number;
  readonly proc: string;
  /** The identifier within the run, `q1`; of an offered resource its name. */
  readonly resource: string;
  /** `allocated as q`, `consumed: measured`, `granted (device="stdout")`. */
  readonly what: string;
}

/** What an event says about resources; `undefined` if nothing. */
export function lifelineEntryOf(event: Event): LifelineEntry | undefined {
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
    case "resource_granted":
      return entry(`granted ${encodeNamedValues(event.args)}`);
    case "resource_denied":
      return entry(`denied ${encodeNamedValues(event.args)}: ${event.reason}`);
    default: // not about a resource
      return undefined;
  }
}

/** Keeps the lifelines that are asked for: those of one resource, by identifier or by any name that it goes by, or all. */
export class Lifelines {
  readonly #asked: string;
  readonly #entries: LifelineEntry[] = [];
  readonly #identifiers: Set<string>;

  /** `asked` is a resource's identifier or name; `*` for all. */
  constructor(asked: string) {
    this.#asked = asked;
    this.#identifiers = new Set([asked]);
  }

  add(event: Event): void {
    const entry = lifelineEntryOf(event);
    if (entry === undefined) return;
    this.#entries.push(entry);
    if (namesOf(event).includes(this.#asked)) this.#identifiers.add(entry.resource);
  }

  /** In the order of the log. */
  get entries(): LifelineEntry[] {
    if (this.#asked === "*") return this.#entries;
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
    default: // goes by no other name
      return [];
  }
}
