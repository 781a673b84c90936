/**
 * Linearity: in a Q process, and in any process that carries `linear`, every parameter and bound name is used exactly once
 * . Complete: a program that passes cannot violate linearity at run time.
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
      message: `${proc.name} is a Q process without the qualifier linear`,
      label: "linear is missing",
      help: "add linear to its qualifiers",
    });
  }
  if (!isLinearProc(proc)) return;
  const checker = new LinearChecker(proc, report);
  checker.checkBody();
}

/** The state of a name, and the statement that caused it. */
interface Status {
  readonly kind: "live" | "consumed" | "classical";
  readonly at: At;
}

/**
 * The states of the names of a process, by cell, at one point of it. The names of a block are a layer above those of the outer
 * blocks, so that a block costs as much as it changes.
 */
class Names {
  /** The names that this block has bound or changed. */
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

  /** The changes above the layer `outer`: in this block, and in those between. */
  changedSince(outer: Names): ReadonlyMap<number, Status> {
    if (this.#outer === undefined || this.#outer === outer) return this.changed;
    return new Map([...this.#outer.changedSince(outer), ...this.changed]);
  }

  /** Every name. */
  all(): ReadonlyMap<number, Status> {
    return this.#outer === undefined
      ? this.changed
      : new Map([...this.#outer.all(), ...this.changed]);
  }
}

class LinearChecker {
  readonly #proc: Proc;
  readonly #report: Report;
  /** Names that have been reported: each is reported once. */
  readonly #reported = new Set<number>();
  /** Names that another binding of the same scope hides, which is reported: that they are not used follows from it. */
  readonly #hidden: ReadonlySet<number>;
  /** The names before each open loop, innermost last. */
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
    // If a return is missing, which is reported, the one name that is left would be returned.
    const isUnreturned = this.#proc.ret !== undefined && this.#proc.ret.kind !== "unit" &&
      !blockReturns(this.#proc.body) && left.length === 1;
    if (!isUnreturned) this.#reportLeft(left, undefined);
  }

  /** Walks a block and changes `names`; returns whether control reaches the end. */
  #checkBlock(block: Block, names: Names): boolean {
    for (const stmt of block) {
      this.#checkEqualities(stmt);
      for (const mention of mentionsOf(stmt, this.#proc)) this.#use(stmt, mention, names);
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
        message: `${stmt.name} is linear and is overwritten before it is used`,
        label: "its value is lost here",
        help: `use ${stmt.name} before the assignment, or in the assigned expression`,
        origin: { at: before.at, label: "this value is not used" },
      });
    }
    names.set(stmt.slot, { kind: "live", at: { proc: this.#proc, stmt } });
  }

  #use(stmt: Stmt, mention: Mention, names: Names): void {
    const { name, use } = mention;
    const status = names.get(name.slot);
    if (status === undefined || this.#reported.has(name.slot)) return;
    const at = { proc: this.#proc, stmt, expr: mention.expr, span: name };
    if (status.kind === "live") {
      if (use === "borrowed") return;
      names.set(name.slot, { kind: use === "measured" ? "classical" : "consumed", at });
      return;
    }
    if (status.kind === "classical" && use === "projected" && mention.isField) return;
    this.#reported.add(name.slot);
    this.#report.add(
      at,
      status.kind === "classical"
        ? {
          code: "DR0404",
          message: `${name.name} was measured: only fields of the classical outcome can be read`,
          label: "used as a whole after the measurement",
          help: `read a field: ${name.name}.…`,
          origin: { at: status.at, label: "measured here" },
        }
        : {
          code: "DR0401",
          message: `${name.name} is linear and is used twice`,
          label: "used again here",
          help: "use each linear name once; bind the result of the first use, and use that",
          origin: { at: status.at, label: "first use" },
        },
    );
  }

  /** Equality would read two whole values without using them; only a constraint may do that. */
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
      message: `${name.name} is linear, so equality does not apply to it`,
      label: "compared as a whole",
      help: `compare a field, or write constrain ${name.name} Eq …`,
    });
  }

  /** Both branches must use the same names; returns whether control continues after the statement. */
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
      message: `${name} is linear and is used in one branch only`,
      label: "the branches differ",
      help: `use ${name} in both branches, or in neither`,
      origin: { at: used.at, label: "used only here" },
    });
  }

  /** The body and the condition may run any number of times: neither may consume a name that is bound outside. */
  #checkLoop(stmt: Extract<Stmt, { kind: "While" | "For" }>, names: Names): void {
    if (stmt.kind === "While") {
      for (const { name } of mentionsOf(stmt, this.#proc)) {
        const status = names.get(name.slot);
        if (status?.kind === "consumed" && status.at.stmt === stmt) {
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

  /** A name bound outside must be in the state in which the loop began; a name bound inside must be used. */
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

  /** A name that is assigned in each iteration loses its value in the next. */
  #reportRemade(slot: number, made: Status): void {
    if (this.#reported.has(slot)) return;
    this.#reported.add(slot);
    const name = this.#proc.slotNames[slot] ?? "";
    this.#report.add(made.at, {
      code: "DR0402",
      message: `${name} is linear, and is assigned in a loop without being used in it`,
      label: "lost in the next iteration",
      help: `use ${name} in the loop after the assignment, or assign it outside`,
    });
  }

  #reportRepeated(slot: number, used: Status, bound: Status | undefined): void {
    if (this.#reported.has(slot)) return;
    this.#reported.add(slot);
    const name = this.#proc.slotNames[slot] ?? "";
    this.#report.add(used.at, {
      code: "DR0401",
      message: `${name} is linear and is used in a loop`,
      label: "used again in every iteration",
      help: `use ${name} outside the loop`,
      ...(bound === undefined ? {} : { origin: { at: bound.at, label: "bound outside the loop" } }),
    });
  }

  /** The scope of names bound in a block ends with it. */
  #endBlock(block: Block, names: Names, outer: Names): void {
    this.#reportLeft(this.#leftIn(names.changed, outer), block.at(-1));
  }

  /** The names that are still live, without those of an outer block. */
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
        message: `${name} is linear and is never used`,
        label: at.param === undefined ? `${name} is not used` : `parameter ${name} is not used`,
        help: `use ${name} once: return, pass, measure or free it`,
        ...(end === undefined || end === at.stmt
          ? {}
          : { origin: { at: { proc: this.#proc, stmt: end }, label: "its scope ends here" } }),
      });
    }
  }
}

/** The names that are operands of each equality. */
function comparedNames(expr: Expr): NameExpr[][] {
  const inner = partsOf(expr).flatMap(comparedNames);
  if (expr.kind !== "binary" || (expr.op !== "Eq" && expr.op !== "Ne")) return inner;
  return [...inner, [expr.left, expr.right].flatMap((side) => side.kind === "name" ? side : [])];
}
