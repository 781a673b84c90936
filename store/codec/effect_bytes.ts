/**
 * Reads lines of effects as bytes: those of integers and of printable ASCII without escapes, which nearly all are. Everything else is
 * left to the decoder, which decides what is valid: every line that is read here decodes to the same event.
 *
 * @module
 */
import { assert } from "../../dvm/base/result.ts";
import type { EffectEvent } from "../../dvm/event/event.ts";
import { intValue, stringValue, type Value } from "../../dvm/value/value.ts";
import {
  after,
  digitsEnd,
  fixed,
  INT,
  integerEnd,
  naturalIn,
  numberEnd,
  placeEnd,
  SEQ,
  STRING,
  stringEnd,
} from "./ascii_bytes.ts";

/** An effect, and where its line ends. */
export interface PlainEffect {
  readonly event: EffectEvent;
  /** The offset after its LF. */
  readonly end: number;
}

/** Reads the effects of a block. Their texts are decoded one by one, so that a kept one does not retain the block. */
export class PlainEffects {
  readonly #bytes: Uint8Array;
  readonly #decode: (at: number, end: number) => string | undefined;
  readonly #places: RepeatedText;
  readonly #kinds: RepeatedText;

  /** `decode` returns the text from one offset to another. */
  constructor(bytes: Uint8Array, decode: (at: number, end: number) => string | undefined) {
    this.#bytes = bytes;
    this.#decode = decode;
    this.#places = new RepeatedText(bytes, this.#text);
    this.#kinds = new RepeatedText(bytes, this.#text);
  }

  /** The effect with this `seq` in the line that begins at `start`; `undefined` for any other line. */
  read(start: number, seq: number): PlainEffect | undefined {
    const bytes = this.#bytes;
    const at = after(bytes, numberEnd(bytes, after(bytes, start, SEQ), seq), EFFECT_AT);
    const atEnd = placeEnd(bytes, at);
    const index = after(bytes, atEnd, INDEX);
    const indexEnd = digitsEnd(bytes, index);
    const kind = after(bytes, indexEnd, EFFECT);
    const kindEnd = stringEnd(bytes, kind);
    const tag = after(bytes, kindEnd, VALUE);
    if (tag < 0) return undefined;
    const isInt = bytes[tag + TAG_LETTER] === UPPER_I;
    const content = after(bytes, tag, isInt ? INT : STRING);
    const contentEnd = isInt ? integerEnd(bytes, content) : stringEnd(bytes, content) - 1;
    if (contentEnd < 0) return undefined;
    const payload = after(bytes, contentEnd, isInt ? INT_PAYLOAD : STRING_PAYLOAD);
    const payloadEnd = stringEnd(bytes, payload) - 1;
    const end = after(bytes, payloadEnd, TEXT_END);
    if (end < 0) return undefined;
    const shown = this.#text(payload, payloadEnd);
    const event: EffectEvent = {
      seq,
      kind: "effect",
      at: this.#places.of(at, atEnd - 1),
      index: naturalIn(bytes, index, indexEnd),
      effect: this.#kinds.of(kind, kindEnd - 1),
      value: isInt
        ? this.#int(content, contentEnd)
        : this.#string(content, contentEnd, payload, shown),
      payload: shown,
    };
    return { event, end };
  }

  #int(start: number, end: number): Value {
    const isNegative = this.#bytes[start] === MINUS;
    const value = naturalIn(this.#bytes, isNegative ? start + 1 : start, end);
    return intValue(isNegative ? -value : value);
  }

  /** A string; it is mostly the payload, and then it is the same text. */
  #string(start: number, end: number, payload: number, shown: string): Value {
    const isShown = end - start === shown.length && isRepeated(this.#bytes, start, end, payload);
    return stringValue(isShown ? shown : this.#text(start, end));
  }

  readonly #text = (start: number, end: number): string => {
    const text = this.#decode(start, end);
    assert(text !== undefined, "ASCII is text");
    return text;
  };
}

/** Texts in bytes, of which most are equal to the one before. */
class RepeatedText {
  readonly #bytes: Uint8Array;
  readonly #textOf: (start: number, end: number) => string;
  #start = 0;
  #text = "";

  constructor(bytes: Uint8Array, textOf: (start: number, end: number) => string) {
    this.#bytes = bytes;
    this.#textOf = textOf;
  }

  /** The text from one offset to another. */
  of(start: number, end: number): string {
    const isSame = end - start === this.#text.length &&
      isRepeated(this.#bytes, start, end, this.#start);
    if (!isSame) this.#text = this.#textOf(start, end);
    this.#start = start;
    return this.#text;
  }
}

/** Whether the bytes from one offset to another stand at `other`, too. */
function isRepeated(bytes: Uint8Array, start: number, end: number, other: number): boolean {
  for (let at = end - 1; at >= start; at--) { // places differ at their end
    if (bytes[at] !== bytes[at - start + other]) return false;
  }
  return true;
}

const MINUS = 0x2d;
const UPPER_I = 0x49;
/** The offset of the first letter of a tag in a value. */
const TAG_LETTER = 2;

const EFFECT_AT = fixed(',"kind":"effect","at":"');
const INDEX = fixed(',"index":');
const EFFECT = fixed(',"effect":"');
const VALUE = fixed(',"value":');
const INT_PAYLOAD = fixed('},"payload":"');
const STRING_PAYLOAD = fixed('"},"payload":"');
const TEXT_END = fixed('"}\n');
