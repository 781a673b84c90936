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

/** The message of a host error, without error numbers, which differ between hosts. Rethrows anything else. */
export function hostReason(cause: unknown): string {
  if (!isHostError(cause)) throw cause;
  return cause.message.replace(/ \(os error [0-9]+\).*$/s, "");
}
