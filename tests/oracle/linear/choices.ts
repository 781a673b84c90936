/**
 * Every way through a nondeterministic function: it is run again and again, with other choices each time.
 *
 * @module
 */

/** Chooses one of `count` options, by number. */
export type Choose = (count: number) => number;

/** A choice that was made. */
interface Made {
  chosen: number;
  readonly count: number;
}

/** The results of `run` under every sequence of choices; `undefined` if there are more than `most`. */
export function everyWay<T>(run: (choose: Choose) => T, most: number): T[] | undefined {
  const results: T[] = [];
  let prefix: number[] = [];
  for (;;) {
    const made: Made[] = [];
    results.push(run((count) => {
      const chosen = prefix[made.length] ?? 0;
      made.push({ chosen, count });
      return chosen;
    }));
    if (results.length > most) return undefined;
    while (made.length > 0 && isExhausted(made.at(-1))) made.pop();
    const last = made.at(-1);
    if (last === undefined) return results;
    last.chosen++;
    prefix = made.map(({ chosen }) => chosen);
  }
}

function isExhausted(last: Made | undefined): boolean {
  return last !== undefined && last.chosen === last.count - 1;
}

/** How many rounds of a loop a way takes at most. */
export const ROUNDS = 3;
