/**
 * Arguments as callers hand them in, who need not be checked by a compiler: what no log can record never reaches the header.
 *
 * @module
 */
import { ARGUMENT_DEPTH_MAX, ARGUMENT_PARTS_MAX, ARGUMENT_TEXT_MAX } from "../base/limits.ts";
import type { PlainArgument } from "../event/input.ts";

/** No field and no tag has an empty name, so an object with this member fits no type. */
const REASON = "";

/**
 * The argument itself if a log can record it; otherwise an object in its place that fits no parameter and says why, so that the
 * run is refused (DR1003), and its replay for the same reason.
 */
export function validateArgument(plain: PlainArgument): PlainArgument {
  const reason = new Measure().reasonAgainst(plain, 0);
  return reason === undefined ? plain : { [REASON]: reason };
}

/** Why an argument could not be recorded, if {@link validateArgument} put that in its place. */
export function unrecordableReason(plain: PlainArgument): string | undefined {
  if (typeof plain !== "object" || plain === null || isList(plain)) return undefined;
  const reason = Object.hasOwn(plain, REASON) ? plain[REASON] : undefined;
  return typeof reason === "string" && Object.keys(plain).length === 1 ? reason : undefined;
}

class Measure {
  #parts = 0;
  #units = 0;

  reasonAgainst(plain: unknown, depth: number): string | undefined {
    if (++this.#parts > ARGUMENT_PARTS_MAX) return `it has more than ${ARGUMENT_PARTS_MAX} parts`;
    switch (typeof plain) {
      case "boolean":
      case "bigint":
        return undefined;
      case "number":
        return Number.isFinite(plain) ? undefined : `${plain} is not a finite number`;
      case "string":
        return this.#reasonAgainstText(plain);
      case "object":
        return plain === null ? undefined : this.#reasonAgainstParts(plain, depth);
      default:
        return `${typeof plain} is no JSON value`;
    }
  }

  #reasonAgainstText(text: string): string | undefined {
    this.#units += text.length;
    return this.#units > ARGUMENT_TEXT_MAX
      ? `it has more than ${ARGUMENT_TEXT_MAX} units of text`
      : undefined;
  }

  #reasonAgainstParts(plain: object, depth: number): string | undefined {
    if (depth >= ARGUMENT_DEPTH_MAX) return `it nests deeper than ${ARGUMENT_DEPTH_MAX}`;
    if (Array.isArray(plain)) {
      // Counted, as a hole in an array is no item of an iteration by keys.
      for (let index = 0; index < plain.length; index++) {
        const reason = this.reasonAgainst(plain[index], depth + 1);
        if (reason !== undefined) return reason;
      }
      return undefined;
    }
    for (const [name, member] of Object.entries(plain)) {
      const reason = this.#reasonAgainstText(name) ?? this.reasonAgainst(member, depth + 1);
      if (reason !== undefined) return reason;
    }
    return undefined;
  }
}

function isList(plain: PlainArgument): plain is readonly PlainArgument[] {
  return Array.isArray(plain);
}
