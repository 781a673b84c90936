/**
 * A log as notes and proofs see it: a tree whose leaves are the blocks between checkpoints.
 *
 * @module
 */

/** The blocks of a log, and what its run is known by. */
export interface LogTree {
  /** From the first. Lines after the last checkpoint are in none. */
  readonly blocks: readonly TreeBlock[];
  /** Number of whole lines of the log. */
  readonly events: number;
  /** The run up to its outcome; `undefined` while no checkpoint follows the outcome. */
  readonly outcome: OutcomeTree | undefined;
  /** Whether the run has effects to realize: only then it gets an occurrence. */
  readonly needsRealization: boolean;
  /** The random id of a run that was realized, 32 hexadecimal digits. */
  readonly occurrence: string | undefined;
}

/** The tree up to the checkpoint after the outcome. */
export interface OutcomeTree {
  /** Number of its blocks. */
  readonly size: number;
  /** Its root, which is the run's identity: equal for the same program, input and version. */
  readonly identity: string;
}

/** The bytes between two checkpoint lines. */
export interface TreeBlock {
  /** Its leaf hash, in hexadecimal. */
  readonly leaf: string;
  /** Offset of its first byte. */
  readonly start: number;
  /** Offset of the checkpoint line after it. */
  readonly end: number;
  /** `seq` of its first event. */
  readonly first: number;
  /** `seq` of the checkpoint after it. */
  readonly checkpoint: number;
}
