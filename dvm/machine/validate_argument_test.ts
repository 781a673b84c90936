import { assert, assertStrictEquals, assertThrows } from "../../std/assert.ts";
import {
  decodeEvent,
  encodeEvent,
  executeText,
  fold,
  load,
  type PlainArgument,
} from "../../mod.ts";
import { proc, program } from "../../tests/support/program.ts";
import { validateArgument } from "./validate_argument.ts";

const TEXT = program(proc("K::main(x: f64) -> f64", "return x"));

/** The message of the refusal; every line of its log can be read back, and the log replays. */
function refusalOf(x: PlainArgument): string | undefined {
  const { outcome, events } = executeText(TEXT, { args: { x } });
  assertStrictEquals(outcome.error?.code, "DR1003");
  for (const event of events) assert(decodeEvent(encodeEvent(event)).ok, event.kind);
  const loaded = load([{ name: "program", text: TEXT }]);
  assert(loaded.ok && fold(loaded.value, events).ok);
  return outcome.error?.message;
}

// covers: FAI-11, FAI-16, REP-07
Deno.test("an argument that no log can record is refused, and its log can be read", () => {
  assertStrictEquals(refusalOf(Number.NaN), "argument x: NaN is not a finite number");
  assertStrictEquals(refusalOf([-Infinity]), "argument x: -Infinity is not a finite number");
  let deep: PlainArgument = 1;
  for (let depth = 0; depth < 100_000; depth++) deep = [deep];
  assertStrictEquals(refusalOf(deep), "argument x: it nests deeper than 900");
  const cyclic: PlainArgument[] = [];
  cyclic.push({ a: cyclic });
  assertStrictEquals(refusalOf(cyclic), "argument x: it nests deeper than 900");
  let doubled: PlainArgument = 1;
  for (let depth = 0; depth < 100; depth++) doubled = [doubled, doubled];
  assertStrictEquals(refusalOf(doubled), "argument x: it has more than 4000000 parts");
  assertStrictEquals(refusalOf(new Array(1)), "argument x: undefined is no JSON value");
});

Deno.test("validateArgument() accepts what a log can record", () => {
  const plain = { a: [1, -0, 2n ** 70n, "\ud800", null, true], "": "x" };
  assertStrictEquals(validateArgument(plain), plain);
});

// covers: FAI-11
Deno.test("executeText() throws on limits that are not whole numbers", () => {
  for (const max_ticks of [Number.NaN, Infinity, -1, 1.5]) {
    assertThrows(
      () => executeText(TEXT, { limits: { max_ticks } }),
      Error,
      "max_ticks is a whole number",
    );
  }
  assertThrows(() => executeText(TEXT, { environment: { tick_us: 0.5 } }), Error, "tick_us");
});
