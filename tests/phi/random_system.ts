/**
 * Random small Φ systems, the same for the same seed on every machine.
 *
 * @module
 */
import type { Random } from "../../campaign/random.ts";
import { satisfiedBits } from "./enumeration.ts";
import type { Expression, System, SystemStmt, SystemUnknown } from "./systems.ts";

const MIN = -(2n ** 63n), MAX = 2n ** 63n - 1n;
const LETTERS = ["x", "y", "z", "u"];

/** `true`, as an expression. */
export const TRUE: Expression = { kind: "bool", value: true };

/** A random system with up to 4 unknowns of up to 8 values and up to 5 constraints. */
export function randomSystem(random: Random): System {
  const inShape = random.chance(30);
  const count = random.between(1, 4);
  const unknowns = LETTERS.slice(0, count).map((letter) => {
    const name = inShape ? `c.${letter}` : letter;
    return random.chance(15)
      ? { name, type: "bool", lo: 0n, hi: 1n }
      : randomRange(random, name, count);
  });
  return randomSystemOver(random, unknowns);
}

/** A random system over these unknowns, with up to 5 constraints. */
export function randomSystemOver(random: Random, unknowns: readonly SystemUnknown[]): System {
  const names = namesOf(unknowns, random.chance(25) ? DIGITS : ARITHMETIC);
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

/** A random predicate over unknowns. */
export function randomPredicate(random: Random, unknowns: readonly SystemUnknown[]): Expression {
  return randomBool(random, namesOf(unknowns), 1);
}

function namesOf(unknowns: readonly SystemUnknown[], operators = ARITHMETIC): Names {
  return {
    operators,
    ints: unknowns.filter(({ type }) => type !== "bool").map(({ name }) => name),
    bools: unknowns.filter(({ type }) => type === "bool").map(({ name }) => name),
    far: unknowns.some(({ lo, hi }) => lo < -100n || hi > 100n),
  };
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
  /** The operators of most expressions. */
  readonly operators: readonly string[];
}

const ARITHMETIC = ["Add", "Add", "Add", "Sub", "Sub", "Mul", "Mul", "Div"];
/** What is about bits and residues. */
const DIGITS = ["Add", "Sub", "Mul", "Mul", "BitAnd", "BitOr", "BitXor", "Shl", "Shr"];

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
    ...names.operators,
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
