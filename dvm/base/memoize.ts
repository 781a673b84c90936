/**
 * What is worked out once for each object and forgotten with it: a program is asked the same questions again and again.
 *
 * @module
 */

/** A function that computes its answer for each key once. Answers are shared, and not to be changed. */
export function memoize<Key extends WeakKey, Answer>(
  compute: (key: Key) => Answer,
): (key: Key) => Answer {
  const answers = new WeakMap<Key, { readonly answer: Answer }>();
  return (key) => {
    let known = answers.get(key);
    if (known === undefined) {
      known = { answer: compute(key) };
      answers.set(key, known);
    }
    return known.answer;
  };
}
