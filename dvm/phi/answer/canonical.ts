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

/**
 * The least configuration in which the first unknowns have the values `fixed`. `model` is any such configuration.
 * @throws BudgetExhausted
 */
export function canonicalConfiguration(
  problem: Problem,
  search: Search,
  model: Configuration,
  fixed: readonly Int[] = [],
): Configuration {
  let best = model;
  const assumptions = fixed.flatMap((value, unknown) => equal(unknown, value));
  for (let unknown = fixed.length; unknown < problem.unknowns.length; unknown++) {
    const found = leastValue(problem, search, { unknown, assumptions, model: best });
    best = found;
    for (const side of equal(unknown, found[unknown] ?? 0)) assumptions.push(side);
  }
  return best;
}

/** All configurations in canonical order, each once. @throws BudgetExhausted */
export function* configurations(problem: Problem, search: Search): Generator<Configuration> {
  const first = search.find([]);
  if (first.kind === "none") return;
  let current: Configuration | undefined = canonicalConfiguration(
    problem,
    search,
    first.configuration,
  );
  while (current !== undefined) {
    yield current;
    current = successor(problem, search, current);
  }
}

/** The configuration after `current`, found by advancing the last unknown that can take a later value. */
function successor(
  problem: Problem,
  search: Search,
  current: Configuration,
): Configuration | undefined {
  for (let unknown = problem.unknowns.length - 1; unknown >= 0; unknown--) {
    const prefix = current.slice(0, unknown);
    const assumptions = prefix.flatMap((value, index) => equal(index, value));
    const value = current[unknown] ?? 0;
    let next: Configuration | undefined;
    for (const interval of valuesAfter(value)) {
      const found = leastIn(problem, search, { unknown, assumptions, interval });
      if (found !== undefined && (next === undefined || precedes(found, next, unknown))) {
        next = found;
      }
    }
    if (next !== undefined) {
      return canonicalConfiguration(problem, search, next, [...prefix, next[unknown] ?? 0]);
    }
  }
  return undefined;
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
  { unknown, assumptions, model }: {
    readonly unknown: number;
    readonly assumptions: readonly Assumption[];
    readonly model: Configuration;
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
      interval: {
        lo: max(range.lo, neg(value > 0 ? sub(size, 1) : size)),
        hi: min(range.hi, value > 0 ? sub(size, 1) : size),
      },
    });
    if (closer !== undefined) found = closer;
  }
  return found;
}

/** A configuration in which an unknown has its least value in an interval; `undefined` if it has none there. */
function leastIn(
  problem: Problem,
  search: Search,
  { unknown, assumptions, interval }: {
    readonly unknown: number;
    readonly assumptions: readonly Assumption[];
    readonly interval: Interval;
  },
): Configuration | undefined {
  const { lo, hi } = problem.unknowns[unknown] ?? { lo: 0, hi: 0 };
  const range = { lo: max(interval.lo, lo), hi: min(interval.hi, hi) };
  if (range.lo > range.hi) return undefined;
  const atMost = (size: Int): Configuration | undefined => {
    const part = { lo: max(range.lo, neg(size)), hi: min(range.hi, size) };
    const found = search.find([...assumptions, ...within(unknown, part)]);
    return found.kind === "configuration" ? found.configuration : undefined;
  };
  const largest = max(abs(range.lo), abs(range.hi));
  let below: Int = sub(abs(min(max(range.lo, 0), range.hi)), 1); // no configuration has |v| ≤ below
  let found: Configuration | undefined;
  for (let step: Int = 1; found === undefined; step = mul(step, 2)) {
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
  const positive = search.find([...assumptions, ...equal(unknown, size)]);
  return positive.kind === "configuration" ? positive.configuration : found;
}
