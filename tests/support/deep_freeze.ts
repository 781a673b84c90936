/**
 * Freezing for tests: a change of shared data fails at once.
 *
 * @module
 */

/** Freezes a value and everything that it leads to. Maps and Sets cannot be frozen: those that change anything throw. */
export function deepFreeze<T>(value: T): T {
  const seen = new Set<object>();
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== "object" || next === null || seen.has(next)) continue;
    seen.add(next);
    if (next instanceof Map || next instanceof Set) {
      for (const method of ["set", "add", "delete", "clear"]) {
        Object.defineProperty(next, method, { value: refuse });
      }
      for (const part of [...next.keys(), ...next.values()]) open.push(part);
    }
    for (const part of Object.values(next)) open.push(part);
    Object.freeze(next);
  }
  return value;
}

function refuse(): never {
  throw new TypeError("a frozen collection is changed");
}
