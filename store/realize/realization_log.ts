/**
 * Reads from a log what realization, resume and audit need: effects, outcome, identity, progress of realization.
 *
 * @module
 */
import { assert, failure, type Result, success } from "../../dvm/base/result.ts";
import type { Checkpoint, Event, OutcomeEvent, RunStarted } from "../../dvm/event/event.ts";
import type { Readable } from "../file/byte_file.ts";
import type { Disk } from "../file/disk.ts";
import type { BlockStep } from "../log/block_check.ts";
import { needsRealization } from "../log/event_order.ts";
import type { LogDamage } from "../log/log_damage.ts";
import { LogReader } from "../log/reader.ts";
import { isRealizationEvent, RealizationProgress } from "../log/realization_progress.ts";
import type { RecordedEffect } from "./sink.ts";
import type { OpenIntentLookup } from "./sink_claim.ts";

/** A run as its log records it. */
export interface LoggedRun {
  readonly header: RunStarted | undefined;
  readonly outcome: OutcomeEvent | undefined;
  /** All recorded effects, including those of a failed run. */
  readonly effects: readonly RecordedEffect[];
  /** Identity of the run: the root at the outcome's checkpoint. */
  readonly identity: string | undefined;
  readonly progress: RealizationProgress;
}

/** Collects a run from its events. */
export class RunCollector {
  #header: RunStarted | undefined;
  #outcome: OutcomeEvent | undefined;
  #identity: string | undefined;
  readonly #effects: RecordedEffect[] = [];
  #progress = new RealizationProgress([]);

  /** Adds the next event; returns the reason if it violates the protocol of realization. */
  add(event: Event): string | undefined {
    if (event.kind === "run_started") this.#header = event;
    if (event.kind === "effect") {
      const { index, effect: kind, payload } = event;
      this.addEffect({ index, kind, payload });
    }
    if (event.kind === "outcome") {
      this.#outcome = event;
      const isPending = needsRealization(this.#header, event);
      this.#progress = new RealizationProgress(
        isPending ? this.#effects.map(({ kind }) => kind) : [],
      );
    }
    if (event.kind === "checkpoint" && this.#outcome !== undefined) {
      this.#identity ??= event.root;
    }
    return isRealizationEvent(event) ? this.#progress.accept(event) : undefined;
  }

  /** Adds the next block of a log that was checked. */
  addBlock(steps: readonly BlockStep[], checkpoint: Checkpoint | undefined): void {
    for (const step of steps) {
      if (step.kind === "event") this.addChecked(step.event);
    }
    if (checkpoint !== undefined) this.addChecked(checkpoint);
  }

  /** Adds the next event of a log that was checked, so that it violates nothing. */
  addChecked(event: Event): void {
    const reason = this.add(event);
    assert(reason === undefined, reason ?? "");
  }

  /** Adds the next event, if that is an effect, as the caller keeps it. */
  addEffect(effect: RecordedEffect): void {
    this.#effects.push(effect);
  }

  /** The run as far as it was read. */
  get run(): LoggedRun {
    return {
      header: this.#header,
      outcome: this.#outcome,
      effects: this.#effects,
      identity: this.#identity,
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
    const reason = collector.add(event);
    if (reason !== undefined) {
      return failure({ code: "damaged-log", line: event.seq + 1, offset, reason });
    }
  }
  return success(collector.run);
}

/** What would be lost with a file that is overwritten: `nothing` but a computation, which its program repeats. */
export type PreciousContent = "nothing" | "realized" | "unfinished" | "no log";

/**
 * Whether a file may be overwritten by a log: `nothing` for an empty one, and for the log of a run that has performed no effect and has
 * none left to perform.
 */
export function preciousContent(source: Readable): PreciousContent {
  const run = readRun(source);
  if (!run.ok) return "no log";
  const { header, outcome, progress } = run.value;
  if (header === undefined) return source.size() === 0 ? "nothing" : "no log";
  if (!needsRealization(header, outcome)) return "nothing";
  if (!progress.isClosed) return "unfinished";
  return progress.performed > 0 ? "realized" : "nothing";
}

/** Whether an unfinished run has an unconfirmed intent for a sink. All effects before the next pending one are settled. */
export function hasOpenIntent({ progress }: Pick<LoggedRun, "progress">, sink: string): boolean {
  const { next, states, isClosed } = progress;
  if (isClosed) return false;
  for (let index = next; index < states.length; index++) {
    const state = progress.state(index);
    if (state.kind !== "intended" && state.kind !== "in_doubt") continue;
    if (state.intent.sink === sink) return true;
  }
  return false;
}

/** Looks up open intents in the logs that claims name. */
export function openIntentLookup(disk: Disk): OpenIntentLookup {
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
