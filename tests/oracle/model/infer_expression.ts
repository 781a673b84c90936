/**
 * The type of an expression, and what its parts must be (TYP-02 to TYP-10, WIT-03, X-35, X-52).
 *
 * @module
 */
import {
  type Arm,
  type Binary,
  type Expression,
  type ExpressionOf,
  type Match,
  type NameExpression,
} from "./expression.ts";
import type { Lookup } from "./lookup.ts";
import type { ModelProc } from "./program.ts";
import { fieldType, inRange, INT, type ModelType, typeNamed } from "./types.ts";
import { agree, Cell, demandInt, enters, isFloat, isNumeric, type Term, termOf } from "./unify.ts";

/** What the types of expressions depend on. */
export interface TypeContext {
  readonly lookup: Lookup;
  readonly proc: ModelProc;
  readonly termOf: (mention: NameExpression) => Term;
  readonly bindArm: (arm: Arm, term: Term) => void;
  /** Keeps the term of an expression whose values depend on it. */
  readonly record: (expr: Expression, term: Term) => void;
  /** Keeps a call that does not fit the operation of its name. */
  readonly recordOperation: (call: ExpressionOf<"call">) => void;
  /** Reports a violation of the statement that is looked at. */
  readonly fault: () => void;
}

const BOOL: Term = { kind: "known", type: { kind: "bool" } };
const WITH_BOOL = ["Eq", "Ne", "Lt", "Le", "Gt", "Ge", "And", "Or"];
const OF_INT = ["BitAnd", "BitOr", "BitXor", "Shl", "Shr"];

/** Looks at the expressions of one statement. */
export class TypeWalk {
  readonly #context: TypeContext;

  constructor(context: TypeContext) {
    this.#context = context;
  }

  /** The type of an expression; faults in it are reported. */
  type(expr: Expression): Term {
    const term = this.#type(expr);
    if (["number", "array", "match"].includes(expr.kind)) this.#context.record(expr, term);
    return term;
  }

