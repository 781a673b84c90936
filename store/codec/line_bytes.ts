/**
 * Bytes of the log while they are written: one growing buffer, used again after each flush. Nearly all texts of a log are ASCII that
 * needs no escape, and are copied unit by unit; every other text takes the way through `JSON.stringify`.
 *
 * @module
 */
import { unreachable } from "../../dvm/base/result.ts";
import type { Int64 } from "../../dvm/value/int64.ts";
import type { NamedValue, Value } from "../../dvm/value/value.ts";
import { renderFloat } from "../../dvm/value/wire_text.ts";
import { INTEGER_LENGTH_MAX, integerAt, pairAt } from "./digits.ts";
import { renumber, type RepeatedLine } from "./repeated_line.ts";

const ENCODER = new TextEncoder();
const QUOTE = 0x22;
const COLON = 0x3a;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;
const LF = 0x0a;
/** Of `{"seq":`, with which every line begins. */
const LINE_START_LENGTH = 7;
const BACKSLASH = 0x5c;

/** A buffer to which parts of lines are appended. */
export class LineBytes {
  #bytes: Uint8Array;
  /** The same bytes. */
  #view: DataView;
  #length = 0;

  /** A buffer that has room for `capacity` bytes before it must grow. */
  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** Number of bytes in it. */
  get length(): number {
    return this.#length;
  }

  /** The bytes; valid until more are appended. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Removes all bytes. */
  clear(): void {
    this.#length = 0;
  }

  /** Whether others have the same bytes from an offset on. */
  equalsAt(others: DataView, at: number): boolean {
    const length = this.#length;
    if (at + length > others.byteLength) return false;
    const view = this.#view;
    let index = 0;
    // Eight bytes at once, as a float: equal ones have equal bytes, but for zeros, and no line has a byte 0. Those that differ, or are
    // no numbers, are compared by bytes.
    for (; index + 8 <= length; index += 8) {
      if (view.getFloat64(index, true) !== others.getFloat64(at + index, true)) break;
    }
    for (; index < length; index++) {
      if (view.getUint8(index) !== others.getUint8(at + index)) return false;
    }
    return true;
  }

  /** Appends the beginning of a line, `{"seq":` and its number. */
  lineStart(seq: number): void {
    this.#reserve(LINE_START_LENGTH + INTEGER_LENGTH_MAX);
    this.#length = lineStartAt(this.#bytes, this.#length, seq);
  }

  /** Appends the end of a line, `}` and LF. */
  lineEnd(): void {
    this.#reserve(2);
    this.#bytes[this.#length++] = CLOSING_BRACE;
    this.#bytes[this.#length++] = LF;
  }

  /**
   * Appends a whole line: what it repeats, then an integer if there is one with as many braces as close what was opened before it, and
   * LF. Nearly all lines of a log are written here.
   */
  repeatedLine(seq: number, line: RepeatedLine, integer: Int64 | undefined): void {
    const hundreds = Math.floor(seq / 100);
    if (hundreds !== line.hundreds) renumber(line, hundreds);
    const { words, length } = line;
    this.#reserve(8 * words.length + INTEGER_LENGTH_MAX + 4);
    const start = this.#length;
    const view = this.#view;
    // As floats, as in `equalsAt`: no line has bytes that would be no number. What is copied beyond its end is overwritten.
    for (let word = 0; word < words.length; word++) {
      view.setFloat64(start + 8 * word, words[word] ?? 0, true);
    }
    const bytes = this.#bytes;
    pairAt(bytes, start + line.pair, seq - 100 * hundreds);
    let at = start + length;
    if (integer !== undefined) {
      if (typeof integer === "number") at = integerAt(bytes, at, integer);
      else for (const digit of String(integer)) bytes[at++] = digit.charCodeAt(0);
      bytes[at] = CLOSING_BRACE;
      bytes[at + 1] = CLOSING_BRACE;
      bytes[at + 2] = CLOSING_BRACE;
      at += 3;
    }
    bytes[at] = LF;
    this.#length = at + 1;
  }

