/**
 * Random small Φ systems, and a reference for them: an evaluator of its own over exact integers, and answers found by
 * enumerating every configuration and every set of constraints. It shares nothing with the solver.
 *
 * @module
 */

/** A repeatable source of numbers (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0 up to `count`, exclusive. */
  below(count: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * count);
  }

  between(lo: number, hi: number): number {
    return lo + this.below(hi - lo + 1);
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  }

  shuffled<T>(items: readonly T[]): T[] {
    const left = [...items];
    return items.map(() => left.splice(this.below(left.length), 1)[0] as T);
  }
}

/** An expression, small enough to be read twice: as DIR text and by {@link valueOf}. */
export type Expression =
  | { readonly kind: "int"; readonly value: bigint }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "unary"; readonly op: "Neg" | "Not"; readonly a: Expression }
  | {
    readonly kind: "binary";
    readonly op: string;
    readonly a: Expression;
    readonly b: Expression;
  };

/** An unknown, with the values that are enumerated. */
export interface SystemUnknown {
  /** `x`, or `c.x` in a shape. */
  readonly name: string;
  readonly type: string;
  readonly lo: bigint;
  readonly hi: bigint;
}

/** A statement of a system's body. */
export type SystemStmt =
  | { readonly kind: "let"; readonly name: string; readonly value: Expression }
  | { readonly kind: "constrain"; readonly predicate: Expression };

/** A whole system: `Φ::main`. */
export interface System {
  readonly unknowns: readonly SystemUnknown[];
  readonly body: readonly SystemStmt[];
  readonly result: Expression;
}

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

/** An expression as DIR text. */
export function textOf(expr: Expression): string {
  switch (expr.kind) {
    case "int":
      return expr.value < 0n ? `(${expr.value})` : `${expr.value}`;
    case "bool":
      return String(expr.value);
    case "name":
      return expr.name;
    case "unary":
      return `${expr.op}(${textOf(expr.a)})`;
    case "binary":
      return `(${textOf(expr.a)} ${expr.op} ${textOf(expr.b)})`;
  }
}

/** A system as a DIR artifact. Unknowns named `c.…` are fields of the shape that the parameter `c` has. */
export function artifactOf({ unknowns, body, result }: System): string {
  const shapes = new Map<string, { name: string; ty: string }[]>();
  const params: { name: string; ty: string }[] = [];
  for (const { name, type } of unknowns) {
    const [owner, field] = name.split(".");
    if (owner === undefined || field === undefined) {
      params.push({ name, ty: type });
      continue;
    }
    const shape = `Shape_${owner}`;
    const fields = shapes.get(shape);
    if (fields === undefined) {
      shapes.set(shape, [{ name: field, ty: type }]);
      params.push({ name: owner, ty: shape });
    } else fields.push({ name: field, ty: type });
  }
  const statements = body.map((stmt) =>
    stmt.kind === "let"
      ? { Let: { name: stmt.name, expr: textOf(stmt.value) } }
      : { Constrain: { predicate: textOf(stmt.predicate) } }
  );
  return JSON.stringify({
    forges: [{
      name: "Systems",
      shapes: [...shapes].map(([name, fields]) => ({ name, fields })),
      procs: [{
        regime: "Φ",
        name: "main",
        params,
        uses: [],
        ret: "bool",
        qualifiers: [],
        body: [...statements, { Return: { expr: textOf(result) } }],
      }],
      binds: [],
    }],
  });
}

// ── answers by enumeration ─────────────────────────────────────────────────────────────────────────────────────────

/** What enumeration finds. */
export interface Reference {
  /** Every configuration that satisfies everything, in canonical order. */
  readonly configurations: readonly (readonly bigint[])[];
  /** Indices of the statements of the first minimal conflict; empty when there is a configuration. The return comes last. */
  readonly conflict: readonly number[];
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
  const conflict = configurations.length > 0
    ? []
    : firstMinimalConflict(body.length + 1, [...satisfied]);
  return { configurations, conflict };
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

function satisfiedBits({ unknowns, body, result }: System, values: readonly bigint[]): number {
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
    const holds = stmt.kind === "let"
      ? scope.get(stmt.name) !== undefined
      : valueOf(stmt.predicate, scope) === true;
    if (holds) bits |= 1 << index;
  });
  return valueOf(result, scope) === undefined ? bits : bits | (1 << body.length);
}

/** By definition: the first set, in lexicographic order of ascending indices, that is minimal among the unsatisfiable ones. */
export function firstMinimalConflict(count: number, satisfied: readonly number[]): number[] {
  const hasConfiguration = (set: number) => satisfied.some((bits) => (bits & set) === set);
  let best: number[] | undefined;
  for (let set = 1; set < 2 ** count; set++) {
    if (hasConfiguration(set)) continue;
    const members = [...Array(count).keys()].filter((index) => (set >> index) & 1);
    if (!members.every((index) => hasConfiguration(set & ~(1 << index)))) continue;
    if (best === undefined || precedes(members, best)) best = members;
  }
  return best ?? [];
}