  /** Reports an expression that may not stand where a type is declared; `isWhole` says that it is all that enters. */
  enter(expr: Expression, declared: Term, isWhole = true): void {
    const { rules } = this.#context.lookup;
    if (expr.kind === "array" && declared?.kind === "array") {
      const isRight = expr.items.length === declared.length ||
        (declared.length === 0 && !rules.breaks("an array of length zero is empty"));
      if (!isRight) this.#context.fault();
      for (const item of expr.items) this.enter(item, declared.element);
      const { length } = expr.items;
      this.#context.record(expr, { kind: "array", element: declared.element, length });
      return;
    }
    if (expr.kind === "match" && declared !== undefined) {
      this.#arms(expr, (arm) => this.enter(arm.value, declared, false));
      if (this.#isRefused(declared)) this.#context.fault();
      this.#context.record(expr, declared);
      return;
    }
    this.fits(this.type(expr), declared);
    const isInt = declared?.kind === "known" && declared.type.kind === "int";
    if (!isInt || !isWhole || expr.kind !== "number" || expr.whole === undefined) return;
    const isLoose = rules.breaks("declared width ignored") ||
      rules.breaks("value truncated to its width");
    const { type } = declared;
    if (type.kind === "int" && !inRange(expr.whole, type) && !isLoose) this.#context.fault();
  }

  /** Reports a type that does not enter where another is declared. */
  fits(found: Term, declared: Term): void {
    if (!enters(found, declared, this.#context.lookup.rules)) this.#context.fault();
  }

  #type(expr: Expression): Term {
    switch (expr.kind) {
      case "number":
        return { kind: "number", cell: new Cell(expr.whole === undefined ? "float" : undefined) };
      case "bool":
      case "string":
      case "char":
        return { kind: "known", type: { kind: expr.kind } };
      case "name":
        return this.#context.termOf(expr);
      case "call":
        return this.call(expr, true);
      case "field":
        return this.#field(expr);
      case "index":
        return this.#index(expr);
      case "array":
        return this.#array(expr.items);
      case "shape":
        return this.#shape(expr);
      case "unary": {
        const operand = this.type(expr.operand);
        const isBool = operand?.kind === "known" && operand.type.kind === "bool";
        const isRight = expr.op === "Not" ? isBool : isNumeric(operand);
        if (operand !== undefined && !isRight) this.#context.fault();
        return operand;
      }
      case "binary":
        return this.#binary(expr);
      case "match": {
        let common: Term;
        this.#arms(expr, (arm) => {
          const term = this.type(arm.value);
          if (!agree(common, term, this.#context.lookup.rules)) this.#context.fault();
          common = common === undefined ? term : wider(common, term);
        });
        if (this.#isRefused(common)) this.#context.fault();
        return common;
      }
    }
  }

  /** The type of a call; `isBound` says that its value is wanted. */
  call(expr: ExpressionOf<"call">, isBound: boolean): Term {
    const { lookup, proc, fault } = this.#context;
    const { rules, program } = lookup;
    const target = lookup.meaningOf(proc, expr);
    if (target.kind === "intrinsic") return this.#intrinsic(expr);
    if (target.kind === "operation") return this.#operation(expr, isBound);
    const callee = target.kind === "proc" ? target.proc : undefined;
    const isArityRight = callee === undefined || callee.params.length === expr.args.length;
    if (!isArityRight && !rules.breaks("number of arguments unchecked")) fault();
    expr.args.forEach((arg, position) => {
      const param = callee?.params[position];
      if (callee === undefined || param === undefined || !isArityRight) this.type(arg);
      else this.enter(arg, termOf(typeNamed(program, callee.home, param.ty, rules)));
    });
    if (callee === undefined) return undefined;
    if (callee.ret === undefined) {
      if (isBound && !rules.breaks("untyped result can be bound")) fault();
      return undefined;
    }
    return termOf(typeNamed(program, callee.home, callee.ret, rules));
  }

  /** An operation takes numbers, texts and handles, in one place one or the other. */
  #operation(expr: ExpressionOf<"call">, isBound: boolean): Term {
    const { lookup: { program }, fault, recordOperation } = this.#context;
    if (expr.callee === "spawn") return this.#spawn(expr);
    if (expr.callee === "join") return this.#join(expr);
    const { takes, yields } = SIGNATURES[expr.callee] ?? { takes: [], yields: undefined };
    const given = expr.args.map((arg) => this.type(arg));
    const isRight = given.length === takes.length && given.every((term, position) => {
      const [first, second] = takes[position] ?? [];
      const isOther = term?.kind !== "known" || term.type.kind !== "handle";
      return enters(term, termOf(isOther ? second ?? first : first), this.#context.lookup.rules);
    });
    if (!isRight) {
      recordOperation(expr);
      if (program.isLinked && !expr.isStatement) return undefined;
      fault();
    }
    if (yields === undefined && isBound) fault();
    return termOf(yields);
  }

  /** A process of K is called, in a thread; a seed may follow. */
  #spawn(expr: ExpressionOf<"call">): Term {
    const { lookup, proc, fault } = this.#context;
    const [spawned, seed, ...others] = expr.args;
    if (spawned?.kind !== "call" || others.length > 0) {
      fault();
      return undefined;
    }
    this.call(spawned, false);
    if (seed !== undefined && !demandInt(this.type(seed))) fault();
    const callee = lookup.callee(proc, spawned.callee);
    if (callee === undefined) return undefined;
    const isK = callee.regime === "K" || lookup.rules.breaks("any process is spawned");
    if (!isK) fault();
    const result = callee.ret === undefined
      ? { kind: "unit" as const }
      : typeNamed(lookup.program, callee.home, callee.ret, lookup.rules);
    return result && { kind: "known", type: { kind: "handle", name: "Thread", result } };
  }

  #join(expr: ExpressionOf<"call">): Term {
    const [thread, ...others] = expr.args.map((arg) => this.type(arg));
    const type = thread?.kind === "known" && thread.type.kind === "handle"
      ? thread.type
      : undefined;
    const isRight = type?.name === "Thread" && others.length === 0;
    if (!isRight) this.#context.fault();
    return isRight ? termOf(type.result) : undefined;
  }

  #intrinsic(expr: ExpressionOf<"call">): Term {
    const [operand] = expr.args;
    const isForm = operand?.kind === "name" && expr.args.length === 1;
    if (!isForm) {
      this.#context.fault();
      return undefined;
    }
    return expr.callee === "q_move" ? this.type(operand) : termOf({ kind: "unit" });
  }

