/**
 * Types while they are inferred: numeric literals, and lets, operators and arrays over them, take one type from all their uses
 * (semantics.md, second round, "What the compiler loses"). A flexible number is a cell; equal cells are merged.
 *
 * @module
 */
import type { Rules } from "./rules.ts";
import { INT, type ModelType } from "./types.ts";

/** The type of an expression; `undefined` where it is not known, from which nothing is concluded. */
export type Term =
  | { readonly kind: "known"; readonly type: Exclude<ModelType, { kind: "array" }> }
  | { readonly kind: "number"; readonly cell: Cell }
  /** The result of an operator on floats of which one is declared: the wider of both. */
  | { readonly kind: "wider"; readonly left: Term; readonly right: Term }
  | { readonly kind: "array"; readonly element: Term; readonly length: number }
  | undefined;

/** A number whose type its uses decide. */
export class Cell {
  #merged: Cell | undefined;
  /** `undefined` while no use has decided. */
  family: "int" | "float" | undefined;
  /** Floats that it meets: it becomes as wide as the widest. */
  demands: Term[] = [];

  constructor(family?: "float") {
    this.family = family;
  }

  root(): Cell {
    return this.#merged?.root() ?? this;
  }

  /** Merges two cells; whether their families agree. */
  merge(other: Cell): boolean {
    const [a, b] = [this.root(), other.root()];
    if (a === b) return true;
    b.#merged = a;
    for (const demand of b.demands) a.demands.push(demand);
    return b.family === undefined || a.decide(b.family);
  }

  /** Decides the family; whether it was not decided otherwise. */
  decide(family: "int" | "float"): boolean {
    const root = this.root();
    root.family ??= family;
    return root.family === family;
  }
}

/** The term of a declared type. */
export function termOf(type: ModelType | undefined): Term {
  if (type === undefined) return undefined;
  if (type.kind !== "array") return { kind: "known", type };
  return { kind: "array", element: termOf(type.element), length: type.length };
}

/** Whether two types agree where neither is declared for the other: operands, elements, arms. Flexible ones become equal. */
export function agree(a: Term, b: Term, rules: Rules): boolean {
  if (a === undefined || b === undefined) return true;
  const isLoose = rules.breaks("disagreeing demands on a literal become a float");
  if (a.kind === "number" && b.kind === "number") return a.cell.merge(b.cell) || isLoose;
  if (a.kind === "number") return isNumeric(b) && (adopt(a.cell, b) || isLoose);
  if (b.kind === "number") return isNumeric(a) && (adopt(b.cell, a) || isLoose);
  if (a.kind === "array" && b.kind === "array") {
    return (a.length === b.length || a.length === 0 || b.length === 0) &&
      agree(a.element, b.element, rules);
  }
  if (a.kind === "array" || b.kind === "array") return false;
  if (a.kind === "wider" || b.kind === "wider") return isFloat(a) && isFloat(b);
  return sameKnown(a.type, b.type, rules);
}

/** Whether a value of one type may stand where another is declared. Ranges are looked at when it enters. */
export function enters(found: Term, declared: Term, rules: Rules): boolean {
  if (found?.kind === "array" && declared?.kind === "array") {
    const isUnsized = declared.length === 0 && !rules.breaks("an array of length zero is empty");
    const isLoose = found.length === 0 && rules.breaks("an array of any length enters a fixed one");
    return (found.length === declared.length || isUnsized || isLoose) &&
      enters(found.element, declared.element, rules);
  }
  return agree(found, declared, rules);
}

/** A flexible number beside a type that is fixed. */
function adopt(cell: Cell, other: Term): boolean {
  const isOtherFloat = isFloat(other);
  if (isOtherFloat) cell.root().demands.push(other);
  return cell.decide(isOtherFloat ? "float" : "int");
}

/** Whether a term is some number. */
export function isNumeric(term: Term): boolean {
  return term?.kind === "number" || isFloat(term) ||
    (term?.kind === "known" && term.type.kind === "int");
}

/** Whether a term is a float that does not depend on later uses. */
export function isFloat(term: Term): boolean {
  return term?.kind === "wider" || (term?.kind === "known" && term.type.kind === "float");
}

/** Demands an integer of a term; whether it can be one. */
export function demandInt(term: Term): boolean {
  if (term === undefined) return true;
  if (term.kind === "number") return term.cell.decide("int");
  return term.kind === "known" && term.type.kind === "int";
}

/** The type that a term has in the end. */
export function finalType(term: Term, rules: Rules): ModelType | undefined {
  switch (term?.kind) {
    case undefined:
      return undefined;
    case "known":
      return term.type;
    case "array": {
      const element = finalType(term.element, rules);
      return element && { kind: "array", element, length: term.length };
    }
    case "wider":
      return { kind: "float", bits: widthOf(term, []) === 32 ? 32 : 64 };
    case "number": {
      const { family } = term.cell.root();
      if (family === "int") return INT;
      const isInt = family === undefined && !rules.breaks("an undecided literal is a float");
      return isInt ? INT : { kind: "float", bits: widthOf(term, []) === 32 ? 32 : 64 };
    }
  }
}

/** The width of a float; 0 where nothing says. */
function widthOf(term: Term, seen: readonly Cell[]): number {
  switch (term?.kind) {
    case "known":
      return term.type.kind === "float" ? term.type.bits : 0;
    case "wider":
      return Math.max(widthOf(term.left, seen), widthOf(term.right, seen));
    case "number": {
      const cell = term.cell.root();
      if (seen.includes(cell)) return 0;
      return cell.demands.reduce(
        (most, demand) => Math.max(most, widthOf(demand, [...seen, cell])),
        0,
      );
    }
    default:
      return 0;
  }
}

function isSameResult(a: ModelType | undefined, b: ModelType | undefined, rules: Rules): boolean {
  if (a === undefined || b === undefined) return a === b;
  return agree(termOf(a), termOf(b), rules);
}

function sameKnown(a: ModelType, b: ModelType, rules: Rules): boolean {
  if (rules.breaks("bools and integers convert")) {
    const isLoose = (type: ModelType) => type.kind === "int" || type.kind === "bool";
    if (isLoose(a) && isLoose(b)) return true;
  }
  const isText = (type: ModelType) => type.kind === "string" || type.kind === "char";
  if (rules.breaks("chars and strings compare") && isText(a) && isText(b)) return true;
  if (a.kind === "shape" && b.kind === "shape") {
    if (!rules.breaks("shapes compared by structure")) return a.shape === b.shape;
    const fieldsOf = (type: typeof a) => JSON.stringify(type.shape.fields.map(({ name }) => name));
    return fieldsOf(a) === fieldsOf(b);
  }
  if (a.kind === "handle" && b.kind === "handle") {
    const isSame = a.name === b.name && isSameResult(a.result, b.result, rules);
    return isSame || rules.breaks("one handle is as good as another");
  }
  return a.kind === b.kind;
}
