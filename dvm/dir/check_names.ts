/**
 * Names and control: what every name means, what may be bound and changed, which statements a regime has, and that no
 * statement stands where it can never be reached (TYP-13, TYP-14, K-10, K-12, K-14).
 *
 * @module
 */
import { namesOf } from "../expr/slots.ts";
import type { Block, Proc, Program, Stmt } from "./model.ts";
import { blocksOf } from "./paths.ts";
import { procsNamed } from "./lookup.ts";
import type { Report } from "./report.ts";
import { alwaysLeaves } from "./control.ts";
import { exprTextsOf, hasUnboundName, stmtsOf, valueNamesOf } from "./walk.ts";

/** Checks the names and the control structure of one process. */
export function checkNames(program: Program, proc: Proc, report: Report): void {
  const checker = new NameChecker(program, proc, report);
  checker.checkBlock(proc.body, 0);
  checker.checkRebindings();
}

const K_ONLY: readonly Stmt["kind"][] = ["If", "While", "For", "Break", "Continue", "Assign"];

class NameChecker {
  readonly #program: Program;
  readonly #proc: Proc;
  readonly #report: Report;
  /** Sealed names by slot, with the statement that sealed them. */
  readonly #sealed = new Map<number, Stmt>();
  readonly #loopSlots = new Set<number>();

  constructor(program: Program, proc: Proc, report: Report) {
    this.#program = program;
    this.#proc = proc;
    this.#report = report;
  }

  checkBlock(block: Block, loops: number): void {
    let left: Stmt | undefined;
    for (const stmt of block) {
      if (left !== undefined && stmt.kind !== "Constrain") {
        this.#unreachable(stmt, left);
        left = undefined; // one report for all that follows
      }
      this.#checkStmt(stmt, loops);
      for (const inner of blocksOf(stmt)) {
        const isLoop = stmt.kind === "While" || stmt.kind === "For";
        if (stmt.kind === "For") this.#loopSlots.add(stmt.slot);
        if (isLoop) this.#sealAll(inner); // what a loop seals is sealed when its body begins again
        this.checkBlock(inner, isLoop ? loops + 1 : loops);
      }
      if (alwaysLeaves(stmt) && left === undefined && this.#isFirstLeave(stmt, block)) left = stmt;
    }
  }

  #isFirstLeave(stmt: Stmt, block: Block): boolean {
    return block.find((other) => alwaysLeaves(other)) === stmt;
  }

