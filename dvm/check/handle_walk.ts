/**
 * Walks the statements that every run from an entry executes, in that order and through its calls, and follows the holders of memory
 * on the way. Where runs part, what they may do to a holder makes it unknown.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import type { Block, Operation, Proc, Stmt } from "../dir/model.ts";
import { wholeExprOf } from "../dir/walk.ts";
import type { CallExpr, Expr } from "../expr/ast.ts";
import { hasCall } from "../expr/walk.ts";
import type { At } from "../typing/violation.ts";
import {
  type CertainHolder,
  type Flow,
  forget,
  forgetIn,
  holderOf,
  type WalkedFrame,
} from "./certain_holders.ts";

/** A violation that every run meets. `name` has the holder; a holder without a name can only leak. */
export type Broken =
  & { readonly at: At; readonly holder: CertainHolder }
  & (
    | { readonly kind: "use_after_free" | "double_free"; readonly name: string }
    | { readonly kind: "leak"; readonly name: string | undefined }
  );

const STATEMENTS_MAX = 10_000;
const DEPTH_MAX = 100;

/** One walk. */
export class HolderWalk {
  readonly found: Broken[] = [];
  #statements = 0;
  #depth = 0;

  /** Walks a run from a process. */
  run(entry: Proc): void {
    this.#enter(entry, new Map());
  }

