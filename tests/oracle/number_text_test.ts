/**
 * A number in text becomes the nearest value of its type in one rounding, as a literal and as an argument; and no argument changes its
 * value between the command line and the replay of the log.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { Random } from "../../campaign/random.ts";
import { nearestFloat } from "../../dvm/value/decimal.ts";
import {
  encodeWireValue,
  execute,
  load,
  parsePlain,
  type PlainArgument,
  type Program,
} from "../../mod.ts";
import { dustrun } from "../support/memory_io.ts";
import { proc, program } from "../support/program.ts";
import { sized, testSeed } from "../support/size.ts";
import { decimalText, nearestDifference, type Width } from "./number_text.ts";

const COUNT = sized({ quick: 1_500, ci: 60_000 });

/** From a text to the float of a width; not finite beyond its range. */
type Conversion = (text: string, width: Width) => number;

/** The first text on which a conversion is wrong. */
function firstDifference(seed: number, count: number, convert: Conversion): string | undefined {
  const random = new Random(seed);
  for (let index = 0; index < count; index++) {
    const text = decimalText(random);
    for (const width of [32, 64] as const) {
      const difference = nearestDifference(text, width, convert(text, width));
      if (difference !== undefined) return `${text} as f${width}: ${difference}`;
    }
  }
  return undefined;
}

const ARGUMENTS = loaded(program(
  proc("K::f32(x: f32) -> f32", "return x"),
  proc("K::f64(x: f64) -> f64", "return x"),
));

function loaded(text: string): Program {
  const result = load([{ name: "numbers", text }]);
  assert(result.ok);
  return result.value;
}

/** Through an argument; an argument beyond the range is refused. */
function throughArgument(text: string, width: Width, parse = plainOf): number {
  const { returned, error } =
    execute(ARGUMENTS, { entry: `f${width}`, args: { x: parse(text) } }).outcome;
  if (error !== undefined) {
    assertStrictEquals(error.code, "DR1003");
    return text.startsWith("-") ? -Infinity : Infinity;
  }
  return floatIn(returned);
}

function plainOf(text: string): PlainArgument {
  const parsed = parsePlain(text);
  assert(parsed.ok, text);
  return parsed.value;
}

function floatIn(wire: unknown): number {
  assert(
    typeof wire === "object" && wire !== null && "Float" in wire && typeof wire.Float === "number",
  );
  return wire.Float;
}

// covers: TYP-19, DIR-20
Deno.test("decimal text becomes the nearest float in one rounding", () => {
  const seed = testSeed("decimal text", 20);
  assertStrictEquals(firstDifference(seed, COUNT, nearestFloat), undefined);
  assertStrictEquals(firstDifference(seed + 1, COUNT, throughArgument), undefined);
});

// covers: TYP-19
Deno.test("a literal becomes the nearest float of its type in one rounding", () => {
  const random = new Random(testSeed("literals", 21));
  for (let batch = 0; batch < COUNT / 100; batch++) {
    const texts = Array.from({ length: 100 }, () => literalText(random));
    const array = `[${texts.join(", ")}]`;
    for (const width of [32, 64] as const) {
      const text = program(proc(`K::main() -> [f${width};${texts.length}]`, `return ${array}`));
      const { returned } = execute(loaded(text.replaceAll(/;([0-9]+)\]/g, "; $1]"))).outcome;
      assert(typeof returned === "object" && "Array" in returned);
      for (const [index, literal] of texts.entries()) {
        const difference = nearestDifference(literal, width, floatIn(returned.Array[index]));
        assertStrictEquals(difference, undefined, `${literal} as f${width}`);
      }
    }
  }
});

/** A text that is a literal within the range of both types; an integer literal fits 64 bits. */
function literalText(random: Random): string {
  for (;;) {
    const text = decimalText(random);
    if (text.includes("e") || !Number.isFinite(nearestFloat(text, 32))) continue;
    if (text.includes(".") || BigInt.asIntN(64, BigInt(text)) === BigInt(text)) return text;
  }
}

/** Wrong conversions; each must be found. */
const PLANTED: { readonly [bug: string]: Conversion } = {
  "f32 is rounded twice": (text, width) => width === 32 ? Math.fround(Number(text)) : Number(text),
  "an integer becomes f32 through f64": (text, width) =>
    width === 32 && /^-?[0-9]+$/.test(text) ? Math.fround(Number(text)) : nearestFloat(text, width),
  "digits after the 40th are cut off": (text, width) =>
    nearestFloat(text.replace(/^(-?[0-9.]{40})[0-9]*$/, "$1"), width),
  "minus zero loses its sign": (text, width) => nearestFloat(text, width) + 0,
  "an argument is parsed to binary64 first": (text, width) => throughArgument(text, width, Number),
  "a tie goes away from zero": (text, width) => {
    const float = nearestFloat(text, width);
    const more = nearestFloat(
      `${text.includes(".") ? text : `${text}.0`}${"0".repeat(1200)}1`,
      width,
    );
    return text.includes("e") ? float : more;
  },
};

