/**
 * What a store records of the log of a run when its writer closes it.
 *
 * @module
 */
import { assert } from "../../dvm/base/result.ts";
import type { OutcomeEvent } from "../../dvm/event/event.ts";
import type { LogWriter } from "./writer.ts";

/** What a run's log was when its writer closed it. */
export interface ClosedLog {
  /** Number of blocks. */
  readonly blocks: number;
  /** The root over them. */
  readonly root: string;
  /** The root at the outcome's checkpoint; absent if there is no outcome. */
  readonly identity?: string;
  /** The status of the outcome; absent if there is none. */
  readonly outcome?: string;
}

/** A run that has an outcome, with the writer of its log after the last checkpoint. */
export interface WrittenRun {
  /** The writer. */
  readonly writer: Pick<LogWriter, "blocks" | "root" | "hasOpenBlock">;
  /** The root at the outcome's checkpoint. */
  readonly identity: string;
  /** The outcome. */
  readonly outcome: Pick<OutcomeEvent, "status">;
}

/** What is to be recorded of a run whose log is written to its end. The log is not read again. */
export function closedLogOf({ writer, identity, outcome }: WrittenRun): ClosedLog {
  assert(!writer.hasOpenBlock, "a checkpoint ends the log");
  return { blocks: writer.blocks, root: writer.root, identity, outcome: outcome.status };
}
