/**
 * How much a long test does: little where a person waits for it, more where a machine does, all of it where counts are made.
 *
 * @module
 */

/** `quick` on a developer's machine, `ci` where `CI=true`; `DUSTRUN_TEST_SIZE` overrides it, and alone can ask for `full`. */
export type TestSize = "quick" | "ci" | "full";

/** The size asked for. */
export function testSize(): TestSize {
  const asked = Deno.env.get("DUSTRUN_TEST_SIZE");
  if (asked === "quick" || asked === "ci" || asked === "full") return asked;
  return Deno.env.get("CI") === "true" ? "ci" : "quick";
}

/** The number for each size; `full` is as `ci` unless given. */
export interface Amounts {
  readonly quick: number;
  readonly ci: number;
  readonly full?: number;
}

/** The number for the size asked for. */
export function sized({ quick, ci, full = ci }: Amounts): number {
  return { quick, ci, full }[testSize()];
}

/** The seed of a random test: `DUSTRUN_SEED`, or the one given. Printed, so that a failure can be run again. */
export function testSeed(name: string, seed: number): number {
  const asked = Number(Deno.env.get("DUSTRUN_SEED") ?? Number.NaN);
  const chosen = Number.isSafeInteger(asked) ? asked : seed;
  console.log(`${name}: seed ${chosen}`);
  return chosen;
}
