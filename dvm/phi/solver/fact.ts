/**
 * Facts: what holds in every configuration of some conjuncts, each with the facts that it follows from. A refutation is the facts that the
 * last one needs, in the order in which they were found. Facts do not depend on a search: a later one over the same conjuncts, or more of
 * them, uses them again.
 *
 * @module
 */

/** A fact. */
export interface Fact {
  /** Facts are numbered in the order in which they were found. */
  readonly number: number;
  /** Facts with the same number here are of one step. */
  readonly part: number;
  /** The step of the certificate; empty for a conjunct. */
  readonly step: string;
  /** The facts that it follows from. */
  readonly uses: readonly Fact[];
  /** The conjuncts that it follows from: a bit for each. */
  readonly conjuncts: bigint;
}

/** The steps of a refutation: of all facts that some facts need, themselves included, in the order in which they were found. */
export function stepsOf(last: readonly Fact[]): string[] {
  const needed = new Set(last), nogoods = new Map<string, number>(), steps: string[] = [];
  let before = -1;
  for (const fact of needed) for (const used of fact.uses) needed.add(used); // iterating a Set includes what is added meanwhile
  for (const { number, part, step } of [...needed].sort((a, b) => a.number - b.number)) {
    if (part === before || step === "") continue;
    before = part;
    const text = step.replaceAll(/\{n(\d+)\}/g, (_, nogood) => String(nogoods.get(nogood)));
    if (text.startsWith('["learn"')) nogoods.set(String(number), nogoods.size);
    steps.push(text);
  }
  return steps;
}
