/**
 * What earlier statements have done to names, along every way that control can take: either branch of an `If`, and loop bodies
 * that begin again.
 *
 * @module
 */
import { alwaysReturns } from "../dir/control_flow.ts";
import type { Block, Stmt } from "../dir/model.ts";
import { blocksOf } from "../dir/statement_paths.ts";

/** One question asked of every statement of a body. */
export interface Flow<F> {
  /** Looks at a statement; `facts` are what may hold before it, by cell. */
  readonly visit: (stmt: Stmt, facts: ReadonlyMap<number, F>) => void;
  /** What holds from this statement on. */
  readonly gains: (stmt: Stmt) => readonly (readonly [slot: number, fact: F])[];
  /** Two facts about one name, the earlier first. */
  readonly join: (earlier: F, later: F) => F;
}

/** Follows the statements of a body. A name that a block binds is a new one each time the block begins. */
export function followFlow<F>(body: Block, flow: Flow<F>): void {
  new Follower(flow).follow(body);
}

/** What was known of a name before something was added. */
interface Change<F> {
  readonly slot: number;
  readonly before: F | undefined;
}

class Follower<F> {
  readonly #flow: Flow<F>;
  readonly #facts = new Map<number, F>();
  /** What has changed in the open blocks, oldest first, so that leaving one costs what it has done. */
  readonly #changes: Change<F>[] = [];

  constructor(flow: Flow<F>) {
    this.#flow = flow;
  }

  follow(block: Block): void {
    for (const stmt of block) {
      // Once round a loop, everything that its body does has been done: one pass sees it all, however loops nest.
      if (stmt.kind === "While" || stmt.kind === "For") {
        this.#addAll(gainsOf(stmt.body, this.#flow));
      }
      this.#flow.visit(stmt, this.#facts);
      this.#addAll(this.#flow.gains(stmt));
      const inner = blocksOf(stmt);
      if (inner.length === 0) continue;
      const left = inner.map((block) => this.#followInner(block));
      for (const facts of left) this.#addAll(facts);
    }
  }

  /** Follows a block of a statement and forgets it; answers what it leaves behind for names from outside of it. */
  #followInner(block: Block): ReadonlyMap<number, F> {
    const mark = this.#changes.length;
    this.follow(block);
    const left = new Map<number, F>();
    while (this.#changes.length > mark) {
      const change = this.#changes.pop();
      if (change === undefined) break;
      const fact = this.#facts.get(change.slot);
      if (fact !== undefined && !left.has(change.slot)) left.set(change.slot, fact);
      if (change.before === undefined) this.#facts.delete(change.slot);
      else this.#facts.set(change.slot, change.before);
    }
    if (block.some(alwaysReturns)) return new Map();
    for (const slot of boundIn(block)) left.delete(slot);
    return left;
  }

  #addAll(gained: Iterable<readonly [number, F]>): void {
    for (const [slot, fact] of gained) {
      const before = this.#facts.get(slot);
      if (before === fact) continue;
      this.#changes.push({ slot, before });
      this.#facts.set(slot, before === undefined ? fact : this.#flow.join(before, fact));
    }
  }
}

/** What a block leaves behind for names from outside of it, whichever way control takes. */
function gainsOf<F>(block: Block, flow: Flow<F>): ReadonlyMap<number, F> {
  const gained = new Map<number, F>();
  if (block.some(alwaysReturns)) return gained;
  const add = (facts: Iterable<readonly [number, F]>) => {
    for (const [slot, fact] of facts) {
      const before = gained.get(slot);
      gained.set(slot, before === undefined || before === fact ? fact : flow.join(before, fact));
    }
  };
  for (const stmt of block) {
    add(flow.gains(stmt));
    for (const inner of blocksOf(stmt)) add(gainsOf(inner, flow));
  }
  for (const slot of boundIn(block)) gained.delete(slot);
  return gained;
}

function boundIn(block: Block): number[] {
  return block.flatMap((stmt) => "slot" in stmt && stmt.kind !== "Assign" ? [stmt.slot] : []);
}
