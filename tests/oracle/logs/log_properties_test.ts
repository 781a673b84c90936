/**
 * The properties of `campaign/log_properties.ts` on generated programs, and wrong executors that violate them: a second evaluator
 * evaluates every constraint of a body again whenever its process is left, and every constraint that a witness records under the
 * recorded configuration.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../../std/assert.ts";
import {
  checkLogs,
  type LogCheck,
  type LogCheckOptions,
  renderLogCheck,
} from "../../../campaign/check_logs.ts";
import { generateCase } from "../../../campaign/generate.ts";
import { generateExits } from "../../../campaign/generate_exits.ts";
import type { Executor } from "../../../campaign/judge.ts";
import { constraintsAtExits, witnessRecords } from "../../../campaign/log_properties.ts";
import { executeText, type Execution } from "../../../mod.ts";
import { branch, proc, program } from "../../support/program.ts";
import { sized, testSeed } from "../../support/size.ts";

const COUNT = sized({ quick: 100, ci: 4_000, full: 8_000 });

/** Checks a property on programs with early returns, whose counts it returns, and on programs of all regimes. */
function check(name: string, property: LogCheckOptions["property"]): LogCheck {
  const options = { first: testSeed(name, 1), count: COUNT, execute: executeText, property };
  const exits = checkLogs({ ...options, generate: generateExits });
  assertEquals(exits.found, [], renderLogCheck(exits));
  assert(exits.evaluated > COUNT, `only ${exits.evaluated} constraints of ${COUNT} programs`);
  const any = checkLogs({ ...options, generate: generateCase });
  assertEquals(any.found, [], renderLogCheck(any));
  return exits;
}

// covers: CON-03, CON-06, CON-10, CON-12
Deno.test("no process is left while a constraint of its body is false", () => {
  const { unknown, executedAtExit } = check("constraints at exits", constraintsAtExits);
  assertStrictEquals(unknown, 0);
  assert(executedAtExit > COUNT / 5, `only ${executedAtExit} constraints at returns`);
});

// covers: WIT-02, WIT-06, WIT-11, WIT-12
Deno.test("every constraint that a witness records is true under the configuration that it records", () => {
  const { unknown, evaluated } = check("witness records", witnessRecords);
  assert(evaluated > unknown, `${unknown} constraints were not evaluated`);
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

type LoggedEvent = Execution["events"][number];

/** An executor whose events are changed. */
function changing(change: (event: LoggedEvent, text: string) => LoggedEvent): Executor {
  return (text, input) => {
    const execution = executeText(text, input);
    return { ...execution, events: execution.events.map((event) => change(event, text)) };
  };
}

/** Witnesses record every constraint of their process, whatever becomes of its names. */
const RECORDS_EVERY_CONSTRAINT = changing((event, text) =>
  event.kind !== "witness" ? event : {
    ...event,
    constraints: [...text.matchAll(/"predicate": "([^"]*)"/g)].flatMap(([, predicate]) =>
      predicate ?? []
    ),
  }
);

/** Witnesses record the parameters alone. */
const RECORDS_PARAMETERS_ONLY = changing((event) => {
  if (event.kind !== "witness") return event;
  const { n } = event.configuration;
  return { ...event, configuration: n === undefined ? {} : { n } };
});

/** Witnesses record other values. */
const RECORDS_OTHER_VALUES = changing((event) => {
  if (event.kind !== "witness") return event;
  const moved = Object.entries(event.configuration).map(([name, value]) =>
    [name, typeof value === "object" && "Int" in value ? { Int: 1_000 } : value] as const
  );
  return { ...event, configuration: Object.fromEntries(moved) };
});

Deno.test("executors with wrong witness records are caught", () => {
  const planted = { RECORDS_EVERY_CONSTRAINT, RECORDS_PARAMETERS_ONLY, RECORDS_OTHER_VALUES };
  for (const [name, execute] of Object.entries(planted)) {
    const property = witnessRecords;
    const check = checkLogs({ first: 1, count: 200, generate: generateExits, execute, property });
    assert(check.found.length > 0, name);
  }
});
