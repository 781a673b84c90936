/**
 * Tagged values in JSON text, read strictly (TRC-03): one known tag, integers as integers, floats in one rounding.
 *
 * @module
 */
import type { JsonCursor } from "../../dvm/text/json_cursor.ts";
import type { WireFields, WireValue } from "../../dvm/value/wire_object.ts";

/** Reads a tagged value; anything else stops the cursor. */
export function readWireValue(cursor: JsonCursor): WireValue {
  if (cursor.peeks('"')) {
    const { offset } = cursor;
    const word = cursor.readString();
    return word === "Unit" ? "Unit" : cursor.stop("DR0104", `${word} is not a value`, offset);
  }
  const { offset } = cursor;
  let value: WireValue | undefined;
  let tags = 0;
  cursor.readObject((tag) => {
    tags++;
    value = readTagged(cursor, tag);
  });
  return value === undefined || tags > 1
    ? cursor.stop("DR0105", "a value has exactly one tag", offset)
    : value;
}

function readTagged(cursor: JsonCursor, tag: string): WireValue {
  switch (tag) {
    case "Int":
      return { Int: cursor.readInt64() };
    case "Float":
      return { Float: cursor.readFloat() };
    case "Bool":
      return { Bool: cursor.readBool() };
    case "String":
      return { String: cursor.readString() };
    case "Char":
      return { Char: readChar(cursor) };
    case "Array": {
      const items: WireValue[] = [];
      cursor.readArray(() => void items.push(readWireValue(cursor)));
      return { Array: items };
    }
    case "Struct":
      return { Struct: readStruct(cursor) };
    default:
      return cursor.stop("DR0106", `there is no tag ${tag}`, cursor.offset);
  }
}

function readChar(cursor: JsonCursor): string {
  const { offset } = cursor;
  const text = cursor.readString();
  return [...text].length === 1
    ? text
    : cursor.stop("DR0107", `${JSON.stringify(text)} is not one character`, offset);
}

function readStruct(cursor: JsonCursor): { readonly ty: string; readonly fields: WireFields } {
  const { offset } = cursor;
  let ty: string | undefined, fields: WireFields | undefined;
  cursor.readObject((name) => {
    if (name === "ty") ty = cursor.readString();
    else if (name === "fields") fields = readFields(cursor);
    else cursor.stop("DR0106", `a Struct has no member ${name}`, cursor.offset);
  });
  return ty === undefined || fields === undefined
    ? cursor.stop("DR0105", "a Struct has ty and fields", offset)
    : { ty, fields };
}

function readFields(cursor: JsonCursor): WireFields {
  const fields: [string, WireValue][] = [];
  cursor.readObject((name) => void fields.push([name, readWireValue(cursor)]));
  return Object.fromEntries(fields);
}
