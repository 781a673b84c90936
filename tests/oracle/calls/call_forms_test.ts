/**
 * A `Call` statement and the same call in a `let` mean the same, for every name that a process may have: reserved words of DIR, word
 * operators, operations of the draft, intrinsics, names of types, and generated identifiers (DIR-11, DIR-16, DIR-25, X-34, X-60).
 *
 * @module
 */
import { assert, assertEquals } from "../../../std/assert.ts";
import { Random } from "../../../campaign/random.ts";
import { sized, testSeed } from "../../support/size.ts";
import { callDifferences, type Execute, executeLinked, NAMES, nearbyName } from "./call_forms.ts";

Deno.test("a Call statement and the same call in a let mean the same, for every name", () => {
  const random = new Random(testSeed("names of processes", 1));
  const generated = Array.from(
    { length: sized({ quick: 15, ci: 800, full: 2_000 }) },
    () => nearbyName(random),
  );
  const names = [...NAMES, ...generated];
  const refused = new Set<string>();
  const execute: Execute = (texts) => {
    const execution = executeLinked(texts);
    const code = execution.outcome.error?.code;
    if (code !== undefined) refused.add(code);
    else returned++;
    return execution;
  };
  let returned = 0;
  assertEquals(names.flatMap((name) => callDifferences(name, execute)), []);
  assert(returned > names.length * 25, `only ${returned} calls returned`);
  // Words that no process may have as its name, and the name of the caller.
  assertEquals([...refused].sort(), ["DR0111", "DR0205", "DR0208", "DR0218"]);
});

Deno.test("a process Neg that only statements can call is found by comparing the forms", () => {
  const found = callDifferences("Neg", (texts) => executeLinked(texts.map(renameNegOfStatements)));
  assert(found.length > 0);
});

/** An executor without the rule for names of operators: only statements call a process `Neg`. */
function renameNegOfStatements(text: string): string {
  return text.replaceAll(/"(name|target)": "((?:\w+::)*)Neg"/g, '"$1": "$2neg_process"');
}
