/**
 * Statements that a run cannot reach, and paths that do not return.
 *
 * @module
 */
import { branch, loop, proc } from "../../../support/program.ts";
import { type Case, given, main } from "./table.ts";
import * as q from "./quotes.ts";

const FALSE = "run Inadmissible";
const STATIC = "static DirValidate";
const ADD = "set n = n Add 1";

export const REACHABLE: readonly Case[] = [...unreachable()];

function unreachable(): readonly Case[] {
  const X_22 =
    `X-22: "More than one return, or effects after a return at the same level: static refusal; constraints anywhere still count."`;
  return [
    given(
      "reach-01",
      q.UNREACHABLE,
      [main(loop("true", ["break", "emit 1"]), "return 1")],
      '{"Int":1}',
    ),
    given(
      "reach-02",
      q.UNREACHABLE,
      [main(loop("true", ["return 4"]), "emit 9", "return 5")],
      '{"Int":4}',
    ),
    given("reach-03", q.UNREACHABLE, [main(loop("true", ["return 4"]))], '{"Int":4}', {}, {
      ticks: 1,
    }),
    given("reach-04", q.UNREACHABLE, [main(loop("true", [branch("true", ["break"])]))], STATIC),
    given(
      "reach-05",
      q.UNREACHABLE,
      [main(loop("true", [loop("true", ["break"]), "return 3"]))],
      '{"Int":3}',
      {},
      { ticks: 3 },
    ),
    given("reach-06", q.UNREACHABLE, [main(loop("true", ["return 4"]), "constrain false")], FALSE),
    given("reach-07", q.UNREACHABLE, [
      main("let n = 0", loop("n Lt 2", [ADD, "continue", "emit 1"]), "return n"),
    ], '{"Int":2}'),
    given("reach-08", X_22, [main("return 1", "emit 2")], STATIC),
    given("reach-09", X_22, [main("return 1", "return 2")], STATIC),
    given(
      "reach-10",
      q.UNREACHABLE,
      [main(branch("true", ["return 1"], ["return 2"]), "emit 3")],
      STATIC,
    ),
    given("reach-11", q.UNREACHABLE, [
      main(branch("false", ["return 1"], ["emit 2"]), "emit 3", "return 3"),
    ], 'emit 2; emit 3; {"Int":3}'),
    given(
      "reach-12",
      q.UNREACHABLE,
      [main(loop("1 Lt 2", ["return 1", "emit 2"]), "return 3")],
      STATIC,
    ),
    given("reach-13", q.UNREACHABLE, [
      main(branch("true", [branch("true", ["return 1"], ["return 2"]), "emit 3"]), "return 4"),
    ], STATIC),
    given(
      "reach-14",
      q.X_38,
      [proc("K::f() -> i64", "return 1", "emit 2"), main("return 1")],
      STATIC,
    ),
    given(
      "reach-15",
      q.UNREACHABLE,
      [main(branch("true", ["return 1"], ["return 2"]))],
      '{"Int":1}',
    ),
    given("reach-16", `TYP-11: "executes exactly one return on every path"`, [
      main(branch("true", ["return 1"])),
    ], STATIC),
    given(
      "reach-17",
      q.UNREACHABLE,
      [proc("K::main()", loop("true", [branch("true", ["return"])]), "emit 1")],
      "null",
      {},
      { ticks: 2 },
    ),
  ];
}
