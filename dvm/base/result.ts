/**
 * Failures are values: a function that input can defeat returns a {@link Result}. Bugs are thrown: {@link assert} and
 * {@link unreachable} mark what cannot happen, and only the command line catches what they throw (exit 4).
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

/** Thrown when dustrun breaks a rule of its own: a bug in dustrun, never a property of a program. */
export class InternalError extends Error {
  override readonly name = "InternalError";
}

/** Throws an {@link InternalError} unless `condition` holds. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InternalError(message);
}

/** The last arm of an exhaustive switch: a missing arm fails the type check, a forged value fails here. */
export function unreachable(value: never): never {
  throw new InternalError(`unreachable value: ${JSON.stringify(value)}`);
}
