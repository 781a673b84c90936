/**
 * Walks the statements that every run from an entry executes, in that order and through its calls, and follows handles on the way. Where
 * runs part, what they may do to a handle makes it unknown.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import type { Block, Proc, Stmt } from "../dir/model.ts";
import { spawnedPath } from "../dir/operations.ts";
import { wholeExprOf } from "../dir/walk.ts";
import type { CallExpr, Expr } from "../expr/ast.ts";
import { hasCall } from "../expr/walk.ts";
import type { Broken } from "./broken_handles.ts";
import {
  type CertainHandle,
  type Flow,
  forget,
  forgetIn,
  type WalkedFrame,
} from "./certain_handles.ts";
import { CertainOperations } from "./certain_operations.ts";

const STATEMENTS_MAX = 10_000;
const DEPTH_MAX = 100;

/** One walk. */
export class HandleWalk {
  readonly #operations = new CertainOperations();
  #statements = 0;
  #depth = 0;

  /** Walks a run from a process, whose arguments of type `Mem` name devices. Returns the rules that every run breaks. */
  run(entry: Proc): readonly Broken[] {
    const devices = entry.params.flatMap(({ type }, slot) =>
      type.kind === "handle" && type.name === "Mem"
        ? [[slot, { kind: "device", isSettled: false }] as const]
        : []
    );
    this.#enter(entry, new Map(devices));
    return this.#operations.found;
  }

  /** Walks a call. Returns what it gives to its caller, or `stop`. */
  #enter(
    proc: Proc,
    params: WalkedFrame["params"],
  ): CertainHandle | undefined | "stop" {
    if (this.#depth >= DEPTH_MAX) return "stop";
    const frame: WalkedFrame = { proc, params, locals: new Map(), returned: undefined };
    this.#depth++;
    const flow = this.#block(frame, proc.body, undefined);
    this.#depth--;
    if (this.#depth === 0 && flow === "next") this.#operations.end({ proc });
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
      this.#operations.lose(
        { proc, stmt: owner },
        locals.get(stmt.slot),
        proc.slotNames[stmt.slot],
      );
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
    const yielded = this.#evaluate(frame, stmt, expr, proc.slotNames[slot]);
    if (yielded === "stop") return "stop";
    const at = { proc, stmt };
    if (slot < 0) {
      if (expr.kind !== "name") this.#operations.lose(at, yielded, undefined);
      return "next";
    }
    const bound = expr.kind === "name" ? this.#copy(frame, stmt, yielded) : yielded;
    if (stmt.kind === "Assign") this.#operations.lose(at, locals.get(slot), proc.slotNames[slot]);
    if (bound === undefined) locals.delete(slot);
    else locals.set(slot, bound);
    return "next";
  }

  #return(frame: WalkedFrame, stmt: Stmt): Flow {
    const { proc, params, locals } = frame;
    const at = { proc, stmt };
    const expr = wholeExprOf(stmt);
    if (expr !== undefined) {
      const yielded = this.#evaluate(frame, stmt, expr);
      if (yielded === "stop") return "stop";
      const isParam = expr.kind === "name" && params.has(expr.slot);
      const returned = isParam ? this.#copy(frame, stmt, yielded) : yielded;
      if (this.#depth > 1) frame.returned = returned;
      else if (expr.kind !== "name") this.#operations.lose(at, returned, undefined);
    }
    for (const [slot, handle] of locals) {
      if (handle !== frame.returned) this.#operations.lose(at, handle, proc.slotNames[slot]);
    }
    if (this.#depth === 1) this.#operations.end(at);
    return "return";
  }

  /** The handle of which all is known that an expression yields, called `label` if it opens a file. Names are not copied yet. */
  #evaluate(
    frame: WalkedFrame,
    stmt: Stmt,
    expr: Expr,
    label = "the file",
  ): CertainHandle | undefined | "stop" {
    const at = { proc: frame.proc, stmt };
    if (expr.kind === "name") return this.#operations.use(frame, at, expr);
    if (expr.kind === "call" && mayWait(frame.proc, expr)) return "stop";
    const isFlat = expr.kind === "call" && !expr.args.some(hasCall);
    if (!isFlat) {
      forget(frame, expr);
      return undefined;
    }
    const callee = frame.proc.callees.get(expr.callee);
    switch (callee?.kind) {
      case "operation":
        return this.#operations.operate(frame, at, { name: callee.name, call: expr, label });
      case "proc": {
        if (callee.proc.regime !== "K") return undefined; // it takes and returns no handle
        const params = new Map<number, CertainHandle>();
        for (const [slot, arg] of expr.args.entries()) {
          const handle = this.#operations.use(frame, at, arg);
          if (handle !== undefined) params.set(slot, handle);
        }
        return this.#enter(callee.proc, params);
      }
      default:
        return undefined;
    }
  }

  #copy(
    { proc }: WalkedFrame,
    stmt: Stmt,
    handle: CertainHandle | undefined,
  ): CertainHandle | undefined {
    return handle?.kind === "holder"
      ? { ...handle, origin: { proc, stmt }, freed: undefined, isSettled: false }
      : handle;
  }
}

/** Whether what follows a call depends on threads: it starts one, or waits for one. */
function mayWait({ callees }: Proc, { callee }: CallExpr): boolean {
  const called = callees.get(callee);
  return spawnedPath(callee) !== undefined ||
    (called?.kind === "operation" && (called.name === "join" || called.name === "mutex_lock"));
}
