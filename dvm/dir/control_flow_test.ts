import { assert, assertStrictEquals } from "../../std/assert.ts";
import { decodeArtifact } from "../load/decode.ts";
import { alwaysLeaves, blockReturns } from "./control_flow.ts";
import type { Block } from "./model.ts";

/** The body of a process, from the JSON of its statements. */
function body(...stmts: readonly unknown[]): Block {
  const main = {
    regime: "K",
    name: "main",
    params: [],
    uses: [],
    ret: null,
    qualifiers: [],
    body: stmts,
  };
  const text = JSON.stringify({ forges: [{ name: "F", shapes: [], binds: [], procs: [main] }] });
  const decoded = decodeArtifact(text, { artifact: 0, firstProc: 0 });
  assert(decoded.ok);
  return decoded.value.forges[0]?.procs[0]?.body ?? [];
}

const RETURN = { Return: { expr: "1" } };
const LET = { Let: { name: "x", expr: "1" } };
const branch = (then_body: unknown[], else_body: unknown[] | null) => ({
  If: { condition: "true", then_body, else_body },
});
const loop = (condition: string, ...stmts: unknown[]) => ({ While: { condition, body: stmts } });
const count = (...stmts: unknown[]) => ({ For: { var: "i", start: "0", end: "1", body: stmts } });

// covers: TYP-11
Deno.test("blockReturns() and alwaysLeaves() consider every path, and endless loops", () => {
  const table: readonly (readonly [string, unknown, boolean, boolean])[] = [
    ["a return", RETURN, true, true],
    ["a let", LET, false, false],
    ["a break", "Break", false, true],
    ["one branch", branch([RETURN], null), false, false],
    ["both branches", branch([RETURN], [LET, RETURN]), true, true],
    ["return or break", branch([RETURN], ["Break"]), false, true],
    ["a loop that may not run", loop("x", RETURN), false, false],
    ["a loop for ever", loop("true", LET), true, true],
    ["a loop for ever with a way out", loop("true", branch(["Break"], null)), false, false],
    ["a loop for ever that breaks another", loop("true", count("Break")), true, true],
    ["a counted loop", count(RETURN), false, false],
  ];
  for (const [name, json, returns, leaves] of table) {
    const block = body(json);
    assertStrictEquals(blockReturns(block), returns, name);
    assertStrictEquals(block.some(alwaysLeaves), leaves, name);
  }
});
