/**
 * A strict JSON cursor: the decoder reads the text once, from front to back, into the model, without a tree in between. The cursor
 * knows the offset and the DIR path of each value, refuses what `JSON.parse` accepts silently (duplicate members, integers that do
 * not fit, lone surrogates), and bounds nesting.
 *
 * @module
 */
import { JSON_DEPTH_MAX } from "../base/limits.ts";
import { type Int64, parseInt64 } from "../value/int64.ts";
import { type JsonCode, JsonStop } from "./json_failure.ts";
import { readEscapedString } from "./json_string.ts";
import { byteOrderMarkIn } from "./json_syntax.ts";
import { Members, NONE_KNOWN } from "./json_members.ts";
import { hashStep, type NameTable } from "./name_table.ts";
import { isWordAt, SourceText } from "./source_text.ts";

const QUOTE = 0x22, BACKSLASH = 0x5c;
const BRACE_OPEN = 0x7b, BRACE_CLOSE = 0x7d, BRACKET_OPEN = 0x5b, BRACKET_CLOSE = 0x5d;

/** A cursor over one JSON text. */
export class JsonCursor {
  /** The text that is read, with its units. */
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

  /** The text that is read. */
  get text(): string {
    return this.source.text;
  }

  /** Offset of the next value. */
  get offset(): number {
    this.#next();
    return this.#at;
  }

  /** DIR path of the value that is being read, `forges[0].procs[2]`. */
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

  /** Reads an object; `member` gets the name of each member, and must read its value. */
  readObject(member: (name: string) => void): void {
    const members = this.openObject(NONE_KNOWN);
    while (this.nextMember(members)) member(members.name);
  }

  /** Opens the next value, an object. `known` are its expected names, 31 at most. */
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
    const read = this.#readKnown(known, members.count);
    const name = known[read] ?? this.readString();
    const position = read < 0 ? known.indexOf(name) : read; // a name may have escapes
    if (!members.adds(name, position)) {
      this.stop("DR0102", `the member ${JSON.stringify(name)} occurs twice`, nameAt);
    }
    if (this.#next() !== 0x3a) this.#stopSyntax("expected :");
    this.#at++;
    this.#path.push(name);
    return true;
  }

  /** Reads a string that is one of `known`, probably the expected one, and returns its position; reads no other, and returns -1. */
  #readKnown(known: readonly string[], expected: number): number {
    if (this.#readWord(known[expected])) return expected;
    for (let position = 0; position < known.length; position++) {
      if (this.#readWord(known[position])) return position;
    }
    return -1;
  }

  /** Reads the next string if it is `word`, written without escapes. */
  #readWord(word: string | undefined): boolean {
    if (word === undefined) return false;
    const units = this.#units;
    const start = this.#at + 1;
    const end = start + word.length;
    if (units[end] !== QUOTE || !isWordAt(units, start, end, word)) return false;
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
    if (end < 0) return this.#readEscaped(start);
    this.#at = end + 1;
    return this.text.slice(start + 1, end);
  }

  /** Reads past a string without escapes, and returns the offset of its closing quote; reads no other, and returns -1. */
  readPlainString(): number {
    this.#next();
    const end = this.#plainStringEnd();
    if (end >= 0) this.#at = end + 1;
    return end;
  }

  /** Reads a string that is a name, and returns its number. A name that has occurred before makes no new string. */
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
      if (isSpecial(unit)) return names.numberOf(this.#readEscaped(start - 1));
      hash = hashStep(hash, unit);
    }
  }

  /** The offset of the closing quote of the string that begins here, if it has no escapes; -1 otherwise. */
  #plainStringEnd(): number {
    const units = this.#units;
    let end = this.#at;
    if (units[end++] !== QUOTE) this.#stopKind("a string");
    for (;;) {
      const code = units[end] ?? 0;
      if (code === QUOTE) return end;
      if (isSpecial(code)) return -1;
      end++;
    }
  }

  /** Reads a string or null. */
  readStringOrNull(): string | undefined {
    if (!this.peeks("n")) return this.readString();
    this.#word("null");
    return undefined;
  }

  /** Reads null if it is next; whether it was. */
  readsNull(): boolean {
    if (!this.peeks("n")) return false;
    this.#word("null");
    return true;
  }

  /** Reads true or false. */
  readBool(): boolean {
    if (this.peeks("t")) {
      this.#word("true");
      return true;
    }
    if (!this.peeks("f")) this.#stopKind("true or false");
    this.#word("false");
    return false;
  }

  /** Reads an integer of 64 bits; any other number stops the reading. */
  readInt64(): Int64 {
    const at = this.offset;
    const number = this.readNumber();
    const exact = parseInt64(number);
    if (exact === undefined) this.stop("DR0107", `${number} is not a 64-bit integer`, at);
    return exact;
  }

  /** Reads a number as binary64; one outside its range stops the reading. */
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

  /** Stops the reading unless only white space is left. */
  readEnd(): void {
    this.#next();
    if (this.#at < this.text.length) this.#stopSyntax("text after the JSON value");
  }

  /** Ends the reading with a failure at an offset. */
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

  /** Reads a number of any form, and returns its text. */
  readNumber(): string {
    this.#next();
    NUMBER.lastIndex = this.#at;
    const match = NUMBER.exec(this.text);
    if (match === null) this.#stopKind("a number");
    this.#at += match[0].length;
    return match[0];
  }

  /** Reads a string that is not a slice of the text. */
  #readEscaped(start: number): string {
    const { value, end } = readEscapedString(
      this.text,
      start,
      (code, message, offset) => this.stop(code, message, offset),
    );
    this.#at = end;
    return value;
  }

  /** Moves past white space, and returns the next UTF-16 unit; 0 at the end of the text. */
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
    const mark = this.#at === 0 ? byteOrderMarkIn(this.text) : undefined;
    if (mark !== undefined) this.stop("DR0101", mark, 0);
    const found = this.#at < this.text.length
      ? JSON.stringify(this.text[this.#at])
      : "the end of the text";
    this.stop("DR0101", `${message}, found ${found}`, this.#at);
  }

  /** The next value is of another kind, or missing. */
  #stopKind(wanted: string): never {
    VALUE_OPENING.lastIndex = this.#at;
    if (!VALUE_OPENING.test(this.text)) this.#stopSyntax(`expected ${wanted}`);
    this.stop("DR0104", `expected ${wanted}`, this.#at);
  }
}

/** Whether a UTF-16 unit needs {@link readEscapedString}: a backslash, a control character, the end of the text, a surrogate. */
function isSpecial(unit: number): boolean {
  return unit === BACKSLASH || unit < 0x20 || (unit >= 0xd800 && unit <= 0xdfff);
}

const VALUE_OPENING = /[{["0-9]|-[0-9]|(?:true|false|null)\b/y;

const NUMBER = /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
