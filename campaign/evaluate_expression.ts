/**
 * A second evaluator of expressions, for oracles: it shares no code with `dvm/`. Values are those of JavaScript: integers are
 * `bigint`, floats are `number`.
 *
 * @module
 */
import type { WireValue } from "../mod.ts";
import { readExpression, type Tree } from "./read_expression.ts";

/** A value. */
export type Value = bigint | number | boolean | string | readonly Value[] | Struct;

/** A value of a shape. */
export interface Struct {
  /** Name of the shape. */
  readonly ty: string;
  /** Values by field. */
  readonly fields: ReadonlyMap<string, Value>;
}

/** A process that is nothing but an expression over its parameters. */
export interface Formula {
  /** Names of the parameters, in order. */
  readonly params: readonly string[];
  /** Its only statement, `return text`. */
  readonly text: string;
}

/** What an expression may refer to. */
export interface Scope {
  /** The value of a name; `undefined` when it has none. */
  readonly read: (name: string) => Value | undefined;
  /** The process that a call leads to; `undefined` when it is more than a formula. */
  readonly formula: (callee: string) => Formula | undefined;
}

/** The result of a predicate. `unknown` is a form that this evaluator does not know. */
export type Truth = "true" | "false" | "fails" | "unknown";

/** Evaluates a predicate. */
export function truthOf(text: string, scope: Scope): Truth {
  const tree = readExpression(text);
  if (tree === undefined) return "unknown";
  try {
    const value = evaluate(tree, scope);
    return typeof value === "boolean" ? (value ? "true" : "false") : "unknown";
  } catch (thrown) {
    if (thrown instanceof Stop) return thrown.truth;
    throw thrown;
  }
}

/** The value of a tagged value. */
export function valueOfWire(wire: WireValue): Value {
  if (wire === "Unit") return "Unit";
  if ("Int" in wire) return BigInt(wire.Int);
  if ("Float" in wire) return wire.Float;
  if ("Bool" in wire) return wire.Bool;
  if ("String" in wire) return JSON.stringify(wire.String);
  if ("Char" in wire) return wire.Char;
  if ("Mem" in wire) return wire.Mem;
  if ("Thread" in wire) return wire.Thread;
  if ("Mutex" in wire) return wire.Mutex;
  if ("File" in wire) return wire.File;
  if ("Port" in wire) return wire.Port;
  if ("Device" in wire) return wire.Device;
  if ("Mapped" in wire) return wire.Mapped;
  if ("Array" in wire) return wire.Array.map(valueOfWire);
  const { ty, fields } = wire.Struct;
  return {
    ty,
    fields: new Map(Object.entries(fields).map(([name, value]) => [name, valueOfWire(value)])),
  };
}

class Stop extends Error {
  readonly truth: Truth;

  constructor(truth: Truth) {
    super();
    this.truth = truth;
  }
}

const fail = (): never => {
  throw new Stop("fails");
};
const giveUp = (): never => {
  throw new Stop("unknown");
};

function evaluate(tree: Tree, scope: Scope): Value {
  switch (tree.kind) {
    case "int":
      return int64(tree.value);
    case "float":
    case "bool":
    case "string":
      return tree.value;
    case "name":
      return scope.read(tree.name) ?? giveUp();
    case "array":
      return tree.items.map((item) => evaluate(item, scope));
    case "shape": {
      const fields = tree.fields.map(([name, value]) => [name, evaluate(value, scope)] as const);
      return { ty: tree.name, fields: new Map(fields) };
    }
    case "field": {
      const base = evaluate(tree.base, scope);
      return isStruct(base) ? base.fields.get(tree.field) ?? giveUp() : giveUp();
    }
    case "index": {
      const base = evaluate(tree.base, scope), index = evaluate(tree.index, scope);
      if (!isArray(base) || typeof index !== "bigint") return giveUp();
      return base[Number(index)] ?? fail();
    }
    case "call":
      return call(tree, scope);
    case "binary":
      return operate(tree.op, evaluate(tree.a, scope), evaluate(tree.b, scope));
    case "match": {
      const subject = evaluate(tree.subject, scope);
      for (const { patterns, body } of tree.arms) {
        const [pattern = ""] = patterns;
        if (pattern === "_" || patterns.includes(String(subject))) return evaluate(body, scope);
        if (/^[a-z]\w*$/.test(pattern) && pattern !== "true" && pattern !== "false") {
          const read = (name: string) => name === pattern ? subject : scope.read(name);
          return evaluate(body, { ...scope, read });
        }
      }
      return fail();
    }
  }
}

