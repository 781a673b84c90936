/**
 * Failures are values: a function that input can make fail returns a {@link Result}. Bugs are thrown: {@link assert},
 * {@link unreachable} and {@link bug} throw a {@link Bug}, which only the command line catches (exit 4).
 *
 * @module
 */

/** What a fallible function returns: the value, or the failure as data. */
export type Result<T, F> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: F };

/** The successful {@link Result}. */
export function success<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** The failed {@link Result}. */
export function failure<F>(failure: F): { readonly ok: false; readonly failure: F } {
  return { ok: false, failure };
}

/** A broken invariant of dustrun itself, never a property of a program or of any other input. */
export class Bug extends Error {
  /** The class's name, as stack traces show it. */
  override readonly name = "Bug";
}

/** Throws a {@link Bug}: control has reached a place that it cannot reach. */
export function bug(message: string): never {
  throw new Bug(message);
}

/** Throws a {@link Bug} unless `condition` holds. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) bug(message);
}

/** The last arm of an exhaustive switch: a missing arm fails the type check, a forged value fails here. */
export function unreachable(value: never): never {
  bug(`unreachable value: ${JSON.stringify(value)}`);
}
