/**
 * The host's refusals (a full disk, a closed pipe, a missing permission), told apart from bugs.
 *
 * @module
 */

/** Whether what was thrown is the host's word about a file or stream. */
export function isHostError(cause: unknown): cause is Error {
  return cause instanceof Error &&
    (Object.values(Deno.errors).some((kind) => cause instanceof kind) ||
      /\(os error [0-9]+\)/.test(cause.message));
}

/** The host's reason in a few words, without numbers that differ between hosts. Anything else is thrown on. */
export function hostReason(cause: unknown): string {
  if (!isHostError(cause)) throw cause;
  return cause.message.replace(/ \(os error [0-9]+\).*$/s, "");
}
