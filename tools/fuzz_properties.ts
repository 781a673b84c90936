/**
 * `deno task fuzz:properties [--count N] [--seed S]`: the properties of generated programs at a large size. Each is checked on N programs.
 * Prints every seed with a difference, and exits with 1 if there are any.
 *
 * @module
 */
import { generateTimedCase } from "../campaign/timed.ts";
import { parseArgs } from "../std/cli.ts";
import { executeLinked, orderDifference } from "../tests/oracle/order/meaning.ts";
import { timeDifference } from "../tests/oracle/time/compare.ts";

/** Each property: how the program of a seed breaks it, if it does. */
const PROPERTIES: { readonly [name: string]: (seed: number) => string | undefined } = {
  "bounds on time": (seed) => timeDifference(generateTimedCase(seed)),
  "order and division": (seed) => orderDifference(seed, executeLinked),
};

const values = parseArgs(Deno.args, {
  string: ["count", "seed"],
  unknown: (word) => {
    console.error(
      `unknown argument ${word}; usage: deno task fuzz:properties [--count N] [--seed S]`,
    );
    Deno.exit(5);
  },
});
const count = Number(values["count"] ?? 50_000);
const first = Number(values["seed"] ?? crypto.getRandomValues(new Uint32Array(1))[0]);
let found = 0;
for (const [name, differenceOf] of Object.entries(PROPERTIES)) {
  console.log(`${name}: seed ${first}, ${count} programs`);
  for (let seed = first; seed < first + count; seed++) {
    const difference = differenceOf(seed);
    if (difference === undefined) continue;
    console.log(`seed ${seed}: ${difference}`);
    found++;
  }
}
console.log(`${found} differences`);
if (found > 0) Deno.exit(1);
