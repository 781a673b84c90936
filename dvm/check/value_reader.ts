/**
 * Values of expressions by what they carry: names, fields, elements, `match` and calls of K processes carry values; a literal, the
 * result of an operator and that of a call over a bind are new. Reading also finds late uses and hand-overs, in
 * evaluation order.
 *
 * @module
 */
import { assert } from "../base/result.ts";
import type { ExprText, Proc, Stmt } from "../dir/model.ts";
import { spawnedPath } from "../dir/operations.ts";
import type { CallExpr, Expr, IndexExpr, MatchExpr, NameExpr, Span } from "../expr/ast.ts";
import { hasCall, partsOf } from "../expr/walk.ts";
import {
  type CarriedPart,
  type CarriedValue,
  composed,
  eitherOf,
  NEW_VALUE,
  partOf,
} from "./carried_value.ts";
import {
  ANY_ELEMENT,
  overlap,
  pathFromCell,
  type PathStep,
  type ValuePath,
} from "./value_paths.ts";
import type { HandOver, LateUse, ValueState } from "./value_state.ts";
import type { Callees } from "./value_summary.ts";

/** Reads the expressions of one process. */
export class ValueReader {
  /** The late uses found so far. */
  readonly lateUses: LateUse[] = [];
  readonly #proc: Proc;
  readonly #callees: Callees;
  #state: ValueState;
  #at: { readonly stmt: Stmt; readonly expr: ExprText } | undefined;
  /** Parts of values that the current expression has read so far. */
  #read: CarriedPart[] = [];
  /** The parts marked as lost so far. */
  #lost: CarriedPart[] = [];
  /** Whether control never gets here: a callee does not return. */
  #isOver = false;
  /** What the names of patterns carry. */
  readonly #bound = new Map<number, CarriedValue>();

  constructor(proc: Proc, callees: Callees, state: ValueState) {
    this.#proc = proc;
    this.#callees = callees;
    this.#state = state;
  }

  /**
   * Evaluates an expression of a statement and uses its value; `state` becomes what holds then. `undefined` if it calls what never
   * returns.
   */
  evaluate(stmt: Stmt, expr: ExprText, state: ValueState): CarriedValue | undefined {
    this.#at = { stmt, expr };
    this.#state = state;
    this.#read = [];
    this.#isOver = false;
    const value = this.#value(expr.expr);
    this.#checkKept(value);
    return this.#isOver ? undefined : value;
  }

  #value(expr: Expr): CarriedValue {
    const value = this.#carried(expr);
    if (isAccess(expr)) { for (const { from } of value.parts) this.#checkUse(expr, from); }
    return value;
  }

