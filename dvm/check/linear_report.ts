/**
 * What is reported of linear names: the first violation of each name, as one diagnostic.
 *
 * @module
 */
import type { AssignStmt, Proc, Stmt } from "../dir/model.ts";
import type { NameExpr } from "../expr/ast.ts";
import type { At, Violation } from "../typing/violation.ts";
import type { LinearNames, Split, Status } from "./linear_status.ts";
import type { Report } from "./report.ts";

/** The violations of one process. */
export class LinearReport {
  /** Whether what is found counts: it does not while loops are walked for the first time. */
  counts = false;
  readonly #proc: Proc;
  readonly #report: Report;
  readonly #reported = new Set<number>();
  /** Names that another binding has hidden, which is reported as such: that they are left over follows from it. */
  readonly #hidden: ReadonlySet<number>;

  constructor(proc: Proc, report: Report) {
    this.#proc = proc;
    this.#report = report;
    const repeated = proc.params.flatMap(({ name }, slot) =>
      proc.params.slice(slot + 1).some((other) => other.name === name) ? [slot] : []
    );
    this.#hidden = new Set([...repeated, ...proc.rebindings.map(({ earlier }) => earlier)]);
  }

  /** How many of these names are left over without a report. */
  countLeft(names: LinearNames): number {
    const isLeft = (slot: number, { live }: Status) =>
      live !== undefined && !this.#reported.has(slot) && !this.#hidden.has(slot);
    return [...names].filter(([slot, status]) => isLeft(slot, status)).length;
  }

  /** A value that may be unused is overwritten. */
  overwritten(stmt: AssignStmt, held: At): void {
    const at = { proc: this.#proc, stmt };
    const { name, slot } = stmt;
    // It holds what an earlier round assigned.
    if (held.stmt === stmt) {
      this.#add(slot, at, {
        code: "DR0402",
        message: `${name} is linear, and is assigned in a loop without being used in it`,
        label: "lost in the next iteration",
        help: `use ${name} in the loop after the assignment, or assign it outside`,
      });
      return;
    }
    this.#add(slot, at, {
      code: "DR0402",
      message: `${name} is linear and is overwritten before it is used`,
      label: "its value is lost here",
      help: `use ${name} before the assignment, or in the assigned expression`,
      origin: { at: held, label: "this value is not used" },
    });
  }

  /** A name is used that may be used already. */
  usedTwice({ slot, name }: NameExpr, { live, used, split }: Status, at: At): void {
    if (used === undefined) return;
    if (live !== undefined && split !== undefined) return this.#uneven(slot, split, used);
    if (used.stmt === at.stmt && used.span === at.span) {
      this.#add(slot, at, {
        code: "DR0401",
        message: `${name} is linear and is used in a loop`,
        label: "used again in every iteration",
        help: `use ${name} outside the loop`,
        ...(live === undefined ? {} : { origin: { at: live, label: "bound outside the loop" } }),
      });
      return;
    }
    this.#add(slot, at, {
      code: "DR0401",
      message: `${name} is linear and is used twice`,
      label: "used again here",
      help: "use each linear name once; bind the result of the first use, and use that",
      origin: { at: used, label: "first use" },
    });
  }

  /** A name that may have been measured is used as a whole. */
  usedMeasured(slot: number, measured: At, at: At): void {
    const name = this.#nameOf(slot);
    this.#add(slot, at, {
      code: "DR0404",
      message: `${name} was measured: only fields of the classical outcome can be read`,
      label: "used as a whole after the measurement",
      help: `read a field: ${name}.…`,
      origin: { at: measured, label: "measured here" },
    });
  }

  /** The scope of a name ends, and it may be unused. */
  leftOver(slot: number, status: Status, end: Stmt | undefined): void {
    const { live, used = status.measured, split } = status;
    if (live === undefined || this.#hidden.has(slot)) return;
    const name = this.#nameOf(slot);
    if (used !== undefined) {
      if (split !== undefined) return this.#uneven(slot, split, used);
      this.#add(slot, used, {
        code: "DR0406",
        message: `${name} is linear and is used on some paths only`,
        label: "not used on every path",
        help: `use ${name} on every path, whether this is reached or not`,
        origin: { at: live, label: "not used on other paths" },
      });
      return;
    }
    this.#add(slot, live, {
      code: "DR0402",
      message: `${name} is linear and is not used before its scope ends`,
      label: live.param === undefined ? `${name} gets its value here` : `${name} is a parameter`,
      help: `use ${name} once: return, pass, measure or free it`,
      ...(end === undefined || end === live.stmt
        ? {}
        : { origin: { at: { proc: this.#proc, stmt: end }, label: "its scope ends here" } }),
    });
  }

  #uneven(slot: number, { kind, at }: Split, used: At): void {
    const name = this.#nameOf(slot);
    const isBranch = kind === "branch";
    this.#add(slot, at, {
      code: "DR0406",
      message: `${name} is linear and is used in one ${kind} only`,
      label: isBranch ? "the branches differ" : "the arms differ",
      help: isBranch
        ? `use ${name} in both branches, or in neither`
        : `use ${name} in every arm, or in none`,
      origin: { at: used, label: "used only here" },
    });
  }

  #nameOf(slot: number): string {
    return this.#proc.slotNames[slot] ?? "";
  }

  #add(slot: number, at: At, violation: Violation): void {
    if (!this.counts || this.#reported.has(slot)) return;
    this.#reported.add(slot);
    this.#report.add(at, violation);
  }
}
