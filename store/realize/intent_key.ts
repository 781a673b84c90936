/**
 * The idempotency key of an intent. Two intents have the same key only if they are the same: the same run of the same log, the
 * same effects, the same place in the same sink.
 *
 * @module
 */
import { sha256 } from "../file/sha256.ts";

/** What a key is derived from. */
export interface IntentIdentity {
  /** Absolute path of the log: runs with the same input have the same digest, and are still not the same run. */
  readonly log: string;
  /** Digest of the run. It covers what the effects are; their indices are enough besides. */
  readonly run: string;
  readonly sink: string;
  readonly position: number;
  readonly first: number;
  readonly last: number;
}

/** `sha256:` and the digest of the identity's compact JSON. */
export function intentKey({ log, run, sink, position, first, last }: IntentIdentity): string {
  return `sha256:${sha256(JSON.stringify([log, run, sink, position, first, last]))}`;
}
