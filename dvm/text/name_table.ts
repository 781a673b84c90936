/**
 * Names as numbers: 0 for the first name asked for, 1 for the next new one, and so on. An artifact may have a million names,
 * each met where it is bound and wherever it is mentioned. Here each becomes one string, however often it is met, and is
 * looked up once, straight from the text it stands in; everything after that counts with its number.
 *
 * A `Map` would have the host hash every text, and all of them again whenever it grows. This hash has no secret: so that names
 * chosen to collide cannot make the table slow, a name that finds no place within {@link PROBES_MAX} steps lives in a `Map`.
 *
 * @module
 */

import { SourceText, standsIn } from "./source_text.ts";

/** Steps of one search. A table that is at most a third full rarely takes ten. */
const PROBES_MAX = 64;

/** Gives each name a number. */
export class NameTable {
  /** Names by number. */
  readonly #names: string[] = [];
  /** Two cells a place: the number, plus one, of the name there, 0 where there is none; and its key. */
  #places = new Int32Array(2 << 8);
  /** Logarithm of the number of places. */
  #bits = 8;
  /** Names that found no place, until the table grows. A place once taken stays so: their search ends at none that is free. */
  #crowded = new Map<string, number>();

  /** How many names there are. */
  get size(): number {
    return this.#names.length;
  }

  /** The name with this number. */
  nameOf(number: number): string {
    return this.#names[number] ?? "";
  }

  /** The number of a name, the same whenever it is asked for. */
  numberOf(name: string): number {
    return this.numberIn(new SourceText(name), 0, name.length, hashOf(name));
  }

  /** The number of the name that stands in a text from `start` up to `end`; `hash` comes of a {@link hashStep} for each unit. */
  numberIn({ text, units }: SourceText, start: number, end: number, hash: number): number {
    const places = this.#places;
    const last = (1 << this.#bits) - 1;
    const key = keyOf(hash, units[end - 1] ?? 0);
    const home = homeOf(key, this.#bits);
    for (let probe = 0; probe < PROBES_MAX; probe++) {
      const place = 2 * ((home + probe) & last);
      const number = (places[place] ?? 0) - 1;
      if (number < 0) {
        places[place + 1] = key;
        places[place] = this.#names.push(text.slice(start, end));
        if (this.#names.length * 3 > last) this.#grow();
        return this.#names.length - 1;
      }
      if (places[place + 1] === key && standsIn(units, start, end, this.nameOf(number))) {
        return number;
      }
    }
    const name = text.slice(start, end);
    const number = this.#crowded.get(name) ?? this.#names.push(name) - 1;
    this.#crowded.set(name, number);
    return number;
  }

  /** Four times the places. Names are moved in the order in which they will stand, which is kind to the processor's cache. */
  #grow(): void {
    const places = this.#places, crowded = this.#crowded;
    this.#bits += 2;
    this.#places = new Int32Array(2 << this.#bits);
    this.#crowded = new Map();
    for (let place = 0; place < places.length; place += 2) {
      const number = (places[place] ?? 0) - 1;
      if (number >= 0) this.#place(number, places[place + 1] ?? 0);
    }
    for (const [name, number] of crowded) {
      this.#place(number, keyOf(hashOf(name), name.charCodeAt(name.length - 1)));
    }
  }

  #place(number: number, key: number): void {
    const places = this.#places;
    const last = (1 << this.#bits) - 1;
    const home = homeOf(key, this.#bits);
    for (let probe = 0; probe < PROBES_MAX; probe++) {
      const place = 2 * ((home + probe) & last);
      if (places[place] !== 0) continue;
      places[place] = number + 1;
      places[place + 1] = key;
      return;
    }
    this.#crowded.set(this.nameOf(number), number);
  }
}

/** The hash of a text and one UTF-16 unit more; that of the empty text is 0. */
export function hashStep(hash: number, unit: number): number {
  return (Math.imul(hash, 0x01000193) + unit) | 0;
}

function hashOf(name: string): number {
  let hash = 0;
  for (let at = 0; at < name.length; at++) hash = hashStep(hash, name.charCodeAt(at));
  return hash;
}

/** What a search compares before it compares texts: 25 bits of all before the last unit, spread, and 7 of the last. */
function keyOf(hash: number, lastUnit: number): number {
  const before = hash - lastUnit;
  return (Math.imul(before ^ (before >>> 15), 0x2c1b3c6d) & ~127) | (lastUnit & 127);
}

/**
 * The place that a name would have alone in a table of 2^bits places. Names that differ in their last unit only stand side by
 * side: names that count up, as those of generated programs do, then meet in the processor's cache.
 */
function homeOf(key: number, bits: number): number {
  return (key >>> (32 - bits)) + (key & 127);
}
