/**
 * Readers of one field each: its key, then its content.
 *
 * @module
 */
import { parseReference, splitPlace } from "../../dvm/dir/reference.ts";
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

/** A SHA-256 digest of a text or an input, with its prefix. */
export function textDigest(s: LineScanner, key: string): string {
  const content = text(s, key);
  return isTextDigest(content) ? content : s.stop("expected sha256: and a digest");
}

/** Whether a text is a digest with its prefix. */
export function isTextDigest(content: string): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(content);
}

/** The member `proc`: a reference of a process. */
export function reference(s: LineScanner): string {
  const content = text(s, "proc");
  return accepted(REFERENCES, content, isReference) ?? s.stop("expected a reference of a process");
}

/** The member `at`: the place of a statement. */
export function place(s: LineScanner): string {
  const content = text(s, "at");
  return accepted(PLACES, content, isPlace) ?? s.stop("expected the place of a statement");
}

/** Texts that have been accepted, each once: a log repeats few of them often, and its events share them. */
const REFERENCES = new Map<string, string>();
const PLACES = new Map<string, string>();
const KNOWN_MAX = 4_096;

function accepted(
  known: Map<string, string>,
  content: string,
  isValid: (text: string) => boolean,
): string | undefined {
  const same = known.get(content);
  if (same !== undefined) return same;
  if (!isValid(content)) return undefined;
  if (known.size < KNOWN_MAX) known.set(content, content);
  return content;
}

function isReference(content: string): boolean {
  return parseReference(content) !== undefined;
}

const PATH = /^body\[(?:0|[1-9][0-9]*)\](?:\.(?:body|then_body|else_body)\[(?:0|[1-9][0-9]*)\])*$/;

function isPlace(content: string): boolean {
  const split = splitPlace(content);
  return split !== undefined && PATH.test(split.path);
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

/** A string; `undefined` where the field is absent, as it is when the string is empty. */
export function optionalText(s: LineScanner, key: string): string | undefined {
  if (!s.skip(`,"${key}":`)) return undefined;
  const content = s.string();
  return content !== "" ? content : s.stop(`an empty ${key} is left out`);
}

/** A list of strings; `undefined` where the field is absent, as it is when the list is empty. */
export function optionalTexts(s: LineScanner, key: string): string[] | undefined {
  if (!s.skip(`,"${key}":`)) return undefined;
  const items = s.list(() => s.string());
  return items.length > 0 ? items : s.stop(`an empty ${key} is left out`);
}

/** Named values; `undefined` where the field is absent, as it is when there are none. */
export function optionalNamed(s: LineScanner, key: string): NamedValue[] | undefined {
  if (!s.skip(`,"${key}":`)) return undefined;
  const values = s.named();
  return values.length > 0 ? values : s.stop(`an empty ${key} is left out`);
}

/** A count of at least 1; `undefined` where the field is absent, as it is for 0. */
export function optionalCount(s: LineScanner, key: string): number | undefined {
  if (!s.skip(`,"${key}":`)) return undefined;
  const value = s.natural();
  return value > 0 ? value : s.stop(`a ${key} of 0 is left out`);
}

/** A value; `undefined` where the field is absent. */
export function optionalValue(s: LineScanner, key: string): Value | undefined {
  return s.skip(`,"${key}":`) ? s.value() : undefined;
}
