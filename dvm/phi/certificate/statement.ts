/**
 * What a certificate is about: the unknowns with their ranges, the terms, and the conjuncts that cannot hold together. In a
 * certificate file this statement stands beside the refutation, so that it can be checked without the program
 * (`docs/certificates.md`).
 *
 * @module
 */
import type { Term } from "../problem/term.ts";
import { integer, list, refuse } from "./canonical_text.ts";

/** One integer or boolean whose value is to be found. */
export interface StatedUnknown {
  readonly name: string;
  readonly isBool: boolean;
  readonly lo: number | bigint;
  readonly hi: number | bigint;
}

/** A term by its operands. Every {@link Term} is one. */
export type StatedTerm =
  & { readonly id: number; readonly isBool: boolean }
  & (
    | { readonly kind: "const"; readonly value: number | bigint }
    | { readonly kind: "var"; readonly index: number }
    | { readonly kind: BinaryKind; readonly a: StatedTerm; readonly b: StatedTerm }
    | { readonly kind: "not"; readonly a: StatedTerm }
    | { readonly kind: "and" | "or"; readonly args: readonly StatedTerm[] }
    | {
      readonly kind: "ite";
      readonly when: StatedTerm;
      readonly a: StatedTerm;
      readonly b: StatedTerm;
    }
  );
type BinaryKind = Extract<Term, { readonly b: Term; readonly kind: Exclude<Term["kind"], "ite"> }>[
  "kind"
];

/** Unknowns, terms of which operands precede the terms that use them, and conjuncts. Every {@link Problem} is one. */
export interface Statement {
  readonly unknowns: readonly StatedUnknown[];
  readonly terms: readonly StatedTerm[];
  readonly conjuncts: readonly { readonly path: string; readonly term: StatedTerm }[];
}

const ARITHMETIC = ["add", "sub", "mul", "div", "bitAnd", "bitOr", "bitXor", "shl", "shr"] as const;

/** The three lists of a statement, as parsed. @throws IllFormed */
export function parseStatement(
  unknowns: unknown,
  terms: unknown,
  conjuncts: unknown,
): Statement {
  const stated = list(unknowns).map((item) => parseUnknown(list(item, 4)));
  const known: StatedTerm[] = [];
  for (const item of list(terms)) known.push(parseTerm(list(item), known, stated));
  return {
    unknowns: stated,
    terms: known,
    conjuncts: list(conjuncts).map((item) => {
      const [path, id] = list(item, 2);
      const term = termAt(id, known, true);
      return typeof path === "string" ? { path, term } : refuse();
    }),
  };
}

function parseUnknown([name, kind, least, most]: readonly unknown[]): StatedUnknown {
  const isBool = kind === "bool", lo = integer(least), hi = integer(most);
  if (typeof name !== "string" || (!isBool && kind !== "int") || lo > hi) return refuse();
  return isBool && (lo !== 0n || hi !== 1n) ? refuse() : { name, isBool, lo, hi };
}

/** The next term, whose operands are among those before it. */
function parseTerm(
  [kind, ...given]: readonly unknown[],
  known: readonly StatedTerm[],
  unknowns: readonly StatedUnknown[],
): StatedTerm {
  const id = known.length, [first, second, third] = given;
  const operand = (each: unknown, isBool: boolean) => termAt(each, known, isBool);
  const binary = ARITHMETIC.find((each) => each === kind);
  if (binary !== undefined && given.length === 2) {
    return { id, isBool: false, kind: binary, a: operand(first, false), b: operand(second, false) };
  }
  if (kind === "and" || kind === "or") {
    if (given.length < 2) return refuse();
    return { id, isBool: true, kind, args: given.map((each) => operand(each, true)) };
  }
  if (kind === "le" && given.length === 2) {
    return { id, isBool: true, kind, a: operand(first, false), b: operand(second, false) };
  }
  if (kind === "eq" && given.length === 2) {
    const isBool = known[Number(first)]?.isBool ?? false;
    return { id, isBool: true, kind, a: operand(first, isBool), b: operand(second, isBool) };
  }
  if (kind === "not" && given.length === 1) {
    return { id, isBool: true, kind, a: operand(first, true) };
  }
  if (kind === "ite" && given.length === 3) {
    const [when, a, b] = [operand(first, true), operand(second, false), operand(third, false)];
    return { id, isBool: false, kind, when, a, b };
  }
  if (given.length !== 1) return refuse();
  const value = integer(first);
  if (kind === "int") return { id, isBool: false, kind: "const", value };
  if (kind === "bool" && (value === 0n || value === 1n)) {
    return { id, isBool: true, kind: "const", value };
  }
  const unknown = unknowns[Number(value)];
  if (kind !== "var" || unknown === undefined) return refuse();
  return { id, isBool: unknown.isBool, kind, index: Number(value) };
}

function termAt(id: unknown, known: readonly StatedTerm[], isBool: boolean): StatedTerm {
  const term = typeof id === "number" ? known[id] : undefined;
  return term?.isBool === isBool ? term : refuse();
}
