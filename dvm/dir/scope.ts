/**
 * Scopes: gives every binding of a process a cell, and every name in its expressions the cell it means.
 *
 * Parameters come first. Each nested block is a scope of its own and may shadow outer names. An expression sees the
 * bindings before it (TYP-14); a constraint governs its whole process and sees later ones too (CON-05). A name that means
 * nothing keeps slot -1 and is the checker's to report.
 *
 * @module
 */
import type { Expr } from "../expr/ast.ts";
import { partsOf } from "../expr/slots.ts";
import type { Block, ConstrainStmt, Proc, Stmt } from "./model.ts";

/** Fills `slot` of every binding and name of a process, and its `slotNames`. */
export function resolveScopes(proc: Proc): void {
  const resolver = new ScopeResolver();
  for (const param of proc.params) resolver.declare(param.name);
  resolver.resolveBlock(proc.body);
  proc.slotNames = resolver.names;
}

class ScopeResolver {
  readonly names: string[] = [];
  /** What is bound in each open scope, innermost last. */
  readonly #scopes: Map<string, number>[] = [new Map()];

  /** A new cell for `name` in the innermost scope; a later binding of the same name hides the earlier. */
  declare(name: string): number {
    const slot = this.names.push(name) - 1;
    this.#scopes[this.#scopes.length - 1]?.set(name, slot);
    return slot;
  }

  resolveBlock(block: Block): void {
    const deferred: ConstrainStmt[] = [];
    for (const stmt of block) {
      if (stmt.kind === "Constrain") deferred.push(stmt);
      else this.#resolveStmt(stmt);
    }
    // Resolved last, so that a constraint sees every binding of its own block; earlier blocks' names are visible anyway.
    for (const stmt of deferred) this.#resolveExpr(stmt.predicate.expr);
  }

  #resolveStmt(stmt: Exclude<Stmt, ConstrainStmt>): void {
    switch (stmt.kind) {
      case "Let":
        this.#resolveExpr(stmt.expr.expr);
        stmt.slot = this.declare(stmt.name);
        return;
      case "Assign":
        this.#resolveExpr(stmt.expr.expr);
        stmt.slot = this.#find(stmt.name);
        return;
      case "Prove":
        this.#resolveExpr(stmt.from.expr);
        stmt.slot = this.declare(stmt.name);
        return;
      case "Effect":
        this.#resolveExpr(stmt.payload.expr);
        return;
      case "Return":
        if (stmt.expr !== undefined) this.#resolveExpr(stmt.expr.expr);
        return;
      case "If":
        this.#resolveExpr(stmt.condition.expr);
        this.#resolveInner(stmt.thenBody);
        if (stmt.elseBody !== undefined) this.#resolveInner(stmt.elseBody);
        return;
      case "While":
        this.#resolveExpr(stmt.condition.expr);
        this.#resolveInner(stmt.body);
        return;
      case "For":
        this.#resolveExpr(stmt.start.expr);
        this.#resolveExpr(stmt.end.expr);
        this.#scopes.push(new Map());
        stmt.slot = this.declare(stmt.name);
        this.#resolveInner(stmt.body);
        this.#scopes.pop();
        return;
      case "Call":
        this.#resolveExpr(stmt.call.expr);
        if (stmt.result !== undefined) stmt.slot = this.declare(stmt.result);
        return;
      case "Index":
      case "Field":
        this.#resolveExpr(stmt.access.expr);
        stmt.slot = this.declare(stmt.result);
        return;
      case "Alloc":
      case "Dealloc":
      case "Load":
      case "Store":
        for (const operand of stmt.operands) this.#resolveExpr(operand.expr);
        if (stmt.result !== undefined) this.declare(stmt.result);
        return;
      case "Break":
      case "Continue":
        return;
    }
  }

  #resolveInner(block: Block): void {
    this.#scopes.push(new Map());
    this.resolveBlock(block);
    this.#scopes.pop();
  }

  #resolveExpr(expr: Expr): void {
    if (expr.kind === "name") {
      expr.slot = this.#find(expr.name);
      return;
    }
    if (expr.kind !== "match") {
      for (const part of partsOf(expr)) this.#resolveExpr(part);
      return;
    }
    this.#resolveExpr(expr.subject);
    for (const { pattern, body } of expr.arms) {
      this.#scopes.push(new Map());
      if (pattern.kind === "bind") pattern.slot = this.declare(pattern.name);
      this.#resolveExpr(body);
      this.#scopes.pop();
    }
  }

  #find(name: string): number {
    for (let depth = this.#scopes.length - 1; depth >= 0; depth--) {
      const slot = this.#scopes[depth]?.get(name);
      if (slot !== undefined) return slot;
    }
    return -1;
  }
}
