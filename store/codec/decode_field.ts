/**
 * Readers of one field each: its key, then its content.
 *
 * @module
 */
import type { NamedValue, Value } from "../../dvm/value/value.ts";
import type { LineScanner } from "./line_scanner.ts";

/** A string. */
export function text(s: LineScanner, key: string): string {
  s.key(key);
  return s.string();
}

/** A list of strings. */
export function texts(s: LineScanner, key: string): string[] {
  s.key(key);
  return s.list(() => s.string());
}

/** An integer from 0 to 2^53 - 1. */
export function count(s: LineScanner, key: string): number {
  s.key(key);
  return s.natural();
}

/** A boolean. */
export function truth(s: LineScanner, key: string): boolean {
  s.key(key);
  return s.boolean();
}

/** One of `words`. */
export function word<const W extends string>(s: LineScanner, key: string, words: readonly W[]): W {
  s.key(key);
  return s.word(words);
}

/** A SHA-256 digest. */
export function digest(s: LineScanner, key: string): string {
  s.key(key);
  return s.digest();
}

/** Named values. */
export function named(s: LineScanner, key: string): NamedValue[] {
  s.key(key);
  return s.named();
}

/** A value. */
export function value(s: LineScanner, key: string): Value {
  s.key(key);
  return s.value();
}

/** A value; `undefined` where the field is absent. */
export function optionalValue(s: LineScanner, key: string): Value | undefined {
  return s.skip(`,"${key}":`) ? s.value() : undefined;
}
