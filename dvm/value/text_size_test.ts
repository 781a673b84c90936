import { assertStrictEquals } from "../../std/assert.ts";
import { VALUE_TEXT_MAX } from "../base/limits.ts";
import { executeArtifacts, executeToLog, LogWriter, MemoryFile, verifyLog } from "../../mod.ts";
import { needing } from "../../tests/support/needs.ts";
import { stringValue, type Value } from "./value.ts";
import { holdsTooMuchText } from "./text_size.ts";

/** The longest string of the JavaScript engine, in UTF-16 units. */
const STRING_LENGTH_MAX = 2 ** 29 - 24;

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
    { Let: { name: "s", expr: `"${text}"` } },
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
Deno.test("a small artifact cannot produce an event that is too long to be written", () => {
  const { outcome } = executeArtifacts([repeating("x".repeat(100_000), 1_000)]);
  assertStrictEquals(outcome.error?.code, "DR0808");
});

/**
 * The log of a run that emits this much text, all of it control characters, which take the most
 * characters in a log.
 */
function logOf({ unit, count }: { readonly unit: number; readonly count: number }): MemoryFile {
  const log = new MemoryFile();
  executeToLog(
    { artifacts: [repeating("\\u{1}".repeat(unit), count)], input: {} },
    new LogWriter(log),
  );
  return log;
}

Deno.test("an event with the most text that a value may hold is no longer than a string can be", () => {
  const shape = { unit: 100, count: 100 };
  const lines = new TextDecoder().decode(logOf(shape).content()).split("\n");
  const longest = lines.reduce((most, { length }) => Math.max(most, length), 0);
  const lengthPerUnit = longest / (shape.unit * shape.count);
  assertStrictEquals(lengthPerUnit * VALUE_TEXT_MAX < STRING_LENGTH_MAX, true);
});

Deno.test(needing({
  name: "the log of a run that emits almost as much text as a value may hold is valid",
  needs: [],
  size: "ci",
  fn() {
    assertStrictEquals(verifyLog(logOf({ unit: 16_000, count: 1_000 })).status, "complete");
  },
}));
