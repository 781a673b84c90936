/**
 * The idempotency key of an intent. Two intents have the same key only if they are the same: the same run of the same log, the
 * same effects, the same place in the same sink.
 *
 * @module
 */
import { sha256 } from "../sha256.ts";
import type { RecordedEffect } from "./sink.ts";

/** What a key is derived from. */
export interface IntentIdentity {
  /** Absolute path of the log: runs with the same input have the same digest, and are still not the same run. */
  readonly log: string;
  /** Digest of the run. */
  readonly run: string;
  readonly sink: string;
  readonly position: number;
  readonly effects: readonly RecordedEffect[];
}

/** `sha256:` and the digest of the identity's compact JSON. */
export function intentKey({ log, run, sink, position, effects }: IntentIdentity): string {
  const performed = effects.map(({ index, kind, payload }) => [index, kind, payload]);
  return `sha256:${sha256(JSON.stringify([log, run, sink, position, performed]))}`;
}
