/**
 * The events of a log, those that are there and those that are still being written.
 *
 * @module
 */
import type { Event, OutcomeEvent, RunStarted } from "../../dvm/event/event.ts";
import { failure, type Result, success } from "../../dvm/base/result.ts";
import type { Readable } from "../file/byte_file.ts";
import { decodeLine } from "../codec/decode_event.ts";
import { readLines } from "./lines.ts";
import { needsRealization } from "./event_order.ts";
import type { LogDamage } from "./scan.ts";

/**
 * Reads a log's events in order. At the end of what is written it asks `wait`, and reads on when that answers true; an
 * unfinished line is waited for like any other. Ends when `wait` answers false, after damage, and when the run is finished:
 * nothing more will be written then.
 */
export async function* followLog(
  source: Readable,
  wait: () => Promise<boolean> | boolean,
): AsyncGenerator<Result<Event, LogDamage>, void> {
  let offset = 0, line = 0;
  const end = new RunEnd();
  do {
    for (const read of readLines(source, offset)) {
      line++;
      const decoded = decodeLine(read.text ?? "");
      if (!decoded.ok) {
        const { reason } = decoded.failure;
        return yield failure({ code: "damaged-log", line, offset: read.offset, reason });
      }
      offset = read.offset + read.bytes.length;
      yield success(decoded.value);
      end.pass(decoded.value);
    }
  } while (!end.isReached && await wait());
}

/** Follows a run to its end: its outcome, and the realization of its effects where there is one. */
class RunEnd {
  #header: RunStarted | undefined;
  #outcome: OutcomeEvent | undefined;
  isReached = false;

  pass(event: Event): void {
    if (event.kind === "run_started") this.#header = event;
    if (event.kind === "outcome") this.#outcome = event;
    if (event.kind === "realization_finished") this.isReached = true;
    if (event.kind === "checkpoint" && this.#outcome !== undefined) {
      this.isReached ||= !needsRealization(this.#header, this.#outcome);
    }
  }
}
