/**
 * Follows values along the paths of a K process: which cells may have the same value, and what of it was handed over. Mentions
 * in `constrain` and `prove … from` are no uses.
 *
 * @module
 */
import type { Block, ForStmt, Proc, Stmt } from "../dir/model.ts";
import { exprTextsOf } from "../dir/walk.ts";
import { NEW_VALUE } from "./carried_value.ts";
import type { PathFlow } from "./path_flow.ts";
import { ValueReader } from "./value_reader.ts";
import { type LateUse, ValueState } from "./value_state.ts";
import { type Callees, type SamePairs, SummaryBuilder } from "./value_summary.ts";

/** One analysis of a process. */
export class ValueFlow implements PathFlow<ValueState> {
  readonly summary: SummaryBuilder;
  readonly #proc: Proc;
  readonly #sameArguments: SamePairs;
  readonly #callees: Callees;
  #reader: ValueReader | undefined;

  /** `sameArguments` are paths from parameters that may lead to the same value when the process begins. */
  constructor(proc: Proc, sameArguments: SamePairs, callees: Callees) {
    this.#proc = proc;
    this.#sameArguments = sameArguments;
    this.#callees = callees;
    this.summary = new SummaryBuilder(proc.params.length);
  }

  /** The late uses that the last walk has found. */
  get lateUses(): readonly LateUse[] {
    return this.#reader?.lateUses ?? [];
  }

  begin(): ValueState {
    const state = new ValueState();
    for (const [a, b] of this.#sameArguments) state.relate(a, b, true);
    this.#reader = new ValueReader(this.#proc, this.#callees, state);
    return state;
  }

  copy(state: ValueState): ValueState {
    return state.copy();
  }

  join(into: ValueState, from: ValueState): boolean {
    return into.join(from);
  }

  nextRound({ slot }: ForStmt, state: ValueState): void {
    state.forget(slot);
  }

  leave(blocks: readonly Block[], state: ValueState): void {
    for (const stmt of blocks.flat()) {
      if ("slot" in stmt && stmt.kind !== "Assign") state.forget(stmt.slot);
    }
  }

  finish(state: ValueState): void {
    this.summary.addEnd(state);
  }

  execute(stmt: Stmt, state: ValueState): boolean {
    if (stmt.kind === "Constrain") return true;
    if (stmt.kind === "Prove") {
      state.forget(stmt.slot);
      return true;
    }
    const values = exprTextsOf(stmt).map((expr) => this.#reader?.evaluate(stmt, expr, state));
    if (values.some((value) => value === undefined)) return false;
    const value = values[0] ?? NEW_VALUE;
    if (stmt.kind === "Return") this.summary.addResult(value, state);
    else if ("slot" in stmt && stmt.kind !== "For" && stmt.slot >= 0) state.bind(stmt.slot, value);
    return true;
  }
}
