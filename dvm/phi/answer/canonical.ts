/**
 * The canonical configuration: the least in the lexicographic order of the unknowns, where integers are ordered 0, 1, -1, 2,
 * -2, … and false precedes true. Each unknown in turn takes the least value with which a configuration exists. Existence
 * with |v| ≤ k is monotone in k, so k is found by exponential and then binary search, never by counting.
 *
 * @module
 */
import { abs, add, floorDiv, type Int, max, min, mul, neg, sub } from "../number/integer.ts";
import type { Interval } from "../number/interval.ts";
import type { Configuration, Problem } from "../problem/problem.ts";
import type { Assumption, Search } from "../solver/search.ts";

/** What a search for a canonical configuration may be given besides a first configuration. */
export interface CanonicalOptions {
  /** Values of the first unknowns, to be kept. */
  readonly fixed?: readonly Int[];
  /** Receives each configuration found on the way: the unknowns settled so far, and the next one, are not later than before. */
  readonly better?: (found: Configuration) => void;
}

/**
 * The least configuration in which the first unknowns have the values `fixed`. `model` is any such configuration.
 * @throws BudgetExhausted
 */
export function canonicalConfiguration(
  problem: Problem,
  search: Search,
  model: Configuration,
  { fixed = [], better }: CanonicalOptions = {},
): Configuration {
  let best = model;
  const assumptions = fixed.flatMap((value, unknown) => equal(unknown, value));
  for (let unknown = fixed.length; unknown < problem.unknowns.length; unknown++) {
    best = leastValue(problem, search, { unknown, assumptions, model: best, better });
    for (const side of equal(unknown, best[unknown] ?? 0)) assumptions.push(side);
  }
  return best;
}

/** Proof that a configuration follows another one in canonical order. */
export interface LaterConfiguration {
  /** The configuration that it follows; `undefined` if it is any. */
  readonly current: Configuration | undefined;
  /** A configuration: the next one has the same value of all unknowns before `unknown`, and a later one of that. */
  readonly model: Configuration;
  readonly unknown: number;
}

/** Whether some configuration follows `current`: advances the last unknown that can take a later value. @throws BudgetExhausted */
export function laterConfiguration(
  problem: Problem,
  search: Search,
  current: Configuration | undefined,
): LaterConfiguration | undefined {
  if (current === undefined) {
    const found = search.find([]);
    return found.kind === "none" ? undefined : { current, model: found.configuration, unknown: 0 };
  }
  for (let unknown = problem.unknowns.length - 1; unknown >= 0; unknown--) {
    const assumptions = keeping(current, unknown);
    for (const interval of valuesAfter(current[unknown] ?? 0)) {
      const range = withinUnknown(problem, unknown, interval);
      if (range === undefined) continue;
      const found = search.find([...assumptions, ...within(unknown, range)]);
      if (found.kind === "configuration") return { current, model: found.configuration, unknown };
    }
  }
  return undefined;
}

/** The first of the configurations that follow another one. @throws BudgetExhausted */
export function firstOfLater(
  problem: Problem,
  search: Search,
  { current, model, unknown }: LaterConfiguration,
): Configuration {
  if (current === undefined) return canonicalConfiguration(problem, search, model);
  let next = model;
  const assumptions = keeping(current, unknown);
  for (const interval of valuesAfter(current[unknown] ?? 0)) {
    const found = leastIn(problem, search, { unknown, assumptions, interval });
    if (found !== undefined && precedes(found, next, unknown)) next = found;
  }
  return canonicalConfiguration(problem, search, next, { fixed: next.slice(0, unknown + 1) });
}

/** The assumptions that the unknowns before one have the values that they have in a configuration. */
function keeping(current: Configuration, unknown: number): Assumption[] {
  return current.slice(0, unknown).flatMap((value, index) => equal(index, value));
}

function precedes(a: Configuration, b: Configuration, unknown: number): boolean {
  const x = a[unknown] ?? 0, y = b[unknown] ?? 0;
  return abs(x) < abs(y) || (abs(x) === abs(y) && x > y);
}

