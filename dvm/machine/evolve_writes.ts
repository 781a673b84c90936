/**
 * What a frame keeps of the statements that gave its cells their values.
 *
 * @module
 */
import type { Frame, Write } from "../event/state.ts";

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

/** The round of the innermost loop that control is in, from 1; 0 outside of loops. */
export function roundOf({ blocks }: Frame): number {
  for (let depth = blocks.length - 1; depth > 0; depth--) {
    const kind = blocks[depth]?.owner?.kind;
    if (kind === "While" || kind === "For") return blocks[depth - 1]?.rounds ?? 0;
  }
  return 0;
}
