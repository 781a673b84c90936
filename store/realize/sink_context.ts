/**
 * The environment in which sinks are opened.
 *
 * @module
 */
import type { ByteStream } from "../file/device.ts";
import type { LockWait } from "../file/sink_file.ts";
import type { ClaimContext } from "./sink_claim.ts";

/** The streams of the process. */
export interface Streams {
  /** Standard output. */
  readonly stdout: ByteStream;
  /** Standard error. */
  readonly stderr: ByteStream;
}

/** The environment in which sinks are opened. */
export interface SinkContext extends ClaimContext {
  /** The streams of the process. */
  readonly streams: Streams;
  /** What to do while another run writes to a sink. */
  readonly locks?: SinkLocks;
  /** Why to stop, if somebody has asked for it. Asked before each group of effects and while a lock is awaited; the run stays open. */
  readonly stop?: () => string | undefined;
}

/** What to do while another run writes to a sink. */
export interface SinkLocks extends Pick<LockWait, "noWait"> {
  /** Called once for a sink, after a second of waiting. */
  readonly onWait?: (sink: string) => void;
}

/** A sink that cannot be opened or written, and why. */
export interface SinkRefusal {
  /** Its name, as in the log. */
  readonly sink: string;
  /** One sentence. */
  readonly reason: string;
}
