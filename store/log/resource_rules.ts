/**
 * The rules about linear resources: they are numbered q1, q2 … as they are allocated, and every other event names a live one.
 *
 * @module
 */
import type { Event } from "../../dvm/event/event.ts";

/** Follows the linear resources of a log. */
export class ResourceRules {
  #allocated = 0;
  readonly #live = new Set<string>();

  /** Accepts the next event; returns the reason if it is not allowed here. */
  accept(event: Event): string | undefined {
    switch (event.kind) {
      case "q_alloc": {
        const expected = `q${++this.#allocated}`;
        this.#live.add(expected);
        return event.resource === expected
          ? undefined
          : `the resource is ${event.resource}, expected ${expected}`;
      }
      case "q_move":
      case "q_use":
        return this.#live.has(event.resource) ? undefined : notLive(event.resource);
      case "q_consume":
      case "q_leak":
        return this.#live.delete(event.resource) ? undefined : notLive(event.resource);
      default:
        return undefined;
    }
  }
}

function notLive(resource: string): string {
  return `no resource ${resource} is live`;
}
