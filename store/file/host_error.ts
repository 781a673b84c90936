/**
 * Distinguishes errors of the host (a full disk, a closed pipe, a missing permission) from bugs.
 *
 * @module
 */

/** Whether `cause` is an error that the host reports about a file or stream. */
export function isHostError(cause: unknown): cause is Error {
  return cause instanceof Error &&
    (Object.values(Deno.errors).some((kind) => cause instanceof kind) ||
      /\(os error [0-9]+\)/.test(cause.message));
}

/** What `ask` returns about a file; `undefined` if the host says that there is none. */
export function undefinedIfMissing<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return undefined;
    throw cause;
  }
}

/**
 * The message of a host error, without error numbers, which differ between hosts, and without the runtime's advice to permit everything.
 * Rethrows anything else.
 */
export function hostReason(cause: unknown): string {
  if (!isHostError(cause)) throw cause;
  if (cause instanceof Deno.errors.NotCapable) return "this process has no permission for it";
  return cause.message.replace(/ \(os error [0-9]+\).*$/s, "");
}
