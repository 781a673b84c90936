/**
 * Linearity: in a Q process, and in any process that carries `linear`, every parameter and bound name is used exactly once
 * . Complete: what passes here cannot fail at run time.
 *
 * @module
 */
import { alwaysLeaves, blockReturns } from "../dir/control_flow.ts";
import { isLinearProc, linearSlots, type Mention, mentionsOf } from "../dir/linear_use.ts";
import type { Block, ExprText, Proc, Program, Stmt } from "../dir/model.ts";
import { exprTextsOf } from "../dir/walk.ts";
import type { Expr, NameExpr } from "../expr/ast.ts";
import { partsOf } from "../expr/walk.ts";
import type { At } from "../typing/violation.ts";
import type { Report } from "./report.ts";

/** Checks the linearity of one process. */
export function checkLinearity(_program: Program, proc: Proc, report: Report): void {
  if (proc.regime === "Q" && !proc.qualifiers.includes("linear")) {
    report.add({ proc }, {
      code: "DR0403",
      message: `${proc.name} is a Q process without the linear qualifier`,
      label: "linear is missing",
      help: "add linear to its qualifiers",
    });
  }
  if (!isLinearProc(proc)) return;
  const checker = new LinearChecker(proc, report);
  checker.checkBody();
}

/** What has become of a name, and where. */
interface Status {
  readonly kind: "live" | "spent" | "classical";
  readonly at: At;
}

/**
 * The names of a process by cell, as they are at one point of it. A block has names of its own on top of those around it, so
 * that entering and leaving one costs what it changes.
 */
class Names {
  /** What this block has bound or changed. */
  readonly changed = new Map<number, Status>();
  readonly #outer: Names | undefined;

  constructor(outer?: Names) {
    this.#outer = outer;
  }

  get(slot: number): Status | undefined {
    return this.changed.get(slot) ?? this.#outer?.get(slot);
  }

  set(slot: number, status: Status): void {
    this.changed.set(slot, status);
  }

