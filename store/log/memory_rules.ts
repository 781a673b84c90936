/**
 * The rules about memory: regions are numbered m1, m2 … as they are allocated and holders m1.1, m1.2 … as they are made, every other
 * event names a live holder, and the last free of a region releases it.
 *
 * @module
 */
import type { Event, MemoryEvent } from "../../dvm/event/event.ts";
import { isMemoryKind } from "../../dvm/event/event.ts";

/** The holders of a region that is not released. */
interface Holders {
  made: number;
  readonly live: Set<string>;
}

/** Follows the regions of a log. */
export class MemoryRules {
  #allocated = 0;
  readonly #regions = new Map<string, Holders>();

  /** Accepts the next event; returns the reason if it is not allowed here. */
  accept(event: Event): string | undefined {
    return isMemoryEvent(event) ? this.#accept(event) : undefined;
  }

  /** Whether a holder of a region is live. */
  isLive(region: string, holder: string): boolean {
    return this.#regions.get(region)?.live.has(holder) === true;
  }

  #accept(event: MemoryEvent): string | undefined {
    const { region, holder } = event;
    if (event.kind === "mem_alloc") {
      const expected = `m${++this.#allocated}`;
      if (region !== expected) return `the region is ${region}, expected ${expected}`;
      this.#regions.set(region, { made: 0, live: new Set() });
    }
    const holders = this.#regions.get(region);
    if (holders === undefined) return `no region ${region} is there`;
    const known = event.kind === "mem_copy" ? event.from : holder;
    if (event.kind !== "mem_alloc" && !holders.live.has(known)) {
      return `no holder ${known} of ${region} is live`;
    }
    if (event.kind === "mem_alloc" || event.kind === "mem_copy") {
      const expected = `${region}.${++holders.made}`;
      holders.live.add(expected);
      return holder === expected ? undefined : `the holder is ${holder}, expected ${expected}`;
    }
    if (event.kind !== "mem_free") return undefined;
    holders.live.delete(holder);
    const isReleased = holders.live.size === 0;
    if (isReleased) this.#regions.delete(region);
    return event.released === isReleased
      ? undefined
      : `released is ${event.released}, and ${holders.live.size} holders are live`;
  }
}

function isMemoryEvent(event: Event): event is MemoryEvent {
  return isMemoryKind(event.kind);
}
