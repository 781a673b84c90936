/**
 * The lexical level of JSON as serde_json reads it: white space, strings, numbers and literal names, with its messages.
 * Columns in messages count bytes, as in upstream's.
 *
 * @module
 */
import { HostJsonError, jsonMessage } from "./json_error.ts";
import { JSON_ESCAPE, unescapeJson } from "./json_escape.ts";
import { debugString, isDigit } from "./rust_text.ts";

/** A cursor over one JSON text. Methods throw {@link HostJsonError} if the text is not what they expect. */
export class HostJsonScanner {
  /** The whole text. */
  protected readonly text: string;
  /** The offset of the next character, in UTF-16 units. */
  protected at = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Reads past one value that is no array or object. `first` is its first character. */
  protected skipScalar(first: string): void {
    if (first === '"') this.skipString();
    else if (first === "n") this.word("null");
    else if (first === "t") this.word("true");
    else if (first === "f") this.word("false");
    else if (first === "-" || isDigit(first)) this.number();
    else this.stopAtNext(first === "" ? EOF_IN_VALUE : EXPECTED_VALUE);
  }

  /** Reads past a string, well-formed or not. */
  protected skipString(): void {
    const parts = this.#stringParts();
    while (parts.next().done !== true);
  }

  /** Reads a string that must be well-formed Unicode: surrogate escapes come in pairs. */
  protected string(): string {
    const plain = this.#plainString();
    if (plain !== undefined) return plain;
    let value = "";
    let leading = "";
    for (const { text, escape } of this.#stringParts()) {
      const unit = escape === undefined ? undefined : unescapeJson(escape);
      const isTrailing = unit !== undefined && unit >= "\udc00" && unit <= "\udfff";
      if (isTrailing !== (leading !== "")) {
        const isCut = !isTrailing && !(escape?.startsWith("u") ?? false);
        this.stop(isCut ? "unexpected end of hex escape" : "lone leading surrogate in hex escape");
      }
      if (!text.isWellFormed()) this.stop("invalid unicode code point");
      leading = unit !== undefined && unit >= "\ud800" && unit <= "\udbff" ? unit : "";
      value += text + (unit ?? "");
    }
    if (leading !== "") this.stop("unexpected end of hex escape");
    return value;
  }

  /** Reads a string without escapes, which is the common case; for any other, reads nothing. */
  #plainString(): string | undefined {
    SPECIAL.lastIndex = this.at + 1;
    const end = SPECIAL.exec(this.text)?.index ?? -1;
    if (this.text[end] !== '"') return undefined;
    const text = this.text.slice(this.at + 1, end);
    if (!text.isWellFormed()) return undefined;
    this.at = end + 1;
    return text;
  }

  /** The parts of a string: raw text, or one escape without its backslash. Ends after the closing quote. */
  *#stringParts(): Generator<{ readonly text: string; readonly escape: string | undefined }> {
    const text = this.text;
    this.at++;
    for (;;) {
      SPECIAL.lastIndex = this.at;
      const found = SPECIAL.exec(text)?.index ?? text.length;
      if (found > this.at) {
        const raw = text.slice(this.at, found);
        this.at = found;
        yield { text: raw, escape: undefined };
      }
      const special = text.charAt(this.at);
      if (special === '"') {
        this.at++;
        return;
      }
      if (special === "") this.stop("EOF while parsing a string");
      this.at++;
      if (special !== "\\") this.stop(CONTROL_CHARACTER);
      yield { text: "", escape: this.#escape() };
    }
  }

  #escape(): string {
    const escape = this.#match(JSON_ESCAPE);
    if (escape === "") {
      this.stop(
        this.at < this.text.length ? "invalid escape" : "EOF while parsing a string",
      );
    }
    this.at += escape.length;
    return escape;
  }

  /** Reads a number; returns its text. */
  protected number(): string {
    const number = this.#match(NUMBER);
    const begun = this.#match(BEGUN_NUMBER);
    const end = this.at + number.length;
    if (begun.length > number.length || isDigit(this.text.charAt(end))) {
      this.at += begun.length;
      this.stopAtNext("invalid number");
    }
    this.at = end;
    return number;
  }

  /** The match of a sticky pattern at the cursor; empty if there is none. */
  #match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text)?.[0] ?? "";
  }

  /** Reads a literal name: `null`, `true` or `false`. */
  protected word(word: string): void {
    for (const letter of word) {
      const found = this.text.charAt(this.at);
      if (found === "") this.stop(EOF_IN_VALUE);
      this.at++;
      if (found !== letter) this.stop("expected ident");
    }
  }

  /** Skips white space; returns the next character, empty at the end of the text. */
  protected peekPastSpace(): string {
    for (;;) {
      const next = this.text.charAt(this.at);
      if (next !== " " && next !== "\n" && next !== "\t" && next !== "\r") return next;
      this.at++;
    }
  }

  /** Throws: the next value is not of the expected kind, or there is none. */
  protected wrongKind(expected: string): never {
    const first = this.text.charAt(this.at);
    if (first === "") this.stopAtNext(EOF_IN_VALUE);
    this.stop(`invalid type: ${this.#describe(first)}, expected ${expected}`);
  }

  /** The next value as serde's messages describe it; scalars are read past. */
  #describe(first: string): string {
    if (first === "[") return "sequence";
    if (first === "{") return "map";
    if (first === '"') return `string ${debugString(this.string())}`;
    if (first === "-" || isDigit(first)) {
      const number = this.number();
      const isFloat = number === "-0" || /[.eE]/.test(number);
      return isFloat ? `floating point \`${number}\`` : `integer \`${number}\``;
    }
    if (first !== "n" && first !== "t" && first !== "f") this.stopAtNext(EXPECTED_VALUE);
    this.skipScalar(first);
    return first === "n" ? "null" : `boolean \`${first === "t"}\``;
  }

  /** Throws, with the position of the character just read. */
  protected stop(message: string): never {
    throw new HostJsonError(jsonMessage(this.text, message, this.at, 0), this.at);
  }

  /** Throws, with the position of the next character. */
  protected stopAtNext(message: string): never {
    const ahead = this.at < this.text.length ? 1 : 0;
    throw new HostJsonError(jsonMessage(this.text, message, this.at, ahead), this.at);
  }
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
/** The longest beginning of a number. */
const BEGUN_NUMBER = /-?(?:0|[1-9][0-9]*)?(?:\.[0-9]+(?:[eE][+-]?)?|\.|[eE][+-]?)?/y;
/** The characters that end a raw part of a string. */
// deno-lint-ignore no-control-regex
const SPECIAL = /["\\\u0000-\u001f]/g;

/** The text ends where a value is expected, or within one. */
export const EOF_IN_VALUE = "EOF while parsing a value";
/** The text ends within an array. */
export const EOF_IN_LIST = "EOF while parsing a list";
/** The text ends within an object. */
export const EOF_IN_OBJECT = "EOF while parsing an object";
/** No value begins at the next character. */
export const EXPECTED_VALUE = "expected value";
const CONTROL_CHARACTER = "control character (\\u0000-\\u001F) found while parsing a string";
