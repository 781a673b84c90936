/**
 * Arguments as callers pass them, who may not be checked by a compiler: what no log can record never reaches the header.
 *
 * @module
 */
import { ARGUMENT_DEPTH_MAX, ARGUMENT_PARTS_MAX, ARGUMENT_TEXT_MAX } from "../base/limits.ts";
import type { PlainArgument } from "../event/input.ts";
import type { Unrecordable } from "./failure.ts";

/** No field and no tag has an empty name, so an object with this member fits no type. */
const CAUSE = "";

/**
 * The argument itself if a log can record it; otherwise an object in its place that fits no parameter and holds the cause, so
 * that the run is refused (DR1003), and its replay for the same cause.
 */
export function validateArgument(plain: PlainArgument): PlainArgument {
  const cause = new Measure().causeAgainst(plain, 0);
  return cause === undefined ? plain : { [CAUSE]: { ...cause } };
}

/** Why an argument could not be recorded, if {@link validateArgument} put that in its place. */
export function unrecordableCause(plain: PlainArgument): Unrecordable | undefined {
  const [cause, ...others] = membersOf(plain);
  if (cause?.[0] !== CAUSE || others.length > 0) return undefined;
  const { kind, number, type } = Object.fromEntries(membersOf(cause[1]));
  switch (kind) {
    case "parts":
    case "text":
    case "depth":
      return { kind };
    case "not_finite":
      return typeof number === "string" ? { kind, number } : undefined;
    case "not_json":
      return typeof type === "string" ? { kind, type } : undefined;
    default:
      return undefined;
  }
}

function membersOf(plain: PlainArgument): readonly [string, PlainArgument][] {
  return typeof plain !== "object" || plain === null || isList(plain) ? [] : Object.entries(plain);
}

/** Measures one argument. */
class Measure {
  #parts = 0;
  #units = 0;

  causeAgainst(plain: unknown, depth: number): Unrecordable | undefined {
    if (++this.#parts > ARGUMENT_PARTS_MAX) return { kind: "parts" };
    switch (typeof plain) {
      case "boolean":
        return undefined;
      case "bigint": // beyond 64 bits it is recorded as text
        return BigInt.asIntN(64, plain) === plain
          ? undefined
          : this.#causeAgainstText(plain.toString(16));
      case "number":
        return Number.isFinite(plain) ? undefined : { kind: "not_finite", number: String(plain) };
      case "string":
        return this.#causeAgainstText(plain);
      case "object":
        return plain === null ? undefined : this.#causeAgainstParts(plain, depth);
      default:
        return { kind: "not_json", type: typeof plain };
    }
  }

  #causeAgainstText(text: string): Unrecordable | undefined {
    this.#units += text.length;
    return this.#units > ARGUMENT_TEXT_MAX ? { kind: "text" } : undefined;
  }

  #causeAgainstParts(plain: object, depth: number): Unrecordable | undefined {
    if (depth >= ARGUMENT_DEPTH_MAX) return { kind: "depth" };
    if (Array.isArray(plain)) {
      // Counted, as a hole in an array is no item of an iteration by keys.
      for (let index = 0; index < plain.length; index++) {
        const cause = this.causeAgainst(plain[index], depth + 1);
        if (cause !== undefined) return cause;
      }
      return undefined;
    }
    for (const [name, member] of Object.entries(plain)) {
      const cause = this.#causeAgainstText(name) ?? this.causeAgainst(member, depth + 1);
      if (cause !== undefined) return cause;
    }
    return undefined;
  }
}

function isList(plain: PlainArgument): plain is readonly PlainArgument[] {
  return Array.isArray(plain);
}
