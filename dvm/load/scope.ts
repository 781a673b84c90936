/**
 * Scopes: gives every binding of a process a cell, and every name in its expressions the cell of its binding.
 *
 * Parameters come first. Each nested block is a separate scope and may shadow outer names. An expression sees the bindings
 * before it (TYP-14); a constraint governs its whole process, and also sees later bindings of its block and of the blocks around
 * it (CON-05). An unbound name gets slot -1, which the static checks report.
 *
 * @module
 */
import type { CallExpr, Expr, NameExpr } from "../expr/ast.ts";
import type { NameTable } from "../text/name_table.ts";
import { namesOf, partsOf, slotsOf } from "../expr/walk.ts";
import type { Block, ConstrainStmt, Proc, Rebinding, Stmt } from "../dir/model.ts";
import { spawnCallee } from "../dir/operations.ts";

/**
 * Fills `slot` of every binding and name of the processes, and the fields of {@link Proc} that name this file. `names` is the table
 * of their artifact; until now, each `slot` is a number in that table.
 */
export function resolveScopes(
  procs: readonly Proc[],
  names: NameTable,
  { isSpawnOperation }: { readonly isSpawnOperation: boolean },
): void {
  const resolver = new ScopeResolver(names, isSpawnOperation);
  for (const proc of procs) resolver.resolveProc(proc);
}

