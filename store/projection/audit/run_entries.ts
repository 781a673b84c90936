/**
 * The entries of one run in a ledger, of which there may be millions, and what is wrong with them.
 *
 * @module
 */
import { effectKey } from "../../realize/effect_key.ts";
import type { LedgerEntry } from "../../realize/ledger.ts";

/** What is kept of an entry. */
export interface KeptEntry extends Pick<LedgerEntry, "entry" | "effect" | "kind" | "payload"> {
  /** Whether it has the key of its effect. */
  readonly hasKey: boolean;
}

/** The entries of a run. */
export class RunEntries {
  readonly run: string;
  /** What is wrong with them, as sentences. */
  readonly faults: string[] = [];
  /** Those that come after the effects before them, as all should. */
  readonly #ordered: KeptEntry[] = [];
  /** The others, by the index of their effect. */
  readonly #strays = new Map<number, KeptEntry>();
  #kind = "";

  /** No entry yet of the run with this occurrence. */
  constructor(run: string) {
    this.run = run;
  }

  /** Number of effects that have an entry. */
  get size(): number {
    return this.#ordered.length + this.#strays.size;
  }

  /** Adds the next entry of the run; one of an effect that has an entry is only a fault. */
  add({ entry, effect, kind, payload, key }: LedgerEntry): void {
    const last = this.#ordered.at(-1);
    const isNext = last === undefined || effect > last.effect;
    const earlier = isNext ? undefined : this.find(effect);
    if (earlier !== undefined) {
      const before = `entry ${earlier.entry}`;
      this.faults.push(`entry ${entry} is effect ${effect} again, which is ${before}`);
      return;
    }
    if (!isNext) {
      this.faults.push(`entry ${entry} is effect ${effect}, after effect ${last.effect}`);
    }
    const hasKey = key === effectKey(this.run, effect);
    if (!hasKey) this.faults.push(`entry ${entry} has not the key of effect ${effect}`);
    if (kind !== this.#kind) this.#kind = kind;
    const kept = { entry, effect, kind: this.#kind, payload: detached(payload), hasKey };
    if (isNext) this.#ordered.push(kept);
    else this.#strays.set(effect, kept);
  }

  /** The entry of an effect; `undefined` if there is none. */
  find(effect: number): KeptEntry | undefined {
    const list = this.#ordered;
    let low = 0, high = list.length; // it is from `low` on and before `high`, if it is in the list
    let guess = effect - (list[0]?.effect ?? 0); // mostly no effect between two is missing
    while (low < high) {
      const found = list[guess];
      if (found?.effect === effect) return found;
      if (found !== undefined && found.effect < effect) low = guess + 1;
      else high = Math.min(high, Math.max(guess, low));
      guess = (low + high) >> 1;
    }
    return this.#strays.get(effect);
  }

  /** All of them. */
  *all(): Generator<KeptEntry> {
    yield* this.#ordered;
    yield* this.#strays.values();
  }
}

/** The same text without the line that it was cut out of, which would stay in memory with it. */
function detached(text: string): string {
  return ` ${text}`.slice(1);
}