Deno.test("each planted conversion is found to be wrong", () => {
  for (const [bug, convert] of Object.entries(PLANTED)) {
    const difference = firstDifference(22, 1_500, convert);
    assert(difference !== undefined, bug);
  }
});

// ── from the command line to the replay ──────────────────────────────────────────────────────────────────────────

const FOLDER = Deno.makeTempDirSync();
const PROGRAM = `${FOLDER}/p.dir.json`;
Deno.writeTextFileSync(
  PROGRAM,
  program(
    proc("K::f32(x: f32) -> f32", "emit x", "return x"),
    proc("K::f64(x: f64) -> f64", "emit x", "return x"),
    proc("K::i64(x: i64) -> i64", "emit x", "return x"),
  ),
);

/** The exact integer of a text, if it is one of 64 bits. */
function exactInteger(text: string): bigint | undefined {
  const [digits = "", power = "0"] = text.split("e");
  const [whole = "", fraction = ""] = digits.replace("-", "").split(".");
  const places = Number(power) - fraction.length;
  const numerator = BigInt(whole + fraction);
  const tens = 10n ** BigInt(Math.abs(places));
  if (places < 0 && numerator % tens !== 0n) return undefined;
  const magnitude = places < 0 ? numerator / tens : numerator * tens;
  const exact = text.startsWith("-") ? -magnitude : magnitude;
  return BigInt.asIntN(64, exact) === exact ? exact : undefined;
}

/** A text that is often an integer, or next to one. */
function anyText(random: Random): string {
  if (random.oneIn(2)) return decimalText(random);
  const integer = String(
    random.pick([0n, 1n, -1n, 2n ** 53n, 2n ** 63n - 1n, -(2n ** 63n), 2n ** 63n]) +
      BigInt(random.between(-2, 2)),
  );
  switch (random.below(5)) {
    case 0:
      return `${integer}.000`;
    case 1:
      return `${integer}.${"0".repeat(random.between(15, 40))}1`;
    case 2:
      return `${integer}${integer === "0" ? "" : "0".repeat(random.below(3))}e-${random.below(3)}`;
    case 3:
      return "-0";
    default:
      return integer;
  }
}

// covers: REP-01, TYP-09, TYP-15
Deno.test("no argument changes its value between the command line and the replay of its log", async () => {
  const random = new Random(testSeed("arguments", 23));
  for (let index = 0; index < sized({ quick: 60, ci: 1_500 }); index++) {
    const text = anyText(random);
    const integer = exactInteger(text);
    for (const entry of ["f32", "f64", "i64"] as const) {
      const log = `${FOLDER}/${index}-${entry}.jsonl`;
      const words = [
        "--simulate",
        "--emit-trace",
        PROGRAM,
        "-e",
        entry,
        "--arg",
        `x=${text}`,
        "--log",
        log,
      ];
      const { exit, stdout, stderr } = await dustrun(...words);
      const width: Width = entry === "f32" ? 32 : 64;
      const isFit = entry === "i64"
        ? integer !== undefined
        : Number.isFinite(nearestFloat(text, width));
      assertStrictEquals(exit, isFit ? 0 : 5, `${entry} ${text}: ${stderr}`);
      if (!isFit) continue;
      const trace = parsePlain(stdout);
      assert(trace.ok);
      const returned = /"returned": \{\s*"(?:Int|Float)": (\S+)/.exec(stdout)?.[1] ?? "";
      if (entry === "i64") assertStrictEquals(returned, String(integer), text);
      else assertStrictEquals(nearestDifference(text, width, Number(returned)), undefined, text);
      const replayed = await dustrun("replay", log);
      assertStrictEquals(replayed.exit, 0, `${text}: ${replayed.stdout}${replayed.stderr}`);
      Deno.removeSync(log);
    }
  }
});

// covers: REP-01
Deno.test("the header of a log records every number of an argument exactly", () => {
  const random = new Random(testSeed("headers", 24));
  for (let index = 0; index < COUNT; index++) {
    const text = anyText(random);
    const input = { entry: "f32", args: { x: [plainOf(text)], y: plainOf(text) } };
    const [started] = execute(ARGUMENTS, input).events;
    assert(started?.kind === "run_started");
    const recorded = Object(started.args).y;
    const integer = exactInteger(text);
    const isNegativeZero = integer === 0n && text.startsWith("-");
    if (integer !== undefined && !isNegativeZero) {
      assertEquals(encodeWireValue(recorded), `{"Int":${integer}}`);
    } else if ("Struct" in recorded) assertEquals(recorded.Struct.fields.Decimal, { String: text });
    else {
      assertStrictEquals(nearestDifference(text, 64, recorded.Float), undefined, text);
      assertStrictEquals(nearestDifference(text, 32, Math.fround(recorded.Float)), undefined, text);
      assert(integer !== undefined || !Number.isSafeInteger(recorded.Float), text);
    }
  }
});
