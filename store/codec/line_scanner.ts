/**
 * Reads one line of the log from left to right and accepts only the canonical spelling: other spellings of the same JSON (white
 * space, escapes, `1e2`, `-0`, `01`) are refused, so every accepted line is encoded to the same bytes again.
 *
 * @module
 */
import { byteOrderMarkIn } from "../../dvm/text/json_syntax.ts";
import { type Int64, int64FromBigInt } from "../../dvm/value/int64.ts";
import {
  boolValue,
  intValue,
  type NamedValue,
  stringValue,
  UNIT,
  type Value,
} from "../../dvm/value/value.ts";
import { renderFloat } from "../../dvm/value/wire_text.ts";

/** Why a line is not a valid event. */
export interface CorruptLine {
  /** Always `corrupt-line`. */
  readonly code: "corrupt-line";
  /** What was expected, or what is wrong. */
  readonly reason: string;
  /** Column in the line, from 0, in UTF-16 code units. */
  readonly column: number;
}

/** Thrown at the first error of a line; only {@link scanLine} catches it. */
class ScanStop {
  readonly corrupt: CorruptLine;
  constructor(corrupt: CorruptLine) {
    this.corrupt = corrupt;
  }
}

/** Maximum nesting of one value: bounds the recursion. Types, and so values, nest far less. */
const VALUE_DEPTH_MAX = 1_000;

/** Reads the whole line with `read`. */
export function scanLine<T>(
  line: string,
  read: (scanner: LineScanner) => T,
): { readonly ok: true; readonly value: T } | {
  readonly ok: false;
  readonly failure: CorruptLine;
} {
  const scanner = new LineScanner(line);
  try {
    const value = read(scanner);
    scanner.end();
    return { ok: true, value };
  } catch (thrown) {
    if (thrown instanceof ScanStop) return { ok: false, failure: thrown.corrupt };
    throw thrown;
  }
}

