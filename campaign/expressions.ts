/**
 * Expressions of a wanted type over the names in scope, as text.
 *
 * @module
 */
import type { Random } from "./random.ts";

/** The types that generated programs use: primitives by their names, shapes by theirs. */
export type TypeName = string;

/** A shape that is declared. */
export interface ShapeSketch {
  readonly name: string;
  readonly fields: readonly { readonly name: string; readonly ty: TypeName }[];
}

/** A process that can be called: what a caller must know. */
export interface ProcSketch {
  readonly regime: "K" | "Q" | "Φ";
  readonly name: string;
  readonly params: readonly { readonly name: string; readonly ty: TypeName }[];
  readonly ret: TypeName | null;
  readonly isEffectful: boolean;
}

/** What expressions are made of. */
export interface Surroundings {
  readonly random: Random;
  readonly shapes: readonly ShapeSketch[];
  /** Names in scope with their types. */
  readonly names: ReadonlyMap<string, TypeName>;
  /** Processes that an expression may call. */
  readonly callable: readonly ProcSketch[];
}

const EDGES = [
  "127",
  "128",
  "255",
  "256",
  "-128",
  "2147483647",
  "-2147483648",
  "9223372036854775807",
  "-9223372036854775808",
  "4611686018427387904",
  "3037000500",
];

const SYMBOLS: { readonly [word: string]: string } = {
  Add: "+",
  Sub: "-",
  Mul: "*",
  Div: "/",
  Lt: "<",
  Le: "<=",
  Gt: ">",
  Ge: ">=",
  Eq: "==",
  Ne: "!=",
  And: "&&",
  Or: "||",
  BitAnd: "&",
  BitOr: "|",
  BitXor: "^",
  Shl: "<<",
  Shr: ">>",
};

/** Whether a type is one of the integers. */
export function isIntType(ty: TypeName): boolean {
  return /^[iu](8|16|32|64)$/.test(ty);
}

/** An expression of type `ty`, `depth` operators deep at most. */
export function expressionOf(ty: TypeName, depth: number, around: Surroundings): string {
  const { random } = around;
  const sources = [...around.names].filter(([, held]) => sameKind(held, ty)).map(([name]) => name);
  if (sources.length > 0 && random.oneIn(depth <= 0 ? 1 : 3) && !random.oneIn(4)) {
    return random.pick(sources);
  }
  const pairs = [...around.names].filter(([, held]) => held === PAIR_TYPE).map(([name]) => name);
  if (isIntType(ty) && pairs.length > 0 && random.oneIn(4)) {
    const index = random.oneIn(8) ? expressionOf("i64", 0, around) : random.pick(["0", "1"]);
    return `${random.pick(pairs)}[${index}]`;
  }
  const viaField = fieldOf(ty, around);
  if (viaField !== undefined && random.oneIn(4)) return viaField;
  const viaCall = depth > 0 ? callOf(ty, depth, around) : undefined;
  if (viaCall !== undefined && random.oneIn(6)) return viaCall;
  if (isIntType(ty)) return depth <= 0 ? integer(ty, random) : arithmetic(ty, depth, around);
  if (ty === "bool") return depth <= 0 ? random.pick(["true", "false"]) : truth(depth, around);
  if (ty === "string") return random.pick(['"a"', '"b"', '"x = {x}"', '""', String.raw`"q\"\n"`]);
  if (ty === "f64") return depth <= 0 ? float(random) : fraction(depth, around);
  if (ty === PAIR_TYPE) {
    const item = () => expressionOf("i64", depth - 1, around);
    return `[${item()}, ${item()}]`;
  }
  return shapeLiteral(ty, depth, around);
}

/** The one array type of generated programs. */
export const PAIR_TYPE = "[i64; 2]";

function float(random: Random): string {
  return random.pick(["0.5", "-2.25", "3.0", "0.1", "1000000.0", "0.0", "7"]);
}

function fraction(depth: number, around: Surroundings): string {
  const { random } = around;
  if (random.oneIn(8)) return `Neg(${expressionOf("f64", depth - 1, around)})`;
  const op = spelled(random.pick(["Add", "Sub", "Mul", "Div"]), random);
  const operand = () => `(${expressionOf("f64", depth - 1, around)})`;
  return `${operand()} ${op} ${operand()}`;
}

