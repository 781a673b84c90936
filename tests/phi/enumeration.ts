/**
 * A reference for small Φ systems: a separate evaluator over exact integers, and the enumeration of every configuration and every
 * set of statements. It is independent of the solver.
 *
 * @module
 */
import type { Expression, System, SystemStmt, SystemUnknown } from "./systems.ts";

const MIN = -(2n ** 63n), MAX = 2n ** 63n - 1n;

/** The value of an expression; `undefined` where its evaluation fails. No short circuit: both operands are evaluated. */
export function valueOf(
  expr: Expression,
  scope: ReadonlyMap<string, bigint | boolean | undefined>,
): bigint | boolean | undefined {
  switch (expr.kind) {
    case "int":
    case "bool":
      return expr.value;
    case "name":
      return scope.get(expr.name);
    case "unary": {
      const a = valueOf(expr.a, scope);
      if (a === undefined) return undefined;
      return typeof a === "boolean" ? !a : checked(-a);
    }
    case "binary": {
      const a = valueOf(expr.a, scope), b = valueOf(expr.b, scope);
      if (a === undefined || b === undefined) return undefined;
      return operation(expr.op, a, b);
    }
  }
}

function checked(value: bigint): bigint | undefined {
  return value < MIN || value > MAX ? undefined : value;
}

function operation(op: string, a: bigint | boolean, b: bigint | boolean) {
  switch (op) {
    case "Eq":
      return a === b;
    case "Ne":
      return a !== b;
    case "And":
      return a === true && b === true;
    case "Or":
      return a === true || b === true;
  }
  const x = BigInt(a), y = BigInt(b);
  switch (op) {
    case "Lt":
      return x < y;
    case "Le":
      return x <= y;
    case "Gt":
      return x > y;
    case "Ge":
      return x >= y;
    case "Add":
      return checked(x + y);
    case "Sub":
      return checked(x - y);
    case "Mul":
      return checked(x * y);
    case "Div":
      return y === 0n ? undefined : checked(x / y);
    case "BitAnd":
      return x & y;
    case "BitOr":
      return x | y;
    case "BitXor":
      return x ^ y;
    case "Shl":
      return y < 0n || y > 63n ? undefined : checked(x << y);
    case "Shr":
      return y < 0n || y > 63n ? undefined : x >> y;
  }
  throw new Error(`no operation ${op}`);
}

/** The result of an enumeration. */
export interface Reference {
  /** Every configuration that satisfies everything, in canonical order. */
  readonly configurations: readonly (readonly bigint[])[];
  /** Every minimal conflict, the preferred one first: ascending indices of statements. The return has the last index. */
  readonly conflicts: readonly (readonly number[])[];
}

/** Enumerates a system. */
export function enumerate(system: System): Reference {
  const { unknowns, body } = system;
  const configurations: bigint[][] = [];
  /** For each configuration, the set of statements that it satisfies, as bits. */
  const satisfied = new Set<number>();
  const all = 2 ** (body.length + 1) - 1;
  const visit = (values: readonly bigint[]): void => {
    const unknown = unknowns[values.length];
    if (unknown !== undefined) {
      for (const value of canonicalOrder(unknown)) visit([...values, value]);
      return;
    }
    const bits = satisfiedBits(system, values);
    satisfied.add(bits);
    if (bits === all) configurations.push([...values]);
  };
  visit([]);
  const conflicts = configurations.length > 0
    ? []
    : minimalConflicts(body.length + 1, [...satisfied]);
  return { configurations, conflicts };
}

/** The values of an unknown: 0, 1, -1, 2, -2, … */
function canonicalOrder({ lo, hi }: SystemUnknown): bigint[] {
  const values: bigint[] = [];
  for (let value = lo; value <= hi; value++) values.push(value);
  const size = (value: bigint) => value < 0n ? -value : value;
  return values.sort((a, b) => {
    const x = size(a), y = size(b);
    return x < y ? -1 : x > y ? 1 : a > b ? -1 : a < b ? 1 : 0;
  });
}

/** The statements that a configuration satisfies: bit i represents statement i, the last bit the return. */
export function satisfiedBits(
  { unknowns, body, result }: System,
  values: readonly bigint[],
): number {
  const scope = new Map<string, bigint | boolean | undefined>();
  unknowns.forEach(({ name, type }, index) => {
    const value = values[index] ?? 0n;
    scope.set(name, type === "bool" ? value === 1n : value);
  });
  for (const stmt of body) {
    if (stmt.kind === "let") scope.set(stmt.name, valueOf(stmt.value, scope));
  }
  let bits = 0;
  body.forEach((stmt, index) => {
    if (isSatisfied(stmt, scope)) bits |= 1 << index;
  });
  return valueOf(result, scope) === undefined ? bits : bits | (1 << body.length);
}

function isSatisfied(
  stmt: SystemStmt,
  scope: ReadonlyMap<string, bigint | boolean | undefined>,
): boolean {
  switch (stmt.kind) {
    case "let":
      return scope.get(stmt.name) !== undefined;
    case "constrain":
      return valueOf(stmt.predicate, scope) === true;
    case "prove": {
      const source = valueOf(stmt.from, scope);
      return source !== undefined && source !== false;
    }
  }
}

/** By definition: the sets that no configuration satisfies, and each of which is satisfied without any one member. */
function minimalConflicts(count: number, satisfied: readonly number[]): number[][] {
  const hasConfiguration = (set: number) => satisfied.some((bits) => (bits & set) === set);
  const conflicts: number[][] = [];
  for (let set = 1; set < 2 ** count; set++) {
    if (hasConfiguration(set)) continue;
    const members = [...Array(count).keys()].filter((index) => (set >> index) & 1);
    if (members.every((index) => hasConfiguration(set & ~(1 << index)))) conflicts.push(members);
  }
  return conflicts.sort(compareSets);
}

/**
 * The order of preference of sets given as ascending indices: the one whose last member is earlier comes first, then the one whose
 * last but one is; and so on.
 */
export function compareSets(a: readonly number[], b: readonly number[]): number {
  for (let back = 1; back <= Math.min(a.length, b.length); back++) {
    const difference = (a.at(-back) ?? 0) - (b.at(-back) ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
