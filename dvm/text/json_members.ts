/**
 * The members of a JSON object that a cursor has read so far.
 *
 * @module
 */

/** For objects whose members are not known in advance. */
export const NONE_KNOWN: readonly string[] = [];

/** The members of an object that is being read. */
export class Members {
  /** The expected names, at most 31; a member is identified by its position in this list. */
  readonly known: readonly string[];
  /** Offset of the object. */
  readonly start: number;
  /** The number of members so far. */
  count = 0;
  /** Which of `known` have occurred, one bit for each. */
  met = 0;
  /** The name of the member whose value is next. */
  name = "";
  /** Its position in `known`; -1 if it is not there. */
  position = -1;
  #others: Set<string> | undefined;

  constructor(known: readonly string[], start: number) {
    this.known = known;
    this.start = start;
  }

  /** Adds the next name; false if the object already has it. */
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