/** The values after one in the order 0, 1, -1, 2, -2, …, as intervals that do not contain values of both signs. */
function valuesAfter(value: Int): Interval[] {
  const size = abs(value);
  const beyond = add(size, 1);
  const farther = [{ lo: beyond, hi: BEYOND_ALL }, { lo: neg(BEYOND_ALL), hi: neg(beyond) }];
  return value > 0 ? [{ lo: neg(size), hi: neg(size) }, ...farther] : farther;
}

/** Greater than every value of an unknown. */
const BEYOND_ALL: Int = 2n ** 200n;

function equal(unknown: number, value: Int): Assumption[] {
  return [{ unknown, side: "lo", value }, { unknown, side: "hi", value }];
}

function within(unknown: number, { lo, hi }: Interval): Assumption[] {
  return [{ unknown, side: "lo", value: lo }, { unknown, side: "hi", value: hi }];
}

/** Some configuration in which an unknown has its least value; `model` is any configuration. */
function leastValue(
  problem: Problem,
  search: Search,
  { unknown, assumptions, model, better }: {
    readonly unknown: number;
    readonly assumptions: readonly Assumption[];
    readonly model: Configuration;
    readonly better: CanonicalOptions["better"];
  },
): Configuration {
  const value = model[unknown] ?? 0;
  if (value === 0) return model;
  const range = search.rangeOf(unknown, assumptions);
  const nearest = min(max(range.lo, 0), range.hi);
  let found = model;
  if (nearest !== value) {
    const size = abs(value);
    const closer = leastIn(problem, search, {
      unknown,
      assumptions,
      better,
      interval: {
        lo: max(range.lo, neg(value > 0 ? sub(size, 1) : size)),
        hi: min(range.hi, value > 0 ? sub(size, 1) : size),
      },
    });
    if (closer !== undefined) found = closer;
  }
  return found;
}

/** Of at most this many values, all are tried at once. */
const FEW_VALUES = 64;

/** A configuration in which an unknown has its least value in an interval; `undefined` if it has none there. */
function leastIn(
  problem: Problem,
  search: Search,
  { unknown, assumptions, interval, better }: {
    readonly unknown: number;
    readonly assumptions: readonly Assumption[];
    readonly interval: Interval;
    readonly better?: CanonicalOptions["better"];
  },
): Configuration | undefined {
  const range = withinUnknown(problem, unknown, interval);
  if (range === undefined) return undefined;
  const find = (part: Interval): Configuration | undefined => {
    const found = search.find([...assumptions, ...within(unknown, part)]);
    if (found.kind === "none") return undefined;
    better?.(found.configuration);
    return found.configuration;
  };
  const atMost = (size: Int): Configuration | undefined =>
    find({ lo: max(range.lo, neg(size)), hi: min(range.hi, size) });
  const largest = max(abs(range.lo), abs(range.hi));
  let below: Int = sub(abs(min(max(range.lo, 0), range.hi)), 1); // no configuration has |v| ≤ below
  let found: Configuration | undefined;
  // Few values are as a rule excluded together, and then one question is enough.
  const count = sub(largest, below), first = count <= FEW_VALUES ? max(count, 1) : 1;
  for (let step: Int = first; found === undefined; step = mul(step, 2)) {
    if (below >= largest) return undefined;
    const size = min(add(below, step), largest);
    found = atMost(size);
    if (found === undefined) below = size;
  }
  let size = abs(found[unknown] ?? 0);
  while (sub(size, below) !== 1) {
    const middle = floorDiv(add(size, below), 2);
    const closer = atMost(middle);
    if (closer === undefined) below = middle;
    else {
      found = closer;
      size = abs(closer[unknown] ?? 0);
    }
  }
  if (size === 0 || found[unknown] === size || range.hi < size) return found;
  return find({ lo: size, hi: size }) ?? found;
}

/** The part of an interval that lies in the range of an unknown; `undefined` if there is none. */
function withinUnknown(
  { unknowns }: Problem,
  unknown: number,
  interval: Interval,
): Interval | undefined {
  const { lo, hi } = unknowns[unknown] ?? { lo: 0, hi: 0 };
  const range = { lo: max(interval.lo, lo), hi: min(interval.hi, hi) };
  return range.lo > range.hi ? undefined : range;
}
