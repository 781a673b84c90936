/**
 * The first difference of two JSON values, in the order of the first one.
 *
 * @module
 */
import type { PlainArgument } from "../../dvm/event/input.ts";
import { encodeWireValue } from "../../dvm/value/wire_object.ts";

/** Where two values part, and what stands there; `undefined` stands for nothing. */
export interface JsonDifference {
  /** `effects.events[1].payload`; empty for the whole value. */
  readonly path: string;
  readonly expected: string | undefined;
  readonly actual: string | undefined;
}

/** The first difference; member order does not count, list order does. */
export function firstDifference(
  expected: PlainArgument | undefined,
  actual: PlainArgument | undefined,
  path = "",
): JsonDifference | undefined {
  if (expected === undefined || actual === undefined) {
    return expected === actual ? undefined : differ(path, expected, actual);
  }
  const expectedParts = partsOf(expected);
  const actualParts = partsOf(actual);
  if (expectedParts === undefined || actualParts === undefined) {
    return shown(expected) === shown(actual) ? undefined : differ(path, expected, actual);
  }
  if (Array.isArray(expected) !== Array.isArray(actual)) return differ(path, expected, actual);
  for (const name of new Set([...expectedParts.keys(), ...actualParts.keys()])) {
    const inner = Array.isArray(expected)
      ? `${path}[${name}]`
      : path === ""
      ? name
      : `${path}.${name}`;
    const found = firstDifference(expectedParts.get(name), actualParts.get(name), inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The difference as one sentence. */
export function renderDifference({ path, expected, actual }: JsonDifference): string {
  const place = path === "" ? "" : `${path}: `;
  return `${place}expected ${expected ?? "nothing"}, got ${actual ?? "nothing"}`;
}

function differ(
  path: string,
  expected: PlainArgument | undefined,
  actual: PlainArgument | undefined,
): JsonDifference {
  return { path, expected: shown(expected), actual: shown(actual) };
}

function shown(plain: PlainArgument | undefined): string | undefined {
  return plain === undefined ? undefined : encodeWireValue(plain);
}

function partsOf(plain: PlainArgument): ReadonlyMap<string, PlainArgument> | undefined {
  return typeof plain === "object" && plain !== null
    ? new Map<string, PlainArgument>(Object.entries(plain))
    : undefined;
}
