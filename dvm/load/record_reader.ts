/**
 * Reads the records that DIR consists of: objects of a known form.
 *
 * A record that is not of its form ends the reading. What is only wrong in its meaning is noted, and reading goes on.
 *
 * @module
 */
import type { Place } from "../dir/place.ts";
import type { Field } from "../dir/type.ts";
import { JsonCursor } from "../text/json_cursor.ts";
import type { Members } from "../text/json_members.ts";
import { NameTable } from "../text/name_table.ts";
import type { LoadCode, LoadFailure } from "./load_failure.ts";

/** A record being read: which members it may have. */
export interface RecordForm {
  readonly what: string;
  readonly required: readonly string[];
  readonly optional?: readonly string[];
}

/** The type of a name before types are resolved. */
export const UNRESOLVED = { kind: "unknown", name: "" } as const;

/** Members that carry no meaning and are kept with the artifact's text: source positions. */
const INERT_MEMBERS: readonly string[] = ["span", "spans"];

/** Reads the records of one artifact. */
export class RecordReader {
  readonly cursor: JsonCursor;
  readonly names = new NameTable();
  readonly failures: LoadFailure[] = [];
  /** Whether a feature of v0.2 has been met. */
  usesV02 = false;
  readonly #artifact: number;

  constructor(text: string, artifact: number) {
    this.cursor = new JsonCursor(text);
    this.#artifact = artifact;
  }

  /**
   * Reads an object of a known form; `read` reads the value of each member that the form has. `position` is where the member
   * stands among those that are required, or -1.
   */
  record(form: RecordForm, read: (member: string, position: number) => void): void {
    const { cursor } = this;
    const { what, required, optional } = form;
    const members = cursor.openObject(required);
    while (cursor.nextMember(members)) {
      const { name, position } = members;
      if (position >= 0 || optional?.includes(name) === true) read(name, position);
      else if (INERT_MEMBERS.includes(name)) cursor.skipValue();
      else cursor.stop("DR0106", `${what} has no member ${JSON.stringify(name)}`, cursor.offset);
    }
    if (members.met !== (1 << required.length) - 1) this.#stopAbsent(form, members);
  }

  #stopAbsent({ what, required }: RecordForm, { met, start }: Members): never {
    const absent = required.filter((_, position) => (met & (1 << position)) === 0).join(", ");
    this.cursor.stop("DR0105", `${what} lacks ${absent}`, start);
  }

  /** A name; an empty one is noted. */
  name(whose: string): string {
    return this.names.nameOf(this.nameNumber(whose));
  }

  /** The number of a name in the table. */
  nameNumber(whose: string): number {
    const at = this.cursor.offset;
    const number = this.cursor.readName(this.names);
    if (this.names.nameOf(number) === "") this.note("DR0108", `${whose} has an empty name`, at);
    return number;
  }

  /** Where the reader stands. */
  place(): Place {
    return { artifact: this.#artifact, path: this.cursor.path, offset: this.cursor.offset };
  }

  /** Notes what is wrong here. */
  note(code: LoadCode, message: string, offset: number, within?: LoadFailure["within"]): void {
    const path = this.cursor.path;
    this.failures.push({
      code,
      message,
      offset,
      path,
      ...(within === undefined ? {} : { within }),
    });
  }

  /** Notes what is wrong with the thing at a place. */
  noteAt(place: Place, code: LoadCode, message: string): void {
    this.failures.push({ code, message, offset: place.offset, path: place.path });
  }

  /** A record of a name and its type: a field or a parameter. */
  typedName(what: string, whose: string): Field {
    const place = this.place();
    let name = "", typeText = "";
    this.record({ what, required: ["name", "ty"] }, (member) => {
      if (member === "name") name = this.name(whose);
      else typeText = this.cursor.readString();
    });
    return { name, typeText, place, type: UNRESOLVED };
  }
}
