/**
 * A run as its log has it: what realization, resume and audit need to know of one.
 *
 * @module
 */
import {
  type Event,
  isMachineEvent,
  type OutcomeEvent,
  type RunStarted,
} from "../../dvm/event/event.ts";
import { failure, type Result, success } from "../../dvm/base/result.ts";
import type { Readable } from "../file/byte_file.ts";
import { LogReader } from "../log/reader.ts";
import { needsRealization } from "../log/event_order.ts";
import type { LogDamage } from "../log/scan.ts";
import type { IntentOracle } from "./sink_claim.ts";
import type { Disk } from "../file/disk.ts";
import { isRealizationEvent, RealizationProgress } from "./progress.ts";
import type { RecordedEffect } from "./sink.ts";

/** A run, from its log. */
export interface LoggedRun {
  readonly header: RunStarted | undefined;
  readonly outcome: OutcomeEvent | undefined;
  /** The effects that took their place in the history, also those of a run that failed. */
  readonly effects: readonly RecordedEffect[];
  /** Digest of the run: of everything up to its outcome's checkpoint. */
  readonly digest: string | undefined;
  readonly progress: RealizationProgress;
}

/** Collects a run from its events. */
export class RunCollector {
  #header: RunStarted | undefined;
  #outcome: OutcomeEvent | undefined;
  #digest: string | undefined;
  readonly #effects: RecordedEffect[] = [];
  #progress = new RealizationProgress(0);

  /** Takes the next event, or says why it breaks the protocol of realization. */
  take(event: Event): string | undefined {
    if (event.kind === "run_started") this.#header = event;
    if (event.kind === "effect") {
      const { index, effect: kind, payload } = event;
      this.#effects.push({ index, kind, payload });
    }
    if (event.kind === "outcome") {
      this.#outcome = event;
      const isDue = needsRealization(this.#header, event);
      this.#progress = new RealizationProgress(isDue ? event.effects : 0);
    }
    if (event.kind === "checkpoint" && this.#outcome !== undefined) {
      this.#digest ??= `sha256:${event.sha256}`;
    }
    return !isMachineEvent(event) && isRealizationEvent(event)
      ? this.#progress.accept(event)
      : undefined;
  }

  /** What was collected so far. */
  get run(): LoggedRun {
    return {
      header: this.#header,
      outcome: this.#outcome,
      effects: this.#effects,
      digest: this.#digest,
      progress: this.#progress,
    };
  }
}

/** Reads a run from its log, up to the end of its last whole line. */
export function readRun(source: Readable): Result<LoggedRun, LogDamage> {
  const collector = new RunCollector();
  for (const read of new LogReader(source).events()) {
    if (!read.ok) return read;
    const { event, offset } = read.value;
    const reason = collector.take(event);
    if (reason !== undefined) {
      return failure({ code: "damaged-log", line: event.seq + 1, offset, reason });
    }
  }
  return success(collector.run);
}

/** Whether nothing would be lost if this log gave way to another: no realization of it is to be finished. */
export function isReplaceable(source: Readable): boolean {
  const run = readRun(source);
  if (!run.ok) return false;
  const { header, outcome, progress } = run.value;
  if (header === undefined) return source.size() === 0;
  return !needsRealization(header, outcome) || progress.isComplete;
}

/** Whether a run has an unconfirmed intent on a sink. What stands before the next effect that is due is settled. */
export function hasOpenIntent({ progress }: Pick<LoggedRun, "progress">, sink: string): boolean {
  const { next, states } = progress;
  for (let index = next; index < states.length; index++) {
    const state = progress.state(index);
    if (state.kind !== "intended" && state.kind !== "in_doubt") continue;
    if (state.intent.sink === sink) return true;
  }
  return false;
}

/** Reads the logs that claims name. */
export function intentOracle(disk: Disk): IntentOracle {
  return (log, sink) => {
    const source = disk.openToRead(log);
    if (source === undefined) return undefined;
    try {
      const run = readRun(source);
      return run.ok ? hasOpenIntent(run.value, sink) : undefined;
    } finally {
      source.close();
    }
  };
}