function call(tree: Extract<Tree, { kind: "call" }>, scope: Scope): Value {
  const args = tree.args.map((arg) => evaluate(arg, scope));
  const [first] = args;
  if (tree.callee === "Not" && typeof first === "boolean") return !first;
  if (tree.callee === "Neg" && typeof first === "bigint") return int64(-first);
  if (tree.callee === "Neg" && typeof first === "number") return -first;
  const formula = scope.formula(tree.callee);
  const body = formula === undefined ? undefined : readExpression(formula.text);
  if (formula === undefined || body === undefined) return giveUp();
  const values = new Map(formula.params.map((name, index) => [name, args[index]]));
  return evaluate(body, { ...scope, read: (name) => values.get(name) });
}

/** Both operands have been evaluated: no operator stops early. */
function operate(op: string, a: Value, b: Value): Value {
  if (op === "Eq" || op === "Ne") return equal(a, b) === (op === "Eq");
  if (typeof a === "boolean" && typeof b === "boolean") {
    if (op === "And") return a && b;
    return op === "Or" ? a || b : giveUp();
  }
  if (typeof a === "bigint" && typeof b === "bigint") return order(op, a, b) ?? integers(op, a, b);
  if (typeof a !== "number" && typeof b !== "number") return giveUp();
  const [left, right] = [floatOf(a), floatOf(b)];
  return order(op, left, right) ?? floats(op, left, right);
}

/** A comparison of two numbers of one type; `undefined` for another operator. */
function order<Num extends bigint | number>(op: string, a: Num, b: Num): boolean | undefined {
  switch (op) {
    case "Lt":
      return a < b;
    case "Le":
      return a <= b;
    case "Gt":
      return a > b;
    case "Ge":
      return a >= b;
    default:
      return undefined;
  }
}

function integers(op: string, a: bigint, b: bigint): Value {
  switch (op) {
    case "Add":
      return int64(a + b);
    case "Sub":
      return int64(a - b);
    case "Mul":
      return int64(a * b);
    case "Div":
      return b === 0n ? fail() : int64(a / b);
    case "BitAnd":
      return a & b;
    case "BitOr":
      return a | b;
    case "BitXor":
      return a ^ b;
    case "Shl":
      return b < 0n || b > 63n ? fail() : int64(a << b);
    case "Shr":
      return b < 0n || b > 63n ? fail() : a >> b;
    default:
      return giveUp();
  }
}

function floats(op: string, a: number, b: number): Value {
  switch (op) {
    case "Add":
      return finite(a + b);
    case "Sub":
      return finite(a - b);
    case "Mul":
      return finite(a * b);
    case "Div":
      return finite(a / b);
    default:
      return giveUp();
  }
}

function equal(a: Value, b: Value): boolean {
  if (isArray(a) && isArray(b)) {
    return a.length === b.length && a.every((item, index) => equal(item, b[index] ?? false));
  }
  if (isStruct(a) && isStruct(b)) {
    return a.ty === b.ty &&
      [...a.fields].every(([name, value]) => equal(value, b.fields.get(name) ?? giveUp()));
  }
  if (typeof a !== typeof b) return floatOf(a) === floatOf(b);
  return a === b;
}

/** An integer literal in a float position is a float. */
function floatOf(value: Value): number {
  if (typeof value === "number") return value;
  return typeof value === "bigint" ? Number(value) : giveUp();
}

function int64(value: bigint): bigint {
  return BigInt.asIntN(64, value) === value ? value : fail();
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : fail();
}

function isArray(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function isStruct(value: Value): value is Struct {
  return typeof value === "object" && !isArray(value);
}
