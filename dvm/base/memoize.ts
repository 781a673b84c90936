/**
 * Memoization by object: a result is computed once for each key, and is collected together with it.
 *
 * @module
 */

/** The memoized function. Its results are shared, so nobody may change them. */
export function memoize<Key extends WeakKey, Result>(
  compute: (key: Key) => Result,
): (key: Key) => Result {
  const results = new WeakMap<Key, { readonly result: Result }>();
  return (key) => {
    let known = results.get(key);
    if (known === undefined) {
      known = { result: compute(key) };
      results.set(key, known);
    }
    return known.result;
  };
}
