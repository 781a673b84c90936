/**
 * Every witness evaluates to true from its own record: a second evaluator finds each recorded constraint true under the recorded
 * configuration, for every witness of every program (`campaign/log_properties.ts`).
 *
 * @module
 */
import { assert, assertEquals } from "../../../std/assert.ts";
import { generateCase } from "../../../campaign/generate.ts";
import { generateExits } from "../../../campaign/generate_exits.ts";
import { checkLogs, renderLogCheck } from "../../../campaign/check_logs.ts";
import type { Executor } from "../../../campaign/judge.ts";
import { witnessRecords } from "../../../campaign/log_properties.ts";
import { executeText, type Execution } from "../../../mod.ts";
import { sized, testSeed } from "../../support/size.ts";

// covers: WIT-02, WIT-06, WIT-11, WIT-12
Deno.test("every constraint that a witness records is true under the configuration that it records", () => {
  const first = testSeed("witness records", 1);
  const count = sized({ quick: 100, ci: 8_000 });
  const property = witnessRecords;
  const exits = checkLogs({
    first,
    count,
    generate: generateExits,
    execute: executeText,
    property,
  });
  assertEquals(exits.found, [], renderLogCheck(exits));
  assert(exits.evaluated > count, `only ${exits.evaluated} constraints of ${count} programs`);
  assert(exits.evaluated > exits.unknown, `${exits.unknown} constraints were not evaluated`);
  const any = checkLogs({ first, count, generate: generateCase, execute: executeText, property });
  assertEquals(any.found, [], renderLogCheck(any));
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