  /** Walks a call. Returns what it gives to its caller, or `stop`. */
  #enter(
    proc: Proc,
    params: WalkedFrame["params"],
  ): CertainHolder | undefined | "stop" {
    if (this.#depth >= DEPTH_MAX) return "stop";
    const frame: WalkedFrame = { proc, params, locals: new Map(), returned: undefined };
    this.#depth++;
    const flow = this.#block(frame, proc.body, undefined);
    this.#depth--;
    return flow === "stop" ? "stop" : frame.returned;
  }

  /** Walks a block of `owner`, or the body of the process, and ends its names. */
  #block(frame: WalkedFrame, block: Block, owner: Stmt | undefined): Flow {
    let flow: Flow = "next";
    for (const stmt of block) {
      if (++this.#statements > STATEMENTS_MAX) return "stop";
      flow = this.#statement(frame, stmt);
      if (flow !== "next") break;
    }
    if (flow === "stop" || flow === "return") return flow;
    const { proc, locals } = frame;
    for (const stmt of block) {
      if (!("slot" in stmt) || stmt.kind === "Assign") continue;
      this.#lose({ proc, stmt: owner }, locals.get(stmt.slot), proc.slotNames[stmt.slot]);
      locals.delete(stmt.slot);
    }
    return flow;
  }

  #statement(frame: WalkedFrame, stmt: Stmt): Flow {
    switch (stmt.kind) {
      case "Let":
      case "Assign":
      case "Call":
        return this.#bind(frame, stmt, stmt.slot);
      case "Effect":
        return this.#bind(frame, stmt, -1);
      case "Return":
        return this.#return(frame, stmt);
      case "If": {
        const { condition: { expr }, thenBody, elseBody } = stmt;
        if (expr.kind !== "bool") return forgetIn(frame, stmt);
        return this.#block(frame, expr.value ? thenBody : elseBody ?? [], stmt);
      }
      case "While": {
        const { expr } = stmt.condition;
        if (expr.kind !== "bool") return forgetIn(frame, stmt);
        return expr.value ? this.#loop(frame, stmt, Infinity) : "next";
      }
      case "For": {
        const { start: { expr: start }, end: { expr: end } } = stmt;
        if (start.kind !== "int" || end.kind !== "int") return forgetIn(frame, stmt);
        return this.#loop(frame, stmt, Number(end.value) - Number(start.value));
      }
      case "Break":
        return "break";
      case "Continue":
        return "continue";
      case "Constrain":
      case "Prove":
      case "Index":
      case "Field":
        return forgetIn(frame, stmt);
      default:
        return unreachable(stmt);
    }
  }

  #loop(frame: WalkedFrame, stmt: Extract<Stmt, { body: Block }>, rounds: number): Flow {
    for (let round = 0; round < rounds; round++) {
      const flow = this.#block(frame, stmt.body, stmt);
      if (flow === "break") return "next";
      if (flow === "return" || flow === "stop") return flow;
      if (++this.#statements > STATEMENTS_MAX) return "stop";
    }
    return "next";
  }

  /** A statement that gives what its expression yields to a name, or to none. */
  #bind(frame: WalkedFrame, stmt: Stmt, slot: number): Flow {
    const expr = wholeExprOf(stmt);
    if (expr === undefined) return forgetIn(frame, stmt);
    const { proc, locals } = frame;
    const yielded = this.#evaluate(frame, stmt, expr);
    if (yielded === "stop") return "stop";
    const at = { proc, stmt };
    if (slot < 0) {
      if (expr.kind !== "name") this.#lose(at, yielded, undefined);
      return "next";
    }
    const bound = expr.kind === "name" ? this.#copy(frame, stmt, yielded) : yielded;
    if (stmt.kind === "Assign") this.#lose(at, locals.get(slot), proc.slotNames[slot]);
    if (bound === undefined) locals.delete(slot);
    else locals.set(slot, bound);
    return "next";
  }

  #return(frame: WalkedFrame, stmt: Stmt): Flow {
    const { proc, params, locals } = frame;
    const expr = wholeExprOf(stmt);
    if (expr !== undefined) {
      const yielded = this.#evaluate(frame, stmt, expr);
      if (yielded === "stop") return "stop";
      const isParam = expr.kind === "name" && params.has(expr.slot);
      const returned = isParam ? this.#copy(frame, stmt, yielded) : yielded;
      if (this.#depth > 1) frame.returned = returned;
      else if (expr.kind !== "name") this.#lose({ proc, stmt }, returned, undefined);
    }
    for (const [slot, holder] of locals) {
      if (holder !== frame.returned) this.#lose({ proc, stmt }, holder, proc.slotNames[slot]);
    }
    return "return";
  }

  /** What an expression yields, if that is a holder of which all is known. Its names are not copied yet. */
  #evaluate(
    frame: WalkedFrame,
    stmt: Stmt,
    expr: Expr,
  ): CertainHolder | undefined | "stop" {
    if (expr.kind === "name") return this.#used(frame, stmt, expr);
    const isFlat = expr.kind === "call" && !expr.args.some(hasCall);
    if (!isFlat) {
      forget(frame, expr);
      return undefined;
    }
    const callee = frame.proc.callees.get(expr.callee);
    switch (callee?.kind) {
      case "operation":
        return this.#operate(frame, stmt, { name: callee.name, call: expr });
      case "proc": {
        if (callee.proc.regime !== "K") return undefined; // it takes and returns no handle
        const params = new Map<number, CertainHolder>();
        for (const [slot, arg] of expr.args.entries()) {
          const holder = this.#used(frame, stmt, arg);
          if (holder !== undefined) params.set(slot, holder);
        }
        return this.#enter(callee.proc, params);
      }
      default:
        return undefined;
    }
  }

  #operate(
    frame: WalkedFrame,
    stmt: Stmt,
    { name, call }: { readonly name: Operation; readonly call: CallExpr },
  ): CertainHolder | undefined {
    const at = { proc: frame.proc, stmt };
    if (name === "alloc") return { origin: at, freed: undefined, isSettled: false };
    const [first] = call.args;
    if (first === undefined) return undefined;
    if (name === "free") {
      const holder = holderOf(frame, first);
      if (holder === undefined) return undefined;
      if (holder.freed !== undefined) {
        this.#add({ kind: "double_free", at, holder, name: textOf(first) });
      }
      holder.freed = at;
    } else {
      for (const arg of call.args) this.#used(frame, stmt, arg);
    }
    return undefined;
  }

  /** The holder that an expression names, which must be live. */
  #used(frame: WalkedFrame, stmt: Stmt, expr: Expr): CertainHolder | undefined {
    const holder = holderOf(frame, expr);
    if (holder?.freed === undefined) return holder;
    const at = { proc: frame.proc, stmt };
    this.#add({ kind: "use_after_free", at, holder, name: textOf(expr) });
    return undefined;
  }

  #copy(
    { proc }: WalkedFrame,
    stmt: Stmt,
    holder: CertainHolder | undefined,
  ): CertainHolder | undefined {
    return holder && { origin: { proc, stmt }, freed: undefined, isSettled: false };
  }

  /** A name ends, or a value is bound to none. */
  #lose(at: At, holder: CertainHolder | undefined, name: string | undefined): void {
    if (holder !== undefined && holder.freed === undefined) {
      this.#add({ kind: "leak", at, holder, name });
    }
  }

  /** Adds a violation, if it is the first of its holder, which is kept as it is now. */
  #add(broken: Broken): void {
    const { holder } = broken;
    if (holder.isSettled) return;
    holder.isSettled = true;
    this.found.push({ ...broken, holder: { ...holder } });
  }
}

function textOf(expr: Expr): string {
  return expr.kind === "name" ? expr.name : "it";
}
