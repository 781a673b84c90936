/**
 * What an audit can say about an effect and its sink.
 *
 * @module
 */

/** Whether a sink contains an effect. */
export type Presence =
  /** It contains the effect as recorded. */
  | { readonly kind: "present"; readonly entry?: number }
  /** It does not contain the effect, or contains something else instead. */
  | { readonly kind: "absent"; readonly reason: string }
  /** It cannot be known: a stream, a device, the log itself, or a file that cannot be read. */
  | { readonly kind: "unknown"; readonly reason?: string };
