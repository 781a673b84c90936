/**
 * Numbers for names: 0 for the first name asked for, 1 for the next new one, and so on. A large artifact has a million names,
 * each looked up where it is bound and wherever it is mentioned, so this is a hash table of its own: a third of the time that
 * a `Map` takes, which asks the host for the hash of every text and hashes all of them again when it grows.
 *
 * The hash has no secret. So that names chosen to collide cannot make the table slow, a name that finds no place within
 * {@link PROBES_MAX} steps lives in a `Map`.
 *
 * @module
 */

/** Steps of one search. A table that is at most half full rarely takes ten. */
const PROBES_MAX = 64;

/** Gives each name a number. */
export class NameTable {
  /** Names by number. */
  readonly #names: string[] = [];
  /** The hash of each name, by number; half as long as the table. */
  #hashes = new Int32Array(64);
  /** The number, plus one, of the name at each place of the table; 0 where there is none. */
  #places = new Int32Array(128);
  readonly #crowded = new Map<string, number>();

  /** The number of a name, the same whenever it is asked for. */
  numberOf(name: string): number {
    const hash = hashOf(name);
    const last = this.#places.length - 1;
    for (let probe = 0; probe < PROBES_MAX; probe++) {
      const place = (hash + probe) & last;
      const number = (this.#places[place] ?? 0) - 1;
      if (number < 0) {
        return this.#crowdedNumberOf(name) ?? this.#place(this.#add(name, hash), hash);
      }
      if (this.#hashes[number] === hash && this.#names[number] === name) return number;
    }
    const number = this.#crowdedNumberOf(name) ?? this.#add(name, hash);
    this.#crowded.set(name, number);
    return number;
  }

  #crowdedNumberOf(name: string): number | undefined {
    return this.#crowded.size === 0 ? undefined : this.#crowded.get(name);
  }

  #add(name: string, hash: number): number {
    const number = this.#names.push(name) - 1;
    if (number === this.#hashes.length) this.#grow();
    this.#hashes[number] = hash;
    return number;
  }

  /** Puts a name into the next free place. Those that came within the probe limit stay near their hash however it grows. */
  #place(number: number, hash: number): number {
    const last = this.#places.length - 1;
    let place = hash & last;
    while (this.#places[place] !== 0) place = (place + 1) & last;
    this.#places[place] = number + 1;
    return number;
  }

  #grow(): void {
    const hashes = new Int32Array(this.#hashes.length * 2);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
    const placed = this.#places;
    this.#places = new Int32Array(placed.length * 2);
    for (const entry of placed) if (entry !== 0) this.#place(entry - 1, hashes[entry - 1] ?? 0);
  }
}

function hashOf(name: string): number {
  let hash = name.length;
  for (let unit = 0; unit < name.length; unit++) {
    hash = (Math.imul(hash, 31) + name.charCodeAt(unit)) | 0;
  }
  return hash ^ (hash >>> 15);
}
