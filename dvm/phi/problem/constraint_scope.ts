/**
 * Which constraints of a call govern the current point: a constraint is evaluated once all names in it are bound, also where it
 * is written before them or after the statement that leaves the block (CON-03), and again when one of them is assigned (CON-14).
 *
 * @module
 */
import type { Block, ConstrainStmt, Stmt } from "../../dir/model.ts";
import type { Term } from "./term.ts";

/** A constraint that control has reached, and the path condition there. */
export interface ReachedConstraint {
  readonly stmt: ConstrainStmt;
  /** The slots that its predicate reads. */
  readonly slots: readonly number[];
  readonly when: Term;
}

/** The constraints in scope in one call. */
export class ConstraintScope {
  #pending: ReachedConstraint[] = [];
  #evaluated: ReachedConstraint[] = [];

  /** Adds a constraint that control has reached. */
  add(constraint: ReachedConstraint): void {
    this.#pending.push(constraint);
  }

  /** The constraints that became ready because all their slots are bound; each is returned once. */
  takeReady(isBound: (slot: number) => boolean): readonly ReachedConstraint[] {
    const ready = this.#pending.filter(({ slots }) => slots.every(isBound));
    if (ready.length === 0) return ready;
    this.#pending = this.#pending.filter((constraint) => !ready.includes(constraint));
    this.#evaluated.push(...ready);
    return ready;
  }

  /** The evaluated constraints that read a slot. */
  reading(slot: number): readonly ReachedConstraint[] {
    return this.#evaluated.filter(({ slots }) => slots.includes(slot));
  }

  /** Enters a block. Call the result when control leaves it: constraints on names that the block binds go out of scope. */
  enter(block: Block): () => void {
    const first = this.#evaluated.length;
    return () => {
      const own = new Set(block.map(slotBoundBy).filter((slot) => slot >= 0));
      if (own.size === 0) return;
      const stays = ({ slots }: ReachedConstraint) => !slots.some((slot) => own.has(slot));
      this.#pending = this.#pending.filter(stays);
      this.#evaluated = [
        ...this.#evaluated.slice(0, first),
        ...this.#evaluated.slice(first).filter(stays),
      ];
    };
  }
}

/** The statements of a block in order of execution: constraints after the statement that leaves the block come before it. */
export function executionOrder(block: Block): Block {
  const jump = block.findIndex(({ kind }) =>
    kind === "Return" || kind === "Break" || kind === "Continue"
  );
  if (jump < 0) return block;
  return [
    ...block.slice(0, jump),
    ...block.slice(jump).filter(({ kind }) => kind === "Constrain"),
    ...block.slice(jump, jump + 1),
  ];
}

/** The slot that a statement binds; -1 for none. */
function slotBoundBy(stmt: Stmt): number {
  return "slot" in stmt && stmt.kind !== "Assign" ? stmt.slot : -1;
}
