/**
 * Reads the records of DIR: objects of a known form.
 *
 * A record of another form ends the reading. Any other failure is noted, and reading continues.
 *
 * @module
 */
import type { Place } from "../dir/place.ts";
import type { Field } from "../dir/type.ts";
import { JsonCursor } from "../text/json_cursor.ts";
import type { Members } from "../text/json_members.ts";
import { nearestHint } from "../text/suggest.ts";
import { NameTable } from "../text/name_table.ts";
import type { ExprFailure } from "../expr/syntax_failure.ts";
import type { LoadCode, LoadFailure } from "./load_failure.ts";

/** The form of a record: its name in messages, and its members. */
export interface RecordForm {
  readonly what: string;
  readonly required: readonly string[];
  readonly optional?: readonly string[];
}

/** The type of a name before types are resolved. */
export const UNRESOLVED = { kind: "unknown", name: "", cause: "missing" } as const;

/** Members without meaning, which are ignored: source positions. */
const INERT_MEMBERS: readonly string[] = ["span", "spans"];

/** Reads the records of one artifact. */
export class RecordReader {
  readonly cursor: JsonCursor;
  readonly names = new NameTable();
  readonly failures: LoadFailure[] = [];
  /** Whether the artifact uses a feature of v0.2. */
  usesV02 = false;
  readonly #artifact: number;

  constructor(text: string, artifact: number) {
    this.cursor = new JsonCursor(text);
    this.#artifact = artifact;
  }

  /**
   * Reads an object of a known form; `read` reads the value of each member of the form. `position` is the position of the member
   * among the required ones, or -1.
   */
  record(form: RecordForm, read: (member: string, position: number) => void): void {
    const { cursor } = this;
    const { what, required, optional } = form;
    const members = cursor.openObject(required);
    while (cursor.nextMember(members)) {
      const { name, position } = members;
      if (position >= 0 || optional?.includes(name) === true) read(name, position);
      else if (INERT_MEMBERS.includes(name)) cursor.skipValue();
      else {
        const hint = nearestHint(name, [...required, ...optional ?? []]);
        cursor.stop(
          "DR0106",
          `${what} has no member ${JSON.stringify(name)}${hint}`,
          cursor.offset,
        );
      }
    }
    if (members.met !== (1 << required.length) - 1) this.#stopAbsent(form, members);
  }

  #stopAbsent({ what, required }: RecordForm, { met, start }: Members): never {
    const absent = required.filter((_, position) => (met & (1 << position)) === 0).join(", ");
    this.cursor.stop("DR0105", `${what} lacks ${absent}`, start);
  }

  /** Reads a name; an empty one is noted. */
  name(whose: string): string {
    return this.names.nameOf(this.nameNumber(whose));
  }

  /** Reads a name and returns its number in the table. */
  nameNumber(whose: string): number {
    const at = this.cursor.offset;
    const number = this.cursor.readName(this.names);
    if (this.names.nameOf(number) === "") this.note("DR0108", `${whose} has an empty name`, at);
    return number;
  }

  /** The location of the next value. */
  place(): Place {
    return { artifact: this.#artifact, path: this.cursor.path, offset: this.cursor.offset };
  }

  /** Notes a failure in the value that is being read. */
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

  /** Notes that `text`, the expression at `offset`, is malformed. */
  noteSyntax({ code, message, start, end, help }: ExprFailure, offset: number, text: string): void {
    this.failures.push({
      code,
      message,
      offset,
      path: this.cursor.path,
      within: { text, start, end },
      ...(help === undefined ? {} : { help }),
    });
  }

  /** Notes a failure at an earlier location. */
  noteAt(place: Place, code: LoadCode, message: string): void {
    this.failures.push({ code, message, offset: place.offset, path: place.path });
  }

  /** Reads a record of a name and its type: a field or a parameter. */
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
