/**
 * Scopes: gives every binding of a process a cell, and every name in its expressions the cell it means.
 *
 * Parameters come first. Each nested block is a scope of its own and may shadow outer names. An expression sees the
 * bindings before it (TYP-14); a constraint governs its whole process and sees later ones of its block and of the blocks
 * around it too (CON-05). A name that means nothing keeps slot -1 and is the checker's to report.
 *
 * @module
 */
import type { Expr, NameExpr } from "../expr/ast.ts";
import { namesOf, partsOf, slotsOf } from "../expr/slots.ts";
import type { Block, ConstrainStmt, Proc, Rebinding, Stmt } from "./model.ts";
import { NameTable } from "./name_table.ts";

/** Fills `slot` of every binding and name of a process, its `slotNames`, `rebindings` and `mentions`. */
export function resolveScopes(proc: Proc): void {
  const resolver = new ScopeResolver();
  for (const param of proc.params) resolver.declare(param.name);
  resolver.resolveBlock(proc.body);
  proc.slotNames = resolver.names;
  proc.rebindings = resolver.rebindings;
  proc.mentions = mentionsOf(resolver.constraints);
}

/** Fills `slots` of every constraint, and turns them round: which constraints read a cell. */
function mentionsOf(constraints: readonly ConstrainStmt[]): Map<number, ConstrainStmt[]> {
  const mentions = new Map<number, ConstrainStmt[]>();
  for (const stmt of constraints) {
    stmt.slots = slotsOf(stmt.predicate.expr).sort((a, b) => a - b);
    for (const slot of stmt.slots) {
      const known = mentions.get(slot);
      if (known === undefined) mentions.set(slot, [stmt]);
      else known.push(stmt);
    }
  }
  return mentions;
}

class ScopeResolver {
  readonly names: string[] = [];
  readonly rebindings: Rebinding[] = [];
  /** Every constraint, in document order. */
  readonly constraints: ConstrainStmt[] = [];
  /** Names in constraints of inner blocks that mean nothing so far: a block around them may still bind them. */
  #open: NameExpr[] = [];
  readonly #table = new NameTable();
  /** What each name means now, by its number in the table: a cell, or -1. */
  readonly #cells: number[] = [];
  /** What the inner scopes that are open have hidden, oldest first. */
  readonly #hidden: { readonly number: number; readonly cell: number }[] = [];
  #depth = 0;
  /** The first cell of the innermost scope. Cells count up, so what has a lower one was bound outside. */
  #firstCell = 0;

  /** A new cell for `name`, bound by `stmt`, in the innermost scope; it hides an earlier one of the same name. */
  declare(name: string, stmt?: Stmt): number {
    const cell = this.names.push(name) - 1;
    const number = this.#table.numberOf(name);
    const earlier = this.#cells[number] ?? -1;
    if (earlier >= this.#firstCell && stmt !== undefined) this.rebindings.push({ stmt, earlier });
    if (this.#depth > 0) this.#hidden.push({ number, cell: earlier });
    this.#cells[number] = cell;
    return cell;
  }

  resolveBlock(block: Block): void {
    const deferred: ConstrainStmt[] = [];
    const around = this.#open;
    this.#open = [];
    for (const stmt of block) {
      if (stmt.kind !== "Constrain") {
        this.#resolveStmt(stmt);
        continue;
      }
      this.constraints.push(stmt);
      deferred.push(stmt);
    }
    // Resolved last, so that a constraint sees every binding of its own block; earlier blocks' names are visible anyway.
    for (const name of this.#open) name.slot = this.#find(name.name);
    for (const { predicate } of deferred) {
      this.#resolveExpr(predicate.expr);
      for (const name of namesOf(predicate.expr)) this.#open.push(name);
    }
    for (const name of this.#open) if (name.slot < 0) around.push(name);
    this.#open = around;
  }

  #resolveStmt(stmt: Exclude<Stmt, ConstrainStmt>): void {
    switch (stmt.kind) {
      case "Let":
        this.#resolveExpr(stmt.expr.expr);
        stmt.slot = this.declare(stmt.name, stmt);
        return;
      case "Assign":
        this.#resolveExpr(stmt.expr.expr);
        stmt.slot = this.#find(stmt.name);
        return;
      case "Prove":
        this.#resolveExpr(stmt.from.expr);
        stmt.slot = this.declare(stmt.name, stmt);
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
        this.#inScope(() => {
          stmt.slot = this.declare(stmt.name);
          this.#resolveInner(stmt.body);
        });
        return;
      case "Call":
        this.#resolveExpr(stmt.call.expr);
        if (stmt.result !== undefined) stmt.slot = this.declare(stmt.result, stmt);
        return;
      case "Index":
      case "Field":
        this.#resolveExpr(stmt.access.expr);
        stmt.slot = this.declare(stmt.result, stmt);
        return;
      case "Alloc":
      case "Dealloc":
      case "Load":
      case "Store":
        for (const operand of stmt.operands) this.#resolveExpr(operand.expr);
        if (stmt.result !== undefined) this.declare(stmt.result, stmt);
        return;
      case "Break":
      case "Continue":
        return;
    }
  }

  #resolveInner(block: Block): void {
    this.#inScope(() => this.resolveBlock(block));
  }

  /** What `resolve` declares is forgotten after it. */
  #inScope(resolve: () => void): void {
    const outer = this.#hidden.length;
    const outerFirst = this.#firstCell;
    this.#firstCell = this.names.length;
    this.#depth++;
    resolve();
    this.#depth--;
    this.#firstCell = outerFirst;
    while (this.#hidden.length > outer) {
      const hidden = this.#hidden.pop();
      if (hidden !== undefined) this.#cells[hidden.number] = hidden.cell;
    }
  }

  #resolveExpr(expr: Expr): void {
    switch (expr.kind) {
      case "name":
        expr.slot = this.#find(expr.name);
        return;
      case "int": // the two cases that most expressions are made of
        return;
      case "binary":
        this.#resolveExpr(expr.left);
        this.#resolveExpr(expr.right);
        return;
      case "match":
        this.#resolveExpr(expr.subject);
        for (const { pattern, body } of expr.arms) {
          this.#inScope(() => {
            if (pattern.kind === "bind") pattern.slot = this.declare(pattern.name);
            this.#resolveExpr(body);
          });
        }
        return;
      default:
        for (const part of partsOf(expr)) this.#resolveExpr(part);
    }
  }

  #find(name: string): number {
    return this.#cells[this.#table.numberOf(name)] ?? -1;
  }
}
