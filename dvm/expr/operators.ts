/**
 * Binary operators: how they are written, and how tightly they bind.
 *
 * @module
 */
import { BINARY_OPERATORS, type BinaryOperator } from "./ast.ts";

/** A binary operator and how tightly it binds. */
export interface Operator {
  readonly op: BinaryOperator;
  readonly level: number;
}

const LEVELS: { readonly [op in BinaryOperator]: number } = {
  Or: 1,
  And: 2,
  Eq: 3,
  Ne: 3,
  Lt: 4,
  Le: 4,
  Gt: 4,
  Ge: 4,
  BitOr: 5,
  BitXor: 6,
  BitAnd: 7,
  Shl: 8,
  Shr: 8,
  Add: 9,
  Sub: 9,
  Mul: 10,
  Div: 10,
};

function operator(op: BinaryOperator): Operator {
  return { op, level: LEVELS[op] };
}

/** Operators that are words: their names, and those that an early compiler printed. */
export const OPERATOR_WORDS: ReadonlyMap<string, Operator> = new Map([
  ...BINARY_OPERATORS.map((op) => [op, operator(op)] as const),
  ["EqEq", operator("Eq")],
  ["Lte", operator("Le")],
  ["Gte", operator("Ge")],
  ["AndAnd", operator("And")],
  ["OrOr", operator("Or")],
]);

/** Operators that are symbols. Longest first, so that `<=` is not read as `<`. */
export const OPERATOR_SYMBOLS: readonly (readonly [string, Operator])[] = ([
  ["||", "Or"],
  ["&&", "And"],
  ["==", "Eq"],
  ["!=", "Ne"],
  ["<<", "Shl"],
  [">>", "Shr"],
  ["<=", "Le"],
  [">=", "Ge"],
  ["<", "Lt"],
  [">", "Gt"],
  ["|", "BitOr"],
  ["^", "BitXor"],
  ["&", "BitAnd"],
  ["+", "Add"],
  ["-", "Sub"],
  ["*", "Mul"],
  ["/", "Div"],
] as const).map(([symbol, op]) => [symbol, operator(op)]);
/** What a symbol begins with. */
export const OPERATOR_STARTS = "|&=!<>^+-*/";
