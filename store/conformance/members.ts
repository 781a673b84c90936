/**
 * The members of what a file of fixtures has, which may be anything.
 *
 * @module
 */
import type { PlainArgument } from "../../dvm/event/input.ts";

/** An object read from JSON. */
export type Members = { readonly [name: string]: PlainArgument };

/** The members of an object; `undefined` for anything else. */
export function membersOf(plain: PlainArgument | undefined): Members | undefined {
  return typeof plain === "object" && plain !== null && !isList(plain) ? plain : undefined;
}

/** Whether it is a list. */
export function isList(plain: PlainArgument | undefined): plain is readonly PlainArgument[] {
  return Array.isArray(plain);
}

/** A text; `undefined` for anything else. */
export function stringOf(plain: PlainArgument | undefined): string | undefined {
  return typeof plain === "string" ? plain : undefined;
}

/** The texts in a list; none in anything else. */
export function stringsOf(plain: PlainArgument | undefined): readonly string[] {
  return isList(plain) ? plain.flatMap((item) => stringOf(item) ?? []) : [];
}
