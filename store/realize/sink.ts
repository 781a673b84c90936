/**
 * What a sink is: where a realizer puts effects. `docs/realization.md` says how to write a further one.
 *
 * @module
 */
import type { EffectIntended } from "../../dvm/event/event.ts";

/** An effect as the log has it. */
export interface RecordedEffect {
  /** From 0 within a run. */
  readonly index: number;
  readonly kind: string;
  /** The text that the trace has. */
  readonly payload: string;
}

/** Effects that are intended, performed and confirmed together: neighbours in the history, all for one sink. */
export interface Batch {
  /** Digest of the run that they belong to. */
  readonly run: string;
  /** The idempotency key of the intent. */
  readonly key: string;
  readonly effects: readonly RecordedEffect[];
}

/** How it went. What was refused is told exactly: `taken`, then `doubtful`, then effects of which nothing was performed. */
export type Performed =
  | { readonly kind: "performed" }
  | {
    readonly kind: "refused";
    readonly reason: string;
    /** So many effects from the first were performed whole. */
    readonly taken: number;
    /** Of so many behind them it cannot be said. */
    readonly doubtful: number;
  };

/** What a sink says after a crash about an intent that nothing confirms. */
export type Recollection =
  /** It holds the first `held` effects of the batch, durably, and nothing of the others. */
  | { readonly kind: "told"; readonly held: number }
  /** It cannot tell. */
  | { readonly kind: "untold"; readonly reason: string }
  /** The host did not let it look, or cut back. It may later. */
  | { readonly kind: "refused"; readonly reason: string };

/** Where effects go. Whatever the host refuses comes back as a value; everything else that is thrown is a bug. */
export interface Sink {
  /** As the log names it, with an absolute path: `stdout`, `file:/srv/out.txt`. */
  readonly name: string;
  /** Whether it can tell after a crash what it had done. One that cannot leaves an effect in doubt. */
  readonly canTell: boolean;
  /** Its length in bytes; -1 where there is no such thing. */
  position(): number;
  /** Performs the effects in their order. Durable only after `sync`. */
  perform(batch: Batch): Performed;
  /** Returns once everything performed survives a loss of power; a text says why that is not so. */
  sync(): string | undefined;
  /**
   * Looks for the batch of an intent that was made before a crash; cuts back what is there in part. `isSuspect`: making it
   * durable failed, so what can be read may not be on the disk, and is written again.
   */
  recall(intent: EffectIntended, batch: Batch, isSuspect: boolean): Recollection;
  /** Lets go of it. `isSettled`: nothing intended here is unconfirmed. */
  close(isSettled: boolean): void;
}
