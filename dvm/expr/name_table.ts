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

/** Steps of one search. A table that is at most half full rarely takes ten. */
const PROBES_MAX = 64;

/** Gives each name a number. */
export class NameTable {
  /** Names by number. */
  readonly #names: string[] = [];
  /** The number, plus one, of the name at each place; 0 where there is none. A power of two long, at most half full. */
  #places = new Int32Array(256);
  /** The hash of the name at each place. */
  #hashes = new Int32Array(256);
  readonly #crowded = new Map<string, number>();

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
    return this.numberIn(name, 0, name.length);
  }

  /** The number of the name that stands in `text` from `start` up to `end`. */
  numberIn(text: string, start: number, end: number): number {
    const hash = hashIn(text, start, end);
    const last = this.#places.length - 1;
    for (let probe = 0; probe < PROBES_MAX; probe++) {
      const place = (hash + probe) & last;
      const number = (this.#places[place] ?? 0) - 1;
      if (number < 0) return this.#numberOfNew(text.slice(start, end), hash);
      if (this.#hashes[place] === hash && standsIn(text, start, end, this.nameOf(number))) {
        return number;
      }
    }
    const name = text.slice(start, end);
    const number = this.#crowded.get(name) ?? this.#names.push(name) - 1;
    this.#crowded.set(name, number);
    return number;
  }

  /** A name that is not in its place is new, unless it was crowded out before the table grew. */
  #numberOfNew(name: string, hash: number): number {
    const crowded = this.#crowded.size === 0 ? undefined : this.#crowded.get(name);
    if (crowded !== undefined) return crowded;
    const number = this.#names.push(name) - 1;
    if (this.#names.length * 2 > this.#places.length) this.#grow();
    this.#place(number, hash);
    return number;
  }

  /** Puts a name into the next free place. Those that came within the probe limit stay near their hash however it grows. */
  #place(number: number, hash: number): void {
    const last = this.#places.length - 1;
    let place = hash & last;
    while (this.#places[place] !== 0) place = (place + 1) & last;
    this.#places[place] = number + 1;
    this.#hashes[place] = hash;
  }

  #grow(): void {
    const places = this.#places, hashes = this.#hashes;
    this.#places = new Int32Array(places.length * 4);
    this.#hashes = new Int32Array(places.length * 4);
    for (const [place, entry] of places.entries()) {
      if (entry !== 0) this.#place(entry - 1, hashes[place] ?? 0);
    }
  }
}

function hashIn(text: string, start: number, end: number): number {
  let hash = end - start;
  for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  // Names that count up differ in few bits: spread them, or they crowd.
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 7;
}

function standsIn(text: string, start: number, end: number, name: string): boolean {
  if (name.length !== end - start) return false;
  for (let unit = 0; unit < name.length; unit++) {
    if (name.charCodeAt(unit) !== text.charCodeAt(start + unit)) return false;
  }
  return true;
}
