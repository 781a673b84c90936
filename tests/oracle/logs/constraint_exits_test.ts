/**
 * A constraint of a process body that is false at the exit that was taken never goes unnoticed: a second pass over the log
 * evaluates every constraint of the body again whenever a process is left (`campaign/log_properties.ts`).
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../../std/assert.ts";
import { generateCase } from "../../../campaign/generate.ts";
import { generateExits } from "../../../campaign/generate_exits.ts";
import { checkLogs, renderLogCheck } from "../../../campaign/check_logs.ts";
import type { Executor } from "../../../campaign/judge.ts";
import { constraintsAtExits } from "../../../campaign/log_properties.ts";
import { executeText } from "../../../mod.ts";
import { branch, proc, program } from "../../support/program.ts";
import { sized, testSeed } from "../../support/size.ts";

// covers: CON-03, CON-06, CON-10, CON-12
Deno.test("no process is left while a constraint of its body is false", () => {
  const first = testSeed("constraints at exits", 1);
  const count = sized({ quick: 100, ci: 8_000 });
  const property = constraintsAtExits;
  const exits = checkLogs({
    first,
    count,
    generate: generateExits,
    execute: executeText,
    property,
  });
  assertEquals(exits.found, [], renderLogCheck(exits));
  assertStrictEquals(exits.unknown, 0);
  assert(exits.evaluated > count, `only ${exits.evaluated} constraints of ${count} programs`);
  assert(exits.executedAtExit > count / 5, `only ${exits.executedAtExit} constraints at returns`);
  const any = checkLogs({ first, count, generate: generateCase, execute: executeText, property });
  assertEquals(any.found, [], renderLogCheck(any));
});

/** An executor that takes the constraints of a body after its first branch or loop for true. */
const FORGETS_LATER_CONSTRAINTS: Executor = (text, input) => {
  const tree = JSON.parse(text);
  for (const { procs } of tree.forges) {
    for (const { body } of procs) {
      const from = body.findIndex((stmt: object) => "If" in stmt || "While" in stmt);
      for (const stmt of from < 0 ? [] : body.slice(from)) {
        if (stmt.Constrain !== undefined) stmt.Constrain.predicate = "true";
      }
    }
  }
  return executeText(JSON.stringify(tree), input);
};

Deno.test("an executor that forgets constraints after a branch is caught", () => {
  const execute = FORGETS_LATER_CONSTRAINTS, property = constraintsAtExits;
  const { found } = checkLogs({ first: 1, count: 400, generate: generateExits, execute, property });
  assert(found.length > 0);
  assert(found.every((each) => each.includes("left, and it does not hold")), found.join("\n"));
});

Deno.test("constraintsAtExits() finds a constraint that is refused though it holds", () => {
  const text = program(
    proc("K::main(n: i64) -> i64", branch("n Gt 0", ["return n"]), "constrain n Lt 5", "return 0"),
  );
  const found = (run: number, read: string) =>
    constraintsAtExits(read, executeText(text, { args: { n: run } })).violations;
  assertEquals(found(3, text), []);
  assertEquals(found(7, text), []);
  const stricter = text.replace("n Lt 5", "n Lt 2");
  assertEquals(found(3, stricter), ["event 6: main body[1], n Lt 2: left, and it does not hold"]);
  const looser = text.replace("n Lt 5", "n Lt 9");
  assertEquals(found(7, looser), ["event 5: main body[1], n Lt 9: refused, and it holds"]);
});