/** An integer literal; mostly small. */
export function integer(ty: TypeName, random: Random): string {
  if (random.oneIn(12)) return random.pick(EDGES);
  const value = random.below(12);
  return ty.startsWith("u") || random.oneIn(2) ? String(value) : String(-value);
}

function sameKind(held: TypeName, wanted: TypeName): boolean {
  return held === wanted || (isIntType(held) && isIntType(wanted));
}

function arithmetic(ty: TypeName, depth: number, around: Surroundings): string {
  const { random } = around;
  if (random.oneIn(8)) return `Neg(${expressionOf(ty, depth - 1, around)})`;
  const op = random.oneIn(6)
    ? random.pick(["BitAnd", "BitOr", "BitXor", "Shl", "Shr"])
    : random.pick(["Add", "Add", "Sub", "Mul", "Div"]);
  return joined(op, ty, depth, around);
}

/** `a op b`, each operand in brackets or not: among integers every grouping has a type. */
function joined(op: string, ty: TypeName, depth: number, around: Surroundings): string {
  const { random } = around;
  const operand = () => {
    const text = expressionOf(ty, depth - 1, around);
    return random.oneIn(2) || !/ /.test(text) ? text : `(${text})`;
  };
  return `${operand()} ${spelled(op, random)} ${operand()}`;
}

function truth(depth: number, around: Surroundings): string {
  const { random } = around;
  switch (random.below(5)) {
    case 0: {
      const op = random.pick(["And", "Or"]);
      const operand = () => `(${expressionOf("bool", depth - 1, around)})`;
      return `${operand()} ${spelled(op, random)} ${operand()}`;
    }
    case 1:
      return `Not(${expressionOf("bool", depth - 1, around)})`;
    case 2: {
      const ty = random.pick(["i64", "bool", "string", ...around.shapes.map(({ name }) => name)]);
      const operand = () => `(${expressionOf(ty, depth - 1, around)})`;
      return `${operand()} ${spelled(random.pick(["Eq", "Ne"]), random)} ${operand()}`;
    }
    default: {
      const op = random.pick(["Lt", "Le", "Gt", "Ge", "Eq", "Ne"]);
      const ty = random.oneIn(5) ? "f64" : "i64";
      const operand = () => ty === "f64" ? float(random) : expressionOf(ty, depth - 1, around);
      return `${operand()} ${spelled(op, random)} ${operand()}`;
    }
  }
}

function spelled(op: string, random: Random): string {
  return random.oneIn(6) ? SYMBOLS[op] ?? op : op;
}

function fieldOf(ty: TypeName, around: Surroundings): string | undefined {
  const found = [...around.names].flatMap(([name, held]) => {
    const shape = around.shapes.find((declared) => declared.name === held);
    const fields = shape?.fields.filter((field) => sameKind(field.ty, ty)) ?? [];
    return fields.map((field) => `${name}.${field.name}`);
  });
  return found.length === 0 ? undefined : around.random.pick(found);
}

function callOf(ty: TypeName, depth: number, around: Surroundings): string | undefined {
  const callable = around.callable.filter(({ ret, isEffectful }) =>
    ret !== null && sameKind(ret, ty) && !isEffectful
  );
  return callable.length === 0
    ? undefined
    : callText(around.random.pick(callable), depth - 1, around);
}

/** A call of a process with arguments that fit. */
export function callText(callee: ProcSketch, depth: number, around: Surroundings): string {
  const args = callee.params.map(({ ty }) => expressionOf(ty, depth, around));
  const path = around.random.oneIn(4) ? `${callee.regime}::${callee.name}` : callee.name;
  return `${path}(${args.join(", ")})`;
}

function shapeLiteral(name: string, depth: number, around: Surroundings): string {
  const { random } = around;
  const shape = around.shapes.find((declared) => declared.name === name);
  const fields =
    shape?.fields.map((field) => `${field.name}: ${expressionOf(field.ty, depth - 1, around)}`) ??
      [];
  const ordered = random.oneIn(2) ? fields : fields.reverse();
  return `${name}{${ordered.join(", ")}}`;
}
