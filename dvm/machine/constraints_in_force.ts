/**
 * The constraints in force in a frame: which become pending when a name gets a value, and what is left of them when the scope of a
 * name ends. A constraint counts from where it is reached to the end of its process, for the bindings it was reached
 * with: where one of them is over, its last value is kept.
 *
 * @module
 */
import { type ConstraintInForce, type Frame, valueInForce } from "../event/frame.ts";

/** A name got a value: constraints that waited for it, or held with its old value, become pending (CON-05, CON-14). */
export function makeReadersDue(frame: Frame, slot: number): void {
  const { reached, outlived, proc } = frame;
  if (reached.size === 0 && outlived.length === 0) return;
  const readers = proc.mentions.get(slot) ?? [];
  if (readers.length === 0) return;
  for (const constraint of outlived) {
    if (readers.includes(constraint.stmt) && !constraint.kept.has(slot)) makeDue(frame, constraint);
  }
  for (const stmt of readers) {
    const constraint = reached.get(stmt);
    if (constraint !== undefined) makeDue(frame, constraint);
  }
}

/**
 * A constraint becomes pending if its names are all bound. Names are bound in the order of their cells, so the last cell is the
 * likeliest to be empty.
 */
export function makeDue(frame: Frame, constraint: ConstraintInForce): void {
  const { slots } = constraint.stmt;
  for (let index = slots.length - 1; index >= 0; index--) {
    if (valueInForce(frame, constraint, slots[index] ?? -1) === undefined) return;
  }
  frame.due.push(constraint);
}

/**
 * The scope of some names ends. Constraints that wait for one of them are over; the others keep their last values, as long as a
 * name is left that may still change. Of the constraints that have outlived a name before, those from `first` on may mention them.
 */
export function endScope(frame: Frame, slots: readonly number[], first: number): void {
  const { cells, reached, outlived, proc } = frame;
  const recent = outlived.length > first ? outlived.splice(first) : [];
  for (const constraint of recent) outlive(frame, constraint, slots);
  for (const slot of reached.size === 0 ? [] : slots) {
    for (const stmt of proc.mentions.get(slot) ?? []) {
      const constraint = reached.get(stmt);
      if (constraint !== undefined && reached.delete(stmt)) outlive(frame, constraint, slots);
    }
  }
  for (const slot of slots) cells[slot] = undefined;
}

function outlive(frame: Frame, constraint: ConstraintInForce, ending: readonly number[]): void {
  const { stmt: { slots }, kept } = constraint;
  for (const slot of ending) {
    if (!slots.includes(slot) || kept.has(slot)) continue;
    const value = frame.cells[slot];
    if (value === undefined) return; // it waits for a binding that is not made any more
    kept.set(slot, value);
  }
  const mayChange = (slot: number) =>
    !kept.has(slot) && (frame.proc.assigned.has(slot) || frame.cells[slot] === undefined);
  if (slots.some(mayChange)) frame.outlived.push(constraint);
}
