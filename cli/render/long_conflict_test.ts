import { assertEquals } from "../../std/assert.ts";
import type { ExplainedConjunct } from "../../api/configurations.ts";
import { renderLongConflict } from "./long_conflict.ts";

type Variables = ExplainedConjunct["variables"];

function conjunct(path: string, variables: Variables): ExplainedConjunct {
  const reason = `the reason of ${path}`;
  return { path, place: "", text: "", variables, reason, change: "", without: undefined };
}

/** An unknown that a statement leaves one range and the others another. */
function variable(name: string, here: readonly [number, number], others = here): Variables[number] {
  return { name, here: { lo: here[0], hi: here[1] }, others: { lo: others[0], hi: others[1] } };
}

Deno.test("renderLongConflict() groups by names, in order, and says which ranges meet", () => {
  const statements = ["a", "b", "c", "d", "e", "f", "g"].map((path) => ({
    path,
    place: `line ${path}`,
    text: path === "g" ? "" : `statement ${path}`,
  }));
  const lines = renderLongConflict(statements, [
    conjunct("a", [variable("x", [0, 90])]),
    conjunct("b", [variable("x", [3, 3]), variable("y", [0, 9])]),
    conjunct("c", [variable("z", [1, 2]), variable("w", [1, 2])]),
    conjunct("d", [variable("x", [7, 99], [0, 6])]),
    conjunct("e", [variable("w", [1, 2]), variable("y", [0, 9])]),
    conjunct("f", [variable("v", [5, 5])]),
  ]);
  assertEquals(lines.map(({ text }) => text), [
    "  x: 7 … 90 by 2 statements",
    "    statement a  (line a)",
    "    statement d  (line d)",
    "  x, y, w, z: tied by 3 statements",
    "    statement b  (line b)",
    "    statement c  (line c)",
    "    statement e  (line e)",
    "  v: 5 by 1 statement",
    "    statement f  (line f)",
    "  1 statement",
    "    line g",
    "  the reason of d",
  ]);
});
