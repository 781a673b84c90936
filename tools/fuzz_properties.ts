/**
 * `deno task fuzz:properties [--count N] [--seed S] [PROPERTY…]`: checks the properties of generated programs, or those named, on N
 * programs each. Prints every violation with its seed; exits with 1 if there are any.
 *
 * @module
 */
import { parseArgs } from "../std/cli.ts";
import { PROPERTIES } from "../tests/oracle/properties.ts";
import { checkProperty, renderPropertyCheck } from "../tests/oracle/property.ts";

const values = parseArgs(Deno.args, {
  string: ["count", "seed", "_"],
  unknown: (word, key) => key === undefined || refuse(word),
});
const names = values._.map(String);
for (const name of names) {
  if (!PROPERTIES.some((property) => property.name === name)) refuse(name);
}
const count = Number(values["count"] ?? 50_000);
const first = Number(values["seed"] ?? crypto.getRandomValues(new Uint32Array(1))[0]);
console.log(`seed ${first}`);
let found = 0;
for (const property of PROPERTIES) {
  if (names.length > 0 && !names.includes(property.name)) continue;
  const check = await checkProperty(property, first, count);
  console.log(renderPropertyCheck(check));
  found += check.found.length;
}
if (found > 0) Deno.exit(1);

function refuse(word: string): never {
  console.error(
    `unknown argument ${word}; usage: deno task fuzz:properties [--count N] [--seed S] [PROPERTY…], where PROPERTY is one of ${
      PROPERTIES.map(({ name }) => name).join(", ")
    }`,
  );
  Deno.exit(5);
}
