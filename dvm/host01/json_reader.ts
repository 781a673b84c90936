/**
 * Reads JSON values of given kinds, and accepts and refuses exactly what serde's derived readers accept and refuse, with the
 * same messages: a record may also be an array of its members in order, unknown members are skipped, known members may not
 * repeat.
 *
 * @module
 */
import {
  EOF_IN_LIST,
  EOF_IN_OBJECT,
  EOF_IN_VALUE,
  EXPECTED_VALUE,
  HostJsonScanner,
} from "./json_scanner.ts";
import { isDigit } from "./rust_text.ts";

/** A member of a record: its name, how its value is read, and whether it may be absent from an object. */
export interface Member {
  readonly name: string;
  readonly read: () => void;
  readonly isOptional?: true;
}

/** A reader of one JSON text. Methods throw {@link HostJsonError} if the text is not what they expect. */
export class HostJsonReader extends HostJsonScanner {
  /** Offset of the next value. */
  get offset(): number {
    this.peekPastSpace();
    return this.at;
  }

  /** Reads `null` if it is next; returns whether it was. */
  readsNull(): boolean {
    if (this.peekPastSpace() !== "n") return false;
    this.word("null");
    return true;
  }

  /** Reads a string. */
  readString(): string {
    if (this.peekPastSpace() !== '"') this.wrongKind("a string");
    return this.string();
  }

  /** Reads past a boolean. */
  readBool(): void {
    const first = this.peekPastSpace();
    if (first === "t") this.word("true");
    else if (first === "f") this.word("false");
    else this.wrongKind("a boolean");
  }

  /** Reads past an integer within 64 bits. To serde_json, `-0` is a float. */
  readInt64(): void {
    const first = this.peekPastSpace();
    if (first !== "-" && !isDigit(first)) this.wrongKind("i64");
    const number = this.number();
    if (number === "-0" || /[.eE]/.test(number) || number.length > 20) {
      this.stop(`invalid type: floating point \`${Number(number)}\`, expected i64`);
    }
    const value = BigInt(number);
    if (value !== BigInt.asIntN(64, value)) {
      this.stop(`invalid value: integer \`${value}\`, expected i64`);
    }
  }

  /** Reads an array; `item` reads one value. */
  readArray(item: (index: number) => void): void {
    if (this.peekPastSpace() !== "[") this.wrongKind("a sequence");
    this.at++;
    for (let index = 0; this.#hasItem(index === 0); index++) item(index);
    this.at++;
  }

  /** Reads an array with exactly these values. */
  readTuple(values: readonly (() => void)[]): void {
    const expected = `a tuple of size ${values.length}`;
    if (this.peekPastSpace() !== "[") this.wrongKind(expected);
    this.#readInOrder(values, expected);
  }

  /** Reads a record, from an object or from an array. `expected` is how a message names it. */
  readRecord(expected: string, members: readonly Member[]): void {
    const first = this.peekPastSpace();
    if (first === "[") {
      const count = `${members.length} element${members.length === 1 ? "" : "s"}`;
      this.#readInOrder(members.map(({ read }) => read), `${expected} with ${count}`);
    } else if (first === "{") {
      this.#readMembers(members);
    } else {
      this.wrongKind(expected);
    }
  }

  /** Reads an object with one member, which must have a `known` name; `value` reads its value. */
  readVariant<Name extends string, Value>(
    known: readonly Name[],
    form: "struct variant" | "newtype variant",
    value: (name: Name) => Value,
  ): Value {
    const first = this.peekPastSpace();
    if (first === '"') {
      this.#variantName(known);
      this.stop(`invalid type: unit variant, expected ${form}`);
    }
    if (first !== "{") this.stopAtNext(first === "" ? EOF_IN_VALUE : EXPECTED_VALUE);
    this.at++;
    const next = this.peekPastSpace();
    if (next === "}") this.stopAtNext(EXPECTED_VALUE);
    if (next !== '"') this.stopAtNext(next === "" ? EOF_IN_OBJECT : KEY_MUST_BE_STRING);
    const name = this.#variantName(known);
    this.#colon();
    const read = value(name);
    const last = this.peekPastSpace();
    if (last !== "}") this.stop(last === "" ? EOF_IN_OBJECT : EXPECTED_VALUE);
    this.at++;
    return read;
  }

  /** Reads the end of the text. */
  readEnd(): void {
    if (this.peekPastSpace() !== "") this.stopAtNext("trailing characters");
  }

  #variantName<Name extends string>(known: readonly Name[]): Name {
    const name = this.string();
    const found = known.find((one) => one === name);
    if (found === undefined) {
      const names = known.map((one) => `\`${one}\``).join(", ");
      this.stop(`unknown variant \`${name}\`, expected one of ${names}`);
    }
    return found;
  }

