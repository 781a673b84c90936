/**
 * Reads the events of a log that may still be growing.
 *
 * @module
 */
import type { Result } from "../../dvm/base/result.ts";
import type { Event, OutcomeEvent, RunStarted } from "../../dvm/event/event.ts";
import type { Readable } from "../file/byte_file.ts";
import { needsRealization } from "./event_order.ts";
import { readLines } from "./lines.ts";
import type { LogDamage } from "./log_damage.ts";
import { LogChecker } from "./scan.ts";

/**
 * Reads a log's events in order. At the end of the file it calls `wait` and continues if that returns true; an unfinished line is
 * awaited like any other. Ends when `wait` returns false, after damage, and when the run is finished and nothing more will be
 * written.
 */
export async function* followLog(
  source: Readable,
  wait: () => Promise<boolean> | boolean,
): AsyncGenerator<Result<Event, LogDamage>, void> {
  let offset = 0;
  const checker = new LogChecker();
  const end = new RunEndTracker();
  do {
    for (const read of readLines(source, offset)) {
      const checked = checker.add(read);
      if (!checked.ok) return yield checked;
      offset = read.offset + read.bytes.length;
      yield checked;
      end.add(checked.value);
    }
  } while (!end.isReached && await wait());
}

/** Detects the end of a run: its outcome, or the end of realization if it has effects to realize. */
class RunEndTracker {
  #header: RunStarted | undefined;
  #outcome: OutcomeEvent | undefined;
  isReached = false;

  add(event: Event): void {
    if (event.kind === "run_started") this.#header = event;
    if (event.kind === "outcome") this.#outcome = event;
    if (event.kind === "realization_finished") this.isReached = true;
    if (event.kind === "checkpoint" && this.#outcome !== undefined) {
      this.isReached ||= !needsRealization(this.#header, this.#outcome);
    }
  }
}
