/**
 * Type names that did not resolve (TYP-01).
 *
 * @module
 */
import type { DeclaredTypes } from "../dir/model.ts";
import type { Type, UnknownType } from "../dir/type.ts";
import { nearestWord } from "../text/suggest.ts";
import type { Violation } from "../typing/violation.ts";

/** The first name inside a type that did not resolve. */
export function unknownIn(type: Type): UnknownType | undefined {
  if (type.kind === "unknown") return type;
  return type.kind === "array" ? unknownIn(type.element) : undefined;
}

/** The primitives by their usual names; of two that are equally near, the first is meant. */
const PRIMITIVES = ["i64", "i32", "i16", "i8", "u64", "u32", "u16", "u8", "f64", "f32"]
  .concat("bool", "string", "char", "unit");

/** The violation of a type name that nothing in scope has. */
export function unknownType(name: string, { shapes, aliases }: DeclaredTypes): Violation {
  const declared = [...shapes, ...aliases].map((each) => each.name);
  const nearest = nearestWord(name, [...declared, ...PRIMITIVES]);
  return {
    code: "DR0206",
    message: `unknown type ${name}`,
    label: `${name} is neither a primitive nor a shape in scope`,
    help: nearest === undefined
      ? "declare the shape, or use i32, i64, f32, f64 or bool"
      : `did you mean ${nearest}?`,
  };
}
