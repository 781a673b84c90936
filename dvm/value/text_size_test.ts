import { assertStrictEquals } from "../../std/assert.ts";
import { VALUE_TEXT_MAX } from "../base/limits.ts";
import { executeArtifacts, executeToLog, LogWriter, MemoryFile, verifyLog } from "../../mod.ts";
import { stringValue, type Value } from "./value.ts";
import { holdsTooMuchText } from "./text_size.ts";

Deno.test("holdsTooMuchText() counts each text as often as it occurs", () => {
  const half = stringValue("x".repeat(VALUE_TEXT_MAX / 2));
  const pair: Value = { kind: "Array", items: [half, half] };
  assertStrictEquals(holdsTooMuchText(half), false);
  assertStrictEquals(holdsTooMuchText(pair), false);
  const named: Value = { kind: "Struct", ty: "T", fields: new Map([["f", pair]]) };
  assertStrictEquals(holdsTooMuchText(named), true);
  assertStrictEquals(holdsTooMuchText({ kind: "Array", items: [pair, stringValue("")] }), false);
  assertStrictEquals(
    holdsTooMuchText({ kind: "Array", items: [pair, { kind: "Char", value: "c" }] }),
    true,
  );
});

/** A process that emits an array of `count` times the same text. */
function repeating(text: string, count: number): { readonly name: string; readonly text: string } {
  const body = [
    { Let: { name: "s", expr: JSON.stringify(text) } },
    { Let: { name: "all", expr: `[${Array(count).fill("s").join(", ")}]` } },
    { Effect: { kind: "emit", payload: "all" } },
    { Return: { expr: "0" } },
  ];
  const proc = {
    regime: "K",
    name: "main",
    params: [],
    uses: [],
    ret: "i64",
    qualifiers: [],
    body,
  };
  return {
    name: "repeating.dir.json",
    text: JSON.stringify({ forges: [{ name: "F", shapes: [], binds: [], procs: [proc] }] }),
  };
}

// covers: FAI-11
Deno.test("a small artifact cannot ask for an event that is too long to be written", () => {
  const { outcome } = executeArtifacts([repeating("x".repeat(100_000), 1_000)]);
  assertStrictEquals(outcome.error?.code, "DR0808");
  const log = new MemoryFile();
  executeToLog(
    { artifacts: [repeating("\\".repeat(16_000), 1_000)], input: {} },
    new LogWriter(log),
  );
  assertStrictEquals(verifyLog(log).status, "complete");
});
