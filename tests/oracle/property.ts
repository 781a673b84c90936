/**
 * A property of generated programs, and its check on the programs of many seeds.
 *
 * @module
 */

/** How the program of a seed violates a property; `undefined` if it does not. */
export type Violation = string | undefined;

/** A property that every generated program has. */
export interface Property {
  /** Its name in `deno task fuzz:properties`. */
  readonly name: string;
  /** What holds, as a sentence. */
  readonly claim: string;
  /** The tests that check it at a bounded size, and that it finds planted bugs; below `tests/oracle/`. */
  readonly test: string;
  readonly violationOf: (seed: number) => Violation | Promise<Violation>;
}

/** The result of checking a property. */
export interface PropertyCheck {
  readonly name: string;
  readonly programs: number;
  /** The violations, each with its seed. */
  readonly found: readonly string[];
}

/** Checks a property on the programs of `count` seeds, from `first` on. Stops after `foundMax` violations. */
export async function checkProperty(
  { name, violationOf }: Property,
  first: number,
  count: number,
  foundMax = 5,
): Promise<PropertyCheck> {
  const found: string[] = [];
  let programs = 0;
  while (programs < count && found.length < foundMax) {
    const seed = first + programs++;
    const violation = await violationIn(violationOf, seed);
    if (violation !== undefined) found.push(`seed ${seed}: ${violation}`);
  }
  return { name, programs, found };
}

/** What is thrown violates any property. */
async function violationIn(
  violationOf: Property["violationOf"],
  seed: number,
): Promise<Violation> {
  try {
    return await violationOf(seed);
  } catch (thrown) {
    return thrown instanceof Error ? thrown.stack ?? thrown.message : String(thrown);
  }
}

/** The result as one line, and a line for each violation. */
export function renderPropertyCheck({ name, programs, found }: PropertyCheck): string {
  const counts = `${name.padEnd(12)} ${
    String(programs).padStart(7)
  } programs, ${found.length} violations`;
  return [counts, ...found].join("\n");
}
