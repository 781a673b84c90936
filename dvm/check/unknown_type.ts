/**
 * Type names that did not resolve (TYP-01).
 *
 * @module
 */
import type { Type, UnknownType } from "../dir/type.ts";
import type { Violation } from "../typing/violation.ts";

/** The first name inside a type that did not resolve. */
export function unknownIn(type: Type): UnknownType | undefined {
  if (type.kind === "unknown") return type;
  return type.kind === "array" ? unknownIn(type.element) : undefined;
}

/** The violation of a type name that nothing in scope has. */
export function unknownType(name: string): Violation {
  return {
    code: "DR0206",
    message: `unknown type ${name}`,
    label: `${name} is neither a primitive nor a shape in scope`,
    help: "declare the shape, or use i32, i64, f32, f64 or bool",
  };
}
