/**
 * Waiting for sinks that another run is writing to.
 *
 * @module
 */
import type { SinkLocks } from "../../api/realize.ts";
import type { Io } from "../host/io.ts";
import type { CommonOptions, LockOption } from "../spec/options.ts";
import { shownLines } from "../text/shown.ts";

/** Waits, and says so after a second; with `--no-wait` a sink that is in use is refused. */
export function sinkLocks(
  { noWait, quiet, json }: LockOption & Pick<CommonOptions, "quiet" | "json">,
  io: Io,
): SinkLocks {
  return {
    noWait,
    onWait: (sink) => {
      if (!quiet && !json) io.stderr(shownLines([`waiting: another run is writing to ${sink}`]));
    },
  };
}
