/**
 * The reference model against the second opinion on two rules that meet: two readings of the text that know nothing of each
 * other, nor of dustrun.
 *
 * @module
 */
import { assertEquals } from "../../std/assert.ts";
import { ALIASES } from "../language/second_opinion/interplay/aliases.ts";
import { ARGUMENTS } from "../language/second_opinion/interplay/arguments.ts";
import { ARRAYS } from "../language/second_opinion/interplay/arrays.ts";
import { ASSIGNED } from "../language/second_opinion/interplay/assigned.ts";
import { CALLEES } from "../language/second_opinion/interplay/callees.ts";
import { CALLS } from "../language/second_opinion/interplay/calls.ts";
import { CROSSING } from "../language/second_opinion/interplay/crossing.ts";
import { EXITS } from "../language/second_opinion/interplay/exits.ts";
import { GATES } from "../language/second_opinion/interplay/gates.ts";
import { HANDED } from "../language/second_opinion/interplay/handed.ts";
import { HANDED_BY_CALLEE } from "../language/second_opinion/interplay/handed_by_callee.ts";
import { LINKED } from "../language/second_opinion/interplay/linked.ts";
import { LINKED_ENDS } from "../language/second_opinion/interplay/linked_ends.ts";
import { NAMES } from "../language/second_opinion/interplay/names.ts";
import { NUMERALS } from "../language/second_opinion/interplay/numerals.ts";
import { OPPOSITE } from "../language/second_opinion/interplay/opposite.ts";
import { OPPOSITE_VALUES } from "../language/second_opinion/interplay/opposite_values.ts";
import { PATHS } from "../language/second_opinion/interplay/paths.ts";
import { REACHABLE } from "../language/second_opinion/interplay/reachable.ts";
import { SINGLES } from "../language/second_opinion/interplay/singles.ts";
import type { Case } from "../language/second_opinion/interplay/table.ts";
import { TIES } from "../language/second_opinion/interplay/ties.ts";
import { TIME_BOUNDS } from "../language/second_opinion/interplay/time.ts";
import { WITNESSES } from "../language/second_opinion/interplay/witnesses.ts";
import { judge, type Verdict } from "./model/model.ts";
import { modelInput } from "./model/reference.ts";
import type { WitnessRecord } from "./model/witness.ts";

const TABLES: readonly (readonly Case[])[] = [
  ...[EXITS, CALLEES, ASSIGNED, REACHABLE, WITNESSES, CROSSING, HANDED, HANDED_BY_CALLEE],
  ...[TIME_BOUNDS, TIES, PATHS, LINKED, NAMES, ALIASES, ARRAYS, NUMERALS, SINGLES, CALLS, GATES],
  ...[ARGUMENTS, OPPOSITE, OPPOSITE_VALUES, LINKED_ENDS],
];

Deno.test("the reference model agrees with the second opinion", () => {
  for (const each of TABLES.flat()) {
    const verdict = judge(each.texts, modelInput(each.input));
    const { ticks, witnesses } = each.more;
    assertEquals(
      {
        outcome: outcomeOf(verdict, each.outcome),
        ...(ticks === undefined ? {} : { ticks: verdict.ticks }),
        ...(witnesses === undefined ? {} : { witnesses: verdict.witnesses.map(recordText) }),
      },
      {
        outcome: each.outcome,
        ...(ticks === undefined ? {} : { ticks }),
        ...(witnesses === undefined ? {} : { witnesses }),
      },
      `${each.id}: ${each.rests}`,
    );
  }
});

/** The outcome in the terms of the expected one, which may leave the place of a failure open. */
function outcomeOf({ kind, effects, returned, hasViolations }: Verdict, expected: string): string {
  const isReported = expected.startsWith("reports; ");
  const reports = hasViolations && (kind === undefined || isReported) ? "reports; " : "";
  if (kind === undefined) {
    const payloads = effects.map((effect) => `${effect.kind} ${effect.payload}`);
    return `${reports}${[...payloads, returned].join("; ")}`;
  }
  const wanted = expected.replace("reports; ", "");
  const isOpen = wanted === "fails" || wanted === kind;
  return `${reports}${isOpen ? wanted : `${hasViolations ? "static" : "run"} ${kind}`}`;
}

function recordText({ constraints, configuration }: WitnessRecord): string {
  const values = configuration.map(([name, value]) => `${JSON.stringify(name)}:${value}`);
  return `${JSON.stringify(constraints)} {${values.join(",")}}`;
}
