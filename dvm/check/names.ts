/**
 * Names and control: every name is bound, bound once and assigned only if mutable; every statement exists in its regime and can be
 * reached (TYP-13, TYP-14, K-10, K-12, K-14).
 *
 * @module
 */
import { endsInReturn } from "../dir/control_flow.ts";
import { procsNamed } from "../dir/lookup.ts";
import type { Block, Proc, Program, Stmt } from "../dir/model.ts";
import { blocksOf } from "../dir/statement_paths.ts";
import { boundNameOf, exprTextsOf, hasUnboundName, stmtsOf, valueNamesOf } from "../dir/walk.ts";
import { nearestWord } from "../text/suggest.ts";
import type { Violation } from "../typing/violation.ts";
import { checkIdentifier } from "./declarations.ts";
import type { Report } from "./report.ts";
import { checkSealed } from "./sealed_values.ts";

/** Checks the names and the control structure of one process. */
export function checkNames(program: Program, proc: Proc, report: Report): void {
  const checker = new NameChecker(program, proc, report);
  checker.checkBlock(proc.body, { loops: 0, isForeign: false });
  checker.checkRebindings();
  checkSealed(proc, report);
}

const K_ONLY: readonly Stmt["kind"][] = ["If", "While", "For", "Break", "Continue", "Assign"];

/** The context of a block. */
interface Surroundings {
  /** The number of loops around it. */
  readonly loops: number;
  /** Whether a statement around it has been reported as one of another regime; then those inside are not reported again. */
  readonly isForeign: boolean;
}

class NameChecker {
  readonly #program: Program;
  readonly #proc: Proc;
  readonly #report: Report;
  /** Cells that a statement binds and no assignment may change, each with the reason. */
  readonly #fixed = new Map<number, string>();
  /** Every name of the process, with the statement that binds it, if any; computed at the first unknown name. */
  #binders: ReadonlyMap<string, Stmt | undefined> | undefined;
  #names: readonly string[] = [];

  constructor(program: Program, proc: Proc, report: Report) {
    this.#program = program;
    this.#proc = proc;
    this.#report = report;
  }

  /** Checks the statements of a block in order. */
  checkBlock(block: Block, around: Surroundings): void {
    let isLeft = false;
    let left: Stmt | undefined;
    for (const stmt of block) {
      if (left !== undefined && stmt.kind !== "Constrain") {
        this.#unreachable(stmt, left);
        left = undefined; // one report for all statements that follow
      }
      this.#checkStmt(stmt, around);
      const isLoop = stmt.kind === "While" || stmt.kind === "For";
      if (stmt.kind === "For") this.#fixed.set(stmt.slot, "a loop variable");
      if (stmt.kind === "Prove") this.#fixed.set(stmt.slot, "a witness");
      const inside = {
        loops: isLoop ? around.loops + 1 : around.loops,
        isForeign: this.#proc.regime !== "K",
      };
      for (const inner of blocksOf(stmt)) this.checkBlock(inner, inside);
      if (!isLeft && endsInReturn(stmt)) {
        isLeft = true;
        left = stmt;
      }
    }
  }

  #unreachable(stmt: Stmt, left: Stmt): void {
    this.#report.add({ proc: this.#proc, stmt }, {
      code: "DR0210",
      message: "this statement is unreachable",
      label: "unreachable",
      help: "remove it, or move it before the return",
      origin: { at: { proc: this.#proc, stmt: left }, label: "the process returns here" },
    });
  }

  #checkStmt(stmt: Stmt, around: Surroundings): void {
    const at = { proc: this.#proc, stmt };
    if (this.#proc.regime !== "K" && K_ONLY.includes(stmt.kind)) {
      if (!around.isForeign) {
        this.#report.add(at, {
          code: "DR0211",
          message: `${stmt.kind} does not exist in regime ${this.#proc.regime}`,
          label: `${stmt.kind} in a ${this.#proc.regime} process`,
          help: "branches, loops and assignment are available in K processes only",
        });
      }
    } else if ((stmt.kind === "Break" || stmt.kind === "Continue") && around.loops === 0) {
      this.#report.add(at, {
        code: "DR0209",
        message: `${stmt.kind.toLowerCase()} outside a loop`,
        label: "not inside a loop",
        help: "put it inside a While or For, or remove it",
      });
    }
    if (this.#proc.mayHaveUnboundNames) this.#checkMentions(stmt);
    if (stmt.kind === "Assign" && this.#proc.regime === "K") this.#checkAssign(stmt);
    const bound = stmt.kind === "For" ? stmt.name : boundNameOf(stmt);
    if (bound !== undefined) checkIdentifier(this.#report, bound, { at });
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
        this.#report.add(at, isProc ? processAsValue(name.name) : this.#unknownName(name.name));
      }
    }
  }

  /** A name that is not bound here: it is bound later, misspelled, or not bound at all. */
  #unknownName(name: string): Violation {
    if (this.#binders === undefined) {
      this.#binders = bindersOf(this.#proc);
      this.#names = [...this.#binders.keys()];
    }
    const base = { code: "DR0203", message: `unknown name ${name}` } as const;
    const binder = this.#binders.get(name);
    if (binder !== undefined) {
      return {
        ...base,
        label: "not bound yet",
        help: `move this statement after the one that binds ${name}, and into its block`,
        origin: { at: { proc: this.#proc, stmt: binder }, label: `${name} is bound here` },
      };
    }
    const nearest = nearestWord(name, this.#names);
    return {
      ...base,
      label: "not bound here",
      help: nearest === undefined
        ? "bind it with let before this statement, or make it a parameter"
        : `did you mean ${nearest}?`,
    };
  }

  /** Reports the names that one scope binds twice, which `scope.ts` has found. */
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
        help: "rename one of the two",
        origin: {
          at: { proc: this.#proc, stmt: binders.get(earlier), param: params[earlier] },
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
    if (slot < params.length || isDeclaredFixed || this.#fixed.has(slot)) {
      const what = slot < params.length ? "a parameter" : this.#fixed.get(slot) ?? "immutable";
      this.#report.add(at, {
        code: "DR0214",
        message: `${name} cannot be assigned: it is ${what}`,
        label: "assigned here",
        help: "bind a new name, or declare the local mutable",
        ...(slot < params.length
          ? { origin: { at: { proc: this.#proc, param: params[slot] }, label: "declared here" } }
          : {}),
      });
    }
  }
}

function processAsValue(name: string): Violation {
  return {
    code: "DR0207",
    message: `${name} is a process, which is not a value`,
    label: "a process can only be called",
    help: `call it: ${name}(…)`,
  };
}

function bindersOf(proc: Proc): ReadonlyMap<string, Stmt | undefined> {
  const binders = new Map<string, Stmt | undefined>(
    proc.slotNames.map((name) => [name, undefined]),
  );
  for (const stmt of stmtsOf(proc)) {
    const name = boundNameOf(stmt);
    if (name !== undefined && binders.get(name) === undefined) binders.set(name, stmt);
  }
  return binders;
}
