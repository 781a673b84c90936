/**
 * The declared name that was probably meant by one that is not.
 *
 * @module
 */

/** Above this many names none is looked for: a program could mention as many names that are none. */
const NEAREST_AMONG_MAX = 1_000;

/** A name that differs by one letter added, left out, replaced or swapped with its neighbour, or only in case. */
export function nearestOf(
  name: string,
  among: { readonly names: Iterable<string>; readonly count: number },
): string | undefined {
  if (among.count > NEAREST_AMONG_MAX) return undefined;
  for (const candidate of among.names) {
    if (candidate !== name && isNear(candidate, name)) return candidate;
  }
  return undefined;
}

function isNear(a: string, b: string): boolean {
  if (a.toLowerCase() === b.toLowerCase()) return true;
  if (Math.abs(a.length - b.length) > 1 || Math.min(a.length, b.length) < 3) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const isSwapped = a[at] === b[at + 1] && a[at + 1] === b[at];
  return a.slice(at + 1) === b.slice(at + 1) || a.slice(at) === b.slice(at + 1) ||
    a.slice(at + 1) === b.slice(at) || (isSwapped && a.slice(at + 2) === b.slice(at + 2));
}
