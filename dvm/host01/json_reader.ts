/**
 * A JSON cursor that accepts what serde_json accepts for the upstream model and refuses what it refuses, in its words: a
 * record may also be an array of its members in order, unknown members are read past, known ones may not repeat. Places in
 * messages count bytes, as upstream's do.
 *
 * @module
 */
import { JSON_ESCAPE, unescapeJson } from "./json_escape.ts";
import { HostJsonError, jsonMessage } from "./json_error.ts";
import { debugString, isDigit } from "./rust_text.ts";

/** A member of a record: its name, how its value is read, and whether it may be absent from an object. */
export interface Member {
  readonly name: string;
  readonly read: () => void;
  readonly isOptional?: true;
}

/** A cursor over one JSON text. Every method throws a {@link HostJsonError} when the text is not what it wants. */
export class HostJsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Offset of the next value. */
  get offset(): number {
    this.#peekPastSpace();
    return this.#at;
  }

  /** Whether null is next; reads it if so. */
  readsNull(): boolean {
    if (this.#peekPastSpace() !== "n") return false;
    this.#word("null");
    return true;
  }

  readString(): string {
    if (this.#peekPastSpace() !== '"') this.#wrongKind("a string");
    return this.#string();
  }

  /** Reads past a boolean. */
  readBool(): void {
    const first = this.#peekPastSpace();
    if (first === "t") this.#word("true");
    else if (first === "f") this.#word("false");
    else this.#wrongKind("a boolean");
  }

  /** Reads past an integer that fits 64 bits, sign included. `-0` is a float to serde_json. */
  readInt64(): void {
    const first = this.#peekPastSpace();
    if (first !== "-" && !isDigit(first)) this.#wrongKind("i64");
    const number = this.#number();
    if (number === "-0" || /[.eE]/.test(number) || number.length > 20) {
      this.#stop(`invalid type: floating point \`${Number(number)}\`, expected i64`);
    }
    const value = BigInt(number);
    if (value !== BigInt.asIntN(64, value)) {
      this.#stop(`invalid value: integer \`${value}\`, expected i64`);
    }
  }

  /** Reads an array; `item` reads one value. */
  readArray(item: (index: number) => void): void {
    if (this.#peekPastSpace() !== "[") this.#wrongKind("a sequence");
    this.#at++;
    for (let index = 0; this.#hasItem(index === 0); index++) item(index);
    this.#at++;
  }

  /** Reads an array with exactly these values. */
  readTuple(values: readonly (() => void)[]): void {
    const expected = `a tuple of size ${values.length}`;
    if (this.#peekPastSpace() !== "[") this.#wrongKind(expected);
    this.#readInOrder(values, expected);
  }

  /** Reads a record, from an object or from an array. `expected` is how a message names it. */
  readRecord(expected: string, members: readonly Member[]): void {
    const first = this.#peekPastSpace();
    if (first === "[") {
      const count = `${members.length} element${members.length === 1 ? "" : "s"}`;
      this.#readInOrder(members.map(({ read }) => read), `${expected} with ${count}`);
    } else if (first === "{") {
      this.#readMembers(members);
    } else {
      this.#wrongKind(expected);
    }
  }

  /** Reads an object with one member: its name has to be `known`, and `value` reads its value. */
  readVariant<Name extends string, Value>(
    known: readonly Name[],
    form: "struct variant" | "newtype variant",
    value: (name: Name) => Value,
  ): Value {
    const first = this.#peekPastSpace();
    if (first === '"') {
      this.#variantName(known);
      this.#stop(`invalid type: unit variant, expected ${form}`);
    }
    if (first !== "{") this.#stopAtNext(first === "" ? EOF_IN_VALUE : EXPECTED_VALUE);
    this.#at++;
    const next = this.#peekPastSpace();
    if (next === "}") this.#stopAtNext(EXPECTED_VALUE);
    if (next !== '"') this.#stopAtNext(next === "" ? EOF_IN_OBJECT : KEY_IS_NO_STRING);
    const name = this.#variantName(known);
    this.#colon();
    const read = value(name);
    const last = this.#peekPastSpace();
    if (last !== "}") this.#stop(last === "" ? EOF_IN_OBJECT : EXPECTED_VALUE);
    this.#at++;
    return read;
  }

  /** Asserts that nothing but white space is left. */
  readEnd(): void {
    if (this.#peekPastSpace() !== "") this.#stopAtNext("trailing characters");
  }

  #variantName<Name extends string>(known: readonly Name[]): Name {
    const name = this.#string();
    const found = known.find((one) => one === name);
    if (found === undefined) {
      const names = known.map((one) => `\`${one}\``).join(", ");
      this.#stop(`unknown variant \`${name}\`, expected one of ${names}`);
    }
    return found;
  }

  #colon(): void {
    const next = this.#peekPastSpace();
    if (next !== ":") this.#stopAtNext(next === "" ? EOF_IN_OBJECT : "expected `:`");
    this.#at++;
  }

  #readInOrder(values: readonly (() => void)[], expected: string): void {
    this.#at++;
    for (const [index, read] of values.entries()) {
      if (!this.#hasItem(index === 0)) {
        this.#at++;
        this.#stop(`invalid length ${index}, expected ${expected}`);
      }
      read();
    }
    const next = this.#peekPastSpace();
    if (next !== "]") this.#stopAtNext(next === "" ? EOF_IN_LIST : "trailing characters");
    this.#at++;
  }

  #readMembers(members: readonly Member[]): void {
    this.#at++;
    const seen = new Set<Member>();
    for (let isFirst = true; this.#hasMember(isFirst); isFirst = false) {
      const name = this.#string();
      const member = members.find((known) => known.name === name);
      if (member !== undefined && seen.has(member)) this.#stop(`duplicate field \`${name}\``);
      this.#colon();
      if (member === undefined) {
        this.#skipValue();
      } else {
        seen.add(member);
        member.read();
      }
    }
    this.#at++;
    const missing = members.find((member) => member.isOptional === undefined && !seen.has(member));
    if (missing !== undefined) this.#stop(`missing field \`${missing.name}\``);
  }

  /** Whether an array has another value; goes past the comma before it. */
  #hasItem(isFirst: boolean): boolean {
    const next = this.#peekPastSpace();
    if (next === "]") return false;
    if (next === "") this.#stopAtNext(EOF_IN_LIST);
    if (isFirst) return true;
    if (next !== ",") this.#stopAtNext("expected `,` or `]`");
    this.#at++;
    if (this.#peekPastSpace() === "]") this.#stopAtNext("trailing comma");
    return true;
  }

  /** Whether an object has another member; goes past the comma before it. */
  #hasMember(isFirst: boolean): boolean {
    let next = this.#peekPastSpace();
    if (next === "}") return false;
    if (next === "") this.#stopAtNext(EOF_IN_OBJECT);
    if (!isFirst) {
      if (next !== ",") this.#stopAtNext("expected `,` or `}`");
      this.#at++;
      next = this.#peekPastSpace();
      if (next === "}") this.#stopAtNext("trailing comma");
    }
    if (next !== '"') this.#stopAtNext(KEY_IS_NO_STRING);
    return true;
  }

  /** Reads past one value of any kind and depth. Strings in it need not be Unicode, and members may repeat. */
  #skipValue(): void {
    const open: ("[" | "{")[] = [];
    for (;;) {
      const first = this.#peekPastSpace();
      if (first === "[" || first === "{") {
        this.#at++;
        open.push(first);
        if (!this.#closes(open, true)) continue;
      } else {
        this.#skipScalar(first);
      }
      for (;;) {
        if (open.length === 0) return;
        if (!this.#closes(open, false)) break;
      }
    }
  }

  /** Whether the innermost open bracket closes here; otherwise goes on to its next value. */
  #closes(open: ("[" | "{")[], isFirst: boolean): boolean {
    const isArray = open[open.length - 1] === "[";
    const hasMore = isArray ? this.#hasItem(isFirst) : this.#hasMember(isFirst);
    if (!hasMore) {
      this.#at++;
      open.pop();
      return true;
    }
    if (!isArray) {
      this.#skipString();
      this.#colon();
    }
    return false;
  }

  #skipScalar(first: string): void {
    if (first === '"') this.#skipString();
    else if (first === "n") this.#word("null");
    else if (first === "t") this.#word("true");
    else if (first === "f") this.#word("false");
    else if (first === "-" || isDigit(first)) this.#number();
    else this.#stopAtNext(first === "" ? EOF_IN_VALUE : EXPECTED_VALUE);
  }

  #skipString(): void {
    const parts = this.#stringParts();
    while (parts.next().done !== true);
  }

  /** Reads a string that has to be well-formed Unicode: surrogate escapes come in pairs. */
  #string(): string {
    const plain = this.#plainString();
    if (plain !== undefined) return plain;
    let value = "";
    let leading = "";
    for (const { text, escape } of this.#stringParts()) {
      const unit = escape === undefined ? undefined : unescapeJson(escape);
      const isTrailing = unit !== undefined && unit >= "\udc00" && unit <= "\udfff";
      if (isTrailing !== (leading !== "")) {
        const isCut = !isTrailing && !(escape?.startsWith("u") ?? false);
        this.#stop(isCut ? "unexpected end of hex escape" : "lone leading surrogate in hex escape");
      }
      if (!text.isWellFormed()) this.#stop("invalid unicode code point");
      leading = unit !== undefined && unit >= "\ud800" && unit <= "\udbff" ? unit : "";
      value += text + (unit ?? "");
    }
    if (leading !== "") this.#stop("unexpected end of hex escape");
    return value;
  }

  /** A string without escapes, which is the common case; otherwise nothing is read. */
  #plainString(): string | undefined {
    SPECIAL.lastIndex = this.#at + 1;
    const end = SPECIAL.exec(this.#text)?.index ?? -1;
    if (this.#text[end] !== '"') return undefined;
    const text = this.#text.slice(this.#at + 1, end);
    if (!text.isWellFormed()) return undefined;
    this.#at = end + 1;
    return text;
  }

  /** The parts of a string: raw text, or one escape without its backslash. Leaves the cursor behind the closing quote. */
  *#stringParts(): Generator<{ readonly text: string; readonly escape: string | undefined }> {
    const text = this.#text;
    this.#at++;
    for (;;) {
      SPECIAL.lastIndex = this.#at;
      const found = SPECIAL.exec(text)?.index ?? text.length;
      if (found > this.#at) {
        const raw = text.slice(this.#at, found);
        this.#at = found;
        yield { text: raw, escape: undefined };
      }
      const special = text.charAt(this.#at);
      if (special === '"') {
        this.#at++;
        return;
      }
      if (special === "") this.#stop("EOF while parsing a string");
      this.#at++;
      if (special !== "\\") this.#stop(CONTROL_CHARACTER);
      yield { text: "", escape: this.#escape() };
    }
  }

  #escape(): string {
    const escape = this.#match(JSON_ESCAPE);
    if (escape === "") {
      this.#stop(
        this.#at < this.#text.length ? "invalid escape" : "EOF while parsing a string",
      );
    }
    this.#at += escape.length;
    return escape;
  }

  #number(): string {
    const number = this.#match(NUMBER);
    const begun = this.#match(BEGUN_NUMBER);
    const end = this.#at + number.length;
    if (begun.length > number.length || isDigit(this.#text.charAt(end))) {
      this.#at += begun.length;
      this.#stopAtNext("invalid number");
    }
    this.#at = end;
    return number;
  }

  /** What a sticky pattern finds here; empty when nothing. */
  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text)?.[0] ?? "";
  }

  #word(word: string): void {
    for (const letter of word) {
      const found = this.#text.charAt(this.#at);
      if (found === "") this.#stop(EOF_IN_VALUE);
      this.#at++;
      if (found !== letter) this.#stop("expected ident");
    }
  }

  /** The next character that is no JSON white space; empty at the end. */
  #peekPastSpace(): string {
    for (;;) {
      const next = this.#text.charAt(this.#at);
      if (next !== " " && next !== "\n" && next !== "\t" && next !== "\r") return next;
      this.#at++;
    }
  }

  /** Another kind of value stands here, or none. */
  #wrongKind(expected: string): never {
    const first = this.#text.charAt(this.#at);
    if (first === "") this.#stopAtNext(EOF_IN_VALUE);
    this.#stop(`invalid type: ${this.#describe(first)}, expected ${expected}`);
  }

  /** What stands here, in serde's words; scalars are read past. */
  #describe(first: string): string {
    if (first === "[") return "sequence";
    if (first === "{") return "map";
    if (first === '"') return `string ${debugString(this.#string())}`;
    if (first === "-" || isDigit(first)) {
      const number = this.#number();
      const isFloat = number === "-0" || /[.eE]/.test(number);
      return isFloat ? `floating point \`${number}\`` : `integer \`${number}\``;
    }
    if (first !== "n" && first !== "t" && first !== "f") this.#stopAtNext(EXPECTED_VALUE);
    this.#skipScalar(first);
    return first === "n" ? "null" : `boolean \`${first === "t"}\``;
  }

  /** Stops with the place of the character just read. */
  #stop(message: string): never {
    throw new HostJsonError(jsonMessage(this.#text, message, this.#at, 0), this.#at);
  }

  /** Stops with the place of the next character. */
  #stopAtNext(message: string): never {
    const ahead = this.#at < this.#text.length ? 1 : 0;
    throw new HostJsonError(jsonMessage(this.#text, message, this.#at, ahead), this.#at);
  }
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
/** As much of a number as stands before the character that breaks it off. */
const BEGUN_NUMBER = /-?(?:0|[1-9][0-9]*)?(?:\.[0-9]+(?:[eE][+-]?)?|\.|[eE][+-]?)?/y;
/** What ends a raw part of a string. */
// deno-lint-ignore no-control-regex
const SPECIAL = /["\\\u0000-\u001f]/g;

const EOF_IN_VALUE = "EOF while parsing a value";
const EOF_IN_LIST = "EOF while parsing a list";
const EOF_IN_OBJECT = "EOF while parsing an object";
const EXPECTED_VALUE = "expected value";
const KEY_IS_NO_STRING = "key must be a string";
const CONTROL_CHARACTER = "control character (\\u0000-\\u001F) found while parsing a string";
