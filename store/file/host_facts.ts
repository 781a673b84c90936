/**
 * The facts of the host that a realization records: the time, and random bits. They are passed in, so that a test can choose them.
 *
 * @module
 */

import { bytesToHex } from "./hex.ts";

/** Tells the time: RFC 3339, UTC, with milliseconds, `2026-11-29T03:04:05.678Z`. */
export type Clock = () => string;

/** The facts of a host. */
export interface HostFacts {
  /** Tells the time. */
  readonly clock: Clock;
  /** 128 random bits in 32 hex digits; others at each call. */
  readonly newOccurrence: () => string;
}

/** The facts of this host. */
export const HOST_FACTS: HostFacts = {
  clock: () => new Date().toISOString(),
  newOccurrence: () => bytesToHex(crypto.getRandomValues(new Uint8Array(16))),
};