  /** What was changed since `outer` was all there was: in this block, and in those between. */
  changedSince(outer: Names): ReadonlyMap<number, Status> {
    if (this.#outer === undefined || this.#outer === outer) return this.changed;
    return new Map([...this.#outer.changedSince(outer), ...this.changed]);
  }

  /** Every name there is. */
  all(): ReadonlyMap<number, Status> {
    return this.#outer === undefined
      ? this.changed
      : new Map([...this.#outer.all(), ...this.changed]);
  }
}

class LinearChecker {
  readonly #proc: Proc;
  readonly #report: Report;
  /** Names reported already: one story a name. */
  readonly #reported = new Set<number>();
  /** Names that another binding has hidden, which is reported as such: that they are left over follows from it. */
  readonly #hidden: ReadonlySet<number>;
  /** What the names were when the open loops began, innermost last. */
  readonly #loops: Names[] = [];

  constructor(proc: Proc, report: Report) {
    this.#proc = proc;
    this.#report = report;
    const repeated = proc.params.flatMap(({ name }, slot) =>
      proc.params.slice(slot + 1).some((other) => other.name === name) ? [slot] : []
    );
    this.#hidden = new Set([...repeated, ...proc.rebindings.map(({ earlier }) => earlier)]);
  }

  checkBody(): void {
    const names = new Names();
    this.#proc.params.forEach((param, slot) => {
      names.set(slot, { kind: "live", at: { proc: this.#proc, param } });
    });
    if (!this.#checkBlock(this.#proc.body, names)) return;
    const left = this.#leftIn(names.all());
    // A return is missing, which is reported as such; the one name left is what it would return.
    const isUnreturned = this.#proc.ret !== undefined && this.#proc.ret.kind !== "unit" &&
      !blockReturns(this.#proc.body) && left.length === 1;
    if (!isUnreturned) this.#reportLeft(left, undefined);
  }

  /** Walks a block, changing `names`; whether control reaches its end. */
  #checkBlock(block: Block, names: Names): boolean {
    for (const stmt of block) {
      this.#checkEqualities(stmt);
      for (const mention of mentionsOf(stmt, this.#proc)) this.#spend(stmt, mention, names);
      switch (stmt.kind) {
        case "If":
          if (!this.#checkBranches(stmt, names)) return false;
          break;
        case "While":
        case "For":
          this.#checkLoop(stmt, names);
          break;
        case "Return":
          this.#reportLeft(this.#leftIn(names.all()), stmt);
          return false;
        case "Break":
        case "Continue":
          this.#leaveLoop(stmt, names);
          return false;
        default:
          if ("slot" in stmt) this.#bind(stmt, names);
      }
      if (alwaysLeaves(stmt)) return false;
    }
    return true;
  }

  #bind(stmt: Extract<Stmt, { slot: number }>, names: Names): void {
    if (!linearSlots(this.#proc).has(stmt.slot)) return;
    const before = names.get(stmt.slot);
    if (stmt.kind === "Assign" && before?.kind === "live" && !this.#reported.has(stmt.slot)) {
      this.#reported.add(stmt.slot);
      this.#report.add({ proc: this.#proc, stmt }, {
        code: "DR0402",
        message: `${stmt.name} is overwritten before it was used, and it is linear`,
        label: "what it held is lost here",
        help: `use ${stmt.name} in what is assigned to it, or before`,
        origin: { at: before.at, label: "held since here" },
      });
    }
    names.set(stmt.slot, { kind: "live", at: { proc: this.#proc, stmt } });
  }

  #spend(stmt: Stmt, mention: Mention, names: Names): void {
    const { name, use } = mention;
    const status = names.get(name.slot);
    if (status === undefined || this.#reported.has(name.slot)) return;
    const at = { proc: this.#proc, stmt, expr: mention.expr, span: name };
    if (status.kind === "live") {
      if (use === "borrowed") return;
      names.set(name.slot, { kind: use === "measured" ? "classical" : "spent", at });
      return;
    }
    if (status.kind === "classical" && use === "projected" && mention.isField) return;
    this.#reported.add(name.slot);
    this.#report.add(
      at,
      status.kind === "classical"
        ? {
          code: "DR0404",
          message: `${name.name} was measured: only fields of its classical outcome can be read`,
          label: "used as a whole after its measurement",
          help: `read a field: ${name.name}.…`,
          origin: { at: status.at, label: "measured here" },
        }
        : {
          code: "DR0401",
          message: `${name.name} is used twice, and it is linear`,
          label: "used again here",
          help: "use each linear name once; bind what the first use gives, and use that",
          origin: { at: status.at, label: "used first here" },
        },
    );
  }

  /** Equality would read two values as a whole without being a use of them; a constraint may. */
  #checkEqualities(stmt: Stmt): void {
    if (stmt.kind === "Constrain" || stmt.kind === "Prove") return;
    const slots = linearSlots(this.#proc);
    for (const expr of exprTextsOf(stmt)) {
      for (const names of comparedNames(expr.expr)) {
        const name = names.find(({ slot }) => slots.has(slot));
        if (name !== undefined) this.#reportEquality(stmt, expr, name);
      }
    }
  }

  #reportEquality(stmt: Stmt, expr: ExprText, name: NameExpr): void {
    this.#report.add({ proc: this.#proc, stmt, expr, span: name }, {
      code: "DR0408",
      message: `${name.name} is linear, and equality does not apply to it`,
      label: "compared as a whole",
      help: `compare a field, or write constrain ${name.name} Eq …`,
    });
  }

  /** Both branches must leave the same names; whether control passes the statement. */
  #checkBranches(stmt: Extract<Stmt, { kind: "If" }>, names: Names): boolean {
    const thenNames = new Names(names), elseNames = new Names(names);
    const thenEnds = this.#checkBlock(stmt.thenBody, thenNames);
    const elseEnds = this.#checkBlock(stmt.elseBody ?? [], elseNames);
    if (thenEnds) this.#endBlock(stmt.thenBody, thenNames, names);
    if (elseEnds) this.#endBlock(stmt.elseBody ?? [], elseNames, names);
    if (!thenEnds && !elseEnds) return false;
    const after = thenEnds ? thenNames : elseNames;
    for (const slot of new Set([...thenNames.changed.keys(), ...elseNames.changed.keys()])) {
      if (names.get(slot) === undefined) continue; // bound inside
      const inThen = thenNames.get(slot), inElse = elseNames.get(slot);
      if (thenEnds && elseEnds && inThen?.kind !== inElse?.kind) {
        const used = inThen?.kind === "live" ? inElse : inThen;
        if (used !== undefined) this.#reportUneven(stmt, slot, used);
      }
      const status = after.get(slot);
      if (status !== undefined) names.set(slot, status);
    }
    return true;
  }

  #reportUneven(stmt: Stmt, slot: number, used: Status): void {
    if (this.#reported.has(slot)) return;
    this.#reported.add(slot);
    const name = this.#proc.slotNames[slot] ?? "";
    this.#report.add({ proc: this.#proc, stmt }, {
      code: "DR0406",
      message: `${name} is used in one branch only`,
      label: "the branches differ",
      help: `use ${name} in both branches, or in neither`,
      origin: { at: used.at, label: "used here only" },
    });
  }

  /** A body may run any number of times, and so may the condition: neither may spend what was bound outside. */
  #checkLoop(stmt: Extract<Stmt, { kind: "While" | "For" }>, names: Names): void {
    if (stmt.kind === "While") {
      for (const { name } of mentionsOf(stmt, this.#proc)) {
        const status = names.get(name.slot);
        if (status?.kind === "spent" && status.at.stmt === stmt) {
          this.#reportRepeated(name.slot, status, undefined);
        }
      }
    }
    const inner = new Names(names);
    this.#loops.push(names);
    if (this.#checkBlock(stmt.body, inner)) this.#endIteration(stmt.body.at(-1), inner, names);
    this.#loops.pop();
  }

  #leaveLoop(stmt: Stmt, names: Names): void {
    const outer = this.#loops.at(-1);
    if (outer !== undefined) this.#endIteration(stmt, names, outer);
  }

  /** What was bound outside must be as it was when the loop began; what was bound inside must be used. */
  #endIteration(end: Stmt | undefined, names: Names, outer: Names): void {
    const changed = names.changedSince(outer);
    this.#reportLeft(this.#leftIn(changed, outer), end);
    for (const [slot, after] of changed) {
      const before = outer.get(slot);
      if (before === undefined || before.kind === after.kind) continue;
      if (after.kind === "live") this.#reportRemade(slot, after);
      else this.#reportRepeated(slot, after, before.kind === "live" ? before : undefined);
    }
  }

  /** A name that is assigned in each round holds something else in the next, and what it held is lost. */
  #reportRemade(slot: number, made: Status): void {
    if (this.#reported.has(slot)) return;
    this.#reported.add(slot);
    const name = this.#proc.slotNames[slot] ?? "";
    this.#report.add(made.at, {
      code: "DR0402",
      message: `${name} is assigned in a loop and not used in it, and it is linear`,
      label: "lost in the next round",
      help: `use ${name} in the loop after this, or assign it outside`,
    });
  }

  #reportRepeated(slot: number, used: Status, bound: Status | undefined): void {
    if (this.#reported.has(slot)) return;
    this.#reported.add(slot);
    const name = this.#proc.slotNames[slot] ?? "";
    this.#report.add(used.at, {
      code: "DR0401",
      message: `${name} is used in a loop, and it is linear`,
      label: "used again in every iteration",
      help: `use ${name} outside the loop`,
      ...(bound === undefined ? {} : { origin: { at: bound.at, label: "bound outside the loop" } }),
    });
  }

  /** Names bound in a block end with it. */
  #endBlock(block: Block, names: Names, outer: Names): void {
    this.#reportLeft(this.#leftIn(names.changed, outer), block.at(-1));
  }

