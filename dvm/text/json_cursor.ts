/**
 * A strict JSON cursor: the text is read once, front to back, straight into the model, without a tree in between. It knows the
 * offset and the DIR path of everything it reads, refuses what JSON.parse lets pass silently (duplicate members, integers
 * that do not fit, lone surrogates), and bounds nesting.
 *
 * @module
 */
import { type Int64, parseInt64 } from "../value/int64.ts";
import { hashStep, type NameTable } from "./name_table.ts";
import { SourceText, standsIn } from "./source_text.ts";
import { JSON_DEPTH_MAX } from "../base/limits.ts";
import { Members, NONE_KNOWN } from "./json_members.ts";

/** Why a text is not what was expected; carried out of the descent by {@link JsonStop}. */
export interface JsonFailure {
  readonly code: JsonCode;
  readonly message: string;
  readonly offset: number;
  readonly path: string;
}

/** Codes of JSON-level failures. */
export type JsonCode =
  /** Not well-formed JSON. */
  | "DR0101"
  /** A member occurs twice. */
  | "DR0102"
  /** Nested too deep. */
  | "DR0103"
  /** Another kind of JSON value was expected. */
  | "DR0104"
  /** A member is missing. */
  | "DR0105"
  /** A member that DIR does not define. */
  | "DR0106"
  /** A number that does not fit, or text that is not well-formed Unicode. */
  | "DR0107";

/** Thrown by the cursor, caught by the decoder; never leaves `dvm/dir/`. */
export class JsonStop {
  readonly failure: JsonFailure;
  constructor(failure: JsonFailure) {
    this.failure = failure;
  }
}

const QUOTE = 0x22, BACKSLASH = 0x5c;
const BRACE_OPEN = 0x7b, BRACE_CLOSE = 0x7d, BRACKET_OPEN = 0x5b, BRACKET_CLOSE = 0x5d;

/** A cursor over one JSON text. */
export class JsonCursor {
  readonly source: SourceText;
  readonly #units: SourceText["units"];
  #at = 0;
  #depth = 0;
  /** Segments of the DIR path: member names and indexes, outermost first. */
  readonly #path: (string | number)[] = [];

  constructor(text: string) {
    this.source = new SourceText(text);
    this.#units = this.source.units;
  }

  get text(): string {
    return this.source.text;
  }

  /** Offset of the next value. */
  get offset(): number {
    this.#next();
    return this.#at;
  }

  /** DIR path of what is being read, `forges[0].procs[2]`. */
  get path(): string {
    let path = "";
    for (const segment of this.#path) {
      path += typeof segment === "number" ? `[${segment}]` : path === "" ? segment : `.${segment}`;
    }
    return path;
  }

  /** Whether the next value begins with this character. */
  peeks(first: string): boolean {
    return this.#next() === first.charCodeAt(0);
  }

  /** Reads an object, handing each member's name to `member`, which must read the member's value. */
  readObject(member: (name: string) => void): void {
    const members = this.openObject(NONE_KNOWN);
    while (this.nextMember(members)) member(members.name);
  }

  /** Opens the object that stands here. Names out of `known` are told by their position in it; there may be 31. */
  openObject(known: readonly string[]): Members {
    const members = new Members(known, this.offset);
    this.#open(BRACE_OPEN, "an object");
    return members;
  }

