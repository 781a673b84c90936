/**
 * What is reported of linear names: the first violation of each name, as one diagnostic.
 *
 * @module
 */
import type { AssignStmt, Proc, Stmt } from "../dir/model.ts";
import type { NameExpr } from "../expr/ast.ts";
import type { At, Violation } from "../typing/violation.ts";
import { binderOf, type LinearNames, type Split, type Status } from "./linear_status.ts";
import type { Report } from "./report.ts";

/** A name whose value is not used on the paths to here, and what to report if it is not used on any. */
interface Left {
  readonly slot: number;
  readonly bindings: readonly At[];
  /** The violation for the place where the value was bound. */
  readonly unused: (live: At) => readonly [at: At, violation: Violation];
}

/** The violations of one process. */
export class LinearReport {
  /** Whether what is found counts: it does not while loops are walked for the first time. */
  counts = false;
  readonly #proc: Proc;
  readonly #report: Report;
  readonly #reported = new Set<number>();
  /** What binds a value that some path uses, and the first use. */
  readonly #uses = new Map<object, At>();
  readonly #left: Left[] = [];
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

  /** A value is used at a place. */
  used({ live, bindings = [] }: Status, at: At): void {
    if (live === undefined) return;
    for (const binding of bindings) {
      const binder = binderOf(binding);
      if (binder !== undefined && !this.#uses.has(binder)) this.#uses.set(binder, at);
    }
  }

  /** A value that may be unused is overwritten. */
  overwritten(stmt: AssignStmt, { live, bindings = [], split }: Status): void {
    if (live === undefined) return;
    const { name, slot } = stmt;
    if (split !== undefined) return this.#uneven(slot, split);
    const at = { proc: this.#proc, stmt };
    this.#leave(slot, bindings, (held) => [
      at,
      held.stmt === stmt
        // It holds what an earlier round assigned.
        ? {
          code: "DR0402",
          message: `${name} is linear, and is assigned in a loop without being used in it`,
          label: "lost in the next iteration",
          help: `use ${name} in the loop after the assignment, or assign it outside`,
        }
        : {
          code: "DR0402",
          message: `${name} is linear and is overwritten before it is used`,
          label: "its value is lost here",
          help: `use ${name} before the assignment, or in the assigned expression`,
          origin: { at: held, label: "this value is not used" },
        },
    ]);
  }

  /** A name is used that may be used already. */
  usedTwice({ slot, name }: NameExpr, { live, used, split }: Status, at: At): void {
    if (used === undefined) return;
    if (live !== undefined && split !== undefined) return this.#uneven(slot, split);
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
    const { live, bindings = [], used = status.measured, split } = status;
    if (live === undefined || this.#hidden.has(slot)) return;
    if (split !== undefined) return this.#uneven(slot, split);
    if (used !== undefined) return this.#add(slot, used, this.#someOnly(slot, live));
    const name = this.#nameOf(slot);
    this.#leave(slot, bindings, (bound) => [bound, {
      code: "DR0402",
      message: `${name} is linear and is not used before its scope ends`,
      label: bound.param === undefined ? `${name} gets its value here` : `${name} is a parameter`,
      help: `use ${name} once: return, pass, measure or free it`,
      ...(end === undefined || end === bound.stmt
        ? {}
        : { origin: { at: { proc: this.#proc, stmt: end }, label: "its scope ends here" } }),
    }]);
  }

  /** Reports the names that are left over, once all uses are known: that a value is not used must hold of every path. */
  reportLeft(): void {
    for (const { slot, bindings, unused } of this.#left) {
      const useOf = (binding: At) => this.#uses.get(binderOf(binding) ?? binding);
      const binding = bindings.find((one) => useOf(one) === undefined) ?? bindings[0];
      if (binding === undefined) continue;
      const used = useOf(binding);
      if (used === undefined) {
        const [at, violation] = unused(binding);
        this.#report.add(at, violation);
      } else this.#report.add(used, this.#someOnly(slot, binding));
    }
  }

  #leave(slot: number, bindings: readonly At[], unused: Left["unused"]): void {
    if (!this.counts || this.#reported.has(slot)) return;
    this.#reported.add(slot);
    this.#left.push({ slot, bindings, unused });
  }

  #someOnly(slot: number, live: At): Violation {
    const name = this.#nameOf(slot);
    return {
      code: "DR0406",
      message: `${name} is linear and is used on some paths only`,
      label: "not used on every path",
      help: `use ${name} on every path, whether this is reached or not`,
      origin: { at: live, label: "not used on other paths" },
    };
  }

  #uneven(slot: number, { kind, at, used }: Split): void {
    const name = this.#nameOf(slot);
    const isBranch = kind === "branch";
    this.#add(slot, at, {
      code: "DR0406",
      message: `${name} is linear and is not used in every ${kind}`,
      label: isBranch ? "the branches differ" : "the arms differ",
      help: isBranch
        ? `use ${name} in both branches, or in neither`
        : `use ${name} in every arm, or in none`,
      origin: { at: used, label: "used here" },
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
