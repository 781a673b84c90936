/**
 * What a value of a type looks like as an argument: people who have not given one have probably never seen one.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import type { Type } from "../dir/type.ts";

/** Shapes within shapes; beyond, an example would show more than it explains. */
const DEPTH_MAX = 3;
/** Elements of an array of a fixed length. */
const LENGTH_MAX = 4;

/** JSON that is an argument of the type; `undefined` where it would be long, or where none can be given. */
export function exampleValue(type: Type, depth = 0): string | undefined {
  switch (type.kind) {
    case "int":
      return "1";
    case "float":
      return "0.5";
    case "bool":
      return "true";
    case "string":
      return '"text"';
    case "char":
      return '"c"';
    case "array": {
      const element = exampleValue(type.element, depth), { length = 1 } = type;
      if (element === undefined || length > LENGTH_MAX) return undefined;
      return `[${Array.from({ length }, () => element).join(",")}]`;
    }
    case "shape": {
      if (depth === DEPTH_MAX) return undefined;
      const fields = type.shape.fields.map((field) => {
        const example = exampleValue(field.type, depth + 1);
        return example === undefined ? undefined : `${JSON.stringify(field.name)}:${example}`;
      });
      return fields.includes(undefined) ? undefined : `{${fields.join(",")}}`;
    }
    case "unit":
    case "witness":
    case "handle":
    case "unknown":
      return undefined;
    default:
      return unreachable(type);
  }
}

/** `, such as {"id":1}`, for a type of several parts; nothing for others, whose values everybody knows. */
export function exampleHint(type: Type): string {
  const example = type.kind === "shape" || type.kind === "array" ? exampleValue(type) : undefined;
  return example === undefined ? "" : `, such as ${example}`;
}