  /** Moves to the value of the next member, which must be read; false once the object is closed. */
  nextMember(members: Members): boolean {
    if (members.count > 0) this.#path.pop();
    if (this.#closes(BRACE_CLOSE)) return false;
    if (members.count > 0) this.#comma();
    if (this.#next() !== QUOTE) this.#stopSyntax("expected a name in quotes");
    const nameAt = this.#at;
    const { known } = members;
    const read = this.#readsKnown(known, members.count);
    const name = known[read] ?? this.readString();
    const position = read < 0 ? known.indexOf(name) : read; // a name may be spelled with escapes
    if (!members.adds(name, position)) {
      this.stop("DR0102", `the member ${JSON.stringify(name)} occurs twice`, nameAt);
    }
    if (this.#next() !== 0x3a) this.#stopSyntax("expected :");
    this.#at++;
    this.#path.push(name);
    return true;
  }

  /** Reads a string that is one of `known`, probably the expected one, and answers which; reads no other, and answers -1. */
  #readsKnown(known: readonly string[], expected: number): number {
    if (this.#readsWord(known[expected])) return expected;
    for (let position = 0; position < known.length; position++) {
      if (this.#readsWord(known[position])) return position;
    }
    return -1;
  }

  /** Reads a string if it is this one and stands there as it is. */
  #readsWord(word: string | undefined): boolean {
    if (word === undefined) return false;
    const units = this.#units;
    const start = this.#at + 1;
    const end = start + word.length;
    if (units[end] !== QUOTE || !standsIn(units, start, end, word)) return false;
    this.#at = end + 1;
    return true;
  }

  /** Reads an array; `item` must read one value. */
  readArray(item: (index: number) => void): void {
    this.#open(BRACKET_OPEN, "an array");
    if (this.#closes(BRACKET_CLOSE)) return;
    for (let index = 0;; index++) {
      this.#path.push(index);
      item(index);
      this.#path.pop();
      if (this.#closes(BRACKET_CLOSE)) return;
      this.#comma();
    }
  }

  /** Reads a string. The common case, no escape, is one slice. */
  readString(): string {
    const start = this.offset;
    const end = this.#plainStringEnd();
    if (end < 0) return this.#readRareString(start);
    this.#at = end + 1;
    return this.text.slice(start + 1, end);
  }

  /** Reads past a string that is its characters as they stand, and answers where they end; reads no other, and answers -1. */
  readPlainString(): number {
    this.#next();
    const end = this.#plainStringEnd();
    if (end >= 0) this.#at = end + 1;
    return end;
  }

  /** Reads a string that is a name, and answers its number. The common case makes no string of a name met before. */
  readName(names: NameTable): number {
    const units = this.#units;
    if (this.#next() !== QUOTE) this.#stopKind("a string");
    const start = this.#at + 1;
    let hash = 0;
    for (let end = start;; end++) {
      const unit = units[end] ?? 0;
      if (unit === QUOTE) {
        this.#at = end + 1;
        return names.numberIn(this.source, start, end, hash);
      }
      if (isRare(unit)) return names.numberOf(this.#readRareString(start - 1));
      hash = hashStep(hash, unit);
    }
  }

  /** Where the string that begins here ends, if it is its characters as they stand; -1 otherwise. */
  #plainStringEnd(): number {
    const units = this.#units;
    let end = this.#at;
    if (units[end++] !== QUOTE) this.#stopKind("a string");
    for (;;) {
      const code = units[end] ?? 0;
      if (code === QUOTE) return end;
      if (isRare(code)) return -1;
      end++;
    }
  }

  /** Reads a string or null. */
  readStringOrNull(): string | undefined {
    if (!this.peeks("n")) return this.readString();
    this.#word("null");
    return undefined;
  }

  /** Whether null is next; reads it if so. */
  readsNull(): boolean {
    if (!this.peeks("n")) return false;
    this.#word("null");
    return true;
  }

  readBool(): boolean {
    if (this.peeks("t")) {
      this.#word("true");
      return true;
    }
    if (!this.peeks("f")) this.#stopKind("true or false");
    this.#word("false");
    return false;
  }

  readInt64(): Int64 {
    const at = this.offset;
    const number = this.readNumber();
    const exact = parseInt64(number);
    if (exact === undefined) this.stop("DR0107", `${number} is not a 64-bit integer`, at);
    return exact;
  }

  readFloat(): number {
    const at = this.offset;
    const number = this.readNumber();
    const value = Number(number);
    if (!Number.isFinite(value)) this.stop("DR0107", `${number} is not a finite number`, at);
    return value;
  }

  /** Reads past one value of any kind. */
  skipValue(): void {
    if (this.peeks("{")) this.readObject(() => this.skipValue());
    else if (this.peeks("[")) this.readArray(() => this.skipValue());
    else if (this.peeks('"')) this.readString();
    else if (this.peeks("t") || this.peeks("f")) this.readBool();
    else if (!this.readsNull()) this.readNumber();
  }

  /** Asserts that nothing but white space is left. */
  readEnd(): void {
    this.#next();
    if (this.#at < this.text.length) this.#stopSyntax("text after the artifact");
  }

  stop(code: JsonCode, message: string, offset: number): never {
    throw new JsonStop({ code, message, offset, path: this.path });
  }

  #open(bracket: number, wanted: string): void {
    if (this.#next() !== bracket) this.#stopKind(wanted);
    if (++this.#depth > JSON_DEPTH_MAX) {
      this.stop("DR0103", `nested deeper than ${JSON_DEPTH_MAX}`, this.#at);
    }
    this.#at++;
  }

  #closes(bracket: number): boolean {
    if (this.#next() !== bracket) return false;
    this.#at++;
    this.#depth--;
    return true;
  }

  #comma(): void {
    if (this.#units[this.#at] !== 0x2c) {
      this.#stopSyntax("expected , or the closing bracket");
    }
    this.#at++;
  }

  #word(word: string): void {
    if (!this.text.startsWith(word, this.#at)) this.#stopSyntax(`expected ${word}`);
    this.#at += word.length;
  }

  /** Reads a number of any form and answers its text. */
  readNumber(): string {
    this.#next();
    NUMBER.lastIndex = this.#at;
    const match = NUMBER.exec(this.text);
    if (match === null) this.#stopKind("a number");
    this.#at += match[0].length;
    return match[0];
  }

  /** A string with an escape, or one that is malformed. */
  #readRareString(start: number): string {
    let value = "";
    let at = start + 1;
    for (;;) {
      const code = this.text.charCodeAt(at);
      if (code === QUOTE) break;
      if (code !== code) this.stop("DR0101", "a string is not closed", start);
      if (code < 0x20) this.stop("DR0101", "a control character stands in a string", at);
      if (code !== BACKSLASH) {
        value += this.text[at++];
        continue;
      }
      const escape = this.text[at + 1] ?? "";
      const simple = SIMPLE_ESCAPES[escape];
      if (simple !== undefined) {
        value += simple;
        at += 2;
        continue;
      }
      const hex = this.text.slice(at + 2, at + 6);
      if (escape !== "u" || !/^[0-9a-fA-F]{4}$/.test(hex)) {
        this.stop("DR0101", "a string has an escape that JSON does not define", at);
      }
      value += String.fromCharCode(parseInt(hex, 16));
      at += 6;
    }
    if (!value.isWellFormed()) this.stop("DR0107", "a string holds a lone surrogate", start);
    this.#at = at + 1;
    return value;
  }

  /** Moves past white space, and answers the UTF-16 unit that stands there; 0 at the end of the text. */
  #next(): number {
    const units = this.#units;
    let at = this.#at;
    let code = units[at] ?? 0;
    if (code > 0x20) return code; // compact JSON has no space to skip
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
      code = units[++at] ?? 0;
    }
    this.#at = at;
    return code;
  }

  #stopSyntax(message: string): never {
    const found = this.#at < this.text.length
      ? JSON.stringify(this.text[this.#at])
      : "the end of the text";
    this.stop("DR0101", `${message}, found ${found}`, this.#at);
  }

  /** Another kind of value stands here, or none at all. */
  #stopKind(wanted: string): never {
    VALUE_OPENING.lastIndex = this.#at;
    if (!VALUE_OPENING.test(this.text)) this.#stopSyntax(`expected ${wanted}`);
    this.stop("DR0104", `expected ${wanted}`, this.#at);
  }
}

/** Whether a UTF-16 unit cannot be taken as it is: an escape, a control character or the end of the text, half of a character. */
function isRare(unit: number): boolean {
  return unit === BACKSLASH || unit < 0x20 || (unit >= 0xd800 && unit <= 0xdfff);
}

const VALUE_OPENING = /[{["0-9-]|(?:true|false|null)\b/y;

const NUMBER = /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;

const SIMPLE_ESCAPES: { readonly [escape: string]: string } = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};
