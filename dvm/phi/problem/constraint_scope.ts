/**
 * Which constraints of a call are in force: a constraint is evaluated once all names in it are bound, also where it is written
 * before them (CON-05), and again when one of them is assigned (CON-14). It counts from where it is reached to the end of the
 * process, for the bindings it was reached with.
 *
 * @module
 */
import { endsInReturn } from "../../dir/control_flow.ts";
import type { Block, ConstrainStmt, Proc, Stmt } from "../../dir/model.ts";
import type { GuardedValue } from "./symbolic_value.ts";
import type { Term } from "./term.ts";

/** A constraint that control has reached, and the path condition there. */
export interface ReachedConstraint {
  readonly stmt: ConstrainStmt;
  /** The slots that its predicate reads. */
  readonly slots: readonly number[];
  readonly when: Term;
  /** The last values of the names whose scope has ended, by slot. */
  readonly kept: ReadonlyMap<number, GuardedValue>;
}

/** A block that control is in, and the index of its current statement. */
export interface OpenBlock {
  readonly block: Block;
  index: number;
}

type Cells = (GuardedValue | undefined)[];

/** The constraints in force in one call. */
export class ConstraintScope {
  readonly #proc: Proc;
  readonly #cells: Cells;
  #pending: ReachedConstraint[] = [];
  #evaluated: ReachedConstraint[] = [];

  constructor(proc: Proc, cells: Cells) {
    this.#proc = proc;
    this.#cells = cells;
  }

  /** Adds a constraint that control has reached. */
  add(constraint: ReachedConstraint): void {
    this.#pending.push(constraint);
  }

  /** The constraints that became ready because all their slots are bound; each is returned once. */
  takeReady(): readonly ReachedConstraint[] {
    const isBound = ({ slots, kept }: ReachedConstraint) =>
      slots.every((slot) => kept.has(slot) || this.#cells[slot] !== undefined);
    const ready = this.#pending.filter(isBound);
    if (ready.length === 0) return ready;
    this.#pending = this.#pending.filter((constraint) => !ready.includes(constraint));
    for (const constraint of ready) this.#evaluated.push(constraint);
    return ready;
  }

  /** The evaluated constraints that read a slot. */
  reading(slot: number): readonly ReachedConstraint[] {
    return this.#evaluated.filter(({ slots, kept }) => slots.includes(slot) && !kept.has(slot));
  }

  /** Enters a scope. Call the result when control leaves it, with the slots that are bound in it. */
  enter(): (slots: readonly number[]) => void {
    const first = this.#evaluated.length;
    return (slots) => {
      if (slots.length === 0) return;
      const outlive = (constraint: ReachedConstraint) => this.#outlive(constraint, slots) ?? [];
      this.#pending = this.#pending.flatMap(outlive);
      this.#evaluated = [
        ...this.#evaluated.slice(0, first),
        ...this.#evaluated.slice(first).flatMap(outlive),
      ];
      for (const slot of slots) this.#cells[slot] = undefined;
    };
  }

  /** What is left of a constraint when the scope of some names ends; nothing if it waits for one of them, or cannot change. */
  #outlive(
    constraint: ReachedConstraint,
    ending: readonly number[],
  ): ReachedConstraint | undefined {
    const { slots } = constraint;
    const kept = new Map(constraint.kept);
    for (const slot of slots) {
      if (!ending.includes(slot) || kept.has(slot)) continue;
      const value = this.#cells[slot];
      if (value === undefined) return undefined;
      kept.set(slot, value);
    }
    if (kept.size === constraint.kept.size) return constraint;
    const mayChange = (slot: number) =>
      !kept.has(slot) && (this.#proc.assigned.has(slot) || this.#cells[slot] === undefined);
    return slots.some(mayChange) ? { ...constraint, kept } : undefined;
  }
}

/** The slots that the statements of a block bind. */
export function slotsBoundBy(block: Block): readonly number[] {
  return block.flatMap((stmt) =>
    "slot" in stmt && stmt.kind !== "Assign" && stmt.kind !== "For" && stmt.slot >= 0
      ? [stmt.slot]
      : []
  );
}

/**
 * The constraints that a return executes first, in document order: those of the body that control has not reached (CON-03), and
 * those after the return in an inner block.
 */
export function constraintsAtExit(open: readonly OpenBlock[]): readonly ConstrainStmt[] {
  const constraints: ConstrainStmt[] = [];
  let isAfterReturn = true;
  for (const [depth, { block, index }] of [...open.entries()].toReversed()) {
    const stmt: Stmt | undefined = block[index];
    isAfterReturn &&= stmt !== undefined && endsInReturn(stmt);
    if (!isAfterReturn && depth > 0) continue;
    for (const later of block.slice(index + 1)) {
      if (later.kind === "Constrain") constraints.push(later);
    }
  }
  return constraints;
}