/** Fills `slots` of every constraint, and inverts them: the constraints that read each cell. */
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
  readonly #table: NameTable;
  /** Whether a call of `spawn` starts a thread: no process of the program has that name. */
  readonly #isSpawnOperation: boolean;
  /**
   * The cell of each name at this point, by the number of the name; -1 for none. Cells are counted through all processes: a cell
   * below the first of this process is not visible here, and one below the first of the innermost scope is bound outside it.
   */
  readonly #cells: Int32Array;
  #firstOfProc = 0;
  #firstOfScope = 0;
  /** Names of the cells of this process. */
  #names: string[] = [];
  #rebindings: Rebinding[] = [];
  #calledPaths = new Set<string>();
  #hasUnbound = false;
  /** Every constraint of this process, in document order. */
  #constraints: ConstrainStmt[] = [];
  #assigned = new Set<number>();
  /** Names in constraints of inner blocks that those blocks do not bind: one around them may, also later. */
  #open: NameExpr[] = [];
  /** The bindings that the open inner scopes hide, oldest first. */
  readonly #hidden: { readonly number: number; readonly cell: number }[] = [];
  #depth = 0;

  constructor(table: NameTable, isSpawnOperation: boolean) {
    this.#table = table;
    this.#isSpawnOperation = isSpawnOperation;
    this.#cells = new Int32Array(table.size).fill(-1);
  }

  resolveProc(proc: Proc): void {
    this.#firstOfProc += this.#names.length;
    this.#firstOfScope = this.#firstOfProc;
    this.#names = [];
    this.#rebindings = [];
    this.#calledPaths = new Set();
    this.#hasUnbound = false;
    this.#constraints = [];
    this.#assigned = new Set();
    this.#open = [];
    for (const { name } of proc.params) this.#declare(this.#table.numberOf(name), undefined);
    this.#resolveBlock(proc.body);
    proc.slotNames = this.#names;
    proc.rebindings = this.#rebindings;
    proc.calledPaths = this.#calledPaths;
    proc.mayHaveUnboundNames = this.#hasUnbound;
    proc.constraints = this.#constraints;
    proc.mentions = mentionsOf(this.#constraints);
    proc.assigned = this.#assigned;
  }

  /** Makes a cell for a name that `stmt` binds in the innermost scope; it hides earlier bindings of that name. */
  #declare(number: number, stmt: Stmt | undefined): number {
    const slot = this.#names.push(this.#table.nameOf(number)) - 1;
    const hidden = this.#cells[number] ?? -1;
    if (hidden >= this.#firstOfScope && stmt !== undefined) {
      this.#rebindings.push({ stmt, earlier: hidden - this.#firstOfProc });
    }
    if (this.#depth > 0) this.#hidden.push({ number, cell: hidden });
    this.#cells[number] = this.#firstOfProc + slot;
    return slot;
  }

  #slotOf(number: number): number {
    const cell = this.#cells[number] ?? -1;
    return cell < this.#firstOfProc ? -1 : cell - this.#firstOfProc;
  }

  /** The cells of this process whose names mean inner bindings now. */
  #hiddenNow(): number[] {
    return this.#hidden.flatMap(({ cell }) =>
      cell < this.#firstOfProc ? [] : [cell - this.#firstOfProc]
    );
  }

  #resolveBlock(block: Block): void {
    const deferred: ConstrainStmt[] = [];
    const around = this.#open;
    this.#open = [];
    for (const stmt of block) {
      if (stmt.kind !== "Constrain") {
        this.#resolveStmt(stmt);
        continue;
      }
      this.#constraints.push(stmt);
      deferred.push(stmt);
    }
    // Constraints are resolved last, so that they see every binding of their block and of the blocks around it.
    this.#resolveOpen(0);
    for (const { predicate } of deferred) {
      this.#resolveExpr(predicate.expr);
      for (const name of namesOf(predicate.expr)) if (!this.#isOfScope(name)) this.#open.push(name);
    }
    for (const name of this.#open) around.push(name);
    this.#open = around;
  }

  /** Resolves the open names from an index on again: those that the innermost scope binds are open no longer. */
  #resolveOpen(first: number): void {
    for (const name of this.#open.splice(first)) {
      name.slot = this.#slotOf(this.#table.numberOf(name.name));
      if (!this.#isOfScope(name)) this.#open.push(name);
    }
  }

  /** Whether the innermost scope, or a match arm in it, binds a name. */
  #isOfScope({ slot }: NameExpr): boolean {
    return slot >= this.#firstOfScope - this.#firstOfProc;
  }

  #resolveStmt(stmt: Exclude<Stmt, ConstrainStmt>): void {
    switch (stmt.kind) {
      case "Let":
        this.#resolveExpr(stmt.expr.expr);
        stmt.slot = this.#declare(stmt.slot, stmt);
        return;
      case "Assign":
        this.#resolveExpr(stmt.expr.expr);
        stmt.slot = this.#slotOf(stmt.slot);
        this.#assigned.add(stmt.slot);
        return;
      case "Prove":
        this.#resolveExpr(stmt.from.expr);
        stmt.hidden = this.#hiddenNow();
        stmt.slot = this.#declare(stmt.slot, stmt);
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
          stmt.slot = this.#declare(stmt.slot, undefined);
          const first = this.#open.length;
          this.#resolveInner(stmt.body);
          this.#resolveOpen(first);
        });
        return;
      case "Call":
        this.#resolveExpr(stmt.call.expr);
        if (stmt.result !== undefined) stmt.slot = this.#declare(stmt.slot, stmt);
        return;
      case "Index":
      case "Field":
        this.#resolveExpr(stmt.access.expr);
        stmt.slot = this.#declare(stmt.slot, stmt);
        return;
      case "Break":
      case "Continue":
        return;
    }
  }

  #resolveInner(block: Block): void {
    this.#inScope(() => this.#resolveBlock(block));
  }

  /** Runs `resolve` in a new scope. */
  #inScope(resolve: () => void): void {
    const outerHidden = this.#hidden.length;
    const outerFirst = this.#firstOfScope;
    this.#firstOfScope = this.#firstOfProc + this.#names.length;
    this.#depth++;
    resolve();
    this.#depth--;
    this.#firstOfScope = outerFirst;
    while (this.#hidden.length > outerHidden) {
      const hidden = this.#hidden.pop();
      if (hidden !== undefined) this.#cells[hidden.number] = hidden.cell;
    }
  }

  #resolveExpr(expr: Expr): void {
    switch (expr.kind) {
      case "name":
        expr.slot = this.#slotOf(expr.slot);
        if (expr.slot < 0) this.#hasUnbound = true;
        return;
      case "int": // these two and names are most of all nodes
        return;
      case "binary":
        this.#resolveExpr(expr.left);
        this.#resolveExpr(expr.right);
        return;
      case "match":
        this.#resolveExpr(expr.subject);
        for (const { pattern, body } of expr.arms) {
          this.#inScope(() => {
            if (pattern.kind === "bind") pattern.slot = this.#declare(pattern.slot, undefined);
            this.#resolveExpr(body);
          });
        }
        return;
      case "call":
        if (this.#isSpawnOperation && expr.callee === "spawn") makeSpawn(expr);
        for (const arg of expr.args) this.#resolveExpr(arg);
        this.#calledPaths.add(expr.callee);
        return;
      default:
        for (const part of partsOf(expr)) this.#resolveExpr(part);
    }
  }
}

/** Makes `spawn(p(a), seed)` a call of `p` that starts a thread. One that names no process is left, and reported by the checks. */
function makeSpawn(call: CallExpr): void {
  const [started, ...own] = call.args;
  if (started === undefined || own.length > 1) return;
  if (started.kind !== "name" && started.kind !== "call") return;
  const path = started.kind === "name" ? started.name : started.callee;
  call.callee = spawnCallee(path, own.length > 0);
  call.args = started.kind === "name" ? own : [...started.args, ...own];
}