  /** What an expression carries; a name, or a part of it, is not used yet. */
  #carried(expr: Expr): CarriedValue {
    const value = this.#carriedBy(expr);
    for (const part of value.parts) this.#read.push(part);
    return value;
  }

  #carriedBy(expr: Expr): CarriedValue {
    switch (expr.kind) {
      case "name":
        return this.#name(expr);
      case "field":
        return partOf(this.#base(expr.base), `.${expr.field}`);
      case "index": {
        const base = this.#base(expr.base);
        this.#value(expr.index);
        return partOf(base, stepOf(expr));
      }
      case "shape":
        return composed(
          expr.fields.map(({ name, value }) => [`.${name}`, this.#value(value)]),
          this.#state,
        );
      case "array":
        return composed(
          expr.items.map((item, index) => [`[${index}]`, this.#value(item)]),
          this.#state,
        );
      case "match":
        return this.#match(expr);
      case "call":
        return this.#call(expr);
      default:
        for (const part of partsOf(expr)) this.#value(part);
        return NEW_VALUE;
    }
  }

  /** The base of a field or of an element: of a name only the part is used. */
  #base(expr: Expr): CarriedValue {
    return isAccess(expr) ? this.#carried(expr) : this.#value(expr);
  }

  #name(mention: NameExpr): CarriedValue {
    const { slot } = mention;
    if (slot < 0) return NEW_VALUE;
    const whole = { at: [], from: { slot, steps: [] }, mention, lost: undefined };
    const bound = this.#bound.get(slot);
    if (bound === undefined) return { parts: [whole], twins: this.#state.twinsIn(slot) };
    const carried = bound.parts.map((part) => ({ ...part, mention, lost: undefined }));
    return { ...bound, parts: [whole, ...carried] }; // the whole of it, or a part, may be new
  }

  #match({ subject: of, arms }: MatchExpr): CarriedValue {
    const subject = this.#value(of), before = this.#state, read = this.#read, lost = this.#lost;
    if (this.#isOver) return NEW_VALUE;
    // Only a call changes the state.
    const copy = arms.some(({ body }) => hasCall(body)) ? () => before.copy() : () => before;
    const ways = arms.map(({ pattern, body }) => {
      this.#state = copy();
      this.#read = [...read];
      this.#isOver = false;
      this.#lost = [];
      if (pattern.kind === "bind") {
        this.#state.forget(pattern.slot);
        this.#bound.set(pattern.slot, subject);
      }
      const value = this.#value(body);
      if (this.#isOver) { for (const part of this.#lost) part.lost = undefined; }
      return {
        value,
        state: this.#state,
        read: this.#read,
        lost: this.#lost,
        isOver: this.#isOver,
      };
    }).filter(({ isOver }) => !isOver);
    for (const { state } of ways) if (state !== before) before.join(state);
    this.#state = before;
    this.#read = [...read, ...ways.flatMap((way) => way.read.slice(read.length))];
    this.#isOver = ways.length === 0;
    this.#lost = [...lost, ...ways.flatMap((way) => way.lost)];
    return eitherOf(ways.map(({ value }) => value));
  }

  #call(call: CallExpr): CarriedValue {
    const args = call.args.map((arg) => this.#value(arg));
    for (const arg of args) this.#checkKept(arg);
    const callee = this.#proc.callees.get(call.callee);
    if (callee?.kind !== "proc") return NEW_VALUE;
    const { proc } = callee;
    if (spawnedPath(call.callee) !== undefined) return this.#spawn(call, proc, args);
    if (this.#callees.takesArguments(proc)) {
      for (const [index, arg] of args.entries()) {
        this.#checkKept(arg); // an argument before it may have been the same value
        this.#handOver(arg, call.args[index] ?? call);
      }
      if (proc.regime === "K" && !this.#callees.summaryOf(proc, []).returns) this.#isOver = true;
      return NEW_VALUE;
    }
    return proc.regime === "K" ? this.#callInK(call, proc, args) : NEW_VALUE;
  }

  /** The spawner goes on whatever the thread does, and gets a handle. */
  #spawn(call: CallExpr, proc: Proc, args: readonly CarriedValue[]): CarriedValue {
    const isOver = this.#isOver;
    if (this.#callees.takesArguments(proc)) {
      for (const [index, arg] of args.entries()) this.#handOver(arg, call.args[index] ?? call);
    } else this.#callInK(call, proc, args);
    this.#isOver = isOver;
    return NEW_VALUE;
  }

  #callInK(call: CallExpr, callee: Proc, args: readonly CarriedValue[]): CarriedValue {
    const together = composed(args.map((arg, slot) => [String(slot), arg]), this.#state);
    const { parts, twins, handed, returns, hasLateUse } = this.#callees.summaryOf(
      callee,
      together.twins.map(([a, b]) => [pathFromCell(a), pathFromCell(b)] as const),
    );
    if (hasLateUse) this.#report(call, this.#located(call));
    if (!returns) this.#isOver = true;
    const argument = ({ slot, steps }: ValuePath) => steps.reduce(partOf, args[slot] ?? NEW_VALUE);
    for (const path of handed) this.#handOver(argument(path), call.args[path.slot] ?? call);
    if (this.#callees.hasBind(callee)) return NEW_VALUE;
    const carried = parts.map(({ at, from }) => ({ at, value: argument(from) }));
    return {
      parts: carried.flatMap(({ at, value }) =>
        value.parts.map((part) => ({
          ...part,
          at: [...at, ...part.at],
          mention: call,
          lost: undefined, // on a path that hands it over, the callee does not return it
        }))
      ),
      twins: [
        ...twins,
        ...carried.flatMap(({ at, value }) =>
          value.twins.map(([a, b]) => [[...at, ...a], [...at, ...b]] as const)
        ),
      ],
    };
  }

  #handOver({ parts }: CarriedValue, arg: Span): void {
    const by = this.#located(arg);
    for (const part of parts) {
      for (const { path, isGiven } of this.#state.sameAs(part.from)) {
        this.#state.handOver(path, by, isGiven);
        for (const read of this.#read) {
          const isLost = read.from.slot === path.slot && overlap(read.from.steps, path.steps);
          if (!isLost || read.lost !== undefined) continue;
          read.lost = by;
          this.#lost.push(read);
        }
      }
    }
  }

  #checkUse(mention: Span, path: ValuePath): void {
    const by = this.#state.handedAt(path);
    if (by !== undefined) this.#report(mention, by);
  }

  /** What was read may have been handed over since, by the same statement. */
  #checkKept({ parts }: CarriedValue): void {
    for (const { mention, lost } of parts) if (lost !== undefined) this.#report(mention, lost);
  }

  #report(span: Span, by: HandOver): void {
    if (!this.#isOver) this.lateUses.push({ ...this.#located(span), by });
  }

  #located(span: Span): HandOver {
    assert(this.#at !== undefined, "an expression outside a statement");
    return { ...this.#at, span };
  }
}

/** Whether an expression is a name, or a part of one. */
function isAccess(expr: Expr): boolean {
  if (expr.kind === "field" || expr.kind === "index") return isAccess(expr.base);
  return expr.kind === "name";
}

function stepOf({ index }: IndexExpr): PathStep {
  return index.kind === "int" ? `[${index.value}]` : ANY_ELEMENT;
}
