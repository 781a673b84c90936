/**
 * Binary operators: their words and symbols, and their precedence.
 *
 * @module
 */
import { BINARY_OPERATORS, type BinaryOperator } from "./ast.ts";
import { isWordAt, type SourceText } from "../text/source_text.ts";

/** A binary operator and its precedence level; a higher level binds more tightly. */
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

/** Operators that are words: those of DIR, and those that an early compiler printed. */
const OPERATOR_WORDS: readonly (readonly [string, Operator])[] = [
  ...BINARY_OPERATORS.map((op) => [op, operator(op)] as const),
  ["EqEq", operator("Eq")],
  ["Lte", operator("Le")],
  ["Gte", operator("Ge")],
  ["AndAnd", operator("And")],
  ["OrOr", operator("Or")],
];

/** The words by their first character, so that few are compared. */
const WORDS_BY_START: ReadonlyMap<number, typeof OPERATOR_WORDS> = Map.groupBy(
  OPERATOR_WORDS,
  ([word]) => word.charCodeAt(0),
);

/** The operator whose word is the text from `start` up to `end`, if any. */
export function operatorWordIn(
  units: SourceText["units"],
  start: number,
  end: number,
): Operator | undefined {
  const candidates = WORDS_BY_START.get(units[start] ?? 0);
  if (candidates === undefined) return undefined;
  for (const [word, found] of candidates) if (isWordAt(units, start, end, word)) return found;
  return undefined;
}

/** Operators that are symbols, the longest first, so that `<=` is not read as `<`. */
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
/** The first characters of the symbols. */
export const OPERATOR_STARTS = "|&=!<>^+-*/";

/** An operator of other languages: what is said of it, and what to write instead. */
export interface ForeignOperator {
  readonly reason: string;
  readonly help: string;
}

const REMAINDER: ForeignOperator = {
  reason: "there is no remainder operator",
  help: "write a Sub a Div b Mul b: division rounds toward zero",
};
const POWER: ForeignOperator = { reason: "there is no power operator", help: "write a product" };

/** Operators of other languages that stand where one of DIR is expected. */
export const FOREIGN_OPERATORS: ReadonlyMap<string, ForeignOperator> = new Map([
  ["%", REMAINDER],
  ["Mod", REMAINDER],
  ["Rem", REMAINDER],
  ["Percent", REMAINDER],
  ["Pow", POWER],
  ["=", { reason: "an assignment is a statement", help: "compare with Eq or ==" }],
  ["?", {
    reason: "there is no conditional operator",
    help: "write match condition { true => a, false => b }",
  }],
]);