  /** Appends an ASCII text. */
  ascii(text: string): void {
    const { length } = text;
    if (this.#length + length > this.#bytes.length) this.#grow(length);
    const bytes = this.#bytes;
    let at = this.#length;
    for (let index = 0; index < length; index++) bytes[at++] = text.charCodeAt(index);
    this.#length = at;
  }

  /** Appends a JSON string. */
  string(text: string): void {
    const { length } = text;
    if (this.#length + length + 2 > this.#bytes.length) this.#grow(length + 2);
    const bytes = this.#bytes;
    let at = this.#length;
    bytes[at++] = QUOTE;
    for (let index = 0; index < length; index++) {
      const unit = text.charCodeAt(index);
      if (unit < 0x20 || unit > 0x7e || unit === QUOTE || unit === BACKSLASH) {
        return this.#utf8(JSON.stringify(text));
      }
      bytes[at++] = unit;
    }
    bytes[at++] = QUOTE;
    this.#length = at;
  }

  /** Appends the content of a JSON string, without the quotes. */
  stringContent(text: string): void {
    this.#utf8(JSON.stringify(text).slice(1, -1));
  }

  /** Appends an integer. */
  integer(value: Int64): void {
    if (typeof value === "bigint") return this.ascii(String(value));
    this.#reserve(INTEGER_LENGTH_MAX);
    this.#length = integerAt(this.#bytes, this.#length, value);
  }

  /** Appends a tagged value. */
  value(value: Value): void {
    switch (value.kind) {
      case "Int":
        this.ascii('{"Int":');
        this.integer(value.value);
        return this.ascii("}");
      case "Bool":
        return this.ascii(value.value ? '{"Bool":true}' : '{"Bool":false}');
      case "String":
      case "Char":
        this.ascii(value.kind === "String" ? '{"String":' : '{"Char":');
        this.string(value.value);
        return this.ascii("}");
      case "Mem":
        return this.ascii(`{"Mem":"${value.value}"}`);
      case "Thread":
      case "Mutex":
      case "File":
      case "Port":
      case "Device":
      case "Mapped":
        this.ascii(`{"${value.kind}":`);
        this.string(value.value);
        return this.ascii("}");
      case "Float":
        return this.ascii(`{"Float":${renderFloat(value.value)}}`);
      case "Unit":
        return this.ascii('"Unit"');
      case "Array":
        this.ascii('{"Array":');
        this.list(value.items, (item) => this.value(item));
        return this.ascii("}");
      case "Struct": {
        this.ascii('{"Struct":{"ty":');
        this.string(value.ty);
        this.ascii(',"fields":{');
        let isFirst = true;
        for (const [name, field] of value.fields) {
          this.#named(name, field, isFirst);
          isFirst = false;
        }
        return this.ascii("}}}");
      }
      default:
        return unreachable(value);
    }
  }

  /** Appends the object `{"name":value,…}`, in the given order. */
  named(values: readonly NamedValue[]): void {
    this.ascii("{");
    for (let index = 0; index < values.length; index++) {
      const entry = values[index];
      if (entry !== undefined) this.#named(entry.name, entry.value, index === 0);
    }
    this.ascii("}");
  }

  /** Appends a list, each item by `append`. */
  list<Item>(items: readonly Item[], append: (item: Item) => void): void {
    this.ascii("[");
    for (const [index, item] of items.entries()) {
      if (index > 0) this.ascii(",");
      append(item);
    }
    this.ascii("]");
  }

  #named(name: string, value: Value, isFirst: boolean): void {
    if (!isFirst) this.ascii(",");
    this.string(name);
    this.ascii(":");
    this.value(value);
  }

  #utf8(text: string): void {
    // A code unit takes at most three bytes.
    if (this.#length + 3 * text.length > this.#bytes.length) this.#grow(3 * text.length);
    const { written } = ENCODER.encodeInto(text, this.#bytes.subarray(this.#length));
    this.#length += written;
  }

  /** Makes room for this many bytes. */
  #reserve(more: number): void {
    if (this.#length + more > this.#bytes.length) this.#grow(more);
  }

  #grow(more: number): void {
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + more));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

/** Writes the beginning of a line at an offset; returns the offset after it. */
function lineStartAt(bytes: Uint8Array, start: number, seq: number): number {
  bytes[start] = OPENING_BRACE;
  bytes[start + 1] = QUOTE;
  bytes[start + 2] = 0x73; // s
  bytes[start + 3] = 0x65; // e
  bytes[start + 4] = 0x71; // q
  bytes[start + 5] = QUOTE;
  bytes[start + 6] = COLON;
  return integerAt(bytes, start + LINE_START_LENGTH, seq);
}
