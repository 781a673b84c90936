/**
 * Generated expressions, as text: of a given type, over the names in scope.
 *
 * @module
 */
import type { Random } from "./random.ts";

/** The types that generated programs use: primitives by their names, shapes by theirs. */
export type TypeName = string;

/** A declared shape. */
export interface ShapeSketch {
  /** Name of the shape. */
  readonly name: string;
  /** Fields in order, with their types. */
  readonly fields: readonly { readonly name: string; readonly ty: TypeName }[];
}

/** The head of a process: what a caller needs. */
export interface ProcSketch {
  /** The regime of the process. */
  readonly regime: "K" | "Q" | "Φ";
  /** Unqualified name. */
  readonly name: string;
  /** Parameters in order, with their types. */
  readonly params: readonly { readonly name: string; readonly ty: TypeName }[];
  /** The type of the result; null for none. */
  readonly ret: TypeName | null;
  /** Whether it may have effects, itself or through calls. */
  readonly isEffectful: boolean;
}

/** What a generated expression may refer to. */
export interface GenerationScope {
  /** The source of choices. */
  readonly random: Random;
  /** Declared shapes. */
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

/** An expression of type `ty`, at most `depth` operators deep. */
export function expressionOf(ty: TypeName, depth: number, scope: GenerationScope): string {
  const { random } = scope;
  const sources = [...scope.names].filter(([, held]) => sameKind(held, ty)).map(([name]) => name);
  if (sources.length > 0 && random.oneIn(depth <= 0 ? 1 : 3) && !random.oneIn(4)) {
    return random.pick(sources);
  }
  const pairs = [...scope.names].filter(([, held]) => held === PAIR_TYPE).map(([name]) => name);
  if (isIntType(ty) && pairs.length > 0 && random.oneIn(4)) {
    const index = random.oneIn(8) ? expressionOf("i64", 0, scope) : random.pick(["0", "1"]);
    return `${random.pick(pairs)}[${index}]`;
  }
  const viaField = fieldOf(ty, scope);
  if (viaField !== undefined && random.oneIn(4)) return viaField;
  const viaCall = depth > 0 ? callOf(ty, depth, scope) : undefined;
  if (viaCall !== undefined && random.oneIn(6)) return viaCall;
  if (isIntType(ty)) return depth <= 0 ? integer(ty, random) : arithmetic(ty, depth, scope);
  if (ty === "bool") return depth <= 0 ? random.pick(["true", "false"]) : truth(depth, scope);
  if (ty === "string") return random.pick(['"a"', '"b"', '"x = {x}"', '""', String.raw`"q\"\n"`]);
  if (ty === "f64") return depth <= 0 ? float(random) : fraction(depth, scope);
  if (ty === PAIR_TYPE) {
    const item = () => expressionOf("i64", depth - 1, scope);
    return `[${item()}, ${item()}]`;
  }
  return shapeLiteral(ty, depth, scope);
}

/** The one array type of generated programs. */
export const PAIR_TYPE = "[i64; 2]";

function float(random: Random): string {
  return random.pick(["0.5", "-2.25", "3.0", "0.1", "1000000.0", "0.0", "7"]);
}

function fraction(depth: number, scope: GenerationScope): string {
  const { random } = scope;
  if (random.oneIn(8)) return `Neg(${expressionOf("f64", depth - 1, scope)})`;
  const op = spelled(random.pick(["Add", "Sub", "Mul", "Div"]), random);
  const operand = () => `(${expressionOf("f64", depth - 1, scope)})`;
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

function arithmetic(ty: TypeName, depth: number, scope: GenerationScope): string {
  const { random } = scope;
  if (random.oneIn(8)) return `Neg(${expressionOf(ty, depth - 1, scope)})`;
  const op = random.oneIn(6)
    ? random.pick(["BitAnd", "BitOr", "BitXor", "Shl", "Shr"])
    : random.pick(["Add", "Add", "Sub", "Mul", "Div"]);
  return joined(op, ty, depth, scope);
}

/** `a op b` with operands in brackets or bare: over integers every grouping is well typed. */
function joined(op: string, ty: TypeName, depth: number, scope: GenerationScope): string {
  const { random } = scope;
  const operand = () => {
    const text = expressionOf(ty, depth - 1, scope);
    return random.oneIn(2) || !/ /.test(text) ? text : `(${text})`;
  };
  return `${operand()} ${spelled(op, random)} ${operand()}`;
}

function truth(depth: number, scope: GenerationScope): string {
  const { random } = scope;
  switch (random.below(5)) {
    case 0: {
      const op = random.pick(["And", "Or"]);
      const operand = () => `(${expressionOf("bool", depth - 1, scope)})`;
      return `${operand()} ${spelled(op, random)} ${operand()}`;
    }
    case 1:
      return `Not(${expressionOf("bool", depth - 1, scope)})`;
    case 2: {
      const ty = random.pick(["i64", "bool", "string", ...scope.shapes.map(({ name }) => name)]);
      const operand = () => `(${expressionOf(ty, depth - 1, scope)})`;
      return `${operand()} ${spelled(random.pick(["Eq", "Ne"]), random)} ${operand()}`;
    }
    default: {
      const op = random.pick(["Lt", "Le", "Gt", "Ge", "Eq", "Ne"]);
      const ty = random.oneIn(5) ? "f64" : "i64";
      const operand = () => ty === "f64" ? float(random) : expressionOf(ty, depth - 1, scope);
      return `${operand()} ${spelled(op, random)} ${operand()}`;
    }
  }
}

function spelled(op: string, random: Random): string {
  return random.oneIn(6) ? SYMBOLS[op] ?? op : op;
}

function fieldOf(ty: TypeName, scope: GenerationScope): string | undefined {
  const found = [...scope.names].flatMap(([name, held]) => {
    const shape = scope.shapes.find((declared) => declared.name === held);
    const fields = shape?.fields.filter((field) => sameKind(field.ty, ty)) ?? [];
    return fields.map((field) => `${name}.${field.name}`);
  });
  return found.length === 0 ? undefined : scope.random.pick(found);
}

function callOf(ty: TypeName, depth: number, scope: GenerationScope): string | undefined {
  const callable = scope.callable.filter(({ ret, isEffectful }) =>
    ret !== null && sameKind(ret, ty) && !isEffectful
  );
  return callable.length === 0
    ? undefined
    : callText(scope.random.pick(callable), depth - 1, scope);
}

/** A call of a process with arguments of its parameter types. */
export function callText(callee: ProcSketch, depth: number, scope: GenerationScope): string {
  const args = callee.params.map(({ ty }) => expressionOf(ty, depth, scope));
  const path = scope.random.oneIn(4) ? `${callee.regime}::${callee.name}` : callee.name;
  return `${path}(${args.join(", ")})`;
}

function shapeLiteral(name: string, depth: number, scope: GenerationScope): string {
  const { random } = scope;
  const shape = scope.shapes.find((declared) => declared.name === name);
  const fields =
    shape?.fields.map((field) => `${field.name}: ${expressionOf(field.ty, depth - 1, scope)}`) ??
      [];
  const ordered = random.oneIn(2) ? fields : fields.reverse();
  return `${name}{${ordered.join(", ")}}`;
}
