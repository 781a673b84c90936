/**
 * How much a long test does: little where a person waits for it, all of it where a machine does.
 *
 * @module
 */

/** `quick` on a developer's machine, `ci` where `CI=true`; `DUSTRUN_TEST_SIZE` overrides it. */
export type TestSize = "quick" | "ci";

/** The size asked for. */
export function testSize(): TestSize {
  const asked = Deno.env.get("DUSTRUN_TEST_SIZE");
  if (asked === "quick" || asked === "ci") return asked;
  return Deno.env.get("CI") === "true" ? "ci" : "quick";
}

/** The number for the size asked for. */
export function sized(amounts: { readonly quick: number; readonly ci: number }): number {
  return amounts[testSize()];
}

/** The seed of a random test: `DUSTRUN_SEED`, or the one given. Printed, so that a failure can be run again. */
export function testSeed(name: string, seed: number): number {
  const asked = Number(Deno.env.get("DUSTRUN_SEED") ?? Number.NaN);
  const chosen = Number.isSafeInteger(asked) ? asked : seed;
  console.log(`${name}: seed ${chosen}`);
  return chosen;
}
