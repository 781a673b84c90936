/**
 * Interns names: the first name gets the number 0, the next new one 1, and so on. An artifact may have a million names, each in
 * several places. Each becomes one string, is looked up directly in the text, and is a number from then on.
 *
 * A `Map` would hash every string, and all of them again whenever it grows. The hash of this table has no secret, so names could
 * be chosen to collide; a name that finds no slot within {@link PROBES_MAX} steps is kept in a `Map` instead.
 *
 * @module
 */

import { isWordAt, SourceText } from "./source_text.ts";

/** Steps of one search. A table that is at most a third full rarely needs ten. */
const PROBES_MAX = 64;

/** Gives each name a number: an open-addressing hash table. */
export class NameTable {
  /** Names by number. */
  readonly #names: string[] = [];
  /** Two elements for each slot: the number of the name plus one, 0 in a free slot; and the key. */
  #slots = new Int32Array(2 << 8);
  /** Binary logarithm of the number of slots. */
  #bits = 8;
  /** Names that found no slot, until the table grows. Slots are never freed, so a search for such a name meets no free slot. */
  #crowded = new Map<string, number>();

  /** The number of names. */
  get size(): number {
    return this.#names.length;
  }

  /** The name with this number. */
  nameOf(number: number): string {
    return this.#names[number] ?? "";
  }

  /** The number of a name; a new name gets the next one. */
  numberOf(name: string): number {
    return this.numberIn(new SourceText(name), 0, name.length, hashOf(name));
  }

  /** The number of the name in a text from `start` up to `end`; `hash` is the result of a {@link hashStep} for each unit. */
  numberIn({ text, units }: SourceText, start: number, end: number, hash: number): number {
    const slots = this.#slots;
    const last = (1 << this.#bits) - 1;
    const key = keyOf(hash, units[end - 1] ?? 0);
    const home = homeOf(key, this.#bits);
    for (let probe = 0; probe < PROBES_MAX; probe++) {
      const slot = 2 * ((home + probe) & last);
      const number = (slots[slot] ?? 0) - 1;
      if (number < 0) {
        slots[slot + 1] = key;
        slots[slot] = this.#names.push(text.slice(start, end));
        if (this.#names.length * 3 > last) this.#grow();
        return this.#names.length - 1;
      }
      if (slots[slot + 1] === key && isWordAt(units, start, end, this.nameOf(number))) {
        return number;
      }
    }
    const name = text.slice(start, end);
    const number = this.#crowded.get(name) ?? this.#names.push(name) - 1;
    this.#crowded.set(name, number);
    return number;
  }

  /** Gives the memory of the slots back at once. Names keep their numbers, and no more are looked up. */
  release(): void {
    this.#slots.buffer.transfer(0);
  }

  /** Quadruples the slots. Names are moved in the order of their new slots, which suits the cache of the processor. */
  #grow(): void {
    const slots = this.#slots, crowded = this.#crowded;
    this.#bits += 2;
    this.#slots = new Int32Array(2 << this.#bits);
    this.#crowded = new Map();
    for (let slot = 0; slot < slots.length; slot += 2) {
      const number = (slots[slot] ?? 0) - 1;
      if (number >= 0) this.#insert(number, slots[slot + 1] ?? 0);
    }
    for (const [name, number] of crowded) {
      this.#insert(number, keyOf(hashOf(name), name.charCodeAt(name.length - 1)));
    }
  }

  #insert(number: number, key: number): void {
    const slots = this.#slots;
    const last = (1 << this.#bits) - 1;
    const home = homeOf(key, this.#bits);
    for (let probe = 0; probe < PROBES_MAX; probe++) {
      const slot = 2 * ((home + probe) & last);
      if (slots[slot] !== 0) continue;
      slots[slot] = number + 1;
      slots[slot + 1] = key;
      return;
    }
    this.#crowded.set(this.nameOf(number), number);
  }
}

/** The hash of a text and one more UTF-16 unit; the hash of the empty text is 0. */
export function hashStep(hash: number, unit: number): number {
  return (Math.imul(hash, 0x01000193) + unit) | 0;
}

function hashOf(name: string): number {
  let hash = 0;
  for (let at = 0; at < name.length; at++) hash = hashStep(hash, name.charCodeAt(at));
  return hash;
}

/** The key that a search compares before it compares texts: 25 mixed bits of all units but the last, and 7 bits of the last. */
function keyOf(hash: number, lastUnit: number): number {
  const before = hash - lastUnit;
  return (Math.imul(before ^ (before >>> 15), 0x2c1b3c6d) & ~127) | (lastUnit & 127);
}

/**
 * The preferred slot of a key in a table of 2^bits slots. Names that differ only in their last unit get neighbouring slots: the
 * numbered names of generated programs then share lines of the processor's cache.
 */
function homeOf(key: number, bits: number): number {
  return (key >>> (32 - bits)) + (key & 127);
}
