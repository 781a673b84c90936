/**
 * The number types that literals take from their uses: unification of numerals, and terms that contain them.
 *
 * A numeral is the common type of numeric literals that must have one type. Uses demand an integer or a float, and of a float at
 * least a width: f32 with f64 is f64. An operation on a value of type f32 and a literal is as wide as the literal becomes.
 *
 * @module
 */
import type { Type } from "../dir/type.ts";

/** One type of several literals, as far as their uses have decided it. United numerals share the state of their representative. */
export interface Numeral {
  readonly kind: "numeral";
  /** The numeral with which this one has been united. */
  unitedWith: Numeral | undefined;
  family: "undecided" | "int" | "float" | "contradictory";
  /** The least width of a float; 0 while no use decides. */
  bits: 0 | 32 | 64;
  /** Numerals that are at least as wide. */
  readonly wider: Numeral[];
}

/** A float type that is not a literal's own: f32, or f64 if the numeral becomes f64. */
interface WidthOf {
  readonly kind: "width_of";
  readonly numeral: Numeral;
}

/** An array whose elements are not of a declared type. */
export interface Items {
  readonly kind: "items";
  readonly element: Term;
}

/** The type of an expression as far as literals are concerned; `undefined` where nothing is known. */
export type Term = Type | Numeral | WidthOf | Items | undefined;

/** A numeral for one literal. */
export function newNumeral(family: "undecided" | "float"): Numeral {
  return { kind: "numeral", unitedWith: undefined, family, bits: 0, wider: [] };
}

/** The type that the uses of a numeral decide; `undefined` where they decide nothing or contradict each other. */
export function decidedType(numeral: Numeral): Type | undefined {
  const { family, bits } = representative(numeral);
  if (family === "float") return { kind: "float", bits: bits === 32 ? 32 : 64 };
  return family === "int" ? { kind: "int", bits: 64, signed: true } : undefined;
}

/**
 * Demands that two terms have one type, and returns it: the operands of an operator, the elements of an array, the arms of a match,
 * a value and the position that it enters.
 */
export function unify(a: Term, b: Term): Term {
  if (a === undefined || b === undefined) return a ?? b;
  if (isArray(a) && isArray(b)) return { kind: "items", element: unify(a.element, b.element) };
  if (a.kind === "numeral") return b.kind === "numeral" ? unite(a, b) : restrict(a, b);
  if (b.kind === "numeral") return restrict(b, a);
  if (a.kind === "width_of") return b.kind === "width_of" ? widest(a, b) : widerOf(a, b);
  if (b.kind === "width_of") return widerOf(b, a);
  return a.kind === "float" && b.kind === "float" && b.bits === 64 ? b : a;
}

/** The type of the elements of an array. */
export function elementOf(term: Term): Term {
  return term !== undefined && isArray(term) ? term.element : undefined;
}

function isArray(term: Exclude<Term, undefined>): term is Items | Extract<Type, { kind: "array" }> {
  return term.kind === "items" || term.kind === "array";
}

function representative(numeral: Numeral): Numeral {
  let root = numeral;
  while (root.unitedWith !== undefined) root = root.unitedWith;
  // Later look-ups take the short way.
  for (let each = numeral; each.unitedWith !== undefined;) {
    const next = each.unitedWith;
    each.unitedWith = root;
    each = next;
  }
  return root;
}

function unite(a: Numeral, b: Numeral): Numeral {
  const root = representative(a), other = representative(b);
  if (root === other) return root;
  other.unitedWith = root;
  decide(root, other.family);
  for (const wider of other.wider) root.wider.push(wider);
  const bits = root.bits > other.bits ? root.bits : other.bits;
  root.bits = 0; // so that both lists are widened
  widen(root, bits);
  return root;
}

/** A numeral beside a type that is not a literal's own. */
function restrict(numeral: Numeral, type: Exclude<Term, undefined | Numeral>): Term {
  const root = representative(numeral);
  switch (type.kind) {
    case "int":
      decide(root, "int");
      return type;
    case "float":
      decide(root, "float");
      widen(root, type.bits);
      return type.bits === 64 ? type : { kind: "width_of", numeral };
    case "width_of": {
      decide(root, "float");
      const lower = representative(type.numeral);
      lower.wider.push(root);
      widen(root, lower.bits);
      return { kind: "width_of", numeral };
    }
    default:
      return type; // no number: the type rules report it
  }
}

function decide(root: Numeral, family: Numeral["family"]): void {
  if (family === "undecided" || root.family === family) return;
  root.family = root.family === "undecided" ? family : "contradictory";
}

function widen(root: Numeral, bits: Numeral["bits"]): void {
  if (bits <= root.bits) return;
  root.bits = bits;
  for (const wider of root.wider) widen(representative(wider), bits);
}

function widest(a: WidthOf, b: WidthOf): Term {
  const both = newNumeral("float");
  restrict(both, a);
  restrict(both, b);
  return { kind: "width_of", numeral: both };
}

function widerOf(a: WidthOf, b: Type | Items): Term {
  return b.kind === "float" && b.bits === 64 ? b : a;
}
