/**
 * Writers of one field each: its key, then its content. The counterparts of `decode_field.ts`.
 *
 * @module
 */
import type { NamedValue, Value } from "../../dvm/value/value.ts";
import type { LineBytes } from "./line_bytes.ts";

/** Appends `,"name":`. */
export function key(into: LineBytes, name: string): void {
  into.ascii(',"');
  into.ascii(name);
  into.ascii('":');
}

/** Appends a member that is a string; nothing where it is `undefined`, here and below. */
export function text(into: LineBytes, name: string, content: string | undefined): void {
  if (content === undefined) return;
  key(into, name);
  into.string(content);
}

/** Appends a member that is a list of strings. */
export function texts(into: LineBytes, name: string, content: readonly string[] | undefined): void {
  if (content === undefined) return;
  key(into, name);
  into.list(content, (item) => into.string(item));
}

/** Appends a member that is a count. */
export function count(into: LineBytes, name: string, content: number | undefined): void {
  if (content === undefined) return;
  key(into, name);
  into.integer(content);
}

/** Appends a member that is a boolean. */
export function truth(into: LineBytes, name: string, content: boolean | undefined): void {
  if (content === undefined) return;
  key(into, name);
  into.ascii(content ? "true" : "false");
}

/** Appends a member that is a value. */
export function value(into: LineBytes, name: string, content: Value | undefined): void {
  if (content === undefined) return;
  key(into, name);
  into.value(content);
}

/** Appends a member that has named values. */
export function named(into: LineBytes, name: string, content: readonly NamedValue[]): void {
  key(into, name);
  into.named(content);
}