  #index(expr: ExpressionOf<"index">): Term {
    const { fault, lookup } = this.#context;
    const base = this.type(expr.base);
    const index = this.type(expr.index);
    if (!demandInt(index) && !lookup.rules.breaks("an index may be a float")) fault();
    if (base !== undefined && base.kind !== "array") fault();
    return base?.kind === "array" ? base.element : undefined;
  }

  #array(items: readonly Expression[]): Term {
    let element: Term;
    for (const item of items) {
      const term = this.type(item);
      if (!agree(element, term, this.#context.lookup.rules)) this.#context.fault();
      if (this.#isRefused(term)) this.#context.fault();
      element = element === undefined ? term : wider(element, term);
    }
    return items.length === 0 ? undefined : { kind: "array", element, length: items.length };
  }

  #field(expr: ExpressionOf<"field">): Term {
    const { fault, lookup } = this.#context;
    const base = this.type(expr.base);
    if (base === undefined) return undefined;
    const shape = base.kind === "known" && base.type.kind === "shape" ? base.type.shape : undefined;
    const isThere = shape?.fields.some(({ name }) => name === expr.field) ?? false;
    if (shape !== undefined && isThere) {
      return termOf(fieldType(lookup.program, shape, expr.field, lookup.rules));
    }
    if (!lookup.rules.breaks("missing field is zero")) fault();
    return undefined;
  }

  #shape(expr: ExpressionOf<"shape">): Term {
    const { lookup, proc, fault } = this.#context;
    const { program, rules } = lookup;
    if (expr.name === "PhiWitness") {
      if (!rules.breaks("witness forged by a literal")) fault();
      return { kind: "known", type: { kind: "witness" } };
    }
    const type: ModelType | undefined = typeNamed(program, proc.home, expr.name, rules);
    if (type?.kind !== "shape") {
      fault();
      for (const { value } of expr.fields) this.type(value);
      return undefined;
    }
    const isLoose = rules.breaks("shape literal unchecked");
    for (const { name, value } of expr.fields) {
      const declared = fieldType(program, type.shape, name, rules);
      if (isLoose) this.type(value);
      else this.enter(value, termOf(declared));
    }
    const given = expr.fields.map(({ name }) => name).sort();
    const declared = type.shape.fields.map(({ name }) => name).sort();
    if (JSON.stringify(given) !== JSON.stringify(declared) && !isLoose) fault();
    return { kind: "known", type };
  }

  #binary(expr: Binary): Term {
    const { lookup, fault } = this.#context;
    const left = this.type(expr.left);
    const right = this.type(expr.right);
    if (OF_INT.includes(expr.op)) {
      if (!demandInt(left) || !demandInt(right)) fault();
      return termOf(INT);
    }
    const isEquality = expr.op === "Eq" || expr.op === "Ne";
    const isSame = agree(left, right, lookup.rules);
    const isRight = isSame && this.#accepts(expr.op, left) && this.#accepts(expr.op, right) &&
      !this.#isRefused(left) && !this.#isRefused(right);
    if (!isRight && !(isEquality && lookup.rules.breaks("equality across types"))) fault();
    if (WITH_BOOL.includes(expr.op)) return BOOL;
    return isNumeric(left) || isNumeric(right) ? wider(left, right) : undefined;
  }

  /** A handle is no part of a value, and is neither compared nor matched (TYP-24). */
  #isRefused(term: Term): boolean {
    return term?.kind === "known" && term.type.kind === "handle" &&
      !this.#context.lookup.rules.breaks("handles go anywhere");
  }

  #accepts(op: string, term: Term): boolean {
    const { rules } = this.#context.lookup;
    const type = term?.kind === "known" ? term.type.kind : undefined;
    switch (op) {
      case "Eq":
      case "Ne":
        return true;
      case "And":
      case "Or":
        return term === undefined || type === "bool" ||
          (isNumeric(term) && !isFloat(term) && rules.breaks("bools and integers convert"));
      default: {
        const isText = type === "string" && rules.breaks("text operations on strings") &&
          ["Add", "Lt", "Le", "Gt", "Ge"].includes(op);
        const isLoose = type === "bool" && rules.breaks("bools and integers convert");
        return term === undefined || isNumeric(term) || isText || isLoose;
      }
    }
  }

  /** Patterns are of the type of what is matched; a name stands for it. */
  #arms(expr: Match, visit: (arm: Arm) => void): void {
    const matched = this.type(expr.of);
    if (this.#isRefused(matched)) this.#context.fault();
    for (const arm of expr.arms) {
      if (arm.pattern.kind === "any") this.#context.bindArm(arm, matched);
      else for (const literal of arm.pattern.literals) this.enter(literal, matched);
      visit(arm);
    }
  }
}

/** The type of two operands that agree: declared where one is, a float as wide as the wider. */
function wider(left: Term, right: Term): Term {
  if (left === undefined) return right;
  if (right === undefined || left === right) return left;
  if (left.kind === "array") return left.length === 0 ? left : right;
  if (isFloat(left) || isFloat(right)) return { kind: "wider", left, right };
  if (left.kind === "number" && right.kind === "known") {
    return isNumeric(right) ? termOf(INT) : right;
  }
  return isNumeric(left) && left.kind === "known" ? termOf(INT) : left;
}

const [MEM, FILE, PORT, MUTEX] = ["Mem", "File", "Port", "Mutex"].map((name): ModelType => ({
  kind: "handle",
  name,
}));
const TEXT: ModelType = { kind: "string" };

/** What each operation takes, in one place one type or another, and what it yields. */
const SIGNATURES: {
  readonly [name: string]: {
    readonly takes: readonly (readonly (ModelType | undefined)[])[];
    readonly yields: ModelType | undefined;
  };
} = {
  alloc: { takes: [[INT]], yields: MEM },
  free: { takes: [[MEM]], yields: undefined },
  load: { takes: [[MEM]], yields: INT },
  store: { takes: [[MEM], [INT]], yields: undefined },
  mutex_new: { takes: [], yields: MUTEX },
  mutex_lock: { takes: [[MUTEX]], yields: undefined },
  mutex_unlock: { takes: [[MUTEX]], yields: undefined },
  open: { takes: [[TEXT], [TEXT]], yields: FILE },
  read: { takes: [[FILE], [MEM], [INT]], yields: INT },
  write: { takes: [[FILE], [MEM], [INT]], yields: INT },
  close: { takes: [[FILE]], yields: undefined },
  io_read: { takes: [[PORT, INT]], yields: INT },
  io_write: { takes: [[PORT, INT], [INT]], yields: undefined },
  mmio_read: { takes: [[MEM, INT]], yields: INT },
  mmio_write: { takes: [[MEM, INT], [INT]], yields: undefined },
};