  #unreachable(stmt: Stmt, left: Stmt): void {
    this.#report.add({ proc: this.#proc, stmt }, {
      code: "DR0210",
      message: "this statement can never be reached",
      label: "never reached",
      help: "remove it, or move it before the statement that leaves",
      origin: { at: { proc: this.#proc, stmt: left }, label: "control leaves here" },
    });
  }

  #checkStmt(stmt: Stmt, loops: number): void {
    const at = { proc: this.#proc, stmt };
    if (
      stmt.kind === "Alloc" || stmt.kind === "Dealloc" || stmt.kind === "Load" ||
      stmt.kind === "Store"
    ) {
      this.#report.add(at, {
        code: "DR0213",
        message: `${stmt.kind} statements are not executed by this version`,
        label: "a memory statement",
        help: "hold the value in a name, a shape or an array instead",
      });
      return;
    }
    if (this.#proc.regime !== "K" && K_ONLY.includes(stmt.kind)) {
      this.#report.add(at, {
        code: "DR0211",
        message: `${stmt.kind} does not exist in regime ${this.#proc.regime}`,
        label: `${stmt.kind} in a ${this.#proc.regime} process`,
        help: "branches, loops and assignment belong to K processes",
      });
    }
    if ((stmt.kind === "Break" || stmt.kind === "Continue") && loops === 0) {
      this.#report.add(at, {
        code: "DR0209",
        message: `${stmt.kind.toLowerCase()} outside a loop`,
        label: "there is no loop to act on",
        help: "put it inside a While or For, or remove it",
      });
    }
    this.#checkMentions(stmt);
    if (stmt.kind === "Assign") this.#checkAssign(stmt);
    this.#seal(stmt);
  }

  #seal(stmt: Stmt): void {
    if (stmt.kind !== "Effect" || stmt.effect !== "seal") return;
    for (const name of namesOf(stmt.payload.expr)) {
      if (name.slot >= 0 && !this.#sealed.has(name.slot)) this.#sealed.set(name.slot, stmt);
    }
  }

  #sealAll(block: Block): void {
    for (const stmt of block) {
      this.#seal(stmt);
      for (const inner of blocksOf(stmt)) this.#sealAll(inner);
    }
  }

  #checkMentions(stmt: Stmt): void {
    for (const expr of exprTextsOf(stmt)) {
      if (!hasUnboundName(expr.expr)) continue;
      for (const name of valueNamesOf(expr.expr, this.#proc)) {
        if (name.slot >= 0) continue;
        const at = { proc: this.#proc, stmt, expr, span: name };
        const isProc = procsNamed(this.#program, name.name).some((proc) =>
          proc.forge === this.#proc.forge
        );
        this.#report.add(
          at,
          isProc
            ? {
              code: "DR0207",
              message: `${name.name} is a process, and processes are not values`,
              label: "a process is only called",
              help: `call it: ${name.name}(…)`,
            }
            : {
              code: "DR0203",
              message: `unknown name ${name.name}`,
              label: "not bound here",
              help: "bind it with let before this statement, or make it a parameter",
            },
        );
      }
    }
  }

  /** Reports names that one scope binds twice; `scope.ts` has met them. */
  checkRebindings(): void {
    const { rebindings, slotNames, params } = this.#proc;
    if (rebindings.length === 0) return;
    const binders = new Map<number, Stmt>();
    for (const stmt of stmtsOf(this.#proc)) {
      if ("slot" in stmt && stmt.kind !== "Assign") binders.set(stmt.slot, stmt);
    }
    for (const { stmt, earlier } of rebindings) {
      const name = slotNames[earlier] ?? "";
      this.#report.add({ proc: this.#proc, stmt }, {
        code: "DR0204",
        message: `${name} is bound twice`,
        label: "bound again here",
        help: `give one of the two another name`,
        origin: {
          at: { proc: this.#proc, stmt: binders.get(earlier) },
          label: earlier < params.length ? `${name} is a parameter` : "bound first here",
        },
      });
    }
  }

  #checkAssign(stmt: Extract<Stmt, { kind: "Assign" }>): void {
    const at = { proc: this.#proc, stmt };
    const { name, slot } = stmt;
    if (slot < 0) {
      this.#report.add(at, {
        code: "DR0203",
        message: `unknown name ${name}`,
        label: "not bound here",
        help: `bind it first: let ${name} = …`,
      });
      return;
    }
    const { locals, localsByName, params } = this.#proc;
    const isDeclaredFixed = locals.length > 0 && localsByName.get(name)?.mutable !== true;
    if (slot < params.length || isDeclaredFixed || this.#loopSlots.has(slot)) {
      const what = slot < params.length
        ? "a parameter"
        : this.#loopSlots.has(slot)
        ? "a loop's variable"
        : "immutable";
      this.#report.add(at, {
        code: "DR0214",
        message: `${name} cannot be assigned: it is ${what}`,
        label: "assigned here",
        help: "bind a new name, or declare the local mutable",
      });
      return;
    }
    const sealedBy = this.#sealed.get(slot);
    if (sealedBy !== undefined) {
      this.#report.add(at, {
        code: "DR0215",
        message: `${name} is sealed and cannot change any more`,
        label: "changed here",
        help: "assign before the seal, or seal another name",
        origin: { at: { proc: this.#proc, stmt: sealedBy }, label: "sealed here" },
      });
    }
  }
}
