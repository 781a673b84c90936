/**
 * From a Φ process to a problem: symbolic execution of its body over the unknowns.
 *
 * Lets are definitions, calls are inlined with their constraints, statements under an `If` count where control reaches them,
 * and loops are unrolled while control can stay in them (each round spends work). A statement's conjunct says that
 * everything it evaluates is defined, for a `Constrain` also that the predicate holds, for a `Prove` of a boolean that it is
 * true. There is no short circuit: a part that overflows or divides by zero makes the whole predicate false.
 *
 * @module
 */
import { assert, bug, unreachable } from "../../base/result.ts";
import { findShape } from "../../dir/lookup.ts";
import type { Block, ConstrainStmt, ExprText, Proc, Program, Stmt } from "../../dir/model.ts";
import type { Type } from "../../dir/type.ts";
import { stmtsOf } from "../../dir/walk.ts";
import type { CallExpr, Expr } from "../../expr/ast.ts";
import { slotsOf } from "../../expr/walk.ts";
import { UNIT, type Value } from "../../value/value.ts";
import type { Work } from "../number/work_budget.ts";
import { type CallSite, Demands } from "./conjuncts.ts";
import type { Conjunct, Problem, Unknown } from "./problem.ts";
import {
  binarySymbol,
  type Defined,
  equalSymbols,
  fitSymbol,
  mergeDefined,
  mergeSymbols,
  sameNumbers,
  type Symbol,
  symbolLike,
  symbolOf,
  termOf,
  unarySymbol,
  undefinedSymbol,
} from "./symbol.ts";
import { fieldOf, itemOf } from "./symbol_parts.ts";
import { type Term, Terms } from "./term.ts";
import { type UnknownRanges, unknownSymbol } from "./unknown_symbol.ts";

/** What a translation may be told besides the program. */
export interface TranslationOptions {
  readonly work: Work;
  /** Ranges in place of the declared ones, by flattened name. */
  readonly ranges?: UnknownRanges;
}

/** The problem that a Φ process is when the parameters in `given` have values. @throws OutOfWork */
export function translate(
  program: Program,
  proc: Proc,
  given: ReadonlyMap<string, Value>,
  options: TranslationOptions,
): Problem {
  const translator = new Translator(program, options.work);
  const unknowns: Unknown[] = [];
  const args = proc.params.map(({ name, type }) => {
    const value = given.get(name);
    if (value !== undefined) return symbolOf(translator.terms, value);
    return unknownSymbol(translator.terms, { name, type }, { unknowns, ranges: options.ranges });
  });
  const conjuncts = translator.execute(proc, args);
  return {
    proc,
    unknowns,
    conjuncts,
    terms: translator.terms.all,
    given,
  };
}

/** What a cell of a frame holds, and the condition under which it came to hold it. */
type Cells = (Defined | undefined)[];

/** A constraint that has been reached, and where control stood then. */
interface Reached {
  readonly stmt: ConstrainStmt;
  readonly slots: readonly number[];
  readonly when: Term;
}

/** One call of a process, and where control stands in it. */
interface Frame extends CallSite {
  readonly cells: Cells;
  /** Constraints that mention a name not bound yet. */
  pending: Reached[];
  /** Constraints decided, which an assignment opens again (CON-14). */
  active: Reached[];
  returned: { readonly when: Term; readonly result: Defined }[];
  /** How often control has left a block early: when nothing left, it goes on as it came. */
  leaves: number;
  loops: { broken: Term[]; continued: Term[] }[];
}

class Translator {
  readonly terms: Terms;
  readonly #program: Program;
  readonly #work: Work;
  readonly #demands: Demands;
  readonly #numbers = new Map<Proc, ReadonlyMap<Stmt, number>>();
  /** The condition under which control stands where it stands. */
  #path: Term;

  constructor(program: Program, work: Work) {
    this.terms = new Terms(work);
    this.#demands = new Demands(this.terms);
    this.#program = program;
    this.#work = work;
    this.#path = this.terms.true;
  }

