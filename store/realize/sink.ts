/**
 * The interface of a sink, the destination of effects. `docs/realization.md` explains how to write another one.
 *
 * @module
 */
import type { EffectIntended } from "../../dvm/event/event.ts";

/** An effect as the log records it. */
export interface RecordedEffect {
  /** From 0 within a run. */
  readonly index: number;
  /** `emit`, `observe`, `seal`. */
  readonly kind: string;
  /** The value as the trace renders it. */
  readonly payload: string;
}

/** Consecutive effects for one sink that are intended, performed and confirmed together. */
export interface Batch {
  /** The occurrence of the run. */
  readonly run: string;
  readonly effects: readonly RecordedEffect[];
}

/** The result of performing a batch. After an error: first `completed` effects, then `doubtful` ones, then untouched ones. */
export type Performed =
  | {
    readonly kind: "performed";
    /** Length in bytes of the sink after the last effect; -1 for a sink without a length. */
    readonly end: number;
  }
  | {
    readonly kind: "refused";
    readonly reason: string;
    /** Number of effects from the first on that were performed completely. */
    readonly completed: number;
    /** Number of effects after them that may have been performed in part. */
    readonly doubtful: number;
  };

/** What a sink contains of an intended batch that has no receipt, found after a crash. */
export type Inspection =
  /** It contains exactly the first `present` effects of the batch, durably; the last of them ends at `end`. */
  | { readonly kind: "known"; readonly present: number; readonly end: number }
  /** The content does not show what was performed. */
  | { readonly kind: "unknown"; readonly reason: string }
  /** The host refused to read or write it; a later attempt may succeed. */
  | { readonly kind: "refused"; readonly reason: string };

/** A destination of effects. Errors of the host are returned as values; every exception is a bug. */
export interface Sink {
  /** Its name in the log, with an absolute path: `stdout`, `file:/srv/out.txt`. */
  readonly name: string;
  /** Whether its content can be inspected after a crash. If not, an unconfirmed effect is in doubt. */
  readonly canInspect: boolean;
  /** The number of its file on the device; `undefined` for a sink that is no file. */
  readonly inode: number | undefined;
  /** Its length in bytes; -1 for a sink without a length. */
  position(): number;
  /** Performs the effects in order. They are durable only after `sync`. */
  perform(batch: Batch): Performed;
  /** Makes everything performed durable; returns the reason if that fails. */
  sync(): string | undefined;
  /**
   * Looks for the batch of an intent made before a crash, and completes what is there in part. `isSuspect`: an earlier `sync` failed,
   * so what can be read may not be on the disk and is written again.
   */
  inspect(intent: EffectIntended, batch: Batch, isSuspect: boolean): Inspection;
  /** Closes the sink. `isSettled`: no intent for this sink is unconfirmed. */
  close(isSettled: boolean): void;
}
