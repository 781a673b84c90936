/**
 * The canonical configuration: the least in the lexicographic order of the unknowns, integers ordered 0, 1, -1, 2, -2, …,
 * false before true. Each unknown in turn gets the least value with which a configuration exists. Whether one exists with
 * |v| ≤ k grows with k, so k is found by doubling steps and halving intervals, never by counting.
 *
 * @module
 */
import { abs, add, floorDiv, greatest, type Int, least, mul, neg, sub } from "../number/integer.ts";
import type { Configuration, Problem } from "../problem/problem.ts";
import type { Assumption, Search } from "../solver/search.ts";

/** Values of an unknown, from `lo` to `hi`. */
interface Interval {
  readonly lo: Int;
  readonly hi: Int;
}

/** The least configuration that keeps to `fixed`, values of the first unknowns; `model` is any that does. @throws OutOfWork */
export function leastConfiguration(
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
    assumptions.push(...equal(unknown, found[unknown] ?? 0));
  }
  return best;
}

/** The configurations in canonical order, each once. Ends when there are no more. @throws OutOfWork */
export function* configurations(problem: Problem, search: Search): Generator<Configuration> {
  const first = search.find([]);
  if (first.kind === "none") return;
  let current: Configuration | undefined = leastConfiguration(problem, search, first.configuration);
  while (current !== undefined) {
    yield current;
    current = successor(problem, search, current);
  }
}

/** The configuration after `current`: the last unknown that can take a later value takes the next one. */
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
    for (const interval of laterValues(value)) {
      const found = leastIn(problem, search, { unknown, assumptions, interval });
      if (found !== undefined && (next === undefined || precedes(found, next, unknown))) {
        next = found;
      }
    }
    if (next !== undefined) {
      return leastConfiguration(problem, search, next, [...prefix, next[unknown] ?? 0]);
    }
  }
  return undefined;
}

function precedes(a: Configuration, b: Configuration, unknown: number): boolean {
  const x = a[unknown] ?? 0, y = b[unknown] ?? 0;
  return abs(x) < abs(y) || (abs(x) === abs(y) && x > y);
}

/** The values that come after one in the order 0, 1, -1, 2, -2, …, as intervals on one side of 0 each. */
function laterValues(value: Int): Interval[] {
  const size = abs(value);
  const beyond = add(size, 1);
  const farther = [{ lo: beyond, hi: FAR }, { lo: neg(FAR), hi: neg(beyond) }];
  return value > 0 ? [{ lo: neg(size), hi: neg(size) }, ...farther] : farther;
}

/** Beyond every range. */
const FAR: Int = 2n ** 200n;

function equal(unknown: number, value: Int): Assumption[] {
  return [{ unknown, side: "lo", value }, { unknown, side: "hi", value }];
}

function within(unknown: number, { lo, hi }: Interval): Assumption[] {
  return [{ unknown, side: "lo", value: lo }, { unknown, side: "hi", value: hi }];
}

/** Any configuration with an unknown's least value, given one with some value. */
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
  const nearest = least(greatest(range.lo, 0), range.hi);
  let found = model;
  if (nearest !== value) {
    const size = abs(value);
    const closer = leastIn(problem, search, {
      unknown,
      assumptions,
      interval: {
        lo: greatest(range.lo, neg(value > 0 ? sub(size, 1) : size)),
        hi: least(range.hi, value > 0 ? sub(size, 1) : size),
      },
    });
    if (closer !== undefined) found = closer;
  }
  return found;
}

/** A configuration with an unknown's value in an interval and as near to 0 as possible, positive before negative. */
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
  const range = { lo: greatest(interval.lo, lo), hi: least(interval.hi, hi) };
  if (range.lo > range.hi) return undefined;
  const atMost = (size: Int): Configuration | undefined => {
    const part = { lo: greatest(range.lo, neg(size)), hi: least(range.hi, size) };
    const found = search.find([...assumptions, ...within(unknown, part)]);
    return found.kind === "configuration" ? found.configuration : undefined;
  };
  const largest = greatest(abs(range.lo), abs(range.hi));
  let below: Int = sub(abs(least(greatest(range.lo, 0), range.hi)), 1); // no configuration has |v| ≤ below
  let found: Configuration | undefined;
  for (let step: Int = 1; found === undefined; step = mul(step, 2)) {
    if (below >= largest) return undefined;
    const size = least(add(below, step), largest);
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