/** A position in a line. Every method reads one item and advances past it, or stops. */
export class LineScanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Exactly this text. */
  literal(expected: string): void {
    if (!this.skip(expected)) this.stop(`expected ${expected}`);
  }

  /** Advances past this text if it is next. */
  skip(expected: string): boolean {
    if (!this.#text.startsWith(expected, this.#at)) return false;
    this.#at += expected.length;
    return true;
  }

  /** `,"key":`, the next member of an object. */
  key(name: string): void {
    const text = this.#text;
    const end = this.#at + name.length + 2;
    const isNext = text.charCodeAt(this.#at) === COMMA &&
      text.charCodeAt(this.#at + 1) === QUOTE &&
      text.startsWith(name, this.#at + 2) &&
      text.charCodeAt(end) === QUOTE &&
      text.charCodeAt(end + 1) === COLON;
    if (!isNext) this.stop(`expected the field ${JSON.stringify(name)}`);
    this.#at = end + 2;
  }

  /** An integer from 0 to 2^53 - 1. */
  natural(): number {
    const start = this.#at;
    const value = this.#digits();
    // From 2^53 on several integers round to the same number; all of them are refused.
    if (value > Number.MAX_SAFE_INTEGER) this.#stopAt(start, "the number is too large");
    return value;
  }

  /** `true` or `false`. */
  boolean(): boolean {
    if (this.skip("true")) return true;
    if (!this.skip("false")) this.stop("expected true or false");
    return false;
  }

  /** Any string. */
  string(): string {
    const text = this.#text;
    const start = this.#at;
    if (text.charCodeAt(start) !== QUOTE) this.stop("expected a string");
    for (let at = start + 1; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit === QUOTE) {
        this.#at = at + 1;
        return text.slice(start + 1, at);
      }
      if (unit === BACKSLASH || (unit >= 0xd800 && unit <= 0xdfff)) return this.#escapedString(at);
      if (unit < 0x20) this.#stopAt(at, "an unescaped control character in a string");
    }
    return this.stop("unterminated string");
  }

  /** A string that is one of `words`. */
  word<const W extends string>(words: readonly W[]): W {
    const start = this.#at;
    const text = this.string();
    for (const word of words) if (word === text) return word;
    return this.#stopAt(start, `${JSON.stringify(text)} is not one of ${words.join(", ")}`);
  }

  /** Lower-case hex SHA-256. */
  digest(): string {
    const start = this.#at;
    const text = this.string();
    if (!/^[0-9a-f]{64}$/.test(text)) this.#stopAt(start, "expected a SHA-256 in hex");
    return text;
  }

  /** A list of what `item` reads. */
  list<T>(item: () => T): T[] {
    const items: T[] = [];
    this.literal("[");
    if (this.skip("]")) return items;
    do items.push(item()); while (this.skip(","));
    this.literal("]");
    return items;
  }

  /** `{"name":value,…}` without duplicate names. Integer names come first and ascending, as in JavaScript objects. */
  named(depth = 0): NamedValue[] {
    const named: NamedValue[] = [];
    this.literal("{");
    if (this.skip("}")) return named;
    const names = new Set<string>();
    let indexMin = 0; // the smallest integer that may be the next name
    do {
      const start = this.#at;
      const name = this.string();
      if (!isIndex(name)) indexMin = Infinity;
      else if (Number(name) < indexMin) {
        this.#stopAt(start, "integer names must come first, in ascending order");
      } else indexMin = Number(name);
      if (names.has(name)) this.#stopAt(start, `duplicate name ${JSON.stringify(name)}`);
      names.add(name);
      this.literal(":");
      named.push({ name, value: this.value(depth) });
    } while (this.skip(","));
    this.literal("}");
    return named;
  }

  /** A tagged value. */
  value(depth = 0): Value {
    if (depth > VALUE_DEPTH_MAX) this.stop(`values nest more than ${VALUE_DEPTH_MAX} deep`);
    if (this.skip('{"Int":')) {
      const value = intValue(this.#int64());
      this.literal("}");
      return value;
    }
    if (this.skip('{"Bool":')) {
      const value = boolValue(this.boolean());
      this.literal("}");
      return value;
    }
    if (this.skip('{"String":')) {
      const value = stringValue(this.string());
      this.literal("}");
      return value;
    }
    if (this.skip('"Unit"')) return UNIT;
    return this.#rarerValue(depth);
  }

  /** The end of the line. */
  end(): void {
    if (this.#at !== this.#text.length) this.stop("expected the end of the line");
  }

  /** Reports an error at the current position. */
  stop(reason: string): never {
    const mark = this.#at === 0 ? byteOrderMarkIn(this.#text) : undefined;
    return this.#stopAt(this.#at, mark ?? reason);
  }

  #rarerValue(depth: number): Value {
    if (this.skip('{"Struct":{"ty":')) {
      const ty = this.string();
      this.literal(',"fields":');
      const fields = new Map(this.named(depth + 1).map(({ name, value }) => [name, value]));
      this.literal("}}");
      return { kind: "Struct", ty, fields };
    }
    if (this.skip('{"Array":')) {
      const items = this.list(() => this.value(depth + 1));
      this.literal("}");
      return { kind: "Array", items };
    }
    if (this.skip('{"Float":')) {
      const value = this.#float();
      this.literal("}");
      return { kind: "Float", value };
    }
    if (this.skip('{"Char":')) {
      const start = this.#at;
      const value = this.string();
      if (Array.from(value).length !== 1) this.#stopAt(start, "expected one character");
      this.literal("}");
      return { kind: "Char", value };
    }
    if (this.skip('{"Mem":')) {
      const start = this.#at;
      const value = this.string();
      if (!isHolder(value)) this.#stopAt(start, "expected the name of a holder");
      this.literal("}");
      return { kind: "Mem", value };
    }
    for (const kind of HANDLE_KINDS) {
      if (!this.skip(`{"${kind}":`)) continue;
      const start = this.#at;
      const value = this.string();
      const letter = NUMBERED_KINDS[kind];
      if (letter !== undefined && !isNumbered(value, letter)) {
        this.#stopAt(start, `expected a handle, ${letter}1`);
      }
      this.literal("}");
      return { kind, value };
    }
    return this.stop("expected a tagged value");
  }

  /** Advances past decimal digits. Their value is exact up to 2^53 - 1 and larger than that otherwise. */
  #digits(): number {
    const text = this.#text;
    const start = this.#at;
    let at = start, value = 0;
    for (let unit = text.charCodeAt(at); isDigit(unit); unit = text.charCodeAt(++at)) {
      value = value * 10 + (unit - ZERO);
    }
    if (at === start) this.stop("expected a number");
    if (text.charCodeAt(start) === ZERO && at > start + 1) {
      this.stop("a number must not begin with 0");
    }
    this.#at = at;
    return value;
  }

  #int64(): Int64 {
    const start = this.#at;
    const isNegative = this.skip("-");
    const value = this.#digits();
    if (isNegative && value === 0) this.#stopAt(start, "-0 must be written 0");
    if (value <= Number.MAX_SAFE_INTEGER) return isNegative ? -value : value;
    const spelled = this.#text.slice(start, this.#at);
    const exact = spelled.length <= 20 ? int64FromBigInt(BigInt(spelled)) : undefined;
    return exact ?? this.#stopAt(start, "the integer does not fit 64 bits");
  }

  #float(): number {
    const start = this.#at;
    let at = start;
    while ("+-.e0123456789".includes(this.#text.charAt(at)) && at < this.#text.length) at++;
    const spelled = this.#text.slice(start, at);
    const value = Number(spelled);
    if (spelled === "" || !Number.isFinite(value) || renderFloat(value) !== spelled) {
      this.stop("expected a number in its shortest form");
    }
    this.#at = at;
    return value;
  }

  /** The string that begins here and needs no unescaping before `from`. */
  #escapedString(from: number): string {
    const text = this.#text;
    const start = this.#at;
    let at = from;
    while (at < text.length && text.charCodeAt(at) !== QUOTE) {
      at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
    }
    if (at >= text.length) this.stop("unterminated string");
    const spelled = text.slice(start, at + 1);
    const value = parseString(spelled);
    if (value === undefined || JSON.stringify(value) !== spelled) {
      this.stop("the string is not in canonical spelling");
    }
    this.#at = at + 1;
    return value;
  }

  #stopAt(column: number, reason: string): never {
    throw new ScanStop({ code: "corrupt-line", reason, column });
  }
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const ZERO = 0x30;

/** Whether JavaScript objects treat the name as an index and order it before all other names. */
function isIndex(name: string): boolean {
  return /^(0|[1-9][0-9]{0,9})$/.test(name) && Number(name) < 2 ** 32 - 1;
}

function isDigit(unit: number): boolean {
  return unit >= ZERO && unit <= 0x39;
}

function parseString(spelled: string): string | undefined {
  try {
    const value: unknown = JSON.parse(spelled);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

const HANDLE_KINDS = ["Thread", "Mutex", "File", "Port", "Device", "Mapped"] as const;

/** The handles that are a letter and the number of what they name among all of its kind. */
const NUMBERED_KINDS: { readonly [kind in (typeof HANDLE_KINDS)[number]]?: string } = {
  Thread: "t",
  Mutex: "x",
  File: "f",
};

/** `f2`, for the letter f. */
function isNumbered(name: string, letter: string): boolean {
  return name.startsWith(letter) && /^.[1-9][0-9]{0,15}$/.test(name);
}

/** `m2.1`: the name of a region, a point, and the number of one of its holders. */
function isHolder(name: string): boolean {
  return /^m[1-9][0-9]{0,15}\.[1-9][0-9]{0,15}$/.test(name);
}
