/**
 * What earlier statements have done to names, along every way that control can take: either branch of an `If`, and loop bodies
 * that begin again.
 *
 * @module
 */
import { alwaysReturns } from "./control.ts";
import type { Block, Stmt } from "./model.ts";
import { blocksOf } from "./paths.ts";

/** What is known of names, by cell. */
export type Facts<F> = Map<number, F>;

/** One question asked of every statement of a body. */
export interface Flow<F> {
  /** Looks at a statement; `facts` are what may hold before it. */
  readonly visit: (stmt: Stmt, facts: ReadonlyMap<number, F>) => void;
  /** What holds from this statement on. */
  readonly gains: (stmt: Stmt) => readonly (readonly [slot: number, fact: F])[];
  /** Two facts about one name, the earlier first. */
  readonly join: (earlier: F, later: F) => F;
}

/** Follows the statements of a body. A name that a block binds is a new one each time the block begins. */
export function followFlow<F>(body: Block, flow: Flow<F>): void {
  followBlock(body, new Map(), flow);
}

function followBlock<F>(block: Block, facts: Facts<F>, flow: Flow<F>): void {
  for (const stmt of block) {
    // Once round a loop, everything that its body does has been done: one pass sees it all, however loops nest.
    if (stmt.kind === "While" || stmt.kind === "For") addAll(facts, gainsOf(stmt.body, flow), flow);
    flow.visit(stmt, facts);
    addAll(facts, flow.gains(stmt), flow);
    const blocks = blocksOf(stmt);
    if (blocks.length === 0) continue;
    const before = new Map(facts);
    for (const inner of blocks) {
      const own = new Map(before);
      followBlock(inner, own, flow);
      for (const slot of boundIn(inner)) own.delete(slot);
      if (!inner.some(alwaysReturns)) addAll(facts, own, flow);
    }
  }
}

/** What a block leaves behind for names from outside of it, whichever way control takes. */
function gainsOf<F>(block: Block, flow: Flow<F>): Facts<F> {
  const gained: Facts<F> = new Map();
  if (block.some(alwaysReturns)) return gained;
  for (const stmt of block) {
    addAll(gained, flow.gains(stmt), flow);
    for (const inner of blocksOf(stmt)) addAll(gained, gainsOf(inner, flow), flow);
  }
  for (const slot of boundIn(block)) gained.delete(slot);
  return gained;
}

function addAll<F>(
  facts: Facts<F>,
  gained: Iterable<readonly [number, F]>,
  { join }: Flow<F>,
): void {
  for (const [slot, fact] of gained) {
    const earlier = facts.get(slot);
    facts.set(slot, earlier === undefined || earlier === fact ? fact : join(earlier, fact));
  }
}

function boundIn(block: Block): number[] {
  return block.flatMap((stmt) => "slot" in stmt && stmt.kind !== "Assign" ? [stmt.slot] : []);
}
