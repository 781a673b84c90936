/**
 * Linearity: in a Q process, and in any process that carries `linear`, every parameter and bound name is used exactly once on
 * every path, whichever branch, round of a loop or arm of a `match` it takes. What
 * passes here cannot fail at run time.
 *
 * @module
 */
import { blockReturns } from "../dir/control_flow.ts";
import { type Arms, linearSlots, type Mention, type Use, usesOf } from "../dir/linear_use.ts";
import type { Block, Proc, Program, Stmt } from "../dir/model.ts";
import { exprTextsOf, stmtsOf } from "../dir/walk.ts";
import type { Expr, NameExpr } from "../expr/ast.ts";
import { partsOf } from "../expr/walk.ts";
import type { At } from "../typing/violation.ts";
import { LinearReport } from "./linear_report.ts";
import { afterUse, boundAt, joinNames, type LinearNames, type Split } from "./linear_status.ts";
import { followPaths, type PathFlow } from "./path_flow.ts";
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
  if (!proc.isLinear) return;
  for (const stmt of stmtsOf(proc)) checkEqualities(proc, stmt, report);
  const flow = new LinearFlow(proc, report);
  followPaths(proc.body, flow);
  flow.violations.reportLeft();
}

/** Equality would read two values as a whole without being a use of them; a constraint may. */
function checkEqualities(proc: Proc, stmt: Stmt, report: Report): void {
  if (stmt.kind === "Constrain" || stmt.kind === "Prove") return;
  const slots = linearSlots(proc);
  for (const expr of exprTextsOf(stmt)) {
    for (const names of comparedNames(expr.expr)) {
      const name = names.find(({ slot }) => slots.has(slot));
      if (name === undefined) continue;
      report.add({ proc, stmt, expr, span: name }, {
        code: "DR0408",
        message: `${name.name} is linear, so equality does not apply to it`,
        label: "compared as a whole",
        help: `compare a field, or write constrain ${name.name} Eq …`,
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

/** What the linear names of a process are along its paths. */
class LinearFlow implements PathFlow<LinearNames> {
  readonly #proc: Proc;
  readonly violations: LinearReport;

  constructor(proc: Proc, report: Report) {
    this.#proc = proc;
    this.violations = new LinearReport(proc, report);
  }

  begin(isLast: boolean): LinearNames {
    this.violations.counts = isLast;
    const proc = this.#proc;
    return new Map(proc.params.map((param, slot) => [slot, boundAt({ proc, param })]));
  }

  copy(names: LinearNames): LinearNames {
    return new Map(names);
  }

  join(into: LinearNames, from: LinearNames, stmt?: Stmt): boolean {
    return joinNames(into, from, stmt && { kind: "branch", at: { proc: this.#proc, stmt } });
  }

  execute(stmt: Stmt, names: LinearNames): boolean {
    for (const use of usesOf(stmt, this.#proc)) this.#use(stmt, use, names);
    if (!("slot" in stmt) || !linearSlots(this.#proc).has(stmt.slot)) return true;
    const held = names.get(stmt.slot);
    if (stmt.kind === "Assign" && held !== undefined) this.violations.overwritten(stmt, held);
    names.set(stmt.slot, boundAt({ proc: this.#proc, stmt }));
    return true;
  }

  /** The variable of a counted loop is not linear. */
  nextRound(): void {}

  leave(blocks: readonly Block[], names: LinearNames, end: Stmt | undefined): void {
    for (const block of blocks) {
      for (const stmt of block) {
        if (!("slot" in stmt) || stmt.kind === "Assign") continue;
        this.#end(stmt.slot, names, end);
      }
    }
  }

  finish(names: LinearNames, end: Stmt | undefined): void {
    if (end === undefined && this.#lacksReturnOnly(names)) return;
    for (const slot of [...names.keys()]) this.#end(slot, names, end);
  }

  /** Whether a return is missing, which is reported as such, and one name is left, which it would return. */
  #lacksReturnOnly(names: LinearNames): boolean {
    const { ret, body } = this.#proc;
    if (ret === undefined || ret.kind === "unit" || blockReturns(body)) return false;
    return this.violations.countLeft(names) === 1;
  }

  #end(slot: number, names: LinearNames, end: Stmt | undefined): void {
    const status = names.get(slot);
    if (status?.live !== undefined) this.violations.leftOver(slot, status, end);
    names.delete(slot);
  }

  #use(stmt: Stmt, use: Use, names: LinearNames): void {
    if (use.kind === "mention") this.#mention(stmt, use, names);
    else this.#arms(stmt, use, names);
  }

  #mention(stmt: Stmt, mention: Mention, names: LinearNames): void {
    const { name, use, isField, expr } = mention;
    const status = names.get(name.slot);
    if (status === undefined) return;
    const at: At = { proc: this.#proc, stmt, expr, span: name };
    if (status.used !== undefined) this.violations.usedTwice(name, status, at);
    else if (status.measured !== undefined && !(use === "projected" && isField)) {
      this.violations.usedMeasured(name.slot, status.measured, at);
    }
    if (use === "borrowed") return;
    this.violations.used(status, at);
    names.set(name.slot, afterUse(status, at, use === "measured"));
  }

  /** Whichever arm is evaluated, the same names must be used in the end. */
  #arms(stmt: Stmt, { match, arms, expr }: Arms, names: LinearNames): void {
    if (arms.every(({ arm, uses }) => uses.length === 0 && arm.pattern.kind !== "bind")) return;
    const before = new Map(names);
    const split: Omit<Split, "used"> = {
      kind: "arm",
      at: { proc: this.#proc, stmt, expr, span: match },
    };
    for (const [index, { arm, uses }] of arms.entries()) {
      const inArm = index === 0 ? names : new Map(before);
      // The name of a pattern holds the value of the subject, and ends with the arm.
      const slot = arm.pattern.kind === "bind" ? arm.pattern.slot : -1;
      if (slot >= 0) inArm.set(slot, boundAt({ proc: this.#proc, stmt, expr, span: arm }));
      for (const use of uses) this.#use(stmt, use, inArm);
      this.#end(slot, inArm, undefined);
      if (inArm !== names) joinNames(names, inArm, split);
    }
  }
}
