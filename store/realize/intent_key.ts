/**
 * The idempotency key of an intent. Two intents have the same key only if they are the same: same run, same log, same effects, same
 * position in the same sink.
 *
 * @module
 */
import { sha256 } from "../file/sha256.ts";

/** The members from which a key is derived. */
export interface IntentIdentity {
  /** Absolute path of the log: different runs with the same input have the same digest. */
  readonly log: string;
  /** Digest of the run. It covers the content of the effects, so their indices suffice here. */
  readonly run: string;
  readonly sink: string;
  readonly position: number;
  readonly first: number;
  readonly last: number;
}

/** `sha256:` and the digest of the members as compact JSON. */
export function intentKey({ log, run, sink, position, first, last }: IntentIdentity): string {
  return `sha256:${sha256(JSON.stringify([log, run, sink, position, first, last]))}`;
}
