/**
 * What a frame keeps of the statements that gave its cells their values.
 *
 * @module
 */
import type { Frame, Write } from "../event/frame.ts";

/** Keeps where a cell got its value. In a loop the same cells are written again and again: what is kept of one is changed in place. */
export function recordWrite({ writes }: Frame, slot: number, { stmt, round, seq }: Write): void {
  const latest = writes[slot];
  if (latest === undefined) {
    writes[slot] = { stmt, round, seq };
    return;
  }
  latest.stmt = stmt;
  latest.round = round;
  latest.seq = seq;
}
