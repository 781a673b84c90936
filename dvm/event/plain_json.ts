/**
 * Arguments as JSON text. Unlike `JSON.parse` it changes the value of no number and refuses members that occur twice.
 *
 * @module
 */
import { failure, type Result, success } from "../base/result.ts";
import { JsonCursor } from "../text/json_cursor.ts";
import { JsonStop } from "../text/json_failure.ts";
import type { PlainArgument } from "./input.ts";
import { plainOfDecimal } from "./plain_number.ts";

/** Why a text is not plain JSON. */
export interface PlainFailure {
  /** One sentence. */
  readonly message: string;
  /** Where, in UTF-16 units from 0. */
  readonly offset: number;
}

/**
 * Reads one JSON value. An integer that a JavaScript number cannot hold becomes a `bigint`. A number whose nearest JavaScript number
 * would be another value for some parameter becomes `{"Decimal": text}`: `0.99999999999999999999` is no integer.
 *
 * @example
 * ```ts
 * import { parsePlain } from "../../mod.ts";
 * const parsed = parsePlain('{"id": 9223372036854775807}');
 * if (!parsed.ok || Object(parsed.value).id !== 9223372036854775807n) throw new Error();
 * const close = parsePlain("0.99999999999999999999");
 * if (!close.ok || Object(close.value).Decimal !== "0.99999999999999999999") throw new Error();
 * ```
 */
export function parsePlain(text: string): Result<PlainArgument, PlainFailure> {
  const cursor = new JsonCursor(text);
  try {
    const value = readPlain(cursor);
    cursor.readEnd();
    return success(value);
  } catch (stop) {
    if (!(stop instanceof JsonStop)) throw stop;
    const { message, offset } = stop.failure;
    return failure({ message, offset });
  }
}

function readPlain(cursor: JsonCursor): PlainArgument {
  if (cursor.peeks("{")) {
    const members: [string, PlainArgument][] = [];
    cursor.readObject((name) => void members.push([name, readPlain(cursor)]));
    return Object.fromEntries(members);
  }
  if (cursor.peeks("[")) {
    const items: PlainArgument[] = [];
    cursor.readArray(() => void items.push(readPlain(cursor)));
    return items;
  }
  if (cursor.peeks('"')) return cursor.readString();
  if (cursor.peeks("t") || cursor.peeks("f")) return cursor.readBool();
  return cursor.readsNull() ? null : plainOfDecimal(cursor.readNumber());
}
