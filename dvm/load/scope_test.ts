import { assert, assertEquals } from "../../std/assert.ts";
import { namesOf } from "../expr/walk.ts";
import { decodeArtifact } from "./decode.ts";
import type { Proc } from "../dir/model.ts";
import { resolveScopes } from "./scope.ts";
import { exprTextsOf, stmtsOf } from "../dir/walk.ts";

/** A K process with parameter `p`, resolved. */
function resolved(...body: readonly unknown[]): Proc {
  const params = [{ name: "p", ty: "i64" }];
  const main = { regime: "K", name: "main", params, uses: [], ret: null, qualifiers: [], body };
  const text = JSON.stringify({ forges: [{ name: "F", shapes: [], binds: [], procs: [main] }] });
  const decoded = decodeArtifact(text, { artifact: 0, firstProc: 0 });
  assert(decoded.ok);
  const proc = decoded.value.forges[0]?.procs[0];
  assert(proc !== undefined);
  resolveScopes([proc], decoded.value.names, { isSpawnOperation: true });
  return proc;
}

/** The cells of all names in expressions, in document order. */
function slotsIn(proc: Proc): number[] {
  return [...stmtsOf(proc)].flatMap((stmt) =>
    exprTextsOf(stmt).flatMap(({ expr }) => namesOf(expr).map(({ slot }) => slot))
  );
}

const bind = (name: string, expr: string) => ({ Let: { name, expr } });
const constrain = (predicate: string) => ({ Constrain: { predicate } });
const branch = (...then_body: unknown[]) => ({
  If: { condition: "true", then_body, else_body: null },
});

// covers: TYP-14, CON-05
Deno.test("resolveScopes() resolves names bound before a statement, and in constraints also names bound after", () => {
  const proc = resolved(
    bind("a", "p"), // cell 1
    constrain("a Lt b"),
    bind("b", "a Add b"), // cell 2; b means nothing yet
    branch(bind("a", "a"), constrain("a Lt c"), constrain("d")), // cell 3
    bind("c", "a"), // cell 4
    branch(bind("d", "1")), // cell 5, beside the constraint that mentions d
  );
  assertEquals(proc.slotNames, ["p", "a", "b", "a", "c", "d"]);
  assertEquals(slotsIn(proc), [0, 1, 2, 1, -1, 1, 3, 4, -1, 1]);
});

Deno.test("resolveScopes() records which constraints read a cell", () => {
  const proc = resolved(
    constrain("b Gt p And b Gt 0"),
    bind("b", "1"),
    constrain("match p { n => n } Eq p"),
  );
  const [first, , second] = proc.body;
  assertEquals([...proc.mentions], [[0, [first, second]], [1, [first]]]);
  assertEquals(first?.kind === "Constrain" && first.slots, [0, 1]);
});

// covers: CON-05
Deno.test("resolveScopes() gives a constraint the binding of the nearest block, also a later one", () => {
  const proc = resolved(
    branch(
      branch(constrain("p Gt a"), bind("x", "p")), // cell 1
      bind("p", "1"), // cell 2
      { For: { var: "a", start: "0", end: "1", body: [branch(constrain("a Lt p"))] } }, // cell 3
    ),
    bind("a", "p"), // cell 4
  );
  assertEquals(proc.constraints.map(({ slots }) => slots), [[2, 4], [2, 3]]);
});

Deno.test("resolveScopes() lists constraints in document order, and cells that are assigned", () => {
  const proc = resolved(
    bind("a", "p"), // cell 1
    branch(bind("a", "2"), { Assign: { target: "a", expr: "3" } }, constrain("a Gt 0")), // cell 2
    constrain("a Gt 1"),
  );
  assertEquals(proc.constraints.map(({ path }) => path), ["body[1].then_body[2]", "body[2]"]);
  assertEquals([...proc.assigned], [2]);
});

Deno.test("resolveScopes() knows which cells are hidden at a proof", () => {
  const proc = resolved(
    bind("a", "p"), // cell 1
    { Prove: { name: "v", from: "a" } }, // cell 2
    branch(bind("a", "1"), { Prove: { name: "w", from: "a" } }, bind("p", "2")), // cells 3, 4, 5
    branch({ Prove: { name: "x", from: "a" } }), // cell 6
  );
  const hidden = [...stmtsOf(proc)].flatMap((stmt) => stmt.kind === "Prove" ? [stmt.hidden] : []);
  assertEquals(hidden, [[], [1], []]);
});

Deno.test("resolveScopes() keeps the names of match arms and of loops to themselves", () => {
  const proc = resolved(
    bind("x", "match p { n => n Add p, _ => p }"),
    { For: { var: "n", start: "0", end: "p", body: [bind("y", "n")] } },
    bind("z", "n"),
  );
  assertEquals(proc.slotNames, ["p", "n", "x", "n", "y", "z"]);
  assertEquals(slotsIn(proc), [0, 1, 0, 0, 0, 3, -1]);
});
