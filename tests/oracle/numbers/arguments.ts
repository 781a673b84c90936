/**
 * The way of an argument from its text on the command line to the replay of the log: its value stays the same.
 *
 * @module
 */
import { assert } from "../../../std/assert.ts";
import type { Random } from "../../../campaign/random.ts";
import { nearestFloat } from "../../../dvm/value/decimal.ts";
import { encodeWireValue, execute, type PlainArgument } from "../../../mod.ts";
import { dustrun } from "../../support/memory_io.ts";
import { proc, program } from "../../support/program.ts";
import { loaded, plainOf } from "./conversions.ts";
import { decimalText, nearestDifference } from "./number_text.ts";

const TEXT = program(
  proc("K::f32(x: f32) -> f32", "emit x", "return x"),
  proc("K::f64(x: f64) -> f64", "emit x", "return x"),
  proc("K::i64(x: i64) -> i64", "emit x", "return x"),
);
const PROGRAM = loaded(TEXT);

/** How the header of a log records a number of an argument inexactly. */
export function headerDifference(
  text: string,
  parse: (text: string) => PlainArgument = plainOf,
): string | undefined {
  const input = { entry: "f32", args: { x: [parse(text)], y: parse(text) } };
  const [started] = execute(PROGRAM, input).events;
  assert(started?.kind === "run_started");
  const recorded = Object(started.args).y;
  const wire = encodeWireValue(recorded);
  const integer = exactInteger(text);
  const isNegativeZero = integer === 0n && text.startsWith("-");
  if (integer !== undefined && !isNegativeZero) {
    return wire === `{"Int":${integer}}` ? undefined : `${text} is recorded as ${wire}`;
  }
  if ("Struct" in recorded) {
    return recorded.Struct.fields.Decimal?.String === text
      ? undefined
      : `${text} is recorded as ${wire}`;
  }
  if (!("Float" in recorded) || (integer === undefined && Number.isSafeInteger(recorded.Float))) {
    return `${text} is recorded as ${wire}`;
  }
  return nearestDifference(text, 64, recorded.Float) ??
    nearestDifference(text, 32, Math.fround(recorded.Float));
}

/** How a number given to `--arg` differs from the value that is traced, or the log of its run does not replay. */
export async function argumentDifference(text: string): Promise<string | undefined> {
  const folder = Deno.makeTempDirSync();
  try {
    const path = `${folder}/p.dir.json`;
    Deno.writeTextFileSync(path, TEXT);
    for (const entry of ["f32", "f64", "i64"] as const) {
      const difference = await differenceAs(entry, text, path, `${folder}/${entry}.jsonl`);
      if (difference !== undefined) return `${text} as ${entry}: ${difference}`;
    }
    return undefined;
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

async function differenceAs(
  entry: "f32" | "f64" | "i64",
  text: string,
  path: string,
  log: string,
): Promise<string | undefined> {
  const words = ["--simulate", "--emit-trace", path, "-e", entry, "--arg", `x=${text}`];
  const { exit, stdout, stderr } = await dustrun(...words, "--log", log);
  const integer = exactInteger(text);
  const width = entry === "f32" ? 32 : 64;
  const isFit = entry === "i64"
    ? integer !== undefined
    : Number.isFinite(nearestFloat(text, width));
  if (exit !== (isFit ? 0 : 5)) return `exit ${exit}, ${stderr}`;
  if (!isFit) return undefined;
  const returned = /"returned": \{\s*"(?:Int|Float)": (\S+)/.exec(stdout)?.[1] ?? "";
  if (entry === "i64") {
    if (returned !== String(integer)) return `${returned} is returned`;
  } else {
    const difference = nearestDifference(text, width, Number(returned));
    if (difference !== undefined) return difference;
  }
  const replayed = await dustrun("replay", log);
  return replayed.exit === 0 ? undefined : `no replay: ${replayed.stdout}${replayed.stderr}`;
}

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
export function anyText(random: Random): string {
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