  /** Executes a process; what its statements demand. */
  execute(proc: Proc, args: readonly Symbol[]): Conjunct[] {
    this.#run(proc, args.map((symbol) => ({ symbol, when: this.terms.true })), "", []);
    return this.#demands.conjuncts();
  }

  #run(
    proc: Proc,
    args: readonly Defined[],
    prefix: string,
    place: readonly number[],
  ): Defined {
    const frame: Frame = {
      proc,
      cells: [...args],
      prefix,
      place,
      numbers: this.#numbersOf(proc),
      pending: [],
      active: [],
      returned: [],
      leaves: 0,
      loops: [],
    };
    const path = this.#path;
    this.#block(frame, proc.body);
    this.#path = path;
    const none = proc.ret === undefined ? this.#plain(UNIT) : undefinedSymbol(this.terms);
    return frame.returned.reduceRight<Defined>(
      (otherwise, { when, result }, index) =>
        index === frame.returned.length - 1
          ? result
          : mergeDefined(this.terms, when, result, otherwise),
      none,
    );
  }

  #numbersOf(proc: Proc): ReadonlyMap<Stmt, number> {
    let numbers = this.#numbers.get(proc);
    if (numbers === undefined) {
      numbers = new Map([...stmtsOf(proc)].map((stmt, index) => [stmt, index]));
      this.#numbers.set(proc, numbers);
    }
    return numbers;
  }

  /** Adds to what a statement demands wherever control reaches it. */
  #demand(frame: Frame, stmt: Stmt, what: Term): void {
    this.#demands.add(frame, { stmt, term: this.terms.implies(this.#path, what) });
  }

  // ── statements ───────────────────────────────────────────────────────────────────────────────────────────────────

  #block(frame: Frame, block: Block): void {
    const first = frame.active.length;
    const left = block.findIndex(({ kind }) =>
      kind === "Return" || kind === "Break" || kind === "Continue"
    );
    // Constraints govern their whole block, also where they stand after the statement that leaves it (CON-03).
    const ordered = left < 0 ? block : [
      ...block.slice(0, left),
      ...block.slice(left).filter(({ kind }) => kind === "Constrain"),
      ...block.slice(left, left + 1),
    ];
    for (const stmt of ordered) {
      if (this.#path === this.terms.false) break;
      this.#work.spend(1);
      this.#stmt(frame, stmt);
    }
    if (block === frame.proc.body) return;
    const own = new Set(block.map(boundSlotOf).filter((slot) => slot >= 0));
    if (own.size === 0) return;
    const stays = ({ slots }: Reached) => !slots.some((slot) => own.has(slot));
    frame.pending = frame.pending.filter(stays);
    frame.active = [...frame.active.slice(0, first), ...frame.active.slice(first).filter(stays)];
  }

  #stmt(frame: Frame, stmt: Stmt): void {
    switch (stmt.kind) {
      case "Let":
        return this.#bind(frame, stmt, stmt.expr, stmt.name);
      case "Call":
        return this.#bind(frame, stmt, stmt.call, stmt.result);
      case "Index":
      case "Field":
        return this.#bind(frame, stmt, stmt.access, stmt.result);
      case "Assign":
        return this.#bind(frame, stmt, stmt.expr, stmt.name);
      case "Constrain": {
        const reached = { stmt, slots: slotsOf(stmt.predicate.expr), when: this.#path };
        frame.pending.push(reached);
        return this.#decideReady(frame);
      }
      case "Prove": {
        const { symbol, when } = this.#eval(frame, stmt, stmt.from.expr);
        const holds = symbol.kind === "term" && symbol.term.isBool ? symbol.term : this.terms.true;
        this.#demand(frame, stmt, this.terms.and(when, holds));
        return this.#set(frame, stmt.slot, { symbol: { kind: "witness" }, when });
      }
      case "Effect": {
        const { when } = this.#eval(frame, stmt, stmt.payload.expr);
        return this.#demand(frame, stmt, when);
      }
      case "Return":
        return this.#return(frame, stmt);
      case "If":
        return this.#if(frame, stmt);
      case "While":
        return this.#while(frame, stmt);
      case "For":
        return this.#for(frame, stmt);
      case "Break":
      case "Continue": {
        const loop = frame.loops[frame.loops.length - 1];
        (stmt.kind === "Break" ? loop?.broken : loop?.continued)?.push(this.#path);
        frame.leaves++;
        this.#path = this.terms.false;
        return;
      }
      case "Alloc":
      case "Dealloc":
      case "Load":
      case "Store":
        return bug(`${stmt.kind} passed the static checks`);
      default:
        return unreachable(stmt);
    }
  }

  #bind(
    frame: Frame,
    stmt: Extract<Stmt, { slot: number }>,
    expr: ExprText,
    name: string | undefined,
  ): void {
    const value = this.#eval(frame, stmt, expr.expr);
    const local = frame.proc.locals.find((declared) => declared.name === name);
    const fitted = local === undefined ? value : this.#fit(value, local.type);
    this.#demand(frame, stmt, fitted.when);
    if (name === undefined) return;
    if (stmt.kind !== "Assign") return this.#set(frame, stmt.slot, fitted);
    const before = frame.cells[stmt.slot] ?? fitted;
    const after = symbolLike(fitted.symbol, before.symbol);
    frame.cells[stmt.slot] = {
      symbol: mergeSymbols(this.terms, this.#path, after, before.symbol),
      when: this.terms.choice(this.#path, fitted.when, before.when),
    };
    const path = this.#path;
    for (const { stmt: constraint, slots, when } of frame.active) {
      if (!slots.includes(stmt.slot)) continue;
      this.#path = this.terms.and(path, when);
      this.#decide(frame, constraint);
      this.#path = path;
    }
  }

  #set(frame: Frame, slot: number, value: Defined): void {
    if (slot >= 0) frame.cells[slot] = value;
    if (frame.pending.length > 0) this.#decideReady(frame);
  }

  /** Decides the constraints whose names are all bound. */
  #decideReady(frame: Frame): void {
    const ready = frame.pending.filter(({ slots }) =>
      slots.every((slot) => frame.cells[slot] !== undefined)
    );
    if (ready.length === 0) return;
    frame.pending = frame.pending.filter((reached) => !ready.includes(reached));
    const path = this.#path;
    for (const reached of ready) {
      this.#path = this.terms.and(path, reached.when);
      this.#decide(frame, reached.stmt);
      frame.active.push(reached);
    }
    this.#path = path;
  }

  #decide(frame: Frame, stmt: ConstrainStmt): void {
    const { symbol, when } = this.#eval(frame, stmt, stmt.predicate.expr);
    this.#demand(frame, stmt, this.terms.and(when, termOf(this.terms, symbol)));
  }

  #return(frame: Frame, stmt: Extract<Stmt, { kind: "Return" }>): void {
    let result: Defined = { symbol: { kind: "plain", value: UNIT }, when: this.terms.true };
    if (stmt.expr !== undefined) {
      result = this.#eval(frame, stmt, stmt.expr.expr);
      if (frame.proc.ret !== undefined) result = this.#fit(result, frame.proc.ret);
      this.#demand(frame, stmt, result.when);
    }
    frame.returned.push({ when: this.#path, result });
    frame.leaves++;
    this.#path = this.terms.false;
  }

  #if(frame: Frame, stmt: Extract<Stmt, { kind: "If" }>): void {
    const condition = this.#condition(frame, stmt, stmt.condition);
    const path = this.#path, leaves = frame.leaves;
    this.#path = this.terms.and(path, condition);
    this.#block(frame, stmt.thenBody);
    const afterThen = this.#path;
    this.#path = this.terms.and(path, this.terms.not(condition));
    if (stmt.elseBody !== undefined) this.#block(frame, stmt.elseBody);
    this.#path = frame.leaves === leaves ? path : this.terms.or(afterThen, this.#path);
  }

  #condition(frame: Frame, stmt: Stmt, expr: ExprText): Term {
    const { symbol, when } = this.#eval(frame, stmt, expr.expr);
    this.#demand(frame, stmt, when);
    return termOf(this.terms, symbol);
  }

  #while(frame: Frame, stmt: Extract<Stmt, { kind: "While" }>): void {
    this.#loop(frame, () => this.#condition(frame, stmt, stmt.condition), stmt.body);
  }

  #for(frame: Frame, stmt: Extract<Stmt, { kind: "For" }>): void {
    const start = this.#eval(frame, stmt, stmt.start.expr);
    const end = this.#eval(frame, stmt, stmt.end.expr);
    this.#demand(frame, stmt, this.terms.and(start.when, end.when));
    let next = termOf(this.terms, start.symbol);
    this.#loop(frame, () => {
      frame.cells[stmt.slot] = { symbol: { kind: "term", term: next }, when: start.when };
      const stays = this.terms.lt(next, termOf(this.terms, end.symbol));
      next = this.terms.arithmetic("add", next, this.terms.int(1));
      return stays;
    }, stmt.body);
  }

  /** Unrolls a loop while control can stay in it. */
  #loop(frame: Frame, enters: () => Term, body: Block): void {
    const path = this.#path;
    const loop: Frame["loops"][number] = { broken: [], continued: [] };
    const returns = frame.returned.length;
    const left: Term[] = [];
    frame.loops.push(loop);
    while (this.#path !== this.terms.false) {
      this.#work.spend(1);
      const entry = this.#path;
      const condition = enters();
      left.push(this.terms.and(entry, this.terms.not(condition)));
      this.#path = this.terms.and(entry, condition);
      if (this.#path === this.terms.false) break;
      const leaves = frame.leaves;
      const inside = this.#path;
      this.#block(frame, body);
      if (frame.leaves === leaves) this.#path = inside;
      this.#path = this.terms.or(this.#path, ...loop.continued);
      loop.continued = [];
    }
    frame.loops.pop();
    this.#path = frame.returned.length === returns ? path : this.terms.or(...left, ...loop.broken);
  }

  // ── expressions ──────────────────────────────────────────────────────────────────────────────────────────────────

  #fit(value: Defined, type: Type): Defined {
    const { symbol, when } = fitSymbol(this.terms, value.symbol, type);
    return { symbol, when: this.terms.and(value.when, when) };
  }

  #eval(frame: Frame, stmt: Stmt, expr: Expr): Defined {
    const { terms } = this;
    switch (expr.kind) {
      case "int":
        return { symbol: { kind: "term", term: terms.int(expr.value) }, when: terms.true };
      case "bool":
        return { symbol: { kind: "term", term: terms.truth(expr.value) }, when: terms.true };
      case "float":
        return this.#plain({ kind: "Float", value: expr.value });
      case "string":
        return this.#plain({ kind: "String", value: expr.value });
      case "char":
        return this.#plain({ kind: "Char", value: expr.value });
      case "name": {
        const held = frame.cells[expr.slot];
        assert(held !== undefined, `name ${expr.name} is read before it is bound`);
        return held;
      }
      case "field": {
        const base = this.#eval(frame, stmt, expr.base);
        return { symbol: fieldOf(terms, base.symbol, expr.field), when: base.when };
      }
      case "unary": {
        const operand = this.#eval(frame, stmt, expr.operand);
        const result = unarySymbol(terms, expr, operand.symbol);
        return { symbol: result.symbol, when: terms.and(operand.when, result.when) };
      }
      case "binary": {
        const left = this.#eval(frame, stmt, expr.left);
        const right = this.#eval(frame, stmt, expr.right);
        const result = binarySymbol(terms, expr, left.symbol, right.symbol);
        return { symbol: result.symbol, when: terms.and(left.when, right.when, result.when) };
      }
      case "call":
        return this.#call(frame, stmt, expr);
      case "index":
        return this.#index(frame, stmt, expr);
      case "array": {
        const items = expr.items.map((item) => this.#eval(frame, stmt, item));
        return {
          symbol: { kind: "array", items: sameNumbers(items.map(({ symbol }) => symbol)) },
          when: terms.and(...items.map(({ when }) => when)),
        };
      }
      case "shape":
        return this.#shape(frame, stmt, expr);
      case "match":
        return this.#match(frame, stmt, expr);
      default:
        return unreachable(expr);
    }
  }

  #plain(value: Value): Defined {
    return { symbol: { kind: "plain", value }, when: this.terms.true };
  }

  #index(frame: Frame, stmt: Stmt, expr: Extract<Expr, { kind: "index" }>): Defined {
    const base = this.#eval(frame, stmt, expr.base);
    const at = this.#eval(frame, stmt, expr.index);
    const result = itemOf(this.terms, base.symbol, termOf(this.terms, at.symbol));
    return { symbol: result.symbol, when: this.terms.and(base.when, at.when, result.when) };
  }

  #shape(frame: Frame, stmt: Stmt, expr: Extract<Expr, { kind: "shape" }>): Defined {
    const shape = findShape(this.#program, frame.proc.forge, expr.name);
    assert(shape !== undefined, `no shape ${expr.name}`);
    const conditions: Term[] = [];
    const given = new Map<string, Symbol>();
    for (const { name, value } of expr.fields) {
      const type = shape.fields.find((field) => field.name === name)?.type;
      const part = this.#eval(frame, stmt, value);
      const fitted = type === undefined ? part : this.#fit(part, type);
      conditions.push(fitted.when);
      given.set(name, fitted.symbol);
    }
    const fields = new Map<string, Symbol>();
    for (const { name } of shape.fields) {
      const symbol = given.get(name);
      if (symbol !== undefined) fields.set(name, symbol);
    }
    return {
      symbol: { kind: "struct", ty: shape.name, fields },
      when: this.terms.and(...conditions),
    };
  }

  #match(frame: Frame, stmt: Stmt, expr: Extract<Expr, { kind: "match" }>): Defined {
    const subject = this.#eval(frame, stmt, expr.subject);
    const path = this.#path;
    const arms: { when: Term; result: Defined }[] = [];
    let left = this.terms.true; // no earlier arm fits
    for (const { pattern, body } of expr.arms) {
      let fits = this.terms.true;
      if (pattern.kind === "bind") frame.cells[pattern.slot] = subject;
      if (pattern.kind === "literals") {
        fits = this.terms.or(...pattern.values.map((literal) => {
          const value = this.#eval(frame, stmt, literal);
          return equalSymbols(this.terms, subject.symbol, value.symbol);
        }));
      }
      const when = this.terms.and(left, fits);
      left = this.terms.and(left, this.terms.not(fits));
      if (when === this.terms.false) continue;
      this.#path = this.terms.and(path, when);
      arms.push({ when, result: this.#eval(frame, stmt, body) });
    }
    this.#path = path;
    const last = arms.pop();
    if (last === undefined) return undefinedSymbol(this.terms);
    const chosen = arms.reduceRight<Defined>(
      (otherwise, { when, result }) => mergeDefined(this.terms, when, result, otherwise),
      last.result,
    );
    return {
      symbol: chosen.symbol,
      when: this.terms.and(subject.when, this.terms.not(left), chosen.when),
    };
  }

  #call(frame: Frame, stmt: Stmt, call: CallExpr): Defined {
    const callee = frame.proc.callees.get(call.callee);
    assert(callee !== undefined, `the call of ${call.callee} did not resolve`);
    if (callee.kind === "intrinsic") {
      const [operand] = call.args;
      if (callee.name === "q_alloc" || operand === undefined) return this.#plain(UNIT);
      const value = this.#eval(frame, stmt, operand);
      return callee.name === "q_move" ? value : { ...this.#plain(UNIT), when: value.when };
    }
    const { proc } = callee;
    const args = proc.params.map((param, position) => {
      const arg = call.args[position];
      assert(arg !== undefined, `a call of ${proc.name} lacks ${param.name}`);
      return this.#fit(this.#eval(frame, stmt, arg), param.type);
    });
    const place = [...frame.place, frame.numbers.get(stmt) ?? 0];
    const result = this.#run(proc, args, `${proc.regime}::${proc.name}.`, place);
    return {
      symbol: result.symbol,
      when: this.terms.and(...args.map(({ when }) => when), result.when),
    };
  }
}

function boundSlotOf(stmt: Stmt): number {
  return "slot" in stmt && stmt.kind !== "Assign" ? stmt.slot : -1;
}
