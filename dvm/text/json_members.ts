/**
 * What a JSON cursor remembers of an object while it reads it: which members it has met.
 *
 * @module
 */

/** For objects of any members. */
export const NONE_KNOWN: readonly string[] = [];

/** The members of an object while they are read. */
export class Members {
  /** Names that are told by their position here; 31 at most. */
  readonly known: readonly string[];
  /** Offset of the object. */
  readonly start: number;
  /** How many have been met, and which of `known`, one bit for each. */
  count = 0;
  met = 0;
  /** The name of the member whose value is next, and where it stands in `known`; -1 if nowhere. */
  name = "";
  position = -1;
  #others: Set<string> | undefined;

  constructor(known: readonly string[], start: number) {
    this.known = known;
    this.start = start;
  }

  /** Takes the next name; false if the object has it already. */
  adds(name: string, position: number): boolean {
    this.count++;
    this.name = name;
    this.position = position;
    if (position < 0) {
      if (this.#others?.has(name) === true) return false;
      (this.#others ??= new Set()).add(name);
      return true;
    }
    const isNew = (this.met & (1 << position)) === 0;
    this.met |= 1 << position;
    return isNew;
  }
}
