/**
 * Conversions of decimal text to floats that dustrun makes: of a text, of an argument, of literals. Each must give the nearest float.
 *
 * @module
 */
import { assert, assertStrictEquals } from "../../../std/assert.ts";
import type { Random } from "../../../campaign/random.ts";
import { nearestFloat } from "../../../dvm/value/decimal.ts";
import { execute, load, parsePlain, type PlainArgument, type Program } from "../../../mod.ts";
import { proc, program } from "../../support/program.ts";
import { nearestDifference, type Width } from "./number_text.ts";

/** From a text to the float of a width; not finite beyond its range. */
export type Conversion = (text: string, width: Width) => number;

/** How a conversion of a text is wrong, at either width. */
export function conversionDifference(text: string, convert: Conversion): string | undefined {
  for (const width of [32, 64] as const) {
    const difference = nearestDifference(text, width, convert(text, width));
    if (difference !== undefined) return `${text} as f${width}: ${difference}`;
  }
  return undefined;
}

/** How a literal is wrong, in an array of these literals. */
export function literalDifference(texts: readonly string[]): string | undefined {
  for (const width of [32, 64] as const) {
    const head = `K::main() -> [f${width};${texts.length}]`; // one word: heads of processes are split at spaces
    const text = program(proc(head, `return [${texts.join(", ")}]`)).replace(
      /;([0-9]+)\]/,
      "; $1]",
    );
    const { returned } = execute(loaded(text)).outcome;
    assert(typeof returned === "object" && "Array" in returned);
    for (const [index, literal] of texts.entries()) {
      const difference = nearestDifference(literal, width, floatIn(returned.Array[index]));
      if (difference !== undefined) return `the literal ${literal} as f${width}: ${difference}`;
    }
  }
  return undefined;
}

/** A text that is a literal within the range of both types. */
export function literalText(random: Random, draw: (random: Random) => string): string {
  for (;;) {
    const text = draw(random);
    if (isLiteral(text)) return text;
  }
}

/** Whether a text is a literal within the range of both types; an integer literal fits 64 bits. */
export function isLiteral(text: string): boolean {
  if (text.includes("e") || !Number.isFinite(nearestFloat(text, 32))) return false;
  return text.includes(".") || BigInt.asIntN(64, BigInt(text)) === BigInt(text);
}

const ARGUMENTS = loaded(program(
  proc("K::f32(x: f32) -> f32", "return x"),
  proc("K::f64(x: f64) -> f64", "return x"),
));

export function loaded(text: string): Program {
  const result = load([{ name: "numbers", text }]);
  assert(result.ok);
  return result.value;
}

/** Through an argument; an argument beyond the range is refused. */
export function throughArgument(text: string, width: Width, parse = plainOf): number {
  const { returned, error } =
    execute(ARGUMENTS, { entry: `f${width}`, args: { x: parse(text) } }).outcome;
  if (error !== undefined) {
    assertStrictEquals(error.code, "DR1003");
    return text.startsWith("-") ? -Infinity : Infinity;
  }
  return floatIn(returned);
}

export function plainOf(text: string): PlainArgument {
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