function precedes(a: readonly number[], b: readonly number[]): boolean {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const x = a[index] ?? 0, y = b[index] ?? 0;
    if (x !== y) return x < y;
  }
  return a.length < b.length;
}

// ── random systems ─────────────────────────────────────────────────────────────────────────────────────────────────

const TRUE: Expression = { kind: "bool", value: true };

/** A random system with up to 4 unknowns of up to 8 values and up to 5 constraints. */
export function randomSystem(random: Random): System {
  const inShape = random.chance(30);
  const count = random.between(1, 4);
  const unknowns = ["x", "y", "z", "u"].slice(0, count).map((letter) => {
    const name = inShape ? `c.${letter}` : letter;
    return random.chance(15)
      ? { name, type: "bool", lo: 0n, hi: 1n }
      : randomRange(random, name, count);
  });
  const names: Names = {
    ints: unknowns.filter(({ type }) => type !== "bool").map(({ name }) => name),
    bools: unknowns.filter(({ type }) => type === "bool").map(({ name }) => name),
    far: unknowns.some(({ lo, hi }) => lo < -100n || hi > 100n),
  };
  const body: SystemStmt[] = [];
  for (const name of ["s", "d"].slice(0, random.chance(30) ? random.between(1, 2) : 0)) {
    body.push({ kind: "let", name, value: randomInt(random, names, 2) });
    names.ints.push(name);
  }
  // Half of the systems are made to have a configuration, or nearly so: their predicates hold at one point, as a rule.
  const point = random.chance(50)
    ? unknowns.map(({ lo, hi }) => lo + BigInt(random.below(Number(hi - lo) + 1)))
    : undefined;
  for (let left = random.between(1, 5); left > 0; left--) {
    let predicate = randomBool(random, names, random.between(0, 2));
    for (let tries = 0; point !== undefined && tries < 6; tries++) {
      const trial = {
        unknowns,
        body: [...body, { kind: "constrain" as const, predicate }],
        result: TRUE,
      };
      if (satisfiedBits(trial, point) === 2 ** (trial.body.length + 1) - 1) break;
      predicate = randomBool(random, names, random.between(0, 2));
    }
    body.push({ kind: "constrain", predicate });
  }
  const result: Expression = random.chance(80) ? TRUE : randomBool(random, names, 1);
  return { unknowns, body, result };
}

function randomRange(random: Random, name: string, count: number): SystemUnknown {
  const size = BigInt(random.between(1, count > 3 ? 5 : 8)) - 1n;
  const type = random.pick(["i32", "i64", "i64", "i8", "u8", "u16"]);
  if (type === "i64" && random.chance(20)) {
    return random.chance(50)
      ? { name, type, lo: MAX - size, hi: MAX }
      : { name, type, lo: MIN, hi: MIN + size };
  }
  const lo = type.startsWith("u") ? BigInt(random.between(0, 9)) : BigInt(random.between(-9, 6));
  return { name, type, lo, hi: lo + size };
}

interface Names {
  readonly ints: string[];
  readonly bools: string[];
  /** Whether some unknown lies far from 0, so that sums and products overflow. */
  readonly far: boolean;
}

function randomConstant(random: Random, names: Names): Expression {
  if (names.far && random.chance(25)) {
    const near = BigInt(random.between(0, 9));
    return { kind: "int", value: random.pick([MAX - near, MIN + near, MAX / 2n + near]) };
  }
  return { kind: "int", value: BigInt(random.between(-12, 12)) };
}

function randomInt(random: Random, names: Names, depth: number): Expression {
  if (depth === 0 || random.chance(25)) {
    return names.ints.length === 0 || random.chance(30)
      ? randomConstant(random, names)
      : { kind: "name", name: random.pick(names.ints) };
  }
  if (random.chance(6)) return { kind: "unary", op: "Neg", a: randomInt(random, names, depth - 1) };
  const op = random.pick([
    ...["Add", "Add", "Add", "Sub", "Sub", "Mul", "Mul", "Div"],
    random.pick(["Div", "BitAnd", "BitOr", "BitXor", "Shl", "Shr"]),
  ]);
  const a = randomInt(random, names, depth - 1), b = randomInt(random, names, depth - 1);
  return { kind: "binary", op, a, b };
}

function randomBool(random: Random, names: Names, depth: number): Expression {
  if (depth > 0 && random.chance(60)) {
    if (random.chance(20)) {
      return { kind: "unary", op: "Not", a: randomBool(random, names, depth - 1) };
    }
    const op = random.pick(["And", "Or", "Or", "Eq", "Ne"]);
    const a = randomBool(random, names, depth - 1), b = randomBool(random, names, depth - 1);
    return { kind: "binary", op, a, b };
  }
  if (names.bools.length > 0 && random.chance(40)) {
    return { kind: "name", name: random.pick(names.bools) };
  }
  if (random.chance(3)) return { kind: "bool", value: random.chance(50) };
  const op = random.pick(["Lt", "Le", "Gt", "Ge", "Eq", "Eq", "Ne"]);
  return {
    kind: "binary",
    op,
    a: randomInt(random, names, random.between(0, 2)),
    b: randomInt(random, names, random.between(0, 1)),
  };
}