  /** The names that are live still, those of an outer block aside. */
  #leftIn(
    names: ReadonlyMap<number, Status>,
    outer?: Names,
  ): readonly (readonly [number, Status])[] {
    return [...names].filter(([slot, { kind }]) =>
      kind === "live" && outer?.get(slot) === undefined && !this.#reported.has(slot) &&
      !this.#hidden.has(slot)
    );
  }

  #reportLeft(left: readonly (readonly [number, Status])[], end: Stmt | undefined): void {
    for (const [slot, { at }] of left) {
      this.#reported.add(slot);
      const name = this.#proc.slotNames[slot] ?? "";
      this.#report.add(at, {
        code: "DR0402",
        message: `${name} is never used, and it is linear`,
        label: at.param === undefined ? `${name} is left over` : `parameter ${name} is left over`,
        help: `use ${name} once: return it, pass it on, measure it or free it`,
        ...(end === undefined || end === at.stmt
          ? {}
          : { origin: { at: { proc: this.#proc, stmt: end }, label: "its scope ends here" } }),
      });
    }
  }
}

/** The names that each equality has as operands. */
function comparedNames(expr: Expr): NameExpr[][] {
  const inner = partsOf(expr).flatMap(comparedNames);
  if (expr.kind !== "binary" || (expr.op !== "Eq" && expr.op !== "Ne")) return inner;
  return [...inner, [expr.left, expr.right].flatMap((side) => side.kind === "name" ? side : [])];
}
