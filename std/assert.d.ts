/**
 * The declarations of what `assert.ts` takes from `@std/assert`, as upstream declares them: the package on npm has none.
 *
 * @module
 */

/** What a failed assertion throws. */
export class AssertionError extends Error {}

/** Asserts that `expr` is truthy. */
export function assert(expr: unknown, msg?: string): asserts expr;

/** Asserts that two values are deeply equal: same prototypes, same members, an absent member differs from an undefined one, `0` equals `-0`. */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void;

/** Asserts that two values are not deeply equal. */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void;

/** Asserts that two values are the same, by `Object.is`. */
export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  msg?: string,
): asserts actual is T;

/** Asserts that two values are not the same, by `Object.is`. */
export function assertNotStrictEquals<T>(actual: T, expected: T, msg?: string): void;

/** Asserts that `actual < expected`. */
export function assertLess<T>(actual: T, expected: T, msg?: string): void;

/** Asserts that `actual <= expected`. */
export function assertLessOrEqual<T>(actual: T, expected: T, msg?: string): void;

/** Asserts that a text has a match. */
export function assertMatch(actual: string, expected: RegExp, msg?: string): void;

/** Asserts that a text has no match. */
export function assertNotMatch(actual: string, expected: RegExp, msg?: string): void;

/** Asserts that a text contains another. */
export function assertStringIncludes(actual: string, expected: string, msg?: string): void;

/** Asserts that a value is an instance of a class. */
// deno-lint-ignore no-explicit-any -- a class whose constructor takes anything, as upstream writes it
export function assertInstanceOf<T extends abstract new (...args: any[]) => any>(
  actual: unknown,
  expectedType: T,
  msg?: string,
): asserts actual is InstanceType<T>;

/** Asserts that `fn` throws; the result is what it threw. */
export function assertThrows(fn: () => unknown, msg?: string): unknown;
/** Asserts that `fn` throws an error of the class whose message contains `msgIncludes`; the result is that error. */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  // deno-lint-ignore no-explicit-any -- a class whose constructor takes anything, as upstream writes it
  ErrorClass: abstract new (...args: any[]) => E,
  msgIncludes?: string,
  msg?: string,
): E;

/** Asserts that the promise of `fn` rejects; the result is the reason. */
export function assertRejects(fn: () => PromiseLike<unknown>, msg?: string): Promise<unknown>;
/** Asserts that the promise of `fn` rejects with an error of the class whose message contains `msgIncludes`; the result is that error. */
export function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  // deno-lint-ignore no-explicit-any -- a class whose constructor takes anything, as upstream writes it
  ErrorClass: abstract new (...args: any[]) => E,
  msgIncludes?: string,
  msg?: string,
): Promise<E>;

/** Fails always. */
export function fail(msg?: string): never;