  #colon(): void {
    const next = this.peekPastSpace();
    if (next !== ":") this.stopAtNext(next === "" ? EOF_IN_OBJECT : "expected `:`");
    this.at++;
  }

  #readInOrder(values: readonly (() => void)[], expected: string): void {
    this.at++;
    for (const [index, read] of values.entries()) {
      if (!this.#hasItem(index === 0)) {
        this.at++;
        this.stop(`invalid length ${index}, expected ${expected}`);
      }
      read();
    }
    const next = this.peekPastSpace();
    if (next !== "]") this.stopAtNext(next === "" ? EOF_IN_LIST : "trailing characters");
    this.at++;
  }

  #readMembers(members: readonly Member[]): void {
    this.at++;
    const seen = new Set<Member>();
    for (let isFirst = true; this.#hasMember(isFirst); isFirst = false) {
      const name = this.string();
      const member = members.find((known) => known.name === name);
      if (member !== undefined && seen.has(member)) this.stop(`duplicate field \`${name}\``);
      this.#colon();
      if (member === undefined) {
        this.#skipValue();
      } else {
        seen.add(member);
        member.read();
      }
    }
    this.at++;
    const missing = members.find((member) => member.isOptional === undefined && !seen.has(member));
    if (missing !== undefined) this.stop(`missing field \`${missing.name}\``);
  }

  /** Whether an array has another item; reads past the comma before it. */
  #hasItem(isFirst: boolean): boolean {
    const next = this.peekPastSpace();
    if (next === "]") return false;
    if (next === "") this.stopAtNext(EOF_IN_LIST);
    if (isFirst) return true;
    if (next !== ",") this.stopAtNext("expected `,` or `]`");
    this.at++;
    if (this.peekPastSpace() === "]") this.stopAtNext("trailing comma");
    return true;
  }

  /** Whether an object has another member; reads past the comma before it. */
  #hasMember(isFirst: boolean): boolean {
    let next = this.peekPastSpace();
    if (next === "}") return false;
    if (next === "") this.stopAtNext(EOF_IN_OBJECT);
    if (!isFirst) {
      if (next !== ",") this.stopAtNext("expected `,` or `}`");
      this.at++;
      next = this.peekPastSpace();
      if (next === "}") this.stopAtNext("trailing comma");
    }
    if (next !== '"') this.stopAtNext(KEY_MUST_BE_STRING);
    return true;
  }

  /** Reads past one value of any kind and depth. Its strings need not be well-formed, and its members may repeat. */
  #skipValue(): void {
    const open: ("[" | "{")[] = [];
    for (;;) {
      const first = this.peekPastSpace();
      if (first === "[" || first === "{") {
        this.at++;
        open.push(first);
        if (!this.#closes(open, true)) continue;
      } else {
        this.skipScalar(first);
      }
      for (;;) {
        if (open.length === 0) return;
        if (!this.#closes(open, false)) break;
      }
    }
  }

  /** Reads the end of the innermost open array or object, and returns true; or advances to its next value. */
  #closes(open: ("[" | "{")[], isFirst: boolean): boolean {
    const isArray = open[open.length - 1] === "[";
    const hasMore = isArray ? this.#hasItem(isFirst) : this.#hasMember(isFirst);
    if (!hasMore) {
      this.at++;
      open.pop();
      return true;
    }
    if (!isArray) {
      this.skipString();
      this.#colon();
    }
    return false;
  }
}

const KEY_MUST_BE_STRING = "key must be a string";
