/**
 * Forward dataflow over a body: which facts about names may hold before a statement, along every path that control can take
 * through branches and loops.
 *
 * @module
 */
import { alwaysReturns } from "../dir/control_flow.ts";
import type { Block, Stmt } from "../dir/model.ts";
import { blocksOf } from "../dir/statement_paths.ts";

/** A dataflow analysis. */
export interface Flow<F> {
  /** Visits a statement; `facts` may hold before it, by cell. */
  readonly visit: (stmt: Stmt, facts: ReadonlyMap<number, F>) => void;
  /** The facts that hold after a statement because of it. */
  readonly gains: (stmt: Stmt) => readonly (readonly [slot: number, fact: F])[];
  /** Combines two facts about one name, the earlier first. */
  readonly join: (earlier: F, later: F) => F;
}

/** Runs an analysis over a body. A name that a block binds is a new one each time the block begins. */
export function analyzeFlow<F>(body: Block, flow: Flow<F>): void {
  new Follower(flow).follow(body);
}

/** The fact about a name before a change. */
interface Change<F> {
  readonly slot: number;
  readonly before: F | undefined;
}

class Follower<F> {
  readonly #flow: Flow<F>;
  readonly #facts = new Map<number, F>();
  /** The changes in the open blocks, oldest first, so that leaving a block costs as much as it has changed. */
  readonly #changes: Change<F>[] = [];

  constructor(flow: Flow<F>) {
    this.#flow = flow;
  }

  follow(block: Block): void {
    for (const stmt of block) {
      // After one iteration, everything that the body does has been done: one pass is enough, however loops nest.
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

  /** Follows a block of a statement, then undoes its changes; returns the facts after it about names of the outer blocks. */
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

/** The facts after a block about names of the outer blocks, along any path. */
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
